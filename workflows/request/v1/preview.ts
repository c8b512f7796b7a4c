// Looking ahead (事前预览): what submitting a form now would meet, the form finished or not. The very rules, route and alerts that
// deciding uses; nothing is decided and nothing can be recorded by it.
import { dateAt, type LocalDate, addDays } from '../../../src/domain/time.ts'
import { type PaperLine, checklist } from '../../../src/domain/checklist.ts'
import type { By } from '../../../src/domain/entry.ts'
import { type PayeeKey, type Sighting, told } from '../../../src/domain/facts.ts'
import { authorityStream, type PersonId, type StreamId } from '../../../src/domain/ids.ts'
import type { Money } from '../../../src/domain/money.ts'
import { officeNames } from '../../../src/domain/office.ts'
import type { Policy } from '../../../src/domain/policy.ts'
import { type Refusal, refuse } from '../../../src/domain/refusal.ts'
import type { Submission } from '../../../src/domain/request.ts'
import type { Deciding } from '../../../src/domain/store.ts'
import { authorityFold, leftOn, type Terms } from '../../authority/v1/fold.ts'
import { ledgerClosed, ledgerOf } from '../../ledger/v1/fold.ts'
import { policyOfVillage } from '../../policy/v1/in-force.ts'
import { rosterAt, townshipRosterAt } from '../../roster/v1/day.ts'
import { companyOf, holds, type RosterState } from '../../roster/v1/fold.ts'
import { alertsOfForm } from './alert-notes.ts'
import { claim } from './claim.ts'
import { overEmergencyCeiling } from './emergency.ts'
import { alertRaised } from './events-alert.ts'
import { placeOf, requestFold, stateOf } from './fold.ts'
import { headInvolved } from './issuers.ts'
import { type FormRule, knownKeys, relatedPersons, rollingOf } from './judgement.ts'
import { signaturesNeeded } from './opening.ts'
import { type KnownBeside, routeAhead, type RouteStation } from './route.ts'
import { type Ruling, sinceWhen, submissionRules } from './rules.ts'
import { isRefused, standsAt } from './scene.ts'

type Field = keyof Submission

/** A form with something in every place, and which places were filled by who asks. */
export interface Looked {
  readonly form: Submission
  readonly given: ReadonlySet<Field>
  readonly by: By
  /** Of a request that was returned: what it holds already is its own. Else one that nothing stands on. */
  readonly stream: StreamId
}

export interface AnsweredLine extends PaperLine {
  readonly there: boolean
}

export interface Foreseen {
  /** Every "no" there is by what is given, the one that deciding would tell first. */
  readonly refusals: readonly Refusal[]
  readonly today: LocalDate
  /** In force now. Absent before the first, and where nothing can be submitted at all. */
  readonly policy?: Policy
  readonly beside?: Beside
  /** Absent while there is no amount. */
  readonly route?: readonly RouteStation[]
  /** Whose signatures the supervisors' must would ask for. */
  readonly signOff?: 'all' | 'majorityAndChair'
  readonly papers?: {
    readonly decision: readonly AnsweredLine[]
    readonly voucher: readonly AnsweredLine[]
  }
  readonly authority?: { readonly terms: Terms; readonly left: Money }
  readonly alerts: readonly ReturnType<typeof alertRaised.event.parse>['body'][]
}

export interface Beside extends KnownBeside {
  /** Every key the payee is known by. */
  readonly keys: readonly PayeeKey[]
  readonly parts: readonly Sighting[]
  /** The first day of the window. */
  readonly from: LocalDate
  readonly relatedPersons: readonly PersonId[]
}

/** Pure. `deciding` is what a submission of `form` would be decided by. */
export function lookAhead(looked: Looked, deciding: Deciding): Foreseen {
  const { past, at } = deciding
  const today = dateAt(at)
  const stops = (no: { readonly refused: Refusal }): Foreseen => ({
    refusals: [no.refused],
    today,
    alerts: [],
  })
  const closed = ledgerClosed(ledgerOf(past))
  if (closed !== undefined) return stops(closed)
  const roster = rosterAt(past, at)
  if (!roster.confirmed) return stops(refuse('rosterUnconfirmed'))
  const policy = policyOfVillage(past, ledgerOf(past), at)
  if (policy === undefined) return stops(refuse('policyMissing'))
  return ahead(looked, { deciding, roster, policy, today })
}

interface Ground {
  readonly deciding: Deciding
  readonly roster: RosterState
  readonly policy: Policy
  readonly today: LocalDate
}

function ahead(looked: Looked, ground: Ground): Foreseen {
  const { form, given } = looked
  const { policy, today } = ground
  const beside = besideOf(looked, ground)
  const stations = given.has('amount') ? routeAhead(form, beside, policy.values) : undefined
  const authority = authorityOf(looked, ground)
  return {
    refusals: refusalsOf(looked, ground),
    today,
    policy,
    beside,
    ...(stations === undefined ? {} : routed(stations, { beside, policy })),
    ...(given.has('category') && given.has('amount') ? { papers: papersOf(looked, ground) } : {}),
    ...(authority === undefined ? {} : { authority }),
    alerts: alertsOf(looked, ground, { stations, beside }),
  }
}

