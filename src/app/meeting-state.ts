// A meeting as its entries tell.
import { meetingFold, type MeetingState } from '../../workflows/meeting/v1/fold.ts'
import type { BoxOf } from '../domain/ballot-box.ts'
import { meetingStream } from '../domain/ids.ts'
import type { Store } from '../domain/store.ts'

/** Undefined where there is none. */
export async function meetingState(
  store: Pick<Store, 'read'>,
  { ledger, meeting }: BoxOf,
): Promise<MeetingState | undefined> {
  let state: MeetingState | undefined
  for (const entry of await store.read(ledger, meetingStream(meeting)))
    state = meetingFold.apply(state, entry)
  return state
}

/** Nothing is voted in it any more. */
export const isOver = ({ snapshot }: MeetingState): boolean =>
  ['closed', 'posted', 'adjourned', 'cancelled'].includes(snapshot.value)
