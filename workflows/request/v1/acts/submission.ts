// Submitting and resubmitting: the form is judged, the route computed and frozen; nothing of either changes afterwards.
import { covers } from '../../../../src/domain/calendar.ts'
import type { OfficeKind } from '../../../../src/domain/office.ts'
import { above } from '../../../../src/domain/money.ts'
import type { Policy } from '../../../../src/domain/policy.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Evidence, Submission } from '../../../../src/domain/request.ts'
import type { Deciding, Decision, EventDraft } from '../../../../src/domain/store.ts'
import { dateAt } from '../../../../src/domain/time.ts'
import { ledgerClosed, ledgerOf } from '../../../ledger/v1/fold.ts'
import { policyFold, policyInForce, policyStream } from '../../../policy/v1/fold.ts'
import {
  companyOf,
  holderOf,
  holds,
  nearRelatives,
  officesOf,
  rosterFold,
  type RosterState,
  rosterStream,
  seats,
  townshipRoster,
} from '../../../roster/v1/fold.ts'
import { draft } from '../../../workflow.ts'
import { claim } from '../claim.ts'
import { isSuspended, type Request, requestFold, stateOf } from '../fold.ts'
import { judge, knownKeys, relatedPersons, rollingOf } from '../judgement.ts'
import { fromBoardReview, fromMemberVote, fromTownshipFiling, openSignOff } from '../opening.ts'
import { route } from '../route.ts'
import {
  type AskedRequest,
  decided,
  isRefused,
  mayHappen,
  mustHold,
  NAME,
  officeNames,
  type Refused,
  type Scene,
} from '../scene.ts'

const issuers: readonly OfficeKind[] = [
  'handler',
  'witness',
  'director',
  'companyHead',
  'supervisor',
  'councillor',
]

/** The reporting clerk submits; three persons sign it afterwards. */
export function submit(command: AskedRequest<'request.submit'>, deciding: Deciding): Decision {
  const { past, at } = deciding
  const closed = ledgerClosed(ledgerOf(past))
  if (closed !== undefined) return closed
  if (past.stream(requestFold, command.stream).revision >= 0) {
    return refuse('alreadyExists', { what: command.stream })
  }
  const roster = past.stream(rosterFold, rosterStream).state
  if (!roster.confirmed) return refuse('rosterUnconfirmed')
  const { input } = command
  if (companyOf(roster, input.company) === undefined)
    return refuse('notFound', { what: input.company })
  if (!holds(roster, command.by, ['reportingClerk'], input.company)) {
    return refuse('officeNotHeld', { office: officeNames(['reportingClerk']) })
  }
  const policy = policyInForce(past.relied(policyFold, policyStream).state, at)
  if (policy === undefined) return refuse('policyMissing')
  const made = work(input, { deciding, roster, policy, stream: command.stream })
  if (isRefused(made)) return made
  const { body, events } = made
  return {
    events: [
      draft(NAME, command.stream, {
        type: 'request.submitted',
        body: { given: input, round: 1, ...body },
      }),
      ...events,
    ],
    policy: policy.id,
  }
}

interface Working {
  readonly deciding: Deciding
  readonly roster: RosterState
  readonly policy: Policy
  readonly stream: Scene['stream']
  /** What the request held of an authority before this round. */
  readonly before?: Submission
}

/** Everything that is worked out beside the form, or the first rule it breaks. */
function work(form: Submission, { deciding, roster, policy, stream, before }: Working) {
  const today = dateAt(deciding.at)
  const township = townshipRoster(deciding.past, ledgerOf(deciding.past))
  const refusal =
    whoIssues(form, roster) ??
    (covers(deciding.calendar, today)
      ? undefined
      : refuse('calendarMissing', { year: today.slice(0, 4) })) ??
    judge(form, { policy: policy.values, today, facts: deciding.facts, roster, township })
  if (refusal !== undefined) return refusal
  const claimed = claim(form, { deciding, stream, ...(before === undefined ? {} : { before }) })
  if (isRefused(claimed)) return claimed
  const concerned = relatedPersons(roster, form, knownKeys(form, deciding.facts))
  const related = form.relation === 'related' || concerned.length > 0
  const { payee, rolling } = rollingOf(form, deciding.facts)
  const stations = route(
    {
      amount: form.amount,
      rolling,
      matter: form.matter,
      related,
      headInvolved: headInvolved(form, roster),
      ...(form.authority === undefined ? {} : { covered: form.authority }),
    },
    policy.values,
  )
  const body = {
    payee,
    rolling: { sum: rolling.sum, parts: rolling.parts.slice(0, 200) },
    related,
    relatedPersons: concerned.slice(0, 50),
    route: stations.map((station) => ({ ...station })),
  }
  return { body, events: claimed.events }
}

/** Three persons of the village; the head is whoever holds that office when issuing. */
function whoIssues(
  { handler, witness, company }: Submission,
  roster: RosterState,
): Refused | undefined {
  if (handler === witness) return refuse('issuersNotThree')
  for (const person of [handler, witness]) {
    const owner = roster.organisations.get(company)?.owner
    const serves = officesOf(roster, person).some(
      ({ kind, organisation }) =>
        issuers.includes(kind) && (organisation === company || organisation === owner),
    )
    if (!serves) return refuse('notFound', { what: person })
  }
  return undefined
}

