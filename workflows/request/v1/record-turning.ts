// Standing still and taking back, in the record of a request (law 2.31–2.35).
import type { CommandId, PersonId } from '../../../src/domain/ids.ts'
import type { Entry } from '../../../src/domain/entry.ts'
import { dateAt, type LocalDate } from '../../../src/domain/time.ts'
import { CorruptHistory } from '../../workflow.ts'
import type { RequestEvent } from './events.ts'
import type { Request } from './fold.ts'
import { stillTold } from './record-emergency.ts'
import { type Recorders, withDeciders } from './recording.ts'

/** The last act on the request, while nothing has happened since that stands in the way of taking it back. */
export interface LastAct {
  readonly command: CommandId
  readonly type: RequestEvent['type']
  readonly person: PersonId
  /** As it stood before: one step, nothing nested. */
  readonly before: Request
}

/** Acts that may be taken back; all others bind at once. */
const takeable: ReadonlySet<RequestEvent['type']> = new Set<RequestEvent['type']>([
  'request.handled',
  'request.witnessed',
  'request.issued',
  'papers.completed',
  'supervisorySignOff.signed',
  'supervisorySignOff.objected',
  'townshipFiling.accepted',
  'townshipFiling.consented',
])

/** What only stands beside the decisions is no next act: nobody's comment takes from another what the law gives them. */
const beside: ReadonlySet<RequestEvent['type']> = new Set<RequestEvent['type']>([
  'request.urged',
  'request.copiedIn',
  'request.commented',
  'question.asked',
  'question.answered',
  'emergency.notified',
  'alert.raised',
  'alert.dismissed',
  'vote.opened',
  'vote.ended',
])

/** The last act after this event: what a command's first event does is its act, the others follow from it. */
export function lastAct(
  request: Request,
  { type }: RequestEvent,
  { by, command }: Entry,
): LastAct | undefined {
  const { last } = request
  if (last?.command === command || beside.has(type)) return last
  if (!takeable.has(type)) return undefined
  return { command, type, person: by.person, before: { ...request, last: undefined } }
}

export const turningRecorders: Recorders<
  | 'suspension.proposed'
  | 'suspension.ordered'
  | 'suspension.renewed'
  | 'suspension.lifted'
  | 'suspension.lapsed'
  | 'act.takenBack'
> = {
  'suspension.proposed': (request, { body }, { at, by }) => ({
    ...request,
    doubters: request.doubters.includes(by.person)
      ? request.doubters
      : [...request.doubters, by.person],
    // who doubted it decides in no other must of it (law 7.3)
    deciders: withDeciders(request, 'disciplineAudit', [by.person]),
    suspensionProposed: true,
    proposedSince: at,
    proposedFor: body.given.reason,
  }),
  'suspension.ordered': (request, { body }, { at, by }) => {
    const { suspension, proposedFor } = request
    return {
      ...request,
      suspensionProposed: false,
      suspension: {
        by: by.office,
        since: at,
        reason: body.given.reason,
        renewed: suspension?.renewed ?? false,
        before: suspension?.before ?? [],
        grounds: [
          ...(suspension?.grounds ?? []),
          ...(proposedFor === undefined ? [] : [proposedFor]),
        ],
      },
      suspendedUntil: body.until,
    }
  },
  'suspension.renewed': (request, { body }, entry) => {
    const { suspension } = request
    if (suspension === undefined) throw new CorruptHistory(entry, 'nothing to renew')
    return {
      ...request,
      suspension: { ...suspension, renewed: true },
      suspendedUntil: body.until,
    }
  },
  'suspension.lifted': (request, _event, { at }) => endOfSuspension(request, dateAt(at)),
  'suspension.lapsed': (request, _event, { at }) => endOfSuspension(request, dateAt(at)),
  'act.takenBack': (request, _event, entry) => {
    const { last } = request
    if (last === undefined) throw new CorruptHistory(entry, 'nothing to take back')
    // who has once decided decides in no other must, taken back or not; and what was said stays said
    const { beside: talk, alerts, deciders } = request
    const emergency = stillTold(last.before.emergency, request.emergency)
    return { ...last.before, beside: talk, alerts, deciders, emergency }
  },
}

/** It ran to the day it was lifted, or to its last: what nobody recorded as lapsed had no force after that. */
function endOfSuspension(request: Request, today: LocalDate): Request {
  const { suspension, suspendedUntil: until } = request
  if (suspension === undefined || until === '') return { ...request, suspendedUntil: '' }
  const span = { from: dateAt(suspension.since), to: today < until ? today : until }
  return {
    ...request,
    suspension: { ...suspension, before: [...suspension.before, span] },
    suspendedUntil: '',
  }
}
