// Recomputes every invariant of a database from its storage, through a connection of its own and by
// nothing of the write path: hashes, tree, nodes, checkpoints, chains, places, idempotency records,
// projections = refold.
import Database from 'better-sqlite3'
import { nodeCrypto } from '../../src/app/crypto.ts'
import { entrySchema, noEntry } from '../../src/domain/entry.ts'
import { type Origin, originSchema, type StreamId, streamKind } from '../../src/domain/ids.ts'
import type { ProjectedRow } from '../../src/domain/projection.ts'
import type { Workings } from '../../src/domain/store.ts'
import { equalBytes, toHex } from '../../src/ledger/bytes.ts'
import { canonicalBytes, parseCanonical } from '../../src/ledger/canonical.ts'
import { openCheckpoint } from '../../src/ledger/checkpoint.ts'
import { CompactRange, leafHash } from '../../src/ledger/merkle.ts'
import { parseVkey, type NoteSigner, vkeyOf } from '../../src/ledger/note.ts'
import { projectionNames, ProjectionWriter, storedValues } from '../../db/sqlite/projections.ts'

export interface Checked {
  /** Entries by ledger. */
  readonly sizes: ReadonlyMap<Origin, number>
  /** Ids of all commands recorded. */
  readonly commands: ReadonlySet<string>
}

interface World {
  readonly workings: Workings
  readonly signer: (origin: Origin) => NoteSigner
}

/**
 * Throws an Error that names the first violation.
 * @param file of a store that may be open: what is read is what is committed
 */
export function checkLedger(file: string, world: World): Checked {
  const db = new Database(file, { readonly: true })
  try {
    db.exec('begin')
    const ok = db.pragma('integrity_check', { simple: true })
    must(ok === 'ok', `integrity_check: ${String(ok)}`)
    const sizes = new Map<Origin, number>()
    const commands = new Set<string>()
    const rows: string[] = []
    const ledgers = db
      .prepare<[], { origin: string; size: number; at: string; sealed: number }>(
        'select * from ledger',
      )
      .all()
    for (const { origin: text, size, at, sealed } of ledgers) {
      const origin = originSchema.parse(text)
      const found = checkEntries(db, origin, world)
      must(found.size === size, `${origin}: size ${size}, ${found.size} entries`)
      must(found.at === at, `${origin}: at ${at}, newest entry ${found.at}`)
      must((sealed === 1) === found.sealed, `${origin}: sealed ${sealed}`)
      sizes.set(origin, size)
      for (const id of found.commands) commands.add(id)
      rows.push(...found.rows)
    }
    checkStrays(db, sizes)
    checkProjections(db, rows)
    return { sizes, commands }
  } finally {
    db.close()
  }
}

function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`checkLedger: ${what}`)
}

interface EntryRow {
  seq: number
  stream: string
  revision: number
  type: string
  command: string
  bytes: Buffer
  leaf: Buffer
}

interface StreamEnd {
  revision: number
  prev: string
  state: unknown
}

function checkEntries(db: Database.Database, origin: Origin, { workings, signer }: World) {
  const range = new CompactRange(nodeCrypto)
  const nodes = new Map<string, Uint8Array>()
  const roots = new Map<number, { root: Uint8Array; at: string }>()
  const streams = new Map<StreamId, StreamEnd>()
  const byCommand = new Map<string, { first: number; count: number; at: string }>()
  let at = ''
  let sealed = false
  const sql = 'select * from entry where ledger = ? order by seq'
  for (const row of db.prepare<[string], EntryRow>(sql).iterate(origin)) {
    const here = `${origin} #${row.seq}`
    must(row.seq === range.size, `${here}: a gap before`)
    must(!sealed, `${here}: after the seal`)
    const tree = parseCanonical(row.bytes)
    must(equalBytes(canonicalBytes(tree), row.bytes), `${here}: not canonical`)
    const entry = entrySchema.parse(tree)
    must(entry.ledger === origin && entry.seq === row.seq, `${here}: of another place`)
    must(
      entry.stream === row.stream && entry.revision === row.revision,
      `${here}: of another stream`,
    )
    must(entry.type === row.type && entry.command === row.command, `${here}: columns differ`)
    must((entry.type === 'ledger.genesis') === (row.seq === 0), `${here}: ${entry.type}`)
    const leaf = leafHash(nodeCrypto, row.bytes)
    must(equalBytes(leaf, row.leaf), `${here}: leaf is not of its bytes`)

    const end = streams.get(entry.stream)
    must(entry.revision === (end?.revision ?? -1) + 1, `${here}: revision ${entry.revision}`)
    must(entry.prev === (end?.prev ?? noEntry), `${here}: prev breaks the chain`)
    const fold = workings.folds.get(streamKind(entry.stream))
    must(fold !== undefined, `${here}: no fold`)
    const state = fold.apply(end?.state ?? fold.initial, entry)
    streams.set(entry.stream, { revision: entry.revision, prev: toHex(leaf), state })

    must(entry.at >= at, `${here}: earlier than the one before`)
    const known = byCommand.get(entry.command)
    if (known === undefined)
      byCommand.set(entry.command, { first: row.seq, count: 1, at: entry.at })
    else {
      must(known.first + known.count === row.seq && known.at === entry.at, `${here}: command split`)
      known.count++
    }
    at = entry.at
    sealed = entry.type === 'ledger.sealed'
    for (const node of range.append(leaf)) nodes.set(`${node.level}/${node.index}`, node.hash)
    roots.set(range.size, { root: range.root(), at })
  }
  checkNodes(db, origin, nodes)
  checkCheckpoints(db, { origin, signer, roots, size: range.size })
  checkCommands(db, origin, byCommand)
  const rows = [...streams].flatMap(([stream, { state }]) =>
    workings.project(origin, stream, state).map((row) => rowText(origin, stream, row)),
  )
  return { size: range.size, at, sealed, commands: byCommand.keys(), rows }
}

