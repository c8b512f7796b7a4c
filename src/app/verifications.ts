// Verifications somebody asked for: one of a ledger at a time, one after another, each remembered until the next of its ledger
// or the end of the process.
import type { Origin } from '../domain/ids.ts'
import type { Verified, Verifier } from './verify/apart.ts'

export type VerificationState =
  | 'waiting'
  | 'running'
  | 'clean'
  | 'violated'
  | 'cancelled'
  | 'failed'

export interface Verification {
  readonly ledger: Origin
  readonly state: VerificationState
  /** The account that asked. */
  readonly by: string
  /** Milliseconds since 1970. */
  readonly askedAt: number
  readonly endedAt?: number
  /** Entries read, of those of all ledgers it is decided under. */
  readonly read: number
  readonly of: number
  readonly verified?: Verified
  /** How far the ledgers went when it was asked for. */
  readonly stands?: string
}

export interface Asking {
  /** How far the ledgers go that it is decided under. */
  readonly stands: string
  /** Verifies whatever was found a moment ago. */
  readonly anew: boolean
}

/** Of a ledger that has not grown since, a clean result is answered again for so long. */
const KEPT_MS = 10 * 60_000

export interface VerificationPorts {
  readonly verify: Verifier
  readonly clock: () => number
  readonly failed: (error: unknown) => void
}

export class Verifications {
  readonly #ports: VerificationPorts
  readonly #jobs = new Map<Origin, Verification>()
  readonly #stops = new Map<Origin, AbortController>()
  #last: Promise<void> = Promise.resolve()
  #closed = false

  constructor(ports: VerificationPorts) {
    this.#ports = ports
  }

  of(ledger: Origin): Verification | undefined {
    return this.#jobs.get(ledger)
  }

  /** Begins one, or shows the one under way, or one that has just found nothing. */
  start(ledger: Origin, by: string, asking?: Asking): Verification {
    const known = this.#jobs.get(ledger)
    if (known !== undefined && (isOpen(known) || this.#holds(known, asking))) return known
    const stop = new AbortController()
    const job = {
      ledger,
      state: 'waiting',
      by,
      askedAt: this.#ports.clock(),
      read: 0,
      of: 0,
      ...(asking === undefined ? {} : { stands: asking.stands }),
    } as const
    this.#jobs.set(ledger, job)
    this.#stops.set(ledger, stop)
    if (this.#closed) stop.abort()
    this.#last = this.#last.then(() => this.#run(ledger, stop.signal))
    return job
  }

  #holds({ state, stands, endedAt = 0 }: Verification, asking: Asking | undefined): boolean {
    if (asking === undefined || asking.anew || state !== 'clean') return false
    return stands === asking.stands && this.#ports.clock() - endedAt < KEPT_MS
  }

  /** False when none is under way. */
  cancel(ledger: Origin): boolean {
    const job = this.#jobs.get(ledger)
    if (job === undefined || !isOpen(job)) return false
    this.#end(ledger, { state: 'cancelled' })
    this.#stops.get(ledger)?.abort()
    return true
  }

  /** Ends whatever runs. */
  async close(): Promise<void> {
    this.#closed = true
    for (const ledger of this.#jobs.keys()) this.cancel(ledger)
    await this.#last
  }

  async #run(ledger: Origin, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    this.#change(ledger, { state: 'running' })
    try {
      const verified = await this.#ports.verify(ledger, {
        signal,
        progress: (read, of) => {
          if (!signal.aborted) this.#change(ledger, { read, of })
        },
      })
      if (signal.aborted) return
      this.#end(ledger, { state: verified.clean ? 'clean' : 'violated', verified })
    } catch (error) {
      if (signal.aborted) return
      this.#end(ledger, { state: 'failed' })
      this.#ports.failed(error)
    }
  }

  #end(ledger: Origin, change: Partial<Verification>): void {
    this.#change(ledger, { ...change, endedAt: this.#ports.clock() })
  }

  #change(ledger: Origin, change: Partial<Verification>): void {
    const job = this.#jobs.get(ledger)
    if (job !== undefined) this.#jobs.set(ledger, { ...job, ...change })
  }
}

const isOpen = ({ state }: Verification): boolean => state === 'waiting' || state === 'running'
