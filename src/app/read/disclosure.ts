// Disclosure (公开) for everybody: which villages, which months, and one month with the head of the ledger that covers it
// and a digest of what it says. Months that are over are kept once they were made: they never change.
import { boundsOf, type Month, monthAt, monthsBetween, opensOn } from '../../domain/disclosure.ts'
import type { JsonObject } from '../../domain/entry.ts'
import type { Origin } from '../../domain/ids.ts'
import type { Instant, LocalDate } from '../../domain/time.ts'
import { toHex, utf8 } from '../../ledger/bytes.ts'
import { canonicalText } from '../../ledger/canonical.ts'
import type { LedgerCrypto } from '../../ledger/crypto.ts'
import { type DisclosedMonth, disclosedMonth } from './disclosure-month.ts'
import type { Reading } from './port.ts'

export interface MonthLine {
  readonly month: Month
  /** `running`: only what is major is open yet. */
  readonly state: 'open' | 'running'
  readonly opensOn: LocalDate
}

export interface CoveringHead {
  readonly origin: Origin
  readonly size: number
  /** Hex. */
  readonly root: string
  readonly at: Instant
  /** Signed, verbatim. */
  readonly note: string
}

export interface DisclosedPage {
  readonly disclosed: DisclosedMonth
  /** SHA-256 (hex) of what it says: see `linesOf`. */
  readonly digest: string
  readonly head: CoveringHead
}

/** Closed months of all villages together that are kept made. */
const KEPT = 240

export class Disclosure {
  readonly #reading: Reading
  readonly #crypto: LedgerCrypto
  readonly #made = new Map<string, DisclosedPage>()

  constructor(reading: Reading, crypto: LedgerCrypto) {
    this.#reading = reading
    this.#crypto = crypto
  }

  /** From the ledger's first entry to the month it is now, the newest first. */
  months(ledger: Origin, now: Instant): readonly MonthLine[] {
    const [first] = this.#reading.ledgers.checkpoints(ledger)
    if (first === undefined) return []
    const running = monthAt(now)
    return monthsBetween(monthAt(first.at), running).map((month) => ({
      month,
      state: month === running ? 'running' : 'open',
      opensOn: opensOn(month),
    }))
  }

  /** Undefined for a month before the ledger's first, and for one that has not begun. */
  month(ledger: Origin, month: Month, now: Instant): DisclosedPage | undefined {
    const line = this.months(ledger, now).find((one) => one.month === month)
    if (line === undefined) return undefined
    if (line.state === 'running') return this.#make({ ledger, month, last: now, scope: 'major' })
    const key = `${ledger} ${month}`
    const known = this.#made.get(key)
    if (known !== undefined) return known
    const { last } = boundsOf(month)
    const made = this.#make({ ledger, month, last, scope: 'month' })
    if (made !== undefined) this.#keep(key, made)
    return made
  }

  #keep(key: string, made: DisclosedPage): void {
    this.#made.set(key, made)
    const [oldest] = this.#made.keys()
    if (this.#made.size > KEPT && oldest !== undefined) this.#made.delete(oldest)
  }

  #make({ ledger, month, last, scope }: Making): DisclosedPage | undefined {
    const { watch, ledgers } = this.#reading
    const from = watch.sizeAt(ledger, boundsOf(month).before)
    const size = watch.sizeAt(ledger, last)
    const head = ledgers.checkpoint(ledger, size)
    if (head === undefined) return undefined
    const disclosed = disclosedMonth(this.#reading, { ledger, month, from, size, scope })
    const { at, note, root } = head
    return {
      disclosed,
      digest: digestOf(this.#crypto, disclosed),
      head: { origin: ledger, size, root: toHex(root), at, note },
    }
  }
}

interface Making {
  readonly ledger: Origin
  readonly month: Month
  /** Entries by then. */
  readonly last: Instant
  readonly scope: DisclosedMonth['scope']
}

/**
 * What the digest is of: a line of canonical JSON (RFC 8785) for what the month is, then one for each item, each meeting
 * and each consent, in order.
 */
export const linesOf = ({
  items,
  meetings,
  consents,
  ...month
}: DisclosedMonth): readonly string[] =>
  [month, ...items, ...meetings, ...consents].map((part) =>
    canonicalText(part as unknown as JsonObject),
  )

export const digestOf = (crypto: LedgerCrypto, disclosed: DisclosedMonth): string =>
  toHex(crypto.sha256(utf8(`${linesOf(disclosed).join('\n')}\n`)))
