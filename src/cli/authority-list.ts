// authority list: of one ledger or of all, the newest first, with what is left of each today.
import { dateAt, instantOf } from '../domain/time.ts'
import { grouped } from '../domain/money.ts'
import { authorityView, type AuthorityView } from '../app/read/authority.ts'
import { namesOf } from '../app/read/names.ts'
import { type ListOptions, listed } from './listed.ts'
import type { Session } from './session.ts'
import { words } from './words.ts'

export interface AuthorityListOptions extends ListOptions {
  readonly company?: string
}

type Row = Omit<AuthorityView, 'trail' | 'uses'>

export async function authorityList(
  session: Session,
  options: AuthorityListOptions,
): Promise<void> {
  const { language, world } = session
  const word = words[language]
  const on = dateAt(instantOf(world.now()))
  await listed<Row>(session, options, {
    name: 'authorities',
    async read(reading, ledger, limit) {
      const names = namesOf(reading, ledger, { language, persons: reading.person })
      const page = await reading.authorities({ ledger, company: options.company, limit })
      const rows = page.rows.flatMap(({ authority }) => {
        const view = authorityView(reading, { ledger, id: authority, on }, { names, language })
        if (view === undefined) return []
        const { trail: _trail, uses: _uses, ...row } = view
        return [row]
      })
      return { rows, more: page.next !== undefined }
    },
    order: ({ authority }) => authority,
    columns: [
      { title: word.number },
      { title: word.title, most: 30 },
      { title: word.kind },
      { title: word.company, most: 24 },
      { title: word.ceiling, align: 'right' },
      { title: word.reserved, align: 'right' },
      { title: word.drawn, align: 'right' },
      { title: word.left, align: 'right' },
      { title: word.term },
      { title: word.state },
    ],
    cells: (row) => [
      row.authority,
      row.title,
      row.kind,
      row.company,
      grouped(row.ceiling),
      grouped(row.reserved),
      grouped(row.drawn),
      grouped(row.left),
      `${row.from} – ${row.to}`,
      row.state,
    ],
  })
}
