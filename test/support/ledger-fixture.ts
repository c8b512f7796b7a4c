// A small ledger made by the rules, and its export held in memory as files.
import { nodeCrypto } from '../../src/app/crypto.ts'
import { GENESIS, NO_PREVIOUS } from '../../src/ledger/auditor.ts'
import { toBase64, toHex, utf8 } from '../../src/ledger/bytes.ts'
import { canonicalBytes, type JsonObject } from '../../src/ledger/canonical.ts'
import { checkpointText } from '../../src/ledger/checkpoint.ts'
import type { LedgerCrypto } from '../../src/ledger/crypto.ts'
import {
  CompactRange,
  leafHash,
  type Hash,
  type NodeReader,
  type TreeNode,
} from '../../src/ledger/merkle.ts'
import { signNote, vkeyOf } from '../../src/ledger/note.ts'
import { encodeEntryBundle, encodeHashTile, tilePath, tilesOf } from '../../src/ledger/tiles.ts'

export const ORIGIN = 'ledger.example.cn/330106109203'
export const SIGNER = { name: ORIGIN, seed: new Uint8Array(32).fill(1) }
export const VKEY = vkeyOf(nodeCrypto, ORIGIN, nodeCrypto.publicKey(SIGNER.seed))

export type Files = ReadonlyMap<string, Uint8Array>

/**
 * `count` entries: a genesis, then three requests taking turns. `change` may alter an entry before
 * it is hashed, and later ones are chained to what came out: a ledger forged with its own key.
 */
export function ledgerEntries(
  count: number,
  change: (entry: JsonObject, seq: number) => JsonObject = (entry) => entry,
): Uint8Array[] {
  const heads = new Map<string, { revision: number; prev: string }>()
  return Array.from({ length: count }, (_, seq) => {
    const stream = seq === 0 ? 'ledger' : `request/2026-00000${seq % 3}`
    const head = heads.get(stream) ?? { revision: 0, prev: NO_PREVIOUS }
    const bytes = canonicalBytes(change(entryAt(seq, stream, head), seq))
    const prev = toHex(leafHash(nodeCrypto, bytes))
    heads.set(stream, { revision: head.revision + 1, prev })
    return bytes
  })
}

function entryAt(
  seq: number,
  stream: string,
  head: { revision: number; prev: string },
): JsonObject {
  const digest = nodeCrypto.sha256(utf8(`nonce ${seq}`)).subarray(0, 16)
  return {
    at: new Date(Date.UTC(2026, 10, 22) + seq * 1000).toISOString(),
    body: { amount: `${seq}00.00`, note: '村道修补\n“第二次”' },
    ledger: ORIGIN,
    nonce: toBase64(digest).replaceAll('+', '-').replaceAll('/', '_').slice(0, 22),
    prev: head.prev,
    revision: head.revision,
    seq,
    stream,
    type: seq === 0 ? GENESIS : 'expense.submitted',
    v: 1,
  }
}

/** Every node of the tree over `entries`, as a store keeps them. */
export function nodesOf(c: LedgerCrypto, entries: readonly Uint8Array[]): NodeReader {
  return nodesOfLeaves(
    c,
    entries.map((entry) => leafHash(c, entry)),
  )
}

export function nodesOfLeaves(c: LedgerCrypto, leaves: readonly Hash[]): NodeReader {
  const nodes = new Map<string, TreeNode>()
  const range = new CompactRange(c)
  for (const leaf of leaves) {
    for (const node of range.append(leaf)) nodes.set(`${node.level}/${node.index}`, node)
  }
  return (level, index) => {
    const node = nodes.get(`${level}/${index}`)
    if (node === undefined) throw new RangeError(`no node ${level}/${index}`)
    return node.hash
  }
}

/** The signed checkpoint over `entries`. */
export function checkpointOf(
  entries: readonly Uint8Array[],
  c: LedgerCrypto = nodeCrypto,
  signer = SIGNER,
): string {
  const range = new CompactRange(c)
  for (const entry of entries) range.append(leafHash(c, entry))
  const checkpoint = { origin: signer.name, size: entries.length, root: range.root() }
  return signNote(c, checkpointText(checkpoint), signer)
}

/** What an export of these entries holds: checkpoint, key, bundles and hash tiles. */
export function exportOf(
  entries: readonly Uint8Array[],
  c: LedgerCrypto = nodeCrypto,
): Map<string, Uint8Array> {
  const read = nodesOf(c, entries)
  const files = new Map([
    ['checkpoint', utf8(checkpointOf(entries, c))],
    ['vkey', utf8(`${vkeyOf(c, ORIGIN, c.publicKey(SIGNER.seed))}\n`)],
  ])
  for (const { level, index, width } of tilesOf(entries.length)) {
    const bytes =
      level === 'entries'
        ? encodeEntryBundle(entries.slice(index * 256, index * 256 + width))
        : encodeHashTile({ level, index, width }, read)
    files.set(tilePath(level, index, width), bytes)
  }
  return files
}
