// Verifies a data directory of the tests and says what was found, in few words.
import { join } from 'node:path'
import { openAudit } from '../../db/audit.ts'
import { nodeCrypto } from '../../src/app/crypto.ts'
import { readHeads } from '../../src/app/heads.ts'
import { verify, type VerifySummary } from '../../src/app/verify.ts'
import type { Violation } from '../../src/app/verify/codes.ts'
import type { OutsideHead } from '../../src/app/verify/outside-audit.ts'
import { lawWorkings } from '../../src/app/verify/law.ts'
import type { Origin } from '../../src/domain/ids.ts'
import type { LedgerCrypto } from '../../src/ledger/crypto.ts'
import { town, village } from './law-cast.ts'
import { vkeyOfLedger } from './township-data.ts'

export interface Verifying {
  /** Besides what the heads folder keeps. */
  readonly outside?: readonly OutsideHead[]
  /** Forget the heads folder: the attacker had that medium too. */
  readonly headless?: boolean
  /** Ledgers whose public key the verifier holds; both of them when left out. */
  readonly pinned?: readonly Origin[]
  readonly only?: Origin
  /** node:crypto when left out. */
  readonly crypto?: LedgerCrypto
  /** Told each finding; may throw to end the audit. */
  readonly onViolation?: (violation: Violation) => void
}

export interface Verified extends VerifySummary {
  readonly found: readonly Violation[]
}

export async function verifyData(path: string, options: Verifying = {}): Promise<Verified> {
  const { outside = [], headless = false, pinned = [town, village], only } = options
  const kept = headless ? [] : await readHeads(join(path, 'heads'))
  const source = openAudit(join(path, 'ledger.db'))
  const found: Violation[] = []
  try {
    const summary = await verify({
      source,
      crypto: options.crypto ?? nodeCrypto,
      workings: lawWorkings,
      pinned: new Map<string, string>(pinned.map((origin) => [origin, vkeyOfLedger(origin)])),
      outside: [...kept, ...outside],
      ...(only === undefined ? {} : { only }),
      onViolation: (violation) => {
        options.onViolation?.(violation)
        found.push(violation)
      },
    })
    return { ...summary, found }
  } finally {
    source.close()
  }
}

/** `code #seq` of each finding, in the order it was found. */
export const briefly = ({ found }: Verified): readonly string[] =>
  found.map(({ code, seq }) => (seq === undefined ? code : `${code} #${seq}`))
