// Meetings of the small village, walked as far as a test needs: told once, forked per row.
import { type By, bySchema } from '../../src/domain/entry.ts'
import type { PersonId, StreamId } from '../../src/domain/ids.ts'
import { authorityWorkflow } from '../../workflows/authority/v1/decide.ts'
import { ledgerWorkflow } from '../../workflows/ledger/v1/decide.ts'
import { meetingWorkflow } from '../../workflows/meeting/v1/decide.ts'
import { meetingFold, type MeetingState } from '../../workflows/meeting/v1/fold.ts'
import { policyWorkflow } from '../../workflows/policy/v1/decide.ts'
import { requestWorkflow } from '../../workflows/request/v1/decide.ts'
import { memberOffice } from '../../workflows/meeting/v1/acts/online.ts'
import { rosterFold, rosterStream } from '../../workflows/roster/v1/fold.ts'
import { rosterWorkflow } from '../../workflows/roster/v1/decide.ts'
import {
  company,
  confirm,
  coop,
  enactPolicy,
  foundTownship,
  foundVillage,
  o,
  p,
  populate,
  type Seat,
  town,
  townSeats,
  village,
  villageSeats,
} from './law-cast.ts'
import { type Asking, digest, LawWorld } from './law.ts'
import { quietFacts } from './quiet-facts.ts'
import { asked, submit } from './request-cast.ts'

export const meeting: StreamId = 'meeting/m-2026-0001'
export const meeting2: StreamId = 'meeting/m-2026-0002'
/** Mar 2 is the day every world begins; ten and fifteen days later the earliest member meetings. */
export const inTenDays = '2026-03-12T01:00:00.000Z'
export const inFifteenDays = '2026-03-17T01:00:00.000Z'
export const tomorrow = '2026-03-03T01:00:00.000Z'

/** Seats beyond the ordinary cast, and offices that its rows need. */
export const moreSeats: readonly Seat[] = [
  ['dir4', 'director', company, 'dir4'],
  ['dir5', 'director', company, 'dir5'],
  ['council4', 'councillor', coop, 'council4'],
  ['council5', 'councillor', coop, 'council5'],
  ['teller3', 'teller', coop, 'teller3'],
]
const fullCast = [...townSeats, ...villageSeats, ...moreSeats]

/** The holder of an office of the cast, or another person acting in it. */
export function as(office: string, person?: PersonId): By {
  const seat = fullCast.find(([name]) => name === office)
  if (seat === undefined) throw new Error(`no office ${office} in the cast`)
  return bySchema.parse({ auth: 'password+totp', office: o(office), person: person ?? p(seat[3]) })
}

interface Founding {
  readonly seats?: readonly Seat[]
  readonly members?: number
  readonly delegateEvery?: number
  readonly settings?: readonly { readonly key: string; readonly value: string | number | boolean }[]
  /** Without a policy nothing can be decided. */
  readonly enact?: boolean
  /** What the founder takes over before the roster is confirmed. */
  readonly papers?: readonly Asking[]
}

/** A village that can meet: twelve members in three households unless more are asked for. */
export function meetingWorld({
  seats = villageSeats,
  members = 12,
  delegateEvery = 0,
  settings = [],
  enact = true,
  papers = [],
}: Founding = {}): LawWorld {
  const world = new LawWorld({
    workflows: [
      ledgerWorkflow,
      rosterWorkflow,
      policyWorkflow,
      authorityWorkflow,
      requestWorkflow,
      meetingWorkflow,
    ],
    now: '2026-03-02T01:00:00.000Z',
  })
  foundTownship(world)
  foundVillage(world, seats)
  populate(world, members, delegateEvery)
  confirm(world, town)
  if (enact) enactPolicy(world, settings)
  all(world, papers)
  confirm(world, village)
  world.fact('payeeWindow', quietFacts.payeeWindow)
  world.fact('invoiceUse', quietFacts.invoiceUse)
  return world
}

