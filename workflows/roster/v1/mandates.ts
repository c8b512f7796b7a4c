// Granting and revoking mandates (授权代行, law 7.12, 7.14, 7.16): by whom, to whom, for what.
import { meetingStream } from '../../../src/domain/ids.ts'
import {
  type DeputyTerms,
  MANDATE_DAYS_MAX,
  mandateMusts,
  representable,
} from '../../../src/domain/mandate.ts'
import { officeNames } from '../../../src/domain/office.ts'
import { bothOf } from '../../../src/domain/places.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Decision, Deciding } from '../../../src/domain/store.ts'
import { dateAt, daysBetween, type LocalDate } from '../../../src/domain/time.ts'
import { ledgerOf } from '../../ledger/v1/fold.ts'
import { meetingFold, type MeetingState, passedMatter } from '../../meeting/v1/fold.ts'
import { policyInForce, townshipPolicy } from '../../policy/v1/fold.ts'
import { type Asked, draft } from '../../workflow.ts'
import type { RosterCommand, RosterEvent } from './events.ts'
import {
  type Actor,
  holderOf,
  holds,
  type Office,
  rosterFold,
  type RosterState,
  rosterStream,
  seats,
} from './fold.ts'
import { clashOf } from './rules.ts'

type Of<T extends RosterCommand['type']> = Extract<Asked<RosterCommand>, { type: T }>
type Refused = ReturnType<typeof refuse>
const record = (event: RosterEvent): Decision => ({
  events: [draft('roster@1', rosterStream, event)],
})

/** One who holds an office is represented, in writing and for a while; a vacant office is not (law 1.12). */
export function grant(
  { by, input }: Of<'mandate.grant'>,
  roster: RosterState,
  deciding: Deciding,
): Decision {
  const granted = deciding.past.stream(rosterFold, rosterStream).state.mandates
  if (granted.has(input.mandate)) return refuse('alreadyExists', { what: input.mandate })
  const office = roster.offices.get(input.office)
  if (office === undefined) return refuse('notFound', { what: input.office })
  const meeting =
    input.ground === undefined
      ? undefined
      : deciding.past.stream(meetingFold, meetingStream(input.ground.meeting)).state
  if (input.ground !== undefined && meeting === undefined)
    return refuse('notFound', { what: input.ground.meeting })
  const represented = holderOf(roster, office.id)
  if (represented === undefined) return refuse('mandateOfVacant')
  const no =
    mayGrant(by, office, roster) ??
    mayStandIn(input, { office, roster, by, represented }) ??
    termsRefused(input, office) ??
    tooLongTogether(input, granted) ??
    (representable[office.kind]?.grantedBy === 'board'
      ? undecided(input, { office, roster, deciding, meeting })
      : undefined)
  return no ?? record({ type: 'mandate.granted', body: { given: input, represented } })
}

/** The township's own offices name their deputy themselves; a company enters whom its board appointed. */
function mayGrant(
  by: Actor,
  { id, kind, organisation }: Office,
  roster: RosterState,
): Refused | undefined {
  if (by.mandate !== undefined) return refuse('mandateRedelegated')
  const granter = representable[kind]?.grantedBy
  if (granter === undefined) return refuse('notRepresentable', { office: officeNames([kind]) })
  if (granter === 'holder') {
    const own = by.office === id && holderOf(roster, id) === by.person
    return own ? undefined : refuse('officeNotHeld', { office: officeNames([kind]) })
  }
  const enterers = ['companyHead', 'reportingClerk'] as const
  return holds(roster, by, enterers, organisation)
    ? undefined
    : refuse('officeNotHeld', { office: officeNames(enterers) })
}

interface StandingIn {
  readonly office: Office
  readonly roster: RosterState
  readonly by: Actor
  readonly represented: string
}

/** A deputy sits in the office for a while: whoever may not hold it may not stand in for it either (L1 Art 34, L2 Art 76). */
function mayStandIn(
  { person }: DeputyTerms,
  { office, roster, by, represented }: StandingIn,
): Refused | undefined {
  if (person === represented || person === by.person) return refuse('ownAppointment')
  const clash = clashOf(roster, office, person)
  return clash === undefined
    ? undefined
    : refuse(clash.code, { office: clash.office.kind, holder: clash.holder })
}