function checkNodes(
  db: Database.Database,
  origin: string,
  nodes: ReadonlyMap<string, Uint8Array>,
): void {
  const stored = db
    .prepare<[string], { level: number; index: number; hash: Buffer }>(
      'select level, "index", hash from node where ledger = ?',
    )
    .all(origin)
  must(stored.length === nodes.size, `${origin}: ${stored.length} nodes, not ${nodes.size}`)
  for (const { level, index, hash } of stored) {
    const expected = nodes.get(`${level}/${index}`)
    must(expected !== undefined && equalBytes(hash, expected), `${origin}: node ${level}/${index}`)
  }
}

function checkCheckpoints(
  db: Database.Database,
  ledger: {
    readonly origin: Origin
    readonly signer: World['signer']
    readonly roots: ReadonlyMap<number, { root: Uint8Array; at: string }>
    readonly size: number
  },
): void {
  const { origin, signer, roots, size } = ledger
  const { name, seed } = signer(origin)
  const key = parseVkey(nodeCrypto, vkeyOf(nodeCrypto, name, nodeCrypto.publicKey(seed)))
  const stored = db
    .prepare<[string], { size: number; at: string; root: Buffer; note: string }>(
      'select size, at, root, note from checkpoint where ledger = ? order by size',
    )
    .all(origin)
  let before = ''
  for (const checkpoint of stored) {
    const here = `${origin}: checkpoint of ${checkpoint.size}`
    const signed = openCheckpoint(nodeCrypto, checkpoint.note, key)
    const expected = roots.get(checkpoint.size)
    must(expected !== undefined, `${here} beyond the entries`)
    must(signed.size === checkpoint.size && equalBytes(signed.root, expected.root), `${here}: root`)
    must(equalBytes(checkpoint.root, expected.root), `${here}: stored root`)
    must(checkpoint.at === expected.at, `${here}: at`)
    must(checkpoint.at > before, `${here}: not later than the one before`)
    before = checkpoint.at
  }
  // One clock reading a transaction: each change of `at` is a boundary, and each boundary has its
  // head.
  const boundaries = [...roots].filter(([n, { at }]) => roots.get(n + 1)?.at !== at).map(([n]) => n)
  const heads = stored.map((checkpoint) => checkpoint.size)
  must(
    boundaries.join() === heads.join(),
    `${origin}: heads at ${heads.join()}, not ${boundaries.join()}`,
  )
  must(stored.at(-1)?.size === size, `${origin}: the newest checkpoint is not of ${size}`)
}

function checkCommands(
  db: Database.Database,
  origin: string,
  expected: ReadonlyMap<string, { first: number; count: number; at: string }>,
): void {
  const stored = db
    .prepare<[string], { id: string; first: number; count: number; at: string; size: number }>(
      'select id, first, count, at, size from command where ledger = ?',
    )
    .all(origin)
  must(
    stored.length === expected.size,
    `${origin}: ${stored.length} commands, not ${expected.size}`,
  )
  for (const { id, first, count, at, size } of stored) {
    const found = expected.get(id)
    must(
      found?.first === first && found.count === count && found.at === at,
      `command ${id}: entries`,
    )
    must(size >= first + count, `command ${id}: covered by a head of ${size}`)
  }
}

/** Nothing may lie under a ledger that is not there. */
function checkStrays(db: Database.Database, sizes: ReadonlyMap<Origin, number>): void {
  for (const table of ['entry', 'node', 'checkpoint', 'command']) {
    const owners = db.prepare<[], string>(`select distinct ledger from ${table}`).pluck().all()
    for (const owner of owners) must(sizes.has(originSchema.parse(owner)), `${table} of ${owner}`)
  }
}

const rowText = (ledger: string, stream: string, row: ProjectedRow): string =>
  JSON.stringify([row.table, ledger, stream, row.key, ...storedValues(row)])

function checkProjections(db: Database.Database, expected: readonly string[]): void {
  const writer = new ProjectionWriter(db)
  const stored = projectionNames.flatMap((table) =>
    [...writer.stored(table)].map((values) => JSON.stringify([table, ...values])),
  )
  const [live, refold] = [stored.toSorted(), expected.toSorted()]
  for (let i = 0; i < Math.max(live.length, refold.length); i++) {
    must(live[i] === refold[i], `projections: stored ${live[i]} ≠ refolded ${refold[i]}`)
  }
}