/** One act on the first meeting. */
export const act = (type: string, office: string, input: unknown = {}): Asking => ({
  ledger: village,
  stream: meeting,
  type,
  by: as(office),
  input,
})
export const on = (stream: StreamId, asking: Asking): Asking => ({ ...asking, stream })

/** A request submitted and issued: it waits in its first must. */
export function issued(world: LawWorld, change: Record<string, unknown> = {}): void {
  submit(world, change)
  const handler = change['handler'] ?? p('handler')
  const office = fullCast.find(([, , , holder]) => p(holder) === handler)?.[0] ?? 'handler'
  world.given({ ...asked('request.handle', 'handler'), by: as(office) })
  world.given(asked('request.witness', 'witness'))
  world.given(asked('request.issue', 'chead'))
}

/** dir3 controls the firm every form pays: its requests are related-party deals. */
export function relate(world: LawWorld, person: PersonId = p('dir3')): void {
  const controls = [{ person, payeeKey: 'account:6246270519836198971', relation: 'controls' }]
  world.given({
    ledger: village,
    stream: 'roster',
    type: 'control.declare',
    by: as('officer'),
    input: { controls },
  })
}

export const aboutRequest = { item: 'a1', title: '设备采购', request: '2026-000001', round: 1 }
export const matter = (item = 'a1', more: object = {}) => ({
  item,
  title: '年度工作报告',
  power: 13,
  ...more,
})

export const organs = {
  board: company,
  supervisors: company,
  council: coop,
  member: coop,
  delegate: coop,
} as const
type Kind = keyof typeof organs

export const plan = (kind: Kind, agenda: readonly object[], office = 'clerk'): Asking =>
  act('meeting.plan', office, { kind, organisation: organs[kind], title: '第一次会议', agenda })
export const prestudy = (): Asking =>
  act('prestudy.record', 'party', { opinion: '同意提交会议表决', minutes: digest('party minutes') })
export const consult = (...items: readonly string[]): Asking =>
  act('consultation.post', 'clerk', { items, place: '村务公开栏', riskNote: digest('risk note') })
export const notice = (heldAt: string, online = true): Asking =>
  act('meeting.notice', 'clerk', { heldAt, place: '村委会三楼', online })
export const open = (watcher = 'watch1'): Asking =>
  act('meeting.open', 'clerk', { watcher: o(watcher) })
export const openOrgan = (): Asking => act('meeting.open', 'clerk')

/** `m1` … `m<n>`. */
export const membersTo = (n: number): readonly PersonId[] =>
  Array.from({ length: n }, (_, i) => p(`m${i + 1}`))
export const sheet = (onSite: readonly PersonId[], more: object = {}): Asking =>
  act('attendance.record', 'clerk', {
    as: 'sheet',
    sheet: digest('sheet'),
    onSite,
    ...more,
  })
export const proxies = (...pairs: readonly (readonly [member: string, holder: string])[]) => ({
  proxies: {
    papers: digest('proxies'),
    held: pairs.map(([member, holder]) => ({ member: p(member), holder: p(holder) })),
  },
})
/** A member, acting in no office, takes part online. */
export const take = (person: string): Asking => ({
  ...act('ballot.take', 'clerk'),
  by: bySchema.parse({ auth: 'password+totp', office: memberOffice, person: p(person) }),
})
export const closeVoting = (office = 'teller1'): Asking => act('voting.close', office)
export const sit = (office: string): Asking =>
  act('attendance.record', office, { as: 'seat', method: 'onSite' })
/** One director comes for another. */
export const represent = (office: string, absent: string): Asking =>
  act('representation.record', office, { office: o(absent), paper: digest(`for ${absent}`) })
export const vote = (office: string, choice = 'for', item = 'a1'): Asking =>
  act('ballot.cast', office, { choices: [{ item, choice }] })
/** The vote of the seat that is represented. */
export const voteFor = (office: string, absent: string, choice = 'for', item = 'a1'): Asking =>
  act('ballot.cast', office, { seat: o(absent), choices: [{ item, choice }] })
export const recuse = (office: string, ground = 'related', item = 'a1'): Asking =>
  act('recusal.declare', office, { items: [item], ground, reason: '与收款单位有关联关系' })
