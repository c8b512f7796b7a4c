// Entering an authority, and on what ground: a meeting that decided just this one and could, or a paper
// older than the ledger.
import { covers, lastDay } from '../../../src/domain/calendar.ts'
import { type AuthorityId, authorityStream, meetingStream } from '../../../src/domain/ids.ts'
import { officeNames } from '../../../src/domain/office.ts'
import { authorityKindNames, bothOf } from '../../../src/domain/places.ts'
import type { PolicyValues } from '../../../src/domain/policy.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Decision, Deciding } from '../../../src/domain/store.ts'
import { addDays, dateAt, daysBetween, type LocalDate } from '../../../src/domain/time.ts'
import { FOUNDING_AUTH, foundingOffice, ledgerOf } from '../../ledger/v1/fold.ts'
import { isReserved } from '../../meeting/v1/agenda.ts'
import { meetingFold, type MeetingState, passedMatter } from '../../meeting/v1/fold.ts'
import { isOfMembers } from '../../meeting/v1/machine.ts'
import { policyOfVillage } from '../../policy/v1/in-force.ts'
import { rosterAt } from '../../roster/v1/day.ts'
import { companyOf, holds, type Organisation } from '../../roster/v1/fold.ts'
import { type Asked, draft } from '../../workflow.ts'
import { type Part, partsOf, reaches } from './counted.ts'
import type { AuthorityCommand, Proposal } from './events.ts'
import { authorityFold, authorityIdOf, NAME, replace, takenIn } from './fold.ts'

type Command = Extract<Asked<AuthorityCommand>, { type: 'authority.approve' }>
type Input = Command['input']
type Refused = ReturnType<typeof refuse>

export function approve({ by, input, stream }: Command, deciding: Deciding): Decision {
  const { past, at } = deciding
  const id = authorityIdOf(stream)
  if (past.stream(authorityFold, stream).state !== undefined)
    return refuse('alreadyExists', { what: stream })
  const company = companyOf(rosterAt(past, at), input.company)
  if (company === undefined) return refuse('notFound', { what: input.company })
  const { ground } = input
  const no =
    (input.replaces === undefined ? undefined : unreplaceable(input, input.replaces, deciding)) ??
    (ground.type === 'paper' ? mayTakeOver(by, deciding) : mayEnter(by, company, deciding))
  if (no !== undefined) return no
  const policy = policyOfVillage(past, ledgerOf(past), at)
  if (policy === undefined) return refuse('policyMissing')
  const wrong = wrongTerms(input)
  if (wrong !== undefined)
    return refuse('authorityTermsWrong', {
      kind: bothOf(authorityKindNames, input.kind),
      detail: wrong,
    })
  const counted = ground.type === 'paper' ? [] : countedWith(id, { input, ground, deciding })
  const entered = { id, terms: input, company, values: policy.values, counted, deciding }
  const unfounded = ground.type === 'paper' ? undefined : unfoundedBy(ground, entered)
  if (unfounded !== undefined) return unfounded
  const filed = filing(input, { counted, values: policy.values, deciding })
  if ('refused' in filed) return filed
  const late = isLate(input, policy.values, deciding)
  const body = { given: input, ...filed, late }
  // what waits for the township takes no place yet: the old one serves until then (law 4.5)
  const { replaces } = input
  const ended = replaces === undefined || filed.filing === 'due' ? [] : [replace(replaces, id)]
  return {
    events: [draft(NAME, stream, { type: 'authority.approved', body }), ...ended],
    policy: policy.id,
  }
}

/** What a meeting passed is entered by the company. */
function mayEnter(
  by: Command['by'],
  { id }: Organisation,
  { past, at }: Deciding,
): Refused | undefined {
  const kinds = ['companyHead', 'reportingClerk'] as const
  const held = holds(rosterAt(past, at), by, kinds, id)
  return held ? undefined : refuse('officeNotHeld', { office: officeNames(kinds) })
}

/**
 * A paper the ledger cannot check is older than the ledger: the founder takes it over with the
 * roster. Once the roster is confirmed nobody spends on a paper that no meeting here passed.
 */
function mayTakeOver(
  { auth, office, person }: Command['by'],
  { past, at }: Deciding,
): Refused | undefined {
  if (rosterAt(past, at).confirmed) return refuse('paperAfterFounding')
  const founds =
    auth === FOUNDING_AUTH && office === foundingOffice && person === ledgerOf(past).founder
  return founds ? undefined : refuse('officeNotHeld', { office: '建账人 founder' })
}

/** Only what still runs, of the same company, is replaced. */
function unreplaceable(
  { company }: Input,
  replaces: AuthorityId,
  { past }: Deciding,
): Refused | undefined {
  const { state } = past.stream(authorityFold, authorityStream(replaces))
  if (state === undefined || state.terms.company !== company)
    return refuse('notFound', { what: replaces })
  const ends = takenIn['authority.replaced'].includes(state.place)
  return ends ? undefined : refuse('authorityClosed', { authority: replaces })
}

