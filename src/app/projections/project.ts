// The rows a stream's state stands for: one pure function for live tables, rebuild and verify alike.
import type { AuthorityState } from '../../../workflows/authority/v1/fold.ts'
import type { InspectionState } from '../../../workflows/inspection/v1/fold.ts'
import type { MeetingState } from '../../../workflows/meeting/v1/fold.ts'
import type { PolicyState } from '../../../workflows/policy/v1/fold.ts'
import type { Request } from '../../../workflows/request/v1/fold.ts'
import type { RosterState } from '../../../workflows/roster/v1/fold.ts'
import { type Origin, type StreamId, streamKind } from '../../domain/ids.ts'
import type { ProjectedRow } from '../../domain/projection.ts'
import { authorityRows } from './authority.ts'
import { inspectionRows } from './inspection.ts'
import { meetingRows } from './meeting.ts'
import { policyRows } from './policy.ts'
import { requestRows } from './request.ts'
import { rosterRows } from './roster.ts'

/** States come from the folds of `workflows/versions.ts`, chosen by the same stream kind: each cast restates that choice. */
export function project(
  _ledger: Origin,
  stream: StreamId,
  state: unknown,
): readonly ProjectedRow[] {
  const id = stream.slice(stream.indexOf('/') + 1)
  if (state === undefined) return []
  switch (streamKind(stream)) {
    case 'request':
      return requestRows(id, state as Request)
    case 'meeting':
      return meetingRows(id, state as MeetingState)
    case 'inspection':
      return inspectionRows(id, state as InspectionState)
    case 'authority':
      return authorityRows(id, state as AuthorityState)
    case 'roster':
      return rosterRows(state as RosterState)
    case 'policy':
      return policyRows(state as PolicyState)
    case 'ledger':
      return []
  }
}