function routed(
  stations: readonly RouteStation[],
  { beside: { related }, policy }: { readonly beside: Beside; readonly policy: Policy },
): Pick<Foreseen, 'route' | 'signOff'> {
  const route = stations.map((station) => ({ ...station }))
  return { route, signOff: signaturesNeeded({ related, route }, policy.values) }
}

function besideOf({ form, given }: Looked, { deciding, roster, policy, today }: Ground): Beside {
  const { facts } = deciding
  const from = addDays(today, 1 - policy.values['window.days'])
  const window = told(facts, 'payeeWindow')
  const parts = window.parts.filter(({ on }) => on >= from)
  const concerned = given.has('payee') ? relatedPersons(roster, form, knownKeys(form, facts)) : []
  return {
    keys: window.keys,
    parts: parts.map(({ request, amount, on }) => ({ request, amount, on })),
    from,
    related: form.relation === 'related' || concerned.length > 0,
    relatedPersons: concerned,
    headInvolved: given.has('handler') && headInvolved(form, roster),
  }
}

/** In the order in which deciding comes upon them, each once. */
function refusalsOf(looked: Looked, ground: Ground): readonly Refusal[] {
  const { form, given, by, stream } = looked
  const { deciding, roster, policy, today } = ground
  const { past } = deciding
  const stands = (of: readonly Field[]): boolean => of.every((field) => given.has(field))
  if (given.has('company') && companyOf(roster, form.company) === undefined)
    return [refuse('notFound', { what: form.company }).refused]
  const before = past.stream(requestFold, stream).state
  if (before !== undefined && stateOf(before) !== 'returned')
    return [standsAt(placeOf(before)).refused]
  const clerk = !given.has('company') || holds(roster, by, ['reportingClerk'], form.company)
  const held = before === undefined ? {} : { before: before.submission }
  const ruling: Ruling = {
    policy: policy.values,
    facts: deciding.facts,
    calendar: deciding.calendar,
    past,
    today,
    roster,
    township: townshipRosterAt(past, ledgerOf(past), deciding.at),
    clerk: by.person,
    ...sinceWhen(form, today, before),
  }
  const rules: readonly FormRule<Ruling>[] = [
    ...submissionRules,
    {
      of: ['company', 'payee', 'amount', 'authority', 'kind'],
      broken: () => refusedIn(claim(form, { deciding, stream, ...held })),
    },
    {
      of: ['amount', 'payee', 'company'],
      broken() {
        const from = addDays(today, 1 - policy.values['window.days'])
        const summed = rollingOf(form, deciding.facts, from)
        return isRefused(summed)
          ? summed
          : overEmergencyCeiling(form, policy.values, summed.rolling.sum)
      },
    },
  ]
  const broken = rules.flatMap((rule) =>
    stands(rule.of) ? (rule.broken(form, ruling)?.refused ?? []) : [],
  )
  const found = clerk
    ? broken
    : [refuse('officeNotHeld', { office: officeNames(['reportingClerk']) }).refused, ...broken]
  return found.filter(
    (one, at) => found.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === at,
  )
}

const refusedIn = <T extends object>(answer: T | { readonly refused: Refusal }) =>
  'refused' in answer ? answer : undefined

function papersOf({ form }: Looked, { policy }: Ground): NonNullable<Foreseen['papers']> {
  const answered = (line: PaperLine): AnsweredLine => ({
    ...line,
    there: form.evidence.some(
      ({ paper, signers = 0 }) => line.choices.includes(paper) && signers >= (line.signers ?? 0),
    ),
  })
  return {
    decision: checklist(form, 'decision', policy.values).map(answered),
    voucher: checklist(form, 'voucher', policy.values).map(answered),
  }
}

function authorityOf({ form }: Looked, { deciding, today }: Ground): Foreseen['authority'] {
  if (form.authority === undefined) return undefined
  const { state } = deciding.past.stream(authorityFold, authorityStream(form.authority))
  const on = form.debit?.on ?? today
  return state === undefined ? undefined : { terms: state.terms, left: leftOn(state, on) }
}

/** Rules compare whole deals: before these are there, they would compare what nobody wrote. */
const dealt: readonly Field[] = [
  'company',
  'kind',
  'category',
  'amount',
  'method',
  'payee',
  'handler',
]

interface Worked {
  readonly stations: readonly RouteStation[] | undefined
  readonly beside: Beside
}

function alertsOf(
  { form, given, stream }: Looked,
  { deciding, roster, policy }: Ground,
  { stations, beside }: Worked,
): Foreseen['alerts'] {
  if (stations === undefined || !dealt.every((field) => given.has(field))) return []
  const route = stations.map((station) => ({ ...station }))
  const concerned = { relatedPersons: [...beside.relatedPersons] }
  const seen = alertsOfForm(form, { deciding, roster, policy, stream, route, ...concerned })
  return seen.map(({ type, body }) => alertRaised.event.parse({ type, body }).body)
}