/** However often renewed: within so many days one person stands in for one office no longer than one mandate may last. */
const TOGETHER_WITHIN_DAYS = 60

/** One mandate after the other, or several at once, are one mandate in parts (law 7.16). */
function tooLongTogether(
  { office, person, from, to }: DeputyTerms,
  granted: RosterState['mandates'],
): Refused | undefined {
  const days = new Set<number>()
  const add = (first: LocalDate, last: LocalDate): void => {
    const [start, end] = [daysBetween(from, first), daysBetween(from, last)]
    for (let day = start; day <= end; day += 1) days.add(day)
  }
  for (const other of granted.values())
    if (other.office === office && other.deputy === person) add(other.from, other.to)
  add(from, to)
  const counted = [...days].sort((a, b) => a - b)
  const worst = counted.some((start, i) => {
    const last = counted[i + MANDATE_DAYS_MAX]
    return last !== undefined && last < start + TOGETHER_WITHIN_DAYS
  })
  return worst
    ? refuse('mandatesTooLong', {
        days: String(MANDATE_DAYS_MAX),
        within: String(TOGETHER_WITHIN_DAYS),
      })
    : undefined
}

function termsRefused({ from, to, musts }: DeputyTerms, { kind }: Office): Refused | undefined {
  const foreign = musts.find((must) => representable[kind]?.musts.includes(must) !== true)
  if (foreign !== undefined)
    return refuse('mandateBeyondOffice', { must: bothOf(mandateMusts, foreign) })
  return daysBetween(from, to) >= MANDATE_DAYS_MAX
    ? refuse('mandateTooLong', { days: String(MANDATE_DAYS_MAX) })
    : undefined
}

interface Deciders {
  readonly office: Office
  readonly roster: RosterState
  readonly deciding: Deciding
  readonly meeting: MeetingState | undefined
}

/** The board must have passed just these terms, under this number: one vote makes one mandate. */
function undecided(
  { ground, ...terms }: Of<'mandate.grant'>['input'],
  { office, roster, deciding, meeting }: Deciders,
): Refused | undefined {
  const { meeting: id = '–', item: name = '–' } = ground ?? {}
  const no = refuse('deputyNotDecided', { meeting: id, item: name })
  if (meeting === undefined || !isBoardOf(meeting, { office, roster, deciding })) return no
  const voted = passedMatter(meeting, name)?.deputy
  return voted !== undefined && isSame(voted, terms) ? undefined : no
}

const isSame = (voted: DeputyTerms, entered: DeputyTerms): boolean =>
  (['mandate', 'office', 'person', 'from', 'to', 'musts', 'upTo'] as const).every(
    (term) => String(voted[term]) === String(entered[term]),
  )

/** The company's board, or the cooperative's council where it stands in for one (law 1.4, 1.5). */
function isBoardOf(
  { kind, organisation }: MeetingState,
  { office, roster, deciding }: Omit<Deciders, 'meeting'>,
): boolean {
  const company = office.organisation
  if (kind === 'board') return organisation === company
  if (kind !== 'council' || organisation !== roster.organisations.get(company)?.owner) return false
  if (seats(roster, company, 'director').length === 0) return true
  const { past, at } = deciding
  const policy = policyInForce(townshipPolicy(past, ledgerOf(past)), at)
  return policy?.values['organ.board'] === 'coop'
}

/** Taken back by who is represented; a company's also by its clerk. */
export function revoke(
  { by, input }: Of<'mandate.revoke'>,
  roster: RosterState,
  { past, at }: Deciding,
): Decision {
  const mandate = past.stream(rosterFold, rosterStream).state.mandates.get(input.mandate)
  if (mandate === undefined) return refuse('notFound', { what: input.mandate })
  const office = roster.offices.get(mandate.office)
  if (office === undefined) throw new Error(`${mandate.id} is for no office`)
  if (mandate.revoked || mandate.to < dateAt(at))
    return refuse('notOpen', { state: '授权已终止 the mandate has ended' })
  const own = by.office === office.id && holderOf(roster, office.id) === by.person
  if (!own && !holds(roster, by, ['reportingClerk'], office.organisation))
    return refuse('officeNotHeld', { office: officeNames([office.kind]) })
  return record({ type: 'mandate.revoked', body: { given: input } })
}
