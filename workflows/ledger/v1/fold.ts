// What a ledger says of itself: kind, township relied on, founder, and whether it is sealed.
import {
  officeIdSchema,
  type Origin,
  originSchema,
  type PersonId,
  type StreamId,
} from '../../../src/domain/ids.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Fold, Past } from '../../../src/domain/store.ts'
import { CorruptHistory } from '../../workflow.ts'
import { ledgerEvents } from './events.ts'

/**
 * Stands in `Needs.relied.origin` for "the township named in the genesis of the command's ledger":
 * `needs` sees the command alone. The app puts the real origin there, and leaves `relied` out where
 * the genesis names none (a township's own ledger).
 */
export const RELIED_ON_GENESIS: Origin = originSchema.parse('relied-on-genesis/000000000000')

/**
 * The office a founder acts in while there is no roster that could name one; `by.auth` is then
 * `founding`.
 */
export const foundingOffice = officeIdSchema.parse('o_founding')
export const FOUNDING_AUTH = 'founding'

export const ledgerStream: StreamId = 'ledger'

export interface LedgerState {
  readonly kind: 'unopened' | 'village' | 'township'
  readonly name: string
  readonly code: string
  /** Villages only. */
  readonly township?: Origin
  readonly founder?: PersonId
  readonly vkey: string
  readonly sealed: boolean
  readonly successor?: Origin
}

const initial: LedgerState = { kind: 'unopened', name: '', code: '', vkey: '', sealed: false }

export const ledgerFold: Fold<LedgerState> = {
  kind: 'ledger',
  initial,
  apply(state, entry) {
    const parsed = ledgerEvents.safeParse({ type: entry.type, body: entry.body })
    if (!parsed.success) throw new CorruptHistory(entry, parsed.error.message)
    const { type, body } = parsed.data
    if (type === 'ledger.genesis') {
      if (state.kind !== 'unopened') throw new CorruptHistory(entry, 'a ledger begins once')
      const { given } = body
      return {
        kind: given.kind,
        name: given.name,
        code: given.code,
        ...(given.kind === 'village' ? { township: given.township } : {}),
        founder: given.founder,
        vkey: given.vkey,
        sealed: false,
      }
    }
    if (state.kind === 'unopened' || state.sealed) {
      throw new CorruptHistory(entry, 'only an open ledger is sealed, once')
    }
    return { ...state, sealed: true, successor: body.given.successor }
  },
}

/** The first refusal of every command on a ledger: it must have begun and not be sealed. */
export function ledgerClosed({ kind, sealed }: LedgerState): ReturnType<typeof refuse> | undefined {
  if (kind === 'unopened') return refuse('notFound', { what: 'ledger' })
  return sealed ? refuse('ledgerSealed') : undefined
}

/** The ledger's own state; the caller named `ledger` among its streams. */
export const ledgerOf = (past: Past): LedgerState => past.stream(ledgerFold, ledgerStream).state
