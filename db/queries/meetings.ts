// Meetings, newest first.
import { and, desc, eq, getTableColumns } from 'drizzle-orm'
import { type MeetingId, meetingStream, type Origin } from '../../src/domain/ids.ts'
import type { MeetingRow } from '../../src/domain/projection.ts'
import type { Reads } from '../reads.ts'
import { beyond, type Cursor, type Page, pageOf } from './page.ts'

export type StoredMeeting = MeetingRow & { readonly ledger: Origin }

export interface MeetingFilter {
  readonly ledger: Origin
  readonly state?: string | undefined
  readonly limit: number
  readonly after?: Cursor | undefined
}

export async function meetingPage(
  { db, t }: Reads,
  { ledger, state, limit, after }: MeetingFilter,
): Promise<Page<StoredMeeting>> {
  const { meeting } = t
  const rows = await db
    .select(fields(t))
    .from(meeting)
    .where(
      and(
        eq(meeting.ledger, ledger),
        state === undefined ? undefined : eq(meeting.state, state),
        after === undefined ? undefined : beyond([meeting.heldOn, meeting.meeting], '<', after),
      ),
    )
    .orderBy(desc(meeting.heldOn), desc(meeting.meeting))
    .limit(limit + 1)
  return pageOf(rows, limit, (row) => [row.heldOn, row.meeting])
}

/** Undefined when there is no such meeting. */
export async function meetingRow(
  { db, t }: Reads,
  ledger: Origin,
  meeting: MeetingId,
): Promise<StoredMeeting | undefined> {
  const [row] = await db
    .select(fields(t))
    .from(t.meeting)
    .where(and(eq(t.meeting.ledger, ledger), eq(t.meeting.stream, meetingStream(meeting))))
  return row
}

function fields({ meeting }: Reads['t']) {
  const { stream: _stream, key: _key, ...columns } = getTableColumns(meeting)
  return columns
}
