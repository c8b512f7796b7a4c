// Keeping a payee list: checked, stored encrypted, and told to the ledger by count, total and digest alone (law 2.3).
import { Buffer } from 'node:buffer'
import { z } from 'zod'
import type { PayeeList } from '../../domain/draft.ts'
import type { Origin, Sha256Hex } from '../../domain/ids.ts'
import { grouped, type Money, sumWithin } from '../../domain/money.ts'
import type { Fault } from '../import/faults.ts'
import type { ValueVault } from '../township/vault.ts'
import {
  accountOf,
  digestOfList,
  type ListPlace,
  listPlaceSchema,
  type ListRow,
  listRowSchema,
  whoOf,
} from './rows.ts'

export interface Keeping {
  readonly vault: ValueVault
  /** For the salt of a ledger's first list. */
  readonly random: (bytes: number) => Uint8Array
}

/** Row of a spreadsheet that has its header in row 1. */
const lineOf = (place: number): number => place + 2
export const LIST_ROWS_MAX = 5000
const SALT_BYTES = 32

/** All rows in the vault and the list for the form, or everything that is wrong with them and nothing kept. */
export function keepList(
  rows: readonly ListRow[],
  { place, amount }: { readonly place: ListPlace; readonly amount: Money },
  { vault, random }: Keeping,
): { readonly list: PayeeList } | { readonly faults: readonly Fault[] } {
  const faults = listFaultsOf(rows, amount)
  if (faults.length > 0) return { faults }
  const digest = digestOfList(rows, place, saltOf(place.ledger, { vault, random }))
  const { ledger, company, category, month } = place
  const head = { ledger, company, category, month, count: rows.length }
  vault.put(digest, {
    list: JSON.stringify(head),
    ...Object.fromEntries(rows.map((row, at) => [`row/${at + 1}`, JSON.stringify(row)])),
  })
  return { list: { type: 'list', count: rows.length, total: amount, digest } }
}

/** What stands in the way of keeping the rows, of the list as a whole and of single rows. */
export const listFaultsOf = (rows: readonly ListRow[], amount: Money): readonly Fault[] => [
  ...sizeFaults(rows),
  ...repeated(rows),
  ...totalFault(rows, amount),
]

function sizeFaults(rows: readonly ListRow[]): readonly Fault[] {
  if (rows.length === 0) return [{ code: 'noRows', line: 1, params: {} }]
  if (rows.length === 1) return [{ code: 'onePayee', line: lineOf(0), params: {} }]
  return rows.length > LIST_ROWS_MAX
    ? [{ code: 'tooManyRows', line: 0, params: { limit: String(LIST_ROWS_MAX) } }]
    : []
}

/** One fault a row: who stands there twice mostly has the same account twice. */
function repeated(rows: readonly ListRow[]): readonly Fault[] {
  const persons = twice(rows, { of: whoOf, code: 'personTwice' })
  const told = new Set(persons.map(({ line }) => line))
  const accounts = twice(rows, { of: accountOf, code: 'accountTwice' })
  return [...persons, ...accounts.filter(({ line }) => !told.has(line))]
}

interface Telling {
  readonly of: (row: ListRow) => string | undefined
  readonly code: 'personTwice' | 'accountTwice'
}

/** The same person twice, or two persons on one account, is refused, whatever the amounts (law 2.3). */
function twice(rows: readonly ListRow[], { of, code }: Telling): readonly Fault[] {
  const first = new Map<string, number>()
  return rows.flatMap((row, at) => {
    const who = of(row)
    if (who === undefined) return []
    const before = first.get(who)
    if (before === undefined) first.set(who, at)
    return before === undefined
      ? []
      : [{ code, line: lineOf(at), params: { to: String(lineOf(before)) } }]
  })
}

function totalFault(rows: readonly ListRow[], amount: Money): readonly Fault[] {
  const total = sumWithin(rows.map((row) => row.amount))
  if (rows.length === 0 || total === amount) return []
  const params = { total: total === undefined ? '…' : grouped(total), amount: grouped(amount) }
  return [{ code: 'totalDiffers', line: 0, params }]
}

/** One salt a ledger: the same rows of the same month have the same digest, so that a list is paid once. */
function saltOf(ledger: Origin, { vault, random }: Keeping): string {
  const subject = `lists/${ledger}`
  const known = vault.get(subject, 'salt')
  if (known !== undefined) return known
  const salt = Buffer.from(random(SALT_BYTES)).toString('base64url')
  vault.put(subject, { salt })
  return salt
}

const headSchema = listPlaceSchema.extend({ count: z.int().min(1) })

export interface KeptList {
  readonly month: string
  readonly rows: readonly ListRow[]
}

/** As it was kept; undefined when it never was, or was erased. */
export function keptList(vault: Pick<ValueVault, 'get'>, digest: Sha256Hex): KeptList | undefined {
  const head = vault.get(digest, 'list')
  if (head === undefined) return undefined
  const { month, count } = headSchema.parse(JSON.parse(head))
  const rows = Array.from({ length: count }, (_, at) =>
    listRowSchema.parse(JSON.parse(vault.get(digest, `row/${at + 1}`) ?? 'null')),
  )
  return { month, rows }
}
