// Verification per core: hashing, checkpoint signatures, and deciding every command again.
import { workflows } from '../workflows/versions.ts'
import { calendars } from '../src/app/calendars.ts'
import { nodeCrypto } from '../src/app/crypto.ts'
import { Replay } from '../src/app/replay.ts'
import { byCommand } from '../src/app/verify/commands-audit.ts'
import { workings } from '../src/app/workings.ts'
import { type Entry, entrySchema } from '../src/domain/entry.ts'
import type { Origin } from '../src/domain/ids.ts'
import { parseCanonical } from '../src/ledger/canonical.ts'
import { openCheckpoint } from '../src/ledger/checkpoint.ts'
import { CompactRange, leafHash, rootFromNodes } from '../src/ledger/merkle.ts'
import { parseVkey } from '../src/ledger/note.ts'
import { equalBytes, utf8 } from '../src/ledger/bytes.ts'
import { town, village } from '../test/support/law-cast.ts'
import { type BenchWorld, seedOf, vkeyOfOrigin } from './world.ts'

export interface Rates {
  readonly hashed: number
  readonly signatures: number
  readonly decided: number
  /** The least each of them cannot do without: SHA-256 of the bytes, Ed25519, strict reading. */
  readonly limits: {
    readonly hashed: number
    readonly signatures: number
    readonly decided: number
  }
}

const per = (count: number, started: number): number =>
  count / ((performance.now() - started) / 1000)

export async function verifyRates({ opened }: BenchWorld): Promise<Rates> {
  const { ledgers } = opened
  const bytes = ledgers.entries(village, 0, ledgers.checkpoint(village)?.size ?? 0)
  return {
    hashed: hashRate(opened.ledgers, bytes),
    signatures: signatureRate(opened.ledgers),
    decided: decideRate(opened.ledgers, bytes),
    limits: {
      hashed: rateOf(bytes, (entry) => nodeCrypto.sha256(entry)),
      signatures: bareSignatures(opened.ledgers),
      decided: rateOf(bytes, (entry) => entrySchema.parse(parseCanonical(entry))),
    },
  }
}

function rateOf<T>(list: readonly T[], work: (one: T) => void): number {
  const started = performance.now()
  for (const one of list) work(one)
  return per(list.length, started)
}

function bareSignatures(ledgers: Ledgers): number {
  const seed = seedOf(village)
  const publicKey = nodeCrypto.publicKey(seed)
  const signed = [...ledgers.checkpoints(village)].map(({ note }) => {
    const message = utf8(note)
    return { message, signature: nodeCrypto.sign(seed, message) }
  })
  return rateOf(signed, ({ message, signature }) =>
    nodeCrypto.verify(publicKey, message, signature),
  )
}

type Ledgers = BenchWorld['opened']['ledgers']

function hashRate(ledgers: Ledgers, bytes: readonly Uint8Array[]): number {
  const roots = new Map([...ledgers.checkpoints(village)].map(({ size, root }) => [size, root]))
  const started = performance.now()
  const range = new CompactRange(nodeCrypto)
  for (const entry of bytes) {
    range.append(leafHash(nodeCrypto, entry))
    const root = roots.get(range.size)
    if (root !== undefined && !equalBytes(root, range.root()))
      throw new Error(`root differs at ${range.size}`)
  }
  return per(bytes.length, started)
}

function signatureRate(ledgers: Ledgers): number {
  const key = parseVkey(nodeCrypto, vkeyOfOrigin(village))
  const notes = [...ledgers.checkpoints(village)].map(({ note }) => note)
  const started = performance.now()
  for (const note of notes) openCheckpoint(nodeCrypto, note, key)
  return per(notes.length, started)
}

function decideRate(ledgers: Ledgers, bytes: readonly Uint8Array[]): number {
  const replay = new Replay({
    ...workings,
    workflows,
    calendars,
    crypto: nodeCrypto,
    rootAt: (ledger, size) => rootFromNodes(nodeCrypto, size, ledgers.nodes(ledger)),
  })
  const read = (origin: Origin): readonly Uint8Array[] =>
    ledgers.entries(origin, 0, ledgers.checkpoint(origin)?.size ?? 0)
  const parse = (list: readonly Uint8Array[]): Entry[] =>
    list.map((entry) => entrySchema.parse(parseCanonical(entry)))
  decideAll(replay, parse(read(town)))
  const started = performance.now()
  decideAll(replay, parse(bytes))
  return per(bytes.length, started)
}

function decideAll(replay: Replay, entries: readonly Entry[]): void {
  for (const command of byCommand(entries)) {
    const found = replay.next(command)
    if (found.length > 0) throw new Error(`not clean: ${JSON.stringify(found[0])}`)
  }
}
