// meeting list: newest first, of one ledger or of all.
import type { MeetingRow } from '../domain/projection.ts'
import { meetingKindNames, meetingStates } from '../domain/places.ts'
import { namesOf } from '../app/read/names.ts'
import { type ListOptions, listed } from './listed.ts'
import type { Session } from './session.ts'
import { words } from './words.ts'

type Row = MeetingRow & { readonly ledger: string; readonly organisationName: string }

export async function meetingList(session: Session, options: ListOptions): Promise<void> {
  const { language } = session
  const word = words[language]
  await listed<Row>(session, options, {
    name: 'meetings',
    async read(reading, ledger, limit) {
      const names = namesOf(reading, ledger, { language, persons: reading.person })
      const page = await reading.meetings({ ledger, limit })
      const rows = page.rows.map((row) => ({
        ...row,
        organisationName: names.organisation(row.organisation),
      }))
      return { rows, more: page.next !== undefined }
    },
    order: ({ heldOn, meeting }) => `${heldOn} ${meeting}`,
    columns: [
      { title: word.number },
      { title: word.date },
      { title: word.kind },
      { title: word.organisation, most: 30 },
      { title: word.items, align: 'right' },
      { title: word.passed, align: 'right' },
      { title: word.failed, align: 'right' },
      { title: word.state },
    ],
    cells: (row) => [
      row.meeting,
      row.heldOn,
      meetingKindNames[row.kind]?.[language] ?? row.kind,
      row.organisationName,
      String(row.items),
      String(row.passed),
      String(row.failed),
      meetingStates[row.state]?.[language] ?? row.state,
    ],
  })
}