/** The meeting that decided it is where others decided with it are found. */
function countedWith(
  id: AuthorityId,
  { input, ground, deciding }: Pick<Entered, 'deciding'> & { input: Input; ground: MeetingGround },
): readonly Part[] {
  const meeting = deciding.past.stream(meetingFold, meetingStream(ground.meeting)).state
  return partsOf(input, { id, meeting, facts: deciding.facts })
}

const DAYS_OF_A_YEAR = 365

/**
 * What each kind may be: a line of the annual plan ends with its year, one purchase within a year; the
 * number of a contract belongs to a contract. Money goes to accounts and persons: a tax number alone says to none.
 */
function wrongTerms({ kind, from, to, contract, payees }: Input): string | undefined {
  const [unpayable] = payees.every((key) => key.startsWith('tax:')) ? payees : []
  if (unpayable !== undefined) return `${unpayable}（须写明收款账户 name the account）`
  const term = `${from} – ${to}`
  if (contract !== undefined && kind !== 'contract') return contract
  if (kind === 'plan' && from.slice(0, 4) !== to.slice(0, 4)) return term
  if (kind === 'purchase' && to > addDays(from, DAYS_OF_A_YEAR)) return term
  return undefined
}

type Filing =
  | { readonly filing: 'notDue' }
  | { readonly filing: 'due'; readonly dueOn: LocalDate }
  | Refused

/** What was approved before there was a ledger was filed then, if it was. */
function filing(
  { ground }: Input,
  { counted, values, deciding }: Pick<Entered, 'counted' | 'values' | 'deciding'>,
): Filing {
  const { at, calendar } = deciding
  if (ground.type === 'paper' || !reaches(counted, values['tier.largeFrom']))
    return { filing: 'notDue' }
  const today = dateAt(at)
  if (!covers(calendar, today)) return refuse('calendarMissing', { year: today.slice(0, 4) })
  return {
    filing: 'due',
    dueOn: lastDay(calendar, today, { workingDays: values['town.slaWd'] }),
  }
}

/** A contract is entered soon after it is concluded; later it still is, and it shows. */
function isLate({ kind, ground }: Input, values: PolicyValues, { past, at }: Deciding): boolean {
  if (kind !== 'contract' || ground.type === 'paper') return false
  const closedOn = past.stream(meetingFold, meetingStream(ground.meeting)).state?.closedOn
  return closedOn !== undefined && daysBetween(closedOn, dateAt(at)) > values['file.contractDays']
}

interface Entered {
  readonly id: AuthorityId
  readonly terms: Omit<Proposal, 'id'>
  readonly company: Organisation
  readonly values: PolicyValues
  /** All that counts towards the lines with it. */
  readonly counted: readonly Part[]
  readonly deciding: Deciding
}
type MeetingGround = Extract<Input['ground'], { type: 'meeting' }>

/**
 * The item must have put just these terms to the vote, under this number, so that one vote makes
 * one authority; and it must have been passed by an organ that could decide so much: the year's plan,
 * from tier.majorFrom on and what is reserved to them the members (law §3), whose decision the
 * shareholder's signature completes (L2 Art 60). An authority would otherwise lead around the must
 * it stands for.
 */
function unfoundedBy(
  { meeting: id, item: name }: MeetingGround,
  { id: number, terms, company, values, counted, deciding }: Entered,
): Refused | undefined {
  const meeting = deciding.past.stream(meetingFold, meetingStream(id)).state
  if (meeting === undefined) return refuse('notFound', { what: id })
  const { kind, signed } = meeting
  const item = passedMatter(meeting, name)
  if (item?.authority === undefined || !couldDecide(meeting, company)) {
    return refuse('authorityNotDecided', { meeting: id, item: name })
  }
  const [differs] = differences(item.authority, { id: number, ...terms })
  if (differs !== undefined) return refuse('authorityTermsDiffer', { item: name, detail: differs })
  if (isOfMembers(kind)) {
    return signed.includes(name) ? undefined : refuse('authorityUnsigned', { item: name })
  }
  const ofMembers =
    terms.kind === 'plan' ||
    reaches(counted, values['tier.majorFrom']) ||
    isReserved(deciding.past, item)
  return ofMembers ? refuse('authorityBeyondMeeting') : undefined
}

const votedOn = [
  'id',
  'kind',
  'company',
  'payees',
  'ceiling',
  'from',
  'to',
  'contract',
  'replaces',
] as const

/** The terms that are not as they were voted on. */
const differences = (voted: Proposal, entered: Proposal): readonly string[] =>
  votedOn.filter((term) => String(voted[term]) !== String(entered[term]))

function couldDecide({ kind, organisation }: MeetingState, { id, owner }: Organisation): boolean {
  switch (kind) {
    case 'board':
      return organisation === id
    case 'council':
    case 'member':
    case 'delegate':
      return organisation === owner
    case 'supervisors':
      return false
  }
}
