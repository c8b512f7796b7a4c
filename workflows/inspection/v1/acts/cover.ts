// Coverage (law §6): every request of the population is said to be examined or not, never
// "cleared".
import { type PersonId, type RequestId, requestStream } from '../../../../src/domain/ids.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision, EventDraft } from '../../../../src/domain/store.ts'
import { auditCovered, awaitsAudit } from '../../../request/v1/audit.ts'
import { type InspectionState, mustExamine, type Result } from '../fold.ts'
import {
  type AskedInspection,
  mayInspect,
  mustBeOnTeam,
  record,
  type Refused,
  requestOf,
  type Scene,
} from '../scene.ts'
import { noticedPopulation } from './round.ts'

interface Covering {
  readonly request: RequestId
  readonly result: Result
}

/**
 * A batch may be sent again: what was covered with the same result is left as it is, another result
 * is refused. Each fresh request that waits in its fifth must is covered on its own stream in the
 * same commit.
 */
export function cover({ by, input }: AskedInspection<'inspection.cover'>, scene: Scene): Decision {
  const no = mustBeOnTeam(scene, by)
  if (no !== undefined) return no
  const batch: readonly Covering[] = [
    ...input.notExamined.map((request) => ({ request, result: 'notExamined' as const })),
    ...input.examined,
  ]
  const population = new Set(noticedPopulation(scene))
  const fresh: EventDraft[][] = []
  for (const covering of batch) {
    const { request: id } = covering
    if (!population.has(id)) return refuse('notInPopulation', { request: id })
    const known = scene.round.coverage.get(id)
    if (known === covering.result) continue
    const answer = coverOne(scene, covering, by.person)
    if ('refused' in answer) return answer
    fresh.push([...answer.notes])
  }
  if (fresh.length === 0) return refuse('alreadyCovered', { request: batch[0]?.request ?? '' })
  const event = { type: 'inspection.covered', body: { given: input, fresh: fresh.length } } as const
  return record(scene, event, fresh.flat())
}

function coverOne(
  scene: Scene,
  { request: id, result }: Covering,
  person: PersonId,
): { readonly notes: readonly EventDraft[] } | Refused {
  const { deciding, round } = scene
  const request = requestOf(deciding, id)
  if ('refused' in request) return request
  const no = mayInspect(request, person) ?? mismatch(round, { request: id, result })
  if (no !== undefined) return no
  // a later round may look again at what an earlier one has covered: that closes nothing twice
  if (!awaitsAudit(request)) return { notes: [] }
  const coverage = { inspection: scene.id, examined: result !== 'notExamined', result }
  return { notes: auditCovered(deciding, requestStream(id), coverage) }
}

function mismatch(round: InspectionState, { request, result }: Covering): Refused | undefined {
  if (round.coverage.has(request)) return refuse('alreadyCovered', { request })
  const examined = result !== 'notExamined'
  if (mustExamine(round, request) && !examined) return refuse('lotMustBeExamined', { request })
  if (!mustExamine(round, request) && examined) return refuse('notInLot', { request })
  if (!examined) return undefined
  const found = [...round.findings.values()].some(({ what }) => what.request === request)
  return found === (result === 'finding') ? undefined : refuse('resultMismatch', { request })
}
