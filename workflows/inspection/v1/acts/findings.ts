// Findings: raised against any request in any state, answered by the village, closed out by another
// inspector (law §6).
import { covers, lastDay } from '../../../../src/domain/calendar.ts'
import { recoveryKey } from '../../../../src/domain/claim-keys.ts'
import { type FindingKind, followUps } from '../../../../src/domain/finding.ts'
import {
  type FindingId,
  findingIdSchema,
  type InspectionId,
  type PersonId,
  type RequestId,
  requestStream,
} from '../../../../src/domain/ids.ts'
import { above, grouped, minus, zero } from '../../../../src/domain/money.ts'
import { type OfficeKind, officeNames } from '../../../../src/domain/office.ts'
import { bothOf, findingStates } from '../../../../src/domain/places.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { addDays, dateAt, type LocalDate } from '../../../../src/domain/time.ts'
import { findingRaised, findingSettled } from '../../../request/v1/audit.ts'
import { recoveryClaimed } from '../../../request/v1/recoveries.ts'
import { holds } from '../../../roster/v1/fold.ts'
import type { InspectionEvent } from '../events.ts'
import { type Finding, inspectionIn, recoveredOf } from '../fold.ts'
import { findingLife } from '../machine.ts'
import {
  type AskedInspection,
  mayInspect,
  mustBeOnTeam,
  mustHold,
  record,
  type Refused,
  requestOf,
  type Scene,
} from '../scene.ts'

const dayKeys = {
  simple: 'finding.simpleDays',
  normal: 'finding.normalDays',
  complex: 'finding.complexDays',
} as const satisfies Record<FindingKind, string>

export function raise({ by, input }: AskedInspection<'finding.raise'>, scene: Scene): Decision {
  const no =
    mustBeOnTeam(scene, by) ??
    mayJudge(scene, input.request, by.person) ??
    (input.again === undefined ? undefined : refused(followed(scene, input.again)))
  if (no !== undefined) return no
  const due = dueOn(scene, input.kind)
  if (typeof due !== 'string') return due
  const finding = findingIdSchema.parse(`f-${scene.round.findings.size + 1}`)
  const notes =
    input.request === undefined
      ? []
      : findingRaised(requestStream(input.request), { inspection: scene.id, finding })
  return record(
    scene,
    { type: 'finding.raised', body: { given: input, finding, dueOn: due } },
    notes,
  )
}

/** By the company the request is of; a finding about no request by any company of the round. */
export function answer({ by, input }: AskedInspection<'finding.answer'>, scene: Scene): Decision {
  const event = { type: 'finding.answered', body: { given: input } } as const
  const finding = takes(scene, input.finding, event)
  if ('refused' in finding) return finding
  const no = mustServe(scene, finding, { by, kinds: ['companyHead', 'reportingClerk'] })
  if (no !== undefined) return no
  const { training } = input
  if (finding.what.followUps.includes('training') && training === undefined) {
    return refuse('followUpMissing', { followUp: bothOf(followUps, 'training') })
  }
  if (training !== undefined && training.on > dateAt(scene.deciding.at)) {
    return refuse('dateInFuture', { date: training.on })
  }
  return record(scene, event)
}

/** Money that came back, as the cashier sees it in the bank; each transfer once. */
export function recover({ by, input }: AskedInspection<'recovery.record'>, scene: Scene): Decision {
  const event = { type: 'recovery.recorded', body: { given: input } } as const
  const finding = takes(scene, input.finding, event)
  if ('refused' in finding) return finding
  const no = mustServe(scene, finding, { by, kinds: ['cashier'] })
  return no ?? recoveryRefused(scene, finding, input) ?? record(scene, event)
}

/** It came after what was paid, it is no more than is still owed, and it settles nothing else in the village (law 6.11). */
function recoveryRefused(
  { deciding }: Scene,
  finding: Finding,
  { amount, bankReference, receivedOn }: AskedInspection<'recovery.record'>['input'],
): Refused | undefined {
  const { request: id, recover: wanted } = finding.what
  if (wanted === undefined) return refuse('nothingToRecover')
  if (receivedOn > dateAt(deciding.at)) return refuse('dateInFuture', { date: receivedOn })
  const request = id === undefined ? undefined : requestOf(deciding, id)
  if (request !== undefined && 'refused' in request) return request
  const paidOn = request?.paidOn
  if (paidOn !== undefined && receivedOn < paidOn) return refuse('recoveredBeforePaid', { paidOn })
  const key = recoveryKey(bankReference)
  if (finding.recovered.some((before) => recoveryKey(before.bankReference) === key))
    return refuse('alreadyExists', { what: bankReference })
  const known = recoveredOf(finding)
  const left = above(wanted, known) ? minus(wanted, known) : zero
  if (above(amount, left)) return refuse('recoveryTooMuch', { left: grouped(left) })
  return recoveryClaimed(deciding, bankReference)
}

interface Serving {
  readonly by: AskedInspection<'finding.answer'>['by']
  readonly kinds: readonly OfficeKind[]
}

/** An office of the company the finding is about, or of any the round looks at. */
function mustServe(scene: Scene, { what }: Finding, { by, kinds }: Serving): Refused | undefined {
  const request = what.request === undefined ? undefined : requestOf(scene.deciding, what.request)
  if (request !== undefined && 'refused' in request) return request
  const companies =
    request === undefined ? scene.round.plan.companies : [request.submission.company]
  return companies.some((company) => holds(scene.village, by, kinds, company))
    ? undefined
    : refuse('officeNotHeld', { office: officeNames(kinds) })
}

