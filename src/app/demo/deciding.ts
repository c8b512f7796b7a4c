// What became of a matter that was put to a meeting.
import type { MeetingId, Origin } from '../../domain/ids.ts'
import type { Stage } from './acting.ts'

export const passedItem = (stage: Stage, ledger: Origin, id: MeetingId, item: string): boolean =>
  stage.watch
    .meeting(ledger, id)
    .outcomes.some((outcome) => outcome.item === item && outcome.outcome === 'passed')
