// A payee list beside the one of the month before (law 2.3): who came, who went, whose amount changed.
import type { Origin } from '../../domain/ids.ts'
import type { Language } from '../../domain/language.ts'
import { grouped } from '../../domain/money.ts'
import type { Request } from '../../../workflows/request/v1/fold.ts'
import { differenceOf } from '../lists/compare.ts'
import type { ListRow } from '../lists/rows.ts'
import type { Names } from './names.ts'
import type { Reading } from './port.ts'
import { requestOf } from './request-folded.ts'

export interface ListView {
  readonly count: number
  readonly total: string
  /** The last one of this company and category submitted in an earlier month; absent without one. */
  readonly previous?: { readonly request: string; readonly count: number; readonly total: string }
  /** Absent where the vault does not open, or holds the rows of one of the two no more. */
  readonly difference?: {
    readonly added: readonly ListLine[]
    readonly gone: readonly ListLine[]
    readonly changed: readonly (ListLine & { readonly before: string })[]
  }
}

export interface ListLine {
  readonly who: string
  readonly amount: string
}

interface How {
  readonly names: Names
  readonly language: Language
}

/** Undefined for a request that pays no list. */
export async function listView(
  reading: Reading,
  {
    ledger,
    id,
    request,
  }: { readonly ledger: Origin; readonly id: string; readonly request: Request },
  { names }: How,
): Promise<ListView | undefined> {
  const { payee } = request.submission
  if (payee.type !== 'list') return undefined
  const own = { count: payee.count, total: grouped(payee.total) }
  const before = await previousList(reading, { ledger, id, request })
  if (before === undefined) return own
  const previous = {
    request: before.request,
    count: before.payee.count,
    total: grouped(before.payee.total),
  }
  const [then, now] = [reading.list(before.payee.digest), reading.list(payee.digest)]
  if (then === undefined || now === undefined) return { ...own, previous }
  const { added, gone, changed } = differenceOf(then.rows, now.rows)
  const line = (row: ListRow): ListLine => ({
    who: called(row, names),
    amount: grouped(row.amount),
  })
  const difference = {
    added: added.map(line),
    gone: gone.map(line),
    changed: changed.map(({ row, before: was }) => ({ ...line(row), before: grouped(was) })),
  }
  return { ...own, previous, difference }
}

const called = (row: ListRow, names: Names): string =>
  'person' in row ? names.person(row.person) : `${row.name} ${row.id}`

const PAGE = 200

/** Newest first from the request on: the first that fits is the one. */
async function previousList(
  reading: Reading,
  {
    ledger,
    id,
    request,
  }: { readonly ledger: Origin; readonly id: string; readonly request: Request },
) {
  const { company, category } = request.submission
  const month = request.submittedOn.slice(0, 7)
  let after: readonly [string, ...string[]] | undefined = [`${month}-01`, id]
  while (after !== undefined) {
    const page: Awaited<ReturnType<Reading['requests']>> = await reading.requests({
      ledger,
      company,
      limit: PAGE,
      after,
    })
    for (const row of page.rows) {
      const ended = row.outcome === 'rejected' || row.outcome === 'withdrawn'
      const fits = row.kind === 'list' && row.category === category && !ended
      if (!fits || row.submittedOn.slice(0, 7) >= month) continue
      const payee = requestOf(reading, { ledger, id: row.request })?.submission.payee
      if (payee?.type === 'list') return { request: row.request, payee }
    }
    after = page.next
  }
  return undefined
}
