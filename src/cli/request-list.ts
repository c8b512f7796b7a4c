// request list: newest first, of one ledger or of all.
import { categories } from '../domain/expense.ts'
import type { Origin } from '../domain/ids.ts'
import type { Language } from '../domain/language.ts'
import { fromFen } from '../domain/money.ts'
import type { RequestRow } from '../domain/projection.ts'
import { requestPlaces } from '../domain/places.ts'
import { type Names, namesOf } from '../app/read/names.ts'
import { payeeInShort } from '../app/read/payee.ts'
import type { Reading } from '../app/read/port.ts'
import { requestOf } from '../app/read/request-folded.ts'
import { fault } from './faults.ts'
import { listed, type ListOptions } from './listed.ts'
import type { Session } from './session.ts'
import { words, yuan } from './words.ts'

export interface RequestListOptions extends ListOptions {
  readonly company?: string
  readonly state?: string
  readonly month?: string
}

type Row = RequestRow & {
  readonly ledger: Origin
  readonly companyName: string
  /** Who is paid, in words. */
  readonly paid: string
}

export async function requestList(session: Session, options: RequestListOptions): Promise<void> {
  const { state, month, company } = options
  check(options)
  const { language } = session
  const word = words[language]
  await listed<Row>(session, options, {
    name: 'requests',
    async read(reading, ledger, limit) {
      const names = namesOf(reading, ledger, { language, persons: reading.person })
      const page = await reading.requests({ ledger, company, state, month, limit })
      const rows = page.rows.map((row) => ({
        ...row,
        companyName: names.organisation(row.company),
        paid: row.payeeName === '' ? payeeOf(reading, row, { names, language }) : row.payeeName,
      }))
      return { rows, more: page.next !== undefined }
    },
    order: ({ submittedOn, request }) => `${submittedOn} ${request}`,
    columns: [
      { title: word.number },
      { title: word.date },
      { title: word.company, most: 28 },
      { title: word.purpose, most: 32 },
      { title: word.amount, align: 'right' },
      { title: word.payee, most: 24 },
      { title: word.state },
    ],
    cells: (row) => [
      row.request,
      row.submittedOn,
      row.companyName,
      row.purpose === '' ? categoryName(row.category, language) : row.purpose,
      yuan(row.amountFen),
      row.paid,
      requestPlaces[row.state]?.[language] ?? row.state,
    ],
    json: ({ amountFen, paid, ...row }) => ({
      ...row,
      payeeText: paid,
      amount: fromFen(amountFen),
    }),
  })
}

/** Lists and persons have no name in the read table: the form says how many, the vault who. */
function payeeOf(
  reading: Reading,
  { ledger, request }: { readonly ledger: Origin; readonly request: string },
  how: { readonly names: Names; readonly language: Language },
): string {
  const folded = requestOf(reading, { ledger, id: request })
  return folded === undefined ? '' : payeeInShort(folded.submission.payee, how)
}

function check({ month, state }: RequestListOptions): void {
  if (month !== undefined && !/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month)) {
    throw fault('valueMalformed', { option: '--month', found: month, expected: 'YYYY-MM' })
  }
  if (state !== undefined && !(state in requestPlaces)) {
    const expected = Object.keys(requestPlaces).join(' | ')
    throw fault('valueMalformed', { option: '--state', found: state, expected })
  }
}

function categoryName(category: string, language: Language): string {
  const known: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = categories
  return known[category]?.[language] ?? category
}
