// request list: newest first, of one ledger or of all.
import type { RequestRow } from '../domain/projection.ts'
import { categories } from '../domain/expense.ts'
import { requestPlaces } from '../app/names.ts'
import { namesOf } from '../app/read/names.ts'
import { fromFen } from '../domain/money.ts'
import { fault } from './faults.ts'
import { chosenLedgers, type Session, wholeNumber } from './session.ts'
import { table } from './table.ts'
import { words, yuan } from './words.ts'

export interface RequestListOptions {
  readonly ledger?: string
  readonly company?: string
  readonly state?: string
  readonly month?: string
  readonly limit: string
}

export async function requestList(session: Session, options: RequestListOptions): Promise<void> {
  const { state, month, company } = options
  const limit = wholeNumber('--limit', options.limit)
  if (month !== undefined && !/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month)) {
    throw fault('valueMalformed', { option: '--month', found: month, expected: 'YYYY-MM' })
  }
  if (state !== undefined && !(state in requestPlaces)) {
    const expected = Object.keys(requestPlaces).join(' | ')
    throw fault('valueMalformed', { option: '--state', found: state, expected })
  }
  await session.reading(async (reading) => {
    const found: (RequestRow & { ledger: string; companyName: string })[] = []
    let more = false
    for (const { origin } of chosenLedgers(reading, options.ledger)) {
      const names = namesOf(reading, origin, { language: session.language, persons: nobody })
      const page = await reading.requests({ ledger: origin, company, state, month, limit })
      more ||= page.next !== undefined
      for (const row of page.rows) {
        found.push({ ...row, companyName: names.organisation(row.company) })
      }
    }
    found.sort((a, b) =>
      a.submittedOn === b.submittedOn ? by(b, a) : a.submittedOn < b.submittedOn ? 1 : -1,
    )
    const rows = found.slice(0, limit)
    session.print({ requests: rows.map(asJson), more: more || found.length > limit }, () =>
      lines(session, rows, more || found.length > limit),
    )
  })
}

const nobody = (): undefined => undefined
const by = (a: RequestRow, b: RequestRow): number => (a.request < b.request ? -1 : 1)

const asJson = ({ amountFen, ...row }: RequestRow & { readonly companyName: string }) => ({
  ...row,
  amount: fromFen(amountFen),
})

type Listed = RequestRow & { readonly companyName: string }

function lines({ language }: Session, rows: readonly Listed[], more: boolean): readonly string[] {
  const word = words[language]
  const list = table(
    [
      { title: word.number },
      { title: word.date },
      { title: word.company, most: 28 },
      { title: word.purpose, most: 32 },
      { title: word.amount, align: 'right' },
      { title: word.payee, most: 24 },
      { title: word.state },
    ],
    rows.map((row) => [
      row.request,
      row.submittedOn,
      row.companyName,
      row.purpose === '' ? (categoryName(row.category, language) ?? '') : row.purpose,
      yuan(row.amountFen),
      row.payeeName,
      requestPlaces[row.state]?.[language] ?? row.state,
    ]),
  )
  return more ? [...list, word.more] : list
}

function categoryName(category: string, language: 'zh' | 'en'): string | undefined {
  return category in categories
    ? categories[category as keyof typeof categories][language]
    : undefined
}
