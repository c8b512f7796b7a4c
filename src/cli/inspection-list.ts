// inspection list: newest period first, of one ledger or of all.
import type { InspectionRow } from '../domain/projection.ts'
import { inspectionKindNames } from '../app/names.ts'
import { inspectionStates } from '../domain/places.ts'
import { type ListOptions, listed } from './listed.ts'
import type { Session } from './session.ts'
import { words } from './words.ts'

type Row = InspectionRow & { readonly ledger: string }

export interface InspectionListOptions extends ListOptions {
  readonly campaign?: string
}

export async function inspectionList(
  session: Session,
  options: InspectionListOptions,
): Promise<void> {
  const { campaign } = options
  const { language } = session
  const word = words[language]
  await listed<Row>(session, options, {
    name: 'inspections',
    async read(reading, ledger, limit) {
      const page = await reading.inspections({ ledger, campaign, limit })
      return { rows: page.rows, more: page.next !== undefined }
    },
    order: ({ periodTo, inspection, ledger }) => `${periodTo} ${inspection} ${ledger}`,
    columns: [
      { title: word.number },
      { title: word.kind },
      { title: word.period },
      { title: word.population, align: 'right' },
      { title: word.covered, align: 'right' },
      { title: word.examined, align: 'right' },
      { title: word.openFindings, align: 'right' },
      { title: word.state },
      { title: word.campaign, most: 24 },
    ],
    cells: (row) => [
      row.inspection,
      inspectionKindNames[row.kind]?.[language] ?? row.kind,
      `${row.periodFrom} – ${row.periodTo}`,
      String(row.population),
      String(row.covered),
      String(row.examined),
      String(row.openFindings),
      inspectionStates[row.state]?.[language] ?? row.state,
      row.campaign,
    ],
  })
}