export const tally = (counts: readonly [number, number, number], more: object = {}): Asking =>
  act('tally.record', 'teller1', {
    item: 'a1',
    for: counts[0],
    against: counts[1],
    abstain: counts[2],
    paper: counts[0] + counts[1] + counts[2],
    online: 0,
    tellers: [p('teller1'), p('teller2')],
    sheet: digest('tally'),
    ...more,
  })
export const signTally = (teller: string, ...items: readonly string[]): Asking =>
  act('tally.sign', teller, { items: items.length === 0 ? ['a1'] : items })
export const countersign = (): Asking => act('tally.countersign', 'watch1')
export const signMinutes = (office: string, more: object = {}): Asking =>
  act('minutes.sign', office, { minutes: digest('minutes'), ...more })
export const close = (chair = 'council1'): Asking =>
  act('meeting.close', chair, { minutes: digest('minutes') })
export const sign = (...items: readonly string[]): Asking =>
  act('shareholderDecision.sign', 'legal', { items, document: digest('decision') })
export const post = (): Asking => act('result.post', 'clerk', { place: '村务公开栏' })

/** All of these must be recorded; before an organ's meeting is closed, those who sit in it sign the minutes. */
export function all(world: LawWorld, askings: readonly Asking[]): LawWorld {
  for (const asking of askings) {
    if (asking.type === 'meeting.close') signed(world, asking)
    if (asking.type === 'tally.countersign') countSigned(world, asking)
    world.given(asking)
  }
  return world
}

/** The same on a copy. */
export const given = (from: LawWorld, ...askings: readonly Asking[]): LawWorld =>
  all(from.fork(), askings)

/** Every teller has signed for what they counted. */
export function countSigned(world: LawWorld, countersigning: Asking): LawWorld {
  const waiting = new Map<PersonId, string[]>()
  for (const [item, { tellers, signed: done }] of held(world, countersigning.stream).tallies)
    for (const teller of tellers)
      if (!done.includes(teller)) waiting.set(teller, [...(waiting.get(teller) ?? []), item])
  for (const [person, items] of waiting) {
    const office = fullCast.find(([, kind, , name]) => kind === 'teller' && p(name) === person)
    if (office === undefined) throw new Error(`${person} is no teller of the cast`)
    world.given({ ...countersigning, type: 'tally.sign', by: as(office[0]), input: { items } })
  }
  return world
}

/** Everybody there has signed the minutes, but for who closes and who has left office or signed before. */
export function signed(world: LawWorld, closing: Asking): LawWorld {
  const { present, minutes } = held(world, closing.stream)
  const { offices } = world.state(rosterFold, village, rosterStream)
  for (const [office, { method, person }] of present) {
    const stays = offices.get(office)?.holder?.person === person
    if (method === 'proxy' || office === closing.by.office || !stays || minutes.has(office))
      continue
    const by = bySchema.parse({ ...closing.by, office, person })
    world.given({ ...closing, type: 'minutes.sign', by, input: { minutes: digest('minutes') } })
  }
  return world
}

export function openMembers(
  world: LawWorld,
  agenda: readonly object[] = [matter()],
  heldAt = inTenDays,
): LawWorld {
  all(world, [plan('member', agenda), prestudy(), notice(heldAt)]).clock(heldAt)
  return all(world, [open()])
}

export function openSeats(
  world: LawWorld,
  kind: 'board' | 'council' | 'supervisors',
  agenda: readonly object[],
  { stream = meeting, heldAt = tomorrow }: { stream?: StreamId; heldAt?: string } = {},
): LawWorld {
  all(world, [on(stream, plan(kind, agenda)), on(stream, notice(heldAt))]).clock(heldAt)
  return all(world, [on(stream, openOrgan())])
}

export function held(world: LawWorld, stream: StreamId = meeting): MeetingState {
  const state = world.state(meetingFold, village, stream)
  if (state === undefined) throw new Error(`no ${stream}`)
  return state
}