/** Close-out (销号): never by who raised it, nor by who answered it. */
export function verify({ by, input }: AskedInspection<'finding.verify'>, scene: Scene): Decision {
  const event = { type: 'finding.verified', body: { given: input } } as const
  const finding = takes(scene, input.finding, event)
  if ('refused' in finding) return finding
  const { what, raiser, answerer } = finding
  const no = mustHold(scene, by, ['inspector'])
  if (no !== undefined) return no
  if (by.person === raiser || by.person === answerer) return refuse('closeOutBySame')
  const judged = mayJudge(scene, what.request, by.person) ?? followedUp(scene, finding, input)
  if (judged !== undefined) return judged
  const named = { inspection: scene.id, finding: finding.id }
  const notes =
    what.request === undefined
      ? []
      : findingSettled(scene.deciding, requestStream(what.request), named)
  return record(scene, event, notes)
}

export function reopen({ by, input }: AskedInspection<'finding.reopen'>, scene: Scene): Decision {
  const today = dateAt(scene.deciding.at)
  const probe = { type: 'finding.reopened', body: { given: input, dueOn: today } } as const
  const finding = takes(scene, input.finding, probe)
  if ('refused' in finding) return finding
  const no = mustHold(scene, by, ['inspector']) ?? mayJudge(scene, finding.what.request, by.person)
  if (no !== undefined) return no
  const due = dueOn(scene, finding.what.kind)
  if (typeof due !== 'string') return due
  return record(scene, { type: 'finding.reopened', body: { given: input, dueOn: due } })
}

/** What the finding asked for beside the answer is done, or it is said why not all of it is (law 6.11). */
function followedUp(
  { deciding }: Scene,
  finding: Finding,
  { demand, referral, shortfall }: AskedInspection<'finding.verify'>['input'],
): Refused | undefined {
  const { followUps: asked, recover: wanted } = finding.what
  const recovered = recoveredOf(finding)
  if (wanted !== undefined && above(wanted, recovered) && shortfall === undefined) {
    return refuse('recoveryOpen', { wanted: grouped(wanted), recovered: grouped(recovered) })
  }
  if (asked.includes('disciplineDemand') && demand === undefined) {
    return refuse('followUpMissing', { followUp: bothOf(followUps, 'disciplineDemand') })
  }
  if (asked.includes('referral') && referral === undefined) {
    return refuse('followUpMissing', { followUp: bothOf(followUps, 'referral') })
  }
  const today = dateAt(deciding.at)
  const ahead = [demand?.on, referral?.on].find((date) => date !== undefined && date > today)
  return ahead === undefined ? undefined : refuse('dateInFuture', { date: ahead })
}

/** 回头看: what the followed round closed out has lasted. What has not is raised again. */
export function review({ by, input }: AskedInspection<'finding.review'>, scene: Scene): Decision {
  const no = mustBeOnTeam(scene, by)
  if (no !== undefined) return no
  const finding = closedOut(scene, input)
  if ('refused' in finding) return finding
  const judged = mayJudge(scene, finding.what.request, by.person)
  if (judged !== undefined) return judged
  if (scene.round.reviewed.has(finding.id))
    return refuse('alreadyReviewed', { finding: finding.id })
  return record(scene, { type: 'finding.reviewed', body: { given: input } })
}

interface Followed {
  readonly round: InspectionId
  readonly finding: FindingId
}

/** A finding that the round this one follows has closed out. */
function closedOut(scene: Scene, named: Followed): Finding | Refused {
  const finding = followed(scene, named)
  if ('refused' in finding) return finding
  const { value } = finding.snapshot
  return value === 'verified' ? finding : refuse('notOpen', { state: bothOf(findingStates, value) })
}

/** A finding of the round this one follows: one that was never put right is raised again as well as one that came back. */
function followed({ round, deciding }: Scene, named: Followed): Finding | Refused {
  if (round.plan.kind !== 'followUp' || round.plan.follows !== named.round) {
    return refuse('notFollowUp', { round: named.round })
  }
  const finding = inspectionIn(deciding.past, named.round)?.findings.get(named.finding)
  return finding ?? refuse('notFound', { what: named.finding })
}

const refused = (value: Finding | Refused): Refused | undefined =>
  'refused' in value ? value : undefined

/** The finding, if it is there and takes this event now. */
function takes({ round }: Scene, id: FindingId, event: InspectionEvent): Finding | Refused {
  const finding = round.findings.get(id)
  if (finding === undefined) return refuse('notFound', { what: id })
  if (findingLife.accepts(finding.snapshot, event)) return finding
  return refuse('notOpen', { state: bothOf(findingStates, finding.snapshot.value) })
}

function mayJudge(
  { deciding }: Scene,
  id: RequestId | undefined,
  person: PersonId,
): Refused | undefined {
  if (id === undefined) return undefined
  const request = requestOf(deciding, id)
  return 'refused' in request ? request : mayInspect(request, person)
}

// a limit that would end on a day off ends on the next working day, which a year's turn may put
// past the calendar
const SLACK_DAYS = 15

function dueOn({ deciding, policy }: Scene, kind: FindingKind): LocalDate | Refused {
  const { at, calendar } = deciding
  const days = policy.values[dayKeys[kind]]
  const today = dateAt(at)
  const farthest = addDays(today, days + SLACK_DAYS)
  const missing = [today, addDays(today, days), farthest].find((date) => !covers(calendar, date))
  if (missing !== undefined) return refuse('calendarMissing', { year: missing.slice(0, 4) })
  return lastDay(calendar, today, { days })
}
