// Authorities of the small village: how a meeting decides one, how it is entered, and a village that has one.
import { FactMemory } from '../../src/app/facts.ts'
import { authorityRows } from '../../src/app/projections/authority.ts'
import type { By } from '../../src/domain/entry.ts'
import { authorityIdSchema, type AuthorityId, streamKind } from '../../src/domain/ids.ts'
import { type Money, moneySchema } from '../../src/domain/money.ts'
import { localDateSchema } from '../../src/domain/time.ts'
import { authorityWorkflow } from '../../workflows/authority/v1/decide.ts'
import { authorityFold, type AuthorityState } from '../../workflows/authority/v1/fold.ts'
import { ledgerWorkflow } from '../../workflows/ledger/v1/decide.ts'
import { meetingWorkflow } from '../../workflows/meeting/v1/decide.ts'
import { policyWorkflow } from '../../workflows/policy/v1/decide.ts'
import { requestWorkflow } from '../../workflows/request/v1/decide.ts'
import { rosterWorkflow } from '../../workflows/roster/v1/decide.ts'
import { LawWorld } from './law.ts'
import {
  by,
  company,
  confirm,
  enactPolicy,
  foundTownship,
  foundVillage,
  founding,
  populate,
  town,
  village,
} from './law-cast.ts'
import {
  all,
  close,
  consult,
  countersign,
  held,
  inFifteenDays,
  inTenDays,
  matter,
  membersTo,
  notice,
  open,
  openSeats,
  plan,
  prestudy,
  sheet,
  sit,
  tally,
  vote,
} from './meeting-cast.ts'
import { quietFacts } from './quiet-facts.ts'

export const ID: AuthorityId = authorityIdSchema.parse('a-2026-0001')
export const STREAM = `authority/${ID}` as const
export const money = (text: string): Money => moneySchema.parse(text)
export const date = (text: string) => localDateSchema.parse(text)

interface Founding {
  readonly policy?: boolean
  readonly confirmed?: boolean
}
export function founded({ policy = true, confirmed = true }: Founding = {}): LawWorld {
  const world = new LawWorld({
    workflows: [
      ledgerWorkflow,
      rosterWorkflow,
      policyWorkflow,
      requestWorkflow,
      meetingWorkflow,
      authorityWorkflow,
    ],
    facts: quietFacts,
  })
  foundTownship(world)
  foundVillage(world)
  populate(world, 12)
  confirm(world, town)
  if (policy) enactPolicy(world)
  if (confirmed) confirm(world, village)
  return world
}

export const paper = { type: 'paper', document: '2025年物业合同' }
export const meetingItem = { type: 'meeting', meeting: 'm-2026-0001', item: 'a1' }
export const terms = {
  kind: 'contract',
  company,
  payees: ['account:6222020000001'],
  ceiling: '2000.00',
  from: '2026-03-01',
  to: '2026-12-31',
}
export const approve = (change: object = {}, acting: By = by('chead'), stream = STREAM) => ({
  ledger: village,
  stream,
  type: 'authority.approve',
  by: acting,
  input: { ...terms, title: '办公用品框架合同', ground: meetingItem, ...change },
})
export const takeOver = (change: object = {}, acting: By = founding, stream = STREAM) =>
  approve({ ground: paper, ...change }, acting, stream)
/** A village whose founder took one over. */
export function covered(change: object = {}): LawWorld {
  const world = founded({ confirmed: false })
  world.given(takeOver(change))
  confirm(world, village)
  return world
}
export const stateOf = (world: LawWorld): AuthorityState => {
  const state = world.state(authorityFold, village, STREAM)
  if (state === undefined) throw new Error('no authority')
  return state
}

/** The fact as the store answers it, from the authorities this world holds. */
export function counting(world: LawWorld): LawWorld {
  return world.fact('ceilings', (query) => {
    const memory = new FactMemory()
    for (const { stream } of world.history()) {
      const state = world.state(authorityFold, village, stream)
      if (streamKind(stream) === 'authority' && state !== undefined)
        memory.replace(stream, authorityRows(stream.slice('authority/'.length), state))
    }
    return memory.traces.ceilings(query, query.payees)
  })
}

/** An item that puts these terms to the vote; a plan as what it is (L1 Art 26 (7)). */
export const proposal = (change: object = {}, more: object = {}) => {
  const authority = { id: ID, ...terms, ...change }
  return matter('a1', { authority, ...(authority.kind === 'plan' ? { power: 7 } : {}), ...more })
}

/** What the board, or the council, decides on item a1. */
export function decidedBy(
  kind: 'board' | 'council',
  { choice = 'for', item = proposal() }: { choice?: 'for' | 'against'; item?: object } = {},
): LawWorld {
  const world = openSeats(founded(), kind, [item])
  const seats = kind === 'board' ? ['dir1', 'dir2', 'dir3'] : ['council1', 'council2', 'council3']
  all(world, [...seats.map((seat) => sit(seat)), ...seats.map((seat) => vote(seat, choice))])
  return all(world, [close(seats[0])])
}
/** What twelve members decide: all for it. */
export function decidedByMembers(item: object): LawWorld {
  const world = all(founded(), [plan('member', [item]), prestudy()])
  const { reserved } = held(world)
  // what is reserved lies open to comment for fifteen days
  const heldAt = reserved.length > 0 ? inFifteenDays : inTenDays
  if (reserved.length > 0) world.given(consult(...reserved))
  all(world, [notice(heldAt)]).clock(heldAt)
  all(world, [open()])
  return all(world, [sheet(membersTo(12)), tally([12, 0, 0]), countersign(), close()])
}
