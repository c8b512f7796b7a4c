// Rows of a payee list (发放表): who is paid how much. They are kept in the vault; the ledger holds count, total and
// digest (law 2.3).
import { z } from 'zod'
import { type Category, categorySchema } from '../../domain/expense.ts'
import {
  type OrganisationId,
  organisationIdSchema,
  type Origin,
  originSchema,
  personIdSchema,
  type Sha256Hex,
  sha256HexSchema,
} from '../../domain/ids.ts'
import { moneySchema } from '../../domain/money.ts'
import { toHex, utf8 } from '../../ledger/bytes.ts'
import { nodeCrypto } from '../crypto.ts'

const text = (max: number) => z.string().min(1).max(max)

/** An identity number as it is kept: what `masked` leaves of one. */
export const maskedId = /^\d{6}\*{8}\d{3}[\dX]$/

/** Somebody the roster knows, by id; anybody else by name and masked identity number, with the account the money goes to. */
export const listRowSchema = z.union([
  z.strictObject({ person: personIdSchema, amount: moneySchema }),
  z.strictObject({
    name: text(100),
    id: z.string().regex(maskedId),
    account: z.string().regex(/^\d{6,32}$/),
    amount: moneySchema,
  }),
])
export type ListRow = z.infer<typeof listRowSchema>

/** What a list is for. The month makes an unchanged payroll of the next month another list, and this month's again the same. */
export const listPlaceSchema = z.strictObject({
  ledger: originSchema,
  company: organisationIdSchema,
  category: categorySchema,
  month: z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/),
})
export interface ListPlace {
  readonly ledger: Origin
  readonly company: OrganisationId
  readonly category: Category
  readonly month: string
}

/** Tells persons of a list apart, however their names are spaced: two rows with one are the same person twice. */
export const whoOf = (row: ListRow): string =>
  'person' in row
    ? row.person
    : `${row.name.normalize('NFKC').replaceAll(/[\s\p{Cf}]/gu, '')} ${row.id}`

/** Where the money of a row goes, when the row says it. */
export const accountOf = (row: ListRow): string | undefined =>
  'person' in row ? undefined : row.account

/** `330106199001011234` → `330106********1234`: what the law of data protection leaves of an identity number. */
export const masked = (id: string): string => `${id.slice(0, 6)}********${id.slice(14)}`

/**
 * The digest that stands in the entry: SHA-256 of one JSON array a line, the place with the ledger's salt first. Without the
 * salt, which lies in the vault, nobody finds the rows by trying names and amounts; with it anybody can check them.
 */
export function digestOfList(
  rows: readonly ListRow[],
  { ledger, company, category, month }: ListPlace,
  salt: string,
): Sha256Hex {
  const lines = [
    [salt, ledger, company, category, month],
    ...rows.map((row) =>
      'person' in row ? [row.person, row.amount] : [row.name, row.id, row.account, row.amount],
    ),
  ]
  const whole = lines.map((line) => JSON.stringify(line)).join('\n')
  return sha256HexSchema.parse(toHex(nodeCrypto.sha256(utf8(whole))))
}
