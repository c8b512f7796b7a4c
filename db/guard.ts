// Before anything is written: does the database still hold every head that was kept outside of it?
// (ledger-format §16)
import type { Origin } from '../src/domain/ids.ts'
import { fill, type Sentence } from '../src/domain/language.ts'
import { equalBytes } from '../src/ledger/bytes.ts'
import { openCheckpoint } from '../src/ledger/checkpoint.ts'
import type { LedgerCrypto } from '../src/ledger/crypto.ts'
import { type NodeReader, rootFromNodes } from '../src/ledger/merkle.ts'
import { type NoteSigner, parseVkey, vkeyOf } from '../src/ledger/note.ts'
import type { KeptHead } from './heads.ts'

const faults = {
  ledgerBehindHeads: {
    zh: '账本{origin}只有{size}条，而另存的凭据有{kept}条：数据库被回退。只读；请用完整备份恢复',
    en: 'Ledger {origin} has {size} entries, a head of {kept} was kept: rolled back. Read-only; restore it',
  },
  ledgerForked: {
    zh: '账本{origin}与另存的第{kept}条凭据不符：历史被改动。只读；请保全证据并通知镇纪委',
    en: 'Ledger {origin} is not that of the head kept at {kept}: forked. Read-only; keep the evidence',
  },
  headUnverified: {
    zh: '账本{origin}另存的第{kept}条凭据不是本账本所签。只读；请核对凭据目录',
    en: 'The head kept of ledger {origin} at {kept} is not signed by it. Read-only; check the heads',
  },
  ledgerDamaged: {
    zh: '账本{origin}的最新凭据与所存内容不符（{detail}）。只读；请用完整备份恢复',
    en: 'The newest checkpoint of {origin} is not of what is stored ({detail}). Read-only; restore it',
  },
} as const satisfies Record<string, Sentence>

export type GuardCode = keyof typeof faults

/** The database may be read and must not be written. */
export class WritesRefused extends Error {
  readonly code: GuardCode
  /** For the operator, in both languages. */
  readonly sentence: Sentence

  constructor(code: GuardCode, params: Readonly<Record<string, string>>) {
    const { zh, en } = faults[code]
    const sentence = { zh: fill(zh, params), en: fill(en, params) }
    super(`${code}: ${sentence.en}`)
    this.code = code
    this.sentence = sentence
  }
}

export interface StoredLedger {
  readonly size: number
  readonly nodes: NodeReader
}

/** Compares the newest kept head of each ledger with the database; returns the first fault. */
export function compareHeads(
  heads: readonly KeptHead[],
  stored: (origin: Origin) => StoredLedger,
  key: { readonly crypto: LedgerCrypto; readonly signer: (origin: Origin) => NoteSigner },
): WritesRefused | undefined {
  for (const { origin, size: kept, note } of heads) {
    const { size, nodes } = stored(origin)
    const params = { origin, size: String(size), kept: String(kept) }
    const root = rootOfHead({ origin, size: kept, note }, key)
    if (root === undefined) return new WritesRefused('headUnverified', params)
    if (size < kept) return new WritesRefused('ledgerBehindHeads', params)
    if (!equalBytes(rootFromNodes(key.crypto, kept, nodes), root)) {
      return new WritesRefused('ledgerForked', params)
    }
  }
  return undefined
}

function rootOfHead(
  { origin, size, note }: KeptHead,
  { crypto, signer }: Parameters<typeof compareHeads>[2],
): Uint8Array | undefined {
  try {
    const { name, seed } = signer(origin)
    const key = parseVkey(crypto, vkeyOf(crypto, name, crypto.publicKey(seed)))
    const checkpoint = openCheckpoint(crypto, note, key)
    return checkpoint.size === size && checkpoint.origin === origin ? checkpoint.root : undefined
  } catch {
    return undefined
  }
}
