// Who may change a roster and what it may say (law §1, §7).
import { meetingStream, type PersonId } from '../../../src/domain/ids.ts'
import { officeKinds, type OfficeKind, officeNames } from '../../../src/domain/office.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Decision, Deciding, Needs } from '../../../src/domain/store.ts'
import { dateAt } from '../../../src/domain/time.ts'
import {
  FOUNDING_AUTH,
  ledgerClosed,
  ledgerOf,
  ledgerStream,
  type LedgerState,
  RELIED_ON_GENESIS,
} from '../../ledger/v1/fold.ts'
import { policyStream } from '../../policy/v1/fold.ts'
import { type Asked, defineWorkflow, draft } from '../../workflow.ts'
import { acts, type RosterCommand, rosterCommands, type RosterEvent } from './events.ts'
import { holdsOver, organSeats, rosterAt, staysOn, townshipRosterAt } from './day.ts'
import {
  type Office,
  officesOf,
  type RosterState,
  rosterFold,
  rosterStream,
  seats,
} from './fold.ts'
import { grant, revoke } from './mandates.ts'
import { clashOf } from './rules.ts'

const NAME = 'roster@1'
type Command = Asked<RosterCommand>
type Of<T extends RosterCommand['type']> = Extract<Command, { type: T }>
type Refused = ReturnType<typeof refuse>

const record = (event: RosterEvent): Decision => ({ events: [draft(NAME, rosterStream, event)] })

/**
 * A village's roster is kept by the township's centre; the township's own by its centre's head or
 * its leadership.
 */
const keepers: Record<'village' | 'township', readonly OfficeKind[]> = {
  village: ['centreOfficer', 'centreHead'],
  township: ['centreHead', 'townshipLeader'],
}

function decide(command: Command, deciding: Deciding): Decision {
  const { past, at } = deciding
  if (command.stream !== rosterStream) return refuse('notFound', { what: command.stream })
  const ledger = ledgerOf(past)
  const closed = ledgerClosed(ledger)
  if (closed !== undefined) return closed
  const roster = rosterAt(past, at)
  if (command.type === 'roster.confirm' && roster.confirmed)
    return refuse('notOpen', { state: '花名册已确认 the roster is confirmed' })
  if (command.type === 'mandate.grant') return grant(command, roster, deciding)
  if (command.type === 'mandate.revoke') return revoke(command, roster, deciding)
  const founding = isFounding(command, ledger, roster)
  const kinds = keepers[ledger.kind === 'village' ? 'village' : 'township']
  if (!founding && !holdsOver({ past, ledger, at }, command.by, kinds)) {
    return refuse('officeNotHeld', { office: officeNames(kinds) })
  }
  switch (command.type) {
    case 'organisation.register':
      return register(command, ledger, roster)
    case 'office.open':
      return open(command, roster)
    case 'office.appoint':
      return appoint(command, roster, { founding, deciding })
    case 'office.vacate':
      return vacate(command, roster)
    case 'household.record':
      return recordHouseholds(command, roster)
    case 'relatives.declare':
      return record({ type: 'relatives.declared', body: { given: command.input } })
    case 'control.declare':
      return record({ type: 'control.declared', body: { given: command.input } })
    case 'roster.confirm':
      return record({ type: 'roster.confirmed', body: { given: command.input } })
  }
}

const isFounding = (
  { by }: Command,
  { founder }: LedgerState,
  { confirmed }: RosterState,
): boolean => !confirmed && by.auth === FOUNDING_AUTH && by.person === founder

function register(
  { input }: Of<'organisation.register'>,
  { kind }: LedgerState,
  roster: RosterState,
): Decision {
  if (roster.organisations.has(input.organisation))
    return refuse('alreadyExists', { what: input.organisation })
  if ((kind === 'township') !== (input.kind === 'township')) {
    return refuse('officeMisplaced', { detail: `${input.kind} ∉ ${kind}` })
  }
  const sole = [...roster.organisations.values()].find((known) => known.kind === input.kind)
  // one township, one cooperative per ledger: the roll of members is the ledger's own
  if (input.kind !== 'company') {
    if (sole !== undefined) return refuse('alreadyExists', { what: sole.id })
  } else if (roster.organisations.get(input.owner)?.kind !== 'cooperative') {
    return refuse('notFound', { what: input.owner })
  }
  return record({ type: 'organisation.registered', body: { given: input } })
}

/** Offices of which an organisation has just one. */
const single: readonly OfficeKind[] = ['companyHead', 'legalRepresentative', 'partySecretary']

