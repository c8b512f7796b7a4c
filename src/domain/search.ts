// What a search asks of the database, and what it is told.
import type { Needle } from './grams.ts'
import type { Origin, StreamId } from './ids.ts'
import type { Instant } from './time.ts'

export type FoundPlace = readonly [ledger: string, stream: string, key: string]

export interface SearchFilter {
  readonly ledgers: readonly Origin[]
  /** All of them stand in what is found. */
  readonly needles: readonly Needle[]
  /** Or one of these is among what it is found by whole. */
  readonly tokens: readonly string[]
  readonly limit: number
  readonly after?: FoundPlace | undefined
}

export interface Found {
  readonly ledger: Origin
  readonly stream: StreamId
  readonly key: string
  readonly kind: 'request' | 'meeting' | 'authority' | 'inspection' | 'finding'
  readonly id: string
  readonly at: Instant
  readonly title: string
  readonly state: string
  /** Of a request; the ceiling of an authority. */
  readonly amountFen?: number
}

/** A page may hold fewer than asked for, and yet not be the last: only so much is looked at for one. */
export interface FoundPage {
  readonly rows: readonly Found[]
  readonly next?: FoundPlace
}