function headInvolved({ handler, company }: Submission, roster: RosterState): boolean {
  const heads = seats(roster, company, 'companyHead').flatMap(
    ({ id }) => holderOf(roster, id) ?? [],
  )
  return heads.some((head) => head === handler || nearRelatives(roster, head).includes(handler))
}

/** Answers a return. A material change restarts at the issuers' signatures; anything else resumes where it was returned. */
export function resubmit(command: AskedRequest<'request.resubmit'>, scene: Scene): Decision {
  const { request, deciding, roster, stream } = scene
  if (stateOf(request) !== 'returned') return refuse('notOpen', { state: stateOf(request) })
  if (isSuspended(request)) return refuse('suspended')
  const office = mustHold(scene, ['reportingClerk'])
  if (office !== undefined) return office
  const { input } = command
  if (companyOf(roster, input.company) === undefined)
    return refuse('notFound', { what: input.company })
  if (isUnchanged(request, input)) return refuse('nothingChanged')
  const material = [...materialChanges(request, input), ...newlyRelated(scene, input)]
  const policy = material.length > 0 ? policyNow(scene) : scene.policy
  const before = request.submission
  const made = work(input, { deciding, roster, policy, stream, before })
  if (isRefused(made)) return made
  const resumes = material.length > 0 ? 'issuing' : request.snapshot.context.returnedFrom
  const body = {
    given: input,
    round: request.snapshot.context.round + 1,
    ...made.body,
    ...(material.length > 0 ? {} : { route: [...request.route] }),
    material: [...material],
    resumes,
  }
  const resubmitted = { type: 'request.resubmitted', body } as const
  const no = mayHappen(scene, resubmitted)
  if (no !== undefined) return no
  const opened = material.length > 0 ? [] : reopened(scene, input, resumes)
  return {
    ...decided({ ...scene, policy }, resubmitted, [...made.events, ...opened]),
    policy: policy.id,
  }
}

// a material change is a new request in all but name: it is decided under the policy in force now
function policyNow({ deciding, policy }: Scene): Policy {
  return policyInForce(deciding.past.relied(policyFold, policyStream).state, deciding.at) ?? policy
}

/** The must that returned it opens anew, with fresh seats and a fresh limit. */
function reopened(scene: Scene, input: Submission, resumes: string): readonly EventDraft[] {
  const { deciding, stream, roster, policy, request } = scene
  const opening = { deciding, stream, roster, policy, request: { ...request, submission: input } }
  switch (resumes) {
    case 'memberVote':
      return fromMemberVote(opening)
    case 'boardReview':
      return fromBoardReview(opening)
    case 'supervisorySignOff':
      return [openSignOff(opening)]
    case 'townshipFiling':
      return fromTownshipFiling(opening)
    default:
      return []
  }
}

/** The form as it was, or with no more than the papers that were there when it was returned. */
function isUnchanged({ submission, returnedWith = [] }: Request, next: Submission): boolean {
  const known = [submission, { ...submission, evidence: returnedWith }]
  return known.some((form) => JSON.stringify(form) === JSON.stringify(next))
}

/** What makes a change material (law §2): it voids every signature and decision so far. */
export function materialChanges(request: Request, next: Submission): readonly string[] {
  const now = request.submission
  const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b)
  return [
    ...(above(next.amount, now.amount) ? ['amount'] : []),
    // a list's rows lie in the vault: with another digest nobody can tell that the persons are the same
    ...(differs(now.payee, next.payee) ? ['payee'] : []),
    ...(now.category !== next.category ? ['category'] : []),
    ...(now.matter !== next.matter ? ['matter'] : []),
    ...(now.purpose !== next.purpose ? ['purpose'] : []),
    ...(now.company !== next.company ? ['company'] : []),
    ...(now.kind !== next.kind ? ['kind'] : []),
    ...(now.method !== next.method ? ['method'] : []),
    ...(differs(now.authority, next.authority) ? ['authority'] : []),
    ...(now.handler !== next.handler || now.witness !== next.witness ? ['issuers'] : []),
    ...(now.relation !== next.relation ? ['relation'] : []),
    ...(invoicesSwapped(now, next) ? ['invoices'] : []),
    ...(takesAway(request.evidence, next.evidence) ? ['evidence'] : []),
  ]
}

/** A tie to the payee that was declared or recorded since: the musts passed without knowing it do not stand. */
function newlyRelated({ request, roster, deciding }: Scene, next: Submission): readonly string[] {
  const known = request.related || next.relation !== request.submission.relation
  return !known && relatedPersons(roster, next, knownKeys(next, deciding.facts)).length > 0
    ? ['related']
    : []
}

/** An invoice that was there is gone, or another's; adding one or mending its figures changes nothing decided. */
function invoicesSwapped(now: Submission, next: Submission): boolean {
  const identity = ({ number, sellerAccount = '' }: Submission['invoices'][number]) =>
    `${number} ${sellerAccount}`
  const kept = new Set(next.invoices.map(identity))
  return now.invoices.some((invoice) => !kept.has(identity(invoice)))
}

/** Fewer papers of a kind than there were: something went without one in its place. */
function takesAway(now: readonly Evidence[], next: readonly Evidence[]): boolean {
  const count = (papers: readonly Evidence[], kind: Evidence['paper']) =>
    papers.filter(({ paper }) => paper === kind).length
  return now.some(({ paper }) => count(next, paper) < count(now, paper))
}
