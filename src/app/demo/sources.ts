// The world a demonstration runs in: a clock it winds itself, and nonces, ids and keys from one seed.
import { Buffer } from 'node:buffer'
import { atShanghai, type LocalDate, type Instant, msOf } from '../../domain/time.ts'
import { type Mint, mintIds } from '../township/ids.ts'
import { Random } from './random.ts'

/** Goes forward only, and only when told. */
export class SimulatedClock {
  #now: number

  constructor(start: Instant) {
    this.#now = msOf(start)
  }

  /** Milliseconds since 1970: what the store is opened with. */
  readonly read = (): number => this.#now

  /** An instant already past leaves the clock as it is. */
  wind(to: Instant): void {
    this.#now = Math.max(this.#now, msOf(to))
  }

  /** Lets so many seconds go by. */
  pass(seconds: number): void {
    this.#now += seconds * 1000
  }
}

export interface DemoSources {
  readonly random: Random
  readonly clock: SimulatedClock
  readonly mint: Mint
  /** For the store: 22 characters of base64url. */
  readonly nonce: () => string
  /** 32 bytes for the next ledger's key. Anyone who knows the seed can sign for these ledgers: they are only shown. */
  readonly keySeed: () => Uint8Array
  /** Keys and nonces of the vault, as long as it is being made. */
  readonly vaultBytes: (length: number) => Uint8Array
}

export const DEMO_SEED = 20250501
export const DEMO_FOUNDED: LocalDate = '2024-11-01' as LocalDate

/** Everything that is not decided by law, from one seed. */
export function demoSources(seed: number = DEMO_SEED): DemoSources {
  const random = new Random(String(seed))
  const clock = new SimulatedClock(atShanghai(DEMO_FOUNDED, '09:00'))
  const [ids, nonces, keys] = [random.of('ids'), random.of('nonces'), random.of('keys')]
  const vault = random.of('vault')
  return {
    random,
    clock,
    mint: mintIds({ random: (length) => ids.bytes(length), clock: clock.read }),
    nonce: () => Buffer.from(nonces.bytes(16)).toString('base64url'),
    keySeed: () => keys.bytes(32),
    vaultBytes: (length) => vault.bytes(length),
  }
}
