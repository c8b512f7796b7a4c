// Submitting and resubmitting: the form is judged, the route computed and frozen; nothing of either changes afterwards.
import type { PersonId } from '../../../../src/domain/ids.ts'
import { officeNames } from '../../../../src/domain/office.ts'
import type { Policy, PolicyValues } from '../../../../src/domain/policy.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Submission } from '../../../../src/domain/request.ts'
import type { Deciding, Decision, EventDraft } from '../../../../src/domain/store.ts'
import { addDays, dateAt } from '../../../../src/domain/time.ts'
import { ledgerClosed, ledgerOf } from '../../../ledger/v1/fold.ts'
import { policyOfVillage } from '../../../policy/v1/in-force.ts'
import { rosterAt, townshipRosterAt } from '../../../roster/v1/day.ts'
import { companyOf, holds, type RosterState } from '../../../roster/v1/fold.ts'
import { draft } from '../../../workflow.ts'
import { alertsOfForm } from '../alert-notes.ts'
import { claim } from '../claim.ts'
import { overEmergencyCeiling } from '../emergency.ts'
import { isSuspended, placeOf, type Request, requestFold, stateOf } from '../fold.ts'
import { headInvolved, isTieUnrouted } from '../issuers.ts'
import { firstBroken, knownKeys, relatedPersons, rollingOf } from '../judgement.ts'
import { isUnchanged, materialChanges, newlyRelated } from '../material.ts'
import { fromBoardReview, fromMemberVote, fromTownshipFiling, openSignOff } from '../opening.ts'
import { route, routeFacts } from '../route.ts'
import { sinceWhen, submissionRules } from '../rules.ts'
import {
  type AskedRequest,
  decided,
  isRefused,
  mayHappen,
  mustHold,
  NAME,
  type Refused,
  type Scene,
  standsAt,
} from '../scene.ts'
import { vouchersComplete } from '../vouchers.ts'

/** The reporting clerk submits; three persons sign it afterwards. */
export function submit(command: AskedRequest<'request.submit'>, deciding: Deciding): Decision {
  const { past, at } = deciding
  const closed = ledgerClosed(ledgerOf(past))
  if (closed !== undefined) return closed
  if (past.stream(requestFold, command.stream).revision >= 0) {
    return refuse('alreadyExists', { what: command.stream })
  }
  const roster = rosterAt(past, at)
  if (!roster.confirmed) return refuse('rosterUnconfirmed')
  const { input } = command
  if (companyOf(roster, input.company) === undefined)
    return refuse('notFound', { what: input.company })
  if (!holds(roster, command.by, ['reportingClerk'], input.company)) {
    return refuse('officeNotHeld', { office: officeNames(['reportingClerk']) })
  }
  const policy = policyOfVillage(past, ledgerOf(past), at)
  if (policy === undefined) return refuse('policyMissing')
  const made = work(input, {
    deciding,
    roster,
    policy,
    stream: command.stream,
    clerk: command.by.person,
  })
  if (isRefused(made)) return made
  const { body, events } = made
  return {
    events: [
      draft(NAME, command.stream, {
        type: 'request.submitted',
        body: { given: input, round: 1, ...body },
      }),
      ...events,
      ...alertsOfForm(input, { ...body, deciding, roster, policy, stream: command.stream }),
    ],
    policy: policy.id,
  }
}

interface Working {
  readonly deciding: Deciding
  readonly roster: RosterState
  readonly policy: Policy
  readonly stream: Scene['stream']
  readonly clerk: PersonId
  /** The request as it was returned: what it holds already, and since when. */
  readonly before?: Request
}