function open({ input }: Of<'office.open'>, roster: RosterState): Decision {
  if (roster.offices.has(input.office)) return refuse('alreadyExists', { what: input.office })
  const organisation = roster.organisations.get(input.organisation)
  if (organisation === undefined) return refuse('notFound', { what: input.organisation })
  const misplaced = misplacement(
    input,
    organisation.kind,
    seats(roster, input.organisation, input.kind),
  )
  if (misplaced !== undefined) return refuse('officeMisplaced', { detail: misplaced })
  return record({ type: 'office.opened', body: { given: input } })
}

function misplacement(
  { kind, chair = false }: Of<'office.open'>['input'],
  organisation: string,
  others: readonly Office[],
): string | undefined {
  if (officeKinds[kind].of !== organisation) return `${kind} ∉ ${organisation}`
  if (chair && !organSeats.includes(kind)) return `${kind}: chair`
  if (chair && others.some((other) => other.chair)) return `${kind}: 2 chairs`
  return single.includes(kind) && others.length > 0 ? `${kind}: 2` : undefined
}

function appoint(
  { by, input }: Of<'office.appoint'>,
  roster: RosterState,
  { founding, deciding }: { founding: boolean; deciding: Deciding },
): Decision {
  const office = roster.offices.get(input.office)
  if (office === undefined) return refuse('notFound', { what: input.office })
  if (!founding && by.person === input.person) return refuse('ownAppointment')
  // the successor of a member of an organ takes the seat from them (L2 Art 70, 77)
  if (office.holder !== undefined && !staysOn(office, dateAt(deciding.at)))
    return refuse('officeOccupied', { holder: office.holder.person })
  const seated =
    seatRefusal(roster, office, input.person) ?? inTownship(office, input.person, deciding)
  if (seated !== undefined) return seated
  const today = dateAt(deciding.at)
  if (input.from > today) return refuse('appointedAhead', { from: input.from })
  if (input.to !== undefined && input.to < today) return refuse('termOver', { to: input.to })
  return record({ type: 'office.appointed', body: { given: input } })
}

function seatRefusal(roster: RosterState, office: Office, person: PersonId): Refused | undefined {
  const twice = seats(roster, office.organisation, office.kind).some(
    ({ id, holder }) => id !== office.id && holder?.person === person,
  )
  if (twice) return refuse('seatTwice')
  const clash = clashOf(roster, office, person)
  if (clash === undefined) return undefined
  return refuse(clash.code, { office: clash.office.kind, holder: clash.holder })
}

/** Offices that handle a company's spending. */
const spending: readonly OfficeKind[] = [
  'companyHead',
  'handler',
  'witness',
  'reportingClerk',
  'cashier',
  'bookkeeper',
]

/** Who files or inspects spending does not handle it: no holder of a township office handles a village company's (law 7.2). */
function inTownship(
  { kind }: Office,
  person: PersonId,
  { past, at }: Deciding,
): Refused | undefined {
  if (!spending.includes(kind)) return undefined
  const [held] = officesOf(townshipRosterAt(past, ledgerOf(past), at), person)
  return held === undefined
    ? undefined
    : refuse('townshipOfficer', { person, office: officeNames([held.kind]) })
}

function vacate({ input }: Of<'office.vacate'>, roster: RosterState): Decision {
  const office = roster.offices.get(input.office)
  if (office === undefined) return refuse('notFound', { what: input.office })
  if (office.holder === undefined) return refuse('officeVacant')
  return record({ type: 'office.vacated', body: { given: input } })
}

function recordHouseholds({ input }: Of<'household.record'>, roster: RosterState): Decision {
  const replaced = new Set(input.households.map(({ household }) => household))
  if (replaced.size !== input.households.length) return refuse('inTwoHouseholds', { person: '–' })
  const counted = new Set<string>()
  for (const { household, members } of input.households) {
    for (const { person } of members) {
      const elsewhere = roster.members.get(person)?.household
      const stays = elsewhere !== undefined && elsewhere !== household && !replaced.has(elsewhere)
      // counted once: a person in two households would stand on the roll twice
      if (stays || counted.has(person)) return refuse('inTwoHouseholds', { person })
      counted.add(person)
    }
  }
  return record({ type: 'household.recorded', body: { given: input } })
}

/** A deputy is entered on the ground of a meeting; whether the council is the board, policy says. */
function needs(command: Command): Needs {
  const ground = command.type === 'mandate.grant' ? command.input.ground : undefined
  return {
    streams: [
      ledgerStream,
      rosterStream,
      ...(ground === undefined ? [] : [meetingStream(ground.meeting)]),
    ],
    relied: {
      origin: RELIED_ON_GENESIS,
      streams: ground === undefined ? [rosterStream] : [rosterStream, policyStream],
    },
  }
}

/** roster@1: fold + decide, no machine. */
export const rosterWorkflow = defineWorkflow({
  name: NAME,
  fold: rosterFold,
  acts,
  notes: [],
  commands: rosterCommands,
  needs,
  decide,
})
