// New heads sent out of the house once a day: who has yesterday's cannot be shown another history tomorrow. Each receiver is
// remembered by itself, with the sizes it has: one that is away does not make the others get everything again.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Origin } from '../domain/ids.ts'
import type { Instant } from '../domain/time.ts'
import { type Job, JobFailed } from './runner.ts'

export interface SentHead {
  readonly origin: Origin
  readonly size: number
  readonly at: Instant
  /** The signed checkpoint, verbatim. */
  readonly note: string
}

export interface Delivery {
  /** The same for the same receiver and day: sent twice, it is known again. */
  readonly id: string
  readonly day: string
  /** Milliseconds since 1970. */
  readonly now: number
  readonly heads: readonly SentHead[]
  readonly gone: AbortSignal
}

export interface Receiver {
  /** What the log calls it: `mail 1`, never the address. */
  readonly name: string
  readonly address: string
  /** Resolves once the other side has taken it. */
  deliver(delivery: Delivery): Promise<void>
}

/** What went wrong, said without addresses or secrets. */
export class NotDelivered extends Error {
  readonly detail: string

  constructor(detail: string) {
    super(`not delivered: ${detail}`)
    this.detail = detail
  }
}

interface Sending {
  readonly at: string
  readonly receivers: readonly Receiver[]
  /** The newest of every ledger. */
  readonly heads: () => readonly SentHead[]
}

const digest = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\0')).digest('hex')

const sizesSchema = z.record(z.string(), z.int())

/** Of a note that is none of ours nothing is known: everything is new. */
function sizesIn(note: string): Readonly<Record<string, number>> {
  if (note === '') return {}
  return sizesSchema.parse(JSON.parse(note))
}

export const headsJob = ({ at, receivers, heads }: Sending): Job => ({
  name: 'heads',
  when: { daily: at },
  async run(turn) {
    const failed: { readonly to: string; readonly detail: string }[] = []
    for (const receiver of receivers) {
      const { name, address } = receiver
      const send = async (note: string): Promise<string> => {
        const known = sizesIn(note)
        const fresh = heads().filter(({ origin, size }) => size > (known[origin] ?? 0))
        const { occasion: day, now, gone } = turn
        const id = digest('delivery', address, day)
        if (fresh.length > 0) await receiver.deliver({ id, day, now, heads: fresh, gone })
        const sizes = fresh.map(({ origin, size }): [string, number] => [origin, size])
        return JSON.stringify({ ...known, ...Object.fromEntries(sizes) })
      }
      // the address itself is not kept
      await turn.once(digest('receiver', address), send).catch((error: unknown) => {
        if (!(error instanceof NotDelivered)) throw error
        failed.push({ to: name, detail: error.detail })
      })
    }
    if (failed.length > 0) throw new JobFailed(failed)
  },
})
