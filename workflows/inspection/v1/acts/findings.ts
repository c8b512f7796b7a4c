// Findings: raised against any request in any state, answered by the village, closed out by another
// inspector (law §6).
import { covers, lastDay } from '../../../../src/domain/calendar.ts'
import type { FindingKind } from '../../../../src/domain/finding.ts'
import {
  type FindingId,
  findingIdSchema,
  type RequestId,
  requestStream,
} from '../../../../src/domain/ids.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { addDays, dateAt, type LocalDate } from '../../../../src/domain/time.ts'
import { findingRaised, findingSettled } from '../../../request/v1/audit.ts'
import { holds } from '../../../roster/v1/fold.ts'
import type { InspectionEvent } from '../events.ts'
import type { Finding } from '../fold.ts'
import { findingLife } from '../machine.ts'
import {
  type AskedInspection,
  mayInspect,
  mustBeOnTeam,
  mustHold,
  officeNames,
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
  const no = mustBeOnTeam(scene, by) ?? mayJudge(scene, input.request, by.person)
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
  const finding = takes(scene, input.finding, { type: 'finding.answered', body: { given: input } })
  if ('refused' in finding) return finding
  const { request: id } = finding.what
  const request = id === undefined ? undefined : requestOf(scene.deciding, id)
  if (request !== undefined && 'refused' in request) return request
  const companies =
    request === undefined ? scene.round.plan.companies : [request.submission.company]
  const kinds = ['companyHead', 'reportingClerk'] as const
  if (!companies.some((company) => holds(scene.village, by, kinds, company))) {
    return refuse('officeNotHeld', { office: officeNames(kinds) })
  }
  return record(scene, { type: 'finding.answered', body: { given: input } })
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
  const judged = mayJudge(scene, what.request, by.person)
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

/** The finding, if it is there and takes this event now. */
function takes({ round }: Scene, id: FindingId, event: InspectionEvent): Finding | Refused {
  const finding = round.findings.get(id)
  if (finding === undefined) return refuse('notFound', { what: id })
  if (findingLife.accepts(finding.snapshot, event)) return finding
  return refuse('notOpen', { state: finding.snapshot.value })
}

function mayJudge(
  { deciding }: Scene,
  id: RequestId | undefined,
  person: Parameters<typeof mayInspect>[1],
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
