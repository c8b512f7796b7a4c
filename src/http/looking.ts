// How a page is shown to one caller: the ledger, its day, and what ids are called in the caller's language.
import { type Names, namesIn } from '../app/read/names.ts'
import type { KnownLedger } from '../app/rights.ts'
import type { Entry } from '../domain/entry.ts'
import type { StreamId } from '../domain/ids.ts'
import type { Language } from '../domain/language.ts'
import { instantOf } from '../domain/time.ts'
import { tagOf } from './acting.ts'
import type { Api } from './api.ts'

export interface How {
  readonly names: Names
  readonly language: Language
}

export const howOf = (
  { reading, rights }: Pick<Api, 'reading' | 'rights'>,
  ledger: KnownLedger,
  language: Language,
): How => ({
  names: namesIn(rostersAt({ rights }, ledger), { language, persons: reading.person }),
  language,
})

/** The township's before the ledger's own; kept folded, not read. */
export function rostersAt(
  { rights }: Pick<Api, 'rights'>,
  { township, roster }: KnownLedger,
): readonly KnownLedger['roster'][] {
  const over = township === undefined ? undefined : rights.ledger(township)
  return over === undefined ? [roster] : [over.roster, roster]
}

export const nowOf = ({ clock }: Pick<Api, 'clock'>) => instantOf(clock())

export interface Stood {
  readonly entries: readonly Entry[]
  readonly revision: number
  readonly headers: { readonly ETag: string }
}

/** A thing's entries and its entity tag; undefined where there is no such thing. */
export function stoodAt(
  { reading }: Pick<Api, 'reading'>,
  { origin }: KnownLedger,
  stream: StreamId,
): Stood | undefined {
  return stood(reading.stream(origin, stream))
}

export function stood(entries: readonly Entry[]): Stood | undefined {
  const revision = entries.at(-1)?.revision
  return revision === undefined
    ? undefined
    : { entries, revision, headers: { ETag: tagOf(revision) } }
}