/** Everything that is worked out beside the form, or the first rule it breaks. */
function work(form: Submission, { deciding, roster, policy, stream, clerk, before }: Working) {
  const today = dateAt(deciding.at)
  const township = townshipRosterAt(deciding.past, ledgerOf(deciding.past), deciding.at)
  const refusal = firstBroken(submissionRules, form, {
    policy: policy.values,
    facts: deciding.facts,
    calendar: deciding.calendar,
    past: deciding.past,
    today,
    roster,
    township,
    clerk,
    ...sinceWhen(form, today, before),
  })
  if (refusal !== undefined) return refusal
  const held = before === undefined ? {} : { before: before.submission }
  const claimed = claim(form, { deciding, stream, ...held })
  if (isRefused(claimed)) return claimed
  const concerned = relatedPersons(roster, form, knownKeys(form, deciding.facts))
  const related = form.relation === 'related' || concerned.length > 0
  const from = addDays(today, 1 - policy.values['window.days'])
  const summed = rollingOf(form, deciding.facts, from)
  if (isRefused(summed)) return summed
  const { payee, rolling } = summed
  const hurried = overEmergencyCeiling(form, policy.values, rolling.sum)
  if (hurried !== undefined) return hurried
  const involved = headInvolved(form, roster)
  const found = { rolling, related, headInvolved: involved }
  const stations = route(routeFacts(form, found), policy.values)
  const body = {
    payee,
    rolling: { sum: rolling.sum, parts: rolling.parts.slice(0, 200) },
    related,
    relatedPersons: concerned.slice(0, 50),
    headInvolved: involved,
    ...(policy.rule === undefined ? {} : { rule: policy.rule }),
    route: stations.map((station) => ({ ...station })),
  }
  return { body, events: claimed.events }
}

/** Answers a return. A material change restarts at the issuers' signatures; anything else resumes where it was returned. */
export function resubmit(command: AskedRequest<'request.resubmit'>, scene: Scene): Decision {
  const { request, deciding, roster, stream } = scene
  if (stateOf(request) !== 'returned') return standsAt(placeOf(request))
  if (isSuspended(request)) return refuse('suspended')
  const office = mustHold(scene, ['reportingClerk'])
  if (office !== undefined) return office
  const { input } = command
  if (companyOf(roster, input.company) === undefined)
    return refuse('notFound', { what: input.company })
  // a head who came to be near to the handler is told by no form: as it was, it goes another way
  const tied = isTieUnrouted(scene) ? ['headTie'] : []
  if (isUnchanged(request, input) && tied.length === 0) return refuse('nothingChanged')
  const debit = debitStands(request, input)
  if (debit !== undefined) return debit
  const material = [...materialChanges(request, input), ...newlyRelated(scene, input), ...tied]
  const policy = material.length > 0 ? policyNow(scene) : scene.policy
  const clerk = scene.by.person
  const made = work(input, { deciding, roster, policy, stream, clerk, before: request })
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
  const no = mayHappen(scene, resubmitted) ?? stillComplete(input, resumes, policy.values)
  if (no !== undefined) return no
  const opened = material.length > 0 ? [] : reopened(scene, input, resumes)
  const before = request.alerts
  const alerts = alertsOfForm(input, { ...body, deciding, roster, policy, stream, before })
  return {
    ...decided({ ...scene, policy }, resubmitted, [...made.events, ...opened, ...alerts]),
    policy: policy.id,
  }
}

/** What the bank took is not made undone, nor another payment, by calling it otherwise (law 2.6). */
function debitStands({ submission }: Request, next: Submission): Refused | undefined {
  const { kind, debit } = submission
  const becomes = (kind === 'directDebit') !== (next.kind === 'directDebit')
  const changed = debit?.on !== next.debit?.on || debit?.bankReference !== next.debit?.bankReference
  return becomes || changed ? refuse('debitStands') : undefined
}

/** Where the papers were complete before, they are so still: what resumes after them is not looked through again. */
function stillComplete(
  form: Submission,
  resumes: string,
  policy: PolicyValues,
): Refused | undefined {
  const { invoices, evidence } = form
  const after = ['supervisorySignOff', 'townshipFiling', 'payment'].includes(resumes)
  return after ? vouchersComplete({ submission: form, invoices, evidence }, policy) : undefined
}

// a material change is a new request in all but name: it is decided under the policy in force now
function policyNow({ deciding, policy }: Scene): Policy {
  const { past, at } = deciding
  return policyOfVillage(past, ledgerOf(past), at) ?? policy
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
