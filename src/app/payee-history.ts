// What a clerk should know of a payee before asking for money: what went to it, what counts together, and which ceilings
// there are.
import { authorityFold, leftOn, type Terms, totalOf } from '../../workflows/authority/v1/fold.ts'
import type { DraftForm } from '../domain/draft-form.ts'
import {
  authorityIdSchema,
  authorityStream,
  type OrganisationId,
  type Origin,
} from '../domain/ids.ts'
import { type Money, most, sumWithin } from '../domain/money.ts'
import type { AuthorityRow, RequestRow } from '../domain/projection.ts'
import type { LocalDate } from '../domain/time.ts'
import { folded } from './folded.ts'
import { preview, type Previewing } from './preview.ts'
import type { Context } from './perform.ts'
import type { Reading } from './read/port.ts'

export interface Budget {
  readonly authority: string
  readonly title: string
  readonly kind: Terms['kind']
  readonly from: string
  readonly to: string
  readonly ceiling: Money
  readonly reserved: Money
  readonly drawn: Money
  /** On the day asked about: of a recurring one in its month. */
  readonly left: Money
  readonly contract: string
  /** Of the payee asked about. */
  readonly ofPayee: boolean
}

export interface PayeeHistory {
  readonly keys: readonly string[]
  readonly window: {
    readonly days: number
    readonly from: string
    readonly sum: Money
    readonly parts: readonly {
      readonly request: string
      readonly amount: Money
      readonly on: string
    }[]
  }
  readonly related: boolean
  readonly requests: readonly RequestRow[]
  readonly budgets: readonly Budget[]
}

const REQUESTS_SHOWN = 50
const AUTHORITIES_LOOKED_AT = 200

interface Asked extends Omit<Previewing, 'form'> {
  readonly company: OrganisationId
  readonly payee: DraftForm['payee']
  readonly on: LocalDate
}

/** Undefined while nothing can be submitted in the village at all, or the payee cannot be told. */
export async function payeeHistory(
  { context, reading }: { readonly context: Context; readonly reading: Reading },
  { company, payee, on, ...asking }: Asked,
): Promise<PayeeHistory | undefined> {
  const found = await preview(context, { ...asking, form: { company, payee } })
  const { beside, policy, missing } = found
  if (beside === undefined || policy === undefined || missing.includes('payee')) return undefined
  const { keys, parts, from, related } = beside
  const { ledger } = asking
  const { rows } = await reading.requests({ ledger, company, payees: keys, limit: REQUESTS_SHOWN })

  return {
    keys,
    window: {
      days: policy.values['window.days'],
      from,
      sum: sumWithin(parts.map(({ amount }) => amount)) ?? most,
      parts,
    },
    related,
    requests: rows,
    budgets: await budgets(reading, { ledger, company, on, keys }),
  }
}

interface Budgeting {
  readonly ledger: Origin
  readonly company?: OrganisationId | undefined
  readonly on: LocalDate
  /** Of the payee asked about; none where no payee is. */
  readonly keys?: readonly string[]
}

/** Ceilings that can be drawn on that day, the payee's own first. */
export async function budgets(
  reading: Pick<Reading, 'authorities' | 'stream'>,
  { ledger, company, on, keys = [] }: Budgeting,
): Promise<readonly Budget[]> {
  const page = await reading.authorities({ ledger, company, limit: AUTHORITIES_LOOKED_AT })
  const open = page.rows.filter(
    ({ state, validFrom, validTo }) => state === 'open' && validFrom <= on && validTo >= on,
  )
  const found = open.map((row) => budgetOf(reading, row, { ledger, on, keys }))
  return found
    .flatMap((one) => (one === undefined ? [] : [one]))
    .toSorted((a, b) => Number(b.ofPayee) - Number(a.ofPayee))
}

function budgetOf(
  reading: Pick<Reading, 'stream'>,
  { authority }: AuthorityRow,
  { ledger, on, keys }: Budgeting & { readonly keys: readonly string[] },
): Budget | undefined {
  const stream = authorityStream(authorityIdSchema.parse(authority))
  const state = folded(authorityFold, reading.stream(ledger, stream))
  if (state === undefined) return undefined
  const { title, kind, from, to, ceiling, contract = '', payees } = state.terms
  return {
    authority,
    title,
    kind,
    from,
    to,
    ceiling,
    reserved: totalOf(state, 'reserved'),
    drawn: totalOf(state, 'drawn'),
    left: leftOn(state, on),
    contract,
    // a tax number alone names nobody an authority was approved for (law 4.2)
    ofPayee: payees.some((key) => !key.startsWith('tax:') && keys.includes(key)),
  }
}
