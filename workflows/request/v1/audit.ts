// Must 5 as inspections write it: coverage, findings and their settlement on the streams of the requests they name (law §6).
import type { FindingId, InspectionId, StreamId } from '../../../src/domain/ids.ts'
import type { Deciding, EventDraft } from '../../../src/domain/store.ts'
import { placeOf, type Request, requestFold } from './fold.ts'
import { findingName } from './record.ts'
import { eventOn } from './scene.ts'

export interface Coverage {
  readonly inspection: InspectionId
  readonly examined: boolean
  readonly result: 'notExamined' | 'noFinding' | 'finding'
}

/** Is the request's flow ended and not yet covered by a round? */
export const awaitsAudit = (request: Request): boolean =>
  placeOf(request) === 'disciplineAudit.open'

/** Covered by a round; closed at once when nothing is found. Never says "cleared". */
export function auditCovered(
  deciding: Deciding,
  stream: StreamId,
  coverage: Coverage,
): readonly EventDraft[] {
  const request = requestOf(deciding, stream)
  const covered = eventOn(stream, { type: 'disciplineAudit.covered', body: { ...coverage } })
  return request.openFindings.length > 0
    ? [covered]
    : [covered, passed(stream, coverage.inspection)]
}

export function findingRaised(
  stream: StreamId,
  { inspection, finding }: { inspection: InspectionId; finding: FindingId },
): readonly EventDraft[] {
  return [eventOn(stream, { type: 'disciplineAudit.findingRaised', body: { inspection, finding } })]
}

/** Closed out (销号). The flow closes with its last open finding, once a round has covered it. */
export function findingSettled(
  deciding: Deciding,
  stream: StreamId,
  { inspection, finding }: { inspection: InspectionId; finding: FindingId },
): readonly EventDraft[] {
  const request = requestOf(deciding, stream)
  const settled = eventOn(stream, {
    type: 'disciplineAudit.findingSettled',
    body: { inspection, finding },
  })
  const last = request.openFindings.every((open) => open === findingName({ inspection, finding }))
  const closes = last && placeOf(request) === 'disciplineAudit.covered'
  return closes ? [settled, passed(stream, request.coveredBy ?? inspection)] : [settled]
}

const passed = (stream: StreamId, inspection: InspectionId): EventDraft =>
  eventOn(stream, { type: 'disciplineAudit.passed', body: { inspection } })

function requestOf({ past }: Deciding, stream: StreamId): Request {
  const request = past.stream(requestFold, stream).state
  if (request === undefined) throw new Error(`no ${stream}`)
  return request
}
