// One transaction on one ledger: the waiting commands that share its one fsync. Commands are
// decided first and written then, so a throw in one command's decide or fold leaves nothing of it,
// and needs no savepoint.
import type { Command } from '../../src/domain/command.ts'
import type { Relies } from '../../src/domain/entry.ts'
import { recordFacts } from '../../src/domain/fact-records.ts'
import { answerFacts, type FactAnswers } from '../../src/domain/facts.ts'
import type { Origin, Sha256Hex, StreamId } from '../../src/domain/ids.ts'
import { type Refusal, refuse } from '../../src/domain/refusal.ts'
import type { Decide, Needs, Outcome, Receipt } from '../../src/domain/store.ts'
import { type Instant, instantOf } from '../../src/domain/time.ts'
import { equalBytes, utf8 } from '../../src/ledger/bytes.ts'
import { checkpointText } from '../../src/ledger/checkpoint.ts'
import { type CompactRange, leafHash, rootFromNodes } from '../../src/ledger/merkle.ts'
import { type NoteSigner, signNote } from '../../src/ledger/note.ts'
import { BrokenInvariant, invariant, isFatal } from './faults.ts'
import { hex, type LedgerMemory } from './memory.ts'
import { CommandPast } from './past.ts'
import { type Prepared, prepare, SEALED, type Written } from './prepare.ts'
import { receiptOf } from './receipts.ts'
import type { Slot } from './slots.ts'
import type { Writer } from './writer.ts'

/** A command in the queue, with the digest that tells it from another under the same id. */
export interface Waiting {
  readonly command: Command
  readonly digest: Uint8Array
  readonly needs: Needs
  readonly decide: Decide
}

/** What becomes of a waiting command once the transaction has committed. */
export type Settled = Outcome | { readonly threw: unknown }

/** Signed and durable: may leave the process. */
export interface Head {
  readonly origin: Origin
  readonly size: number
  readonly note: string
}

/** A command whose entries were written in this transaction. */
interface Answered {
  readonly waiting: Waiting
  readonly written: readonly Written[]
}

export class Group {
  readonly #writer: Writer
  readonly #ledger: LedgerMemory
  readonly #range: CompactRange
  readonly #at: Instant
  /** Streams as this transaction leaves them; they become memory only after COMMIT. */
  readonly #slots = new Map<StreamId, Slot>()
  readonly #answered = new Map<string, Answered>()
  /** The ledgers relied on: inside one transaction they stand still. */
  readonly #relied = new Map<Origin, { size: number; seen: Map<StreamId, Slot> }>()
  /** Streams as the transaction found them. */
  readonly #seen = new Map<StreamId, Slot>()
  #sealed: boolean
  #signer: NoteSigner | undefined

  /**
   * Begins nothing itself: a transaction is open and the ledger advanced. `at` is the one clock
   * reading of the group.
   */
  constructor(writer: Writer, ledger: LedgerMemory, atMs: number) {
    this.#writer = writer
    this.#ledger = ledger
    this.#range = ledger.range.clone()
    this.#sealed = ledger.sealed
    this.#at = instantOf(atMs)
  }

  get wrote(): boolean {
    return this.#answered.size > 0
  }

  /**
   * Decides one command and writes what it chose. The receipt is made by `finish`: its size is not
   * known before.
   * @throws what must stop the store
   */
  take(waiting: Waiting): () => Settled {
    const { command, digest } = waiting
    const known = this.#known(command, digest)
    if (known !== undefined) return known
    if (this.#sealed) return settled(refuse('ledgerSealed'))
    let decided: Prepared | { readonly refused: Refusal }
    try {
      decided = this.#decide(waiting)
    } catch (error) {
      if (isFatal(error)) throw error
      return settled({ threw: error })
    }
    if ('refused' in decided) return settled(decided)
    this.#write(decided)
    const answered = { waiting, written: decided.written }
    this.#answered.set(command.id, answered)
    return () => ({ receipt: this.#receipt(answered) })
  }

  /**
   * Root, checkpoint and idempotency records. A signed head never stands over entries that could
   * vanish: all or nothing.
   */
  finish(): Head {
    const { sql, crypto } = this.#writer
    const { origin } = this.#ledger
    const { size } = this.#range
    const signer = this.#signer
    invariant(signer !== undefined, `${origin}: nothing to sign`)
    const root = rootFromNodes(crypto, size, this.#writer.memory.nodes(origin))
    // Two roads to one root: a bit that flipped in memory or in storage must not be signed.
    invariant(
      equalBytes(root, this.#range.root()),
      `${origin}: nodes and range disagree at ${size}`,
    )
    const note = signNote(crypto, checkpointText({ origin, size, root }), signer)
    sql.stampLedger.run(this.#at, origin)
    sql.insertCheckpoint.run(origin, size, this.#at, root, note)
    for (const { waiting, written } of this.#answered.values()) {
      const first = written[0]?.entry.seq ?? 0
      const { id } = waiting.command
      sql.insertCommand.run(origin, id, waiting.digest, first, written.length, this.#at, size)
    }
    return { origin, size, note }
  }

  /** After COMMIT: what was written becomes what memory holds. */
  keep(): void {
    const { memory } = this.#writer
    const { origin } = this.#ledger
    memory.keep({ origin, range: this.#range, sealed: this.#sealed })
    for (const [stream, slot] of this.#slots) memory.slots.set(origin, stream, slot)
  }

  /** The first answer, when the command id was seen before, in this group or ever. */
  #known({ ledger, id }: Command, digest: Uint8Array): (() => Settled) | undefined {
    const answered = this.#answered.get(id)
    if (answered !== undefined) {
      if (!equalBytes(answered.waiting.digest, digest)) return settled(refuse('commandReused'))
      return () => ({ receipt: this.#receipt(answered) })
    }
    const row = this.#writer.sql.command.get(ledger, id)
    if (row === undefined) return undefined
    if (!equalBytes(row.digest, digest)) return settled(refuse('commandReused'))
    return settled({ receipt: receiptOf(this.#writer.sql, { ledger, id }, row) })
  }

  #decide({ command, needs, decide }: Waiting): Prepared | { readonly refused: Refusal } {
    const past = new CommandPast(command.ledger)
    this.#declare(past, [command.stream, ...needs.streams])
    const { revision } = this.#slot(command.stream)
    if (command.seen !== undefined && command.seen !== revision) {
      return refuse('staleView', { revision: String(revision) })
    }
    const relies = this.#rely(past, command, needs)
    if (needs.follow !== undefined) this.#declare(past, needs.follow(past))
    const facts = this.#facts(past, needs)
    const { calendar } = this.#writer
    const decision = decide({ at: this.#at, calendar, past, facts, digest: this.#digest })
    if ('refused' in decision) return decision
    // A ledger without a key fails here, where it is one command's fault, not at the signing.
    this.#signer ??= this.#writer.signer(command.ledger)
    return prepare(this.#writer, command, {
      decision,
      relies,
      facts: recordFacts(facts, this.#digest),
      at: this.#at,
      seq: this.#range.size,
      slot: (stream) => {
        if (!past.has(stream)) throw new Error(`event for ${stream}, not named in needs`)
        return this.#slot(stream)
      },
    })
  }

  #declare(past: CommandPast, streams: readonly StreamId[]): void {
    for (const stream of streams) {
      if (!past.has(stream)) past.declare(stream, this.#slot(stream))
    }
  }

  #slot(stream: StreamId): Slot {
    const written = this.#slots.get(stream)
    if (written !== undefined) return written
    return this.#look(this.#seen, this.#ledger.origin, stream)
  }

  /** Inside one transaction nobody else writes: a stream looked up once stays what it was. */
  #look(seen: Map<StreamId, Slot>, origin: Origin, stream: StreamId): Slot {
    const known = seen.get(stream)
    if (known !== undefined) return known
    const slot = this.#writer.memory.slot(origin, stream)
    seen.set(stream, slot)
    return slot
  }

  /** The other ledger is read at its present size and never locked. */
  #rely(past: CommandPast, command: Command, { relied }: Needs): Relies | undefined {
    if (relied === undefined) return undefined
    const { origin, streams } = relied
    if (origin === command.ledger) throw new Error(`${origin} cannot rely on itself`)
    const { size, seen } = this.#reliedOn(origin)
    if (size === 0) throw new Error(`relied on ${origin}, which is not in this database`)
    for (const stream of streams) past.declareRelied(stream, this.#look(seen, origin, stream))
    return { origin, size }
  }

  #reliedOn(origin: Origin): { readonly size: number; readonly seen: Map<StreamId, Slot> } {
    const known = this.#relied.get(origin)
    if (known !== undefined) return known
    const seen = new Map<StreamId, Slot>()
    const made = { size: this.#writer.memory.advance(origin).range.size, seen }
    this.#relied.set(origin, made)
    return made
  }

  #facts(past: CommandPast, needs: Needs): FactAnswers {
    const queries = needs.facts?.(past, this.#at)
    if (queries === undefined) return {}
    return answerFacts(this.#writer.facts.of(this.#ledger.origin), queries)
  }

  readonly #digest = (text: string): Sha256Hex => hex(this.#writer.crypto.sha256(utf8(text)))

  /**
   * From here on a throw stops the store: the transaction can no longer be told apart by command.
   */
  #write({ written, slots }: Prepared): void {
    const { projections } = this.#writer
    const ledger = this.#ledger.origin
    try {
      for (const one of written) this.#append(one)
      for (const [stream, { before, after }] of slots) {
        projections.replace({ ledger, stream }, before.rows, after.rows)
        this.#slots.set(stream, after)
      }
    } catch (cause) {
      throw isFatal(cause) ? cause : new BrokenInvariant('failed while writing', { cause })
    }
    this.#sealed = written.at(-1)?.entry.type === SEALED
  }

  #append({ entry, bytes, leaf }: Written): void {
    const { sql, crypto } = this.#writer
    const { ledger, seq, stream, revision, type, command } = entry
    if (seq === 0) sql.insertLedger.run(ledger)
    const { lastInsertRowid } = sql.insertEntry.run(
      ledger,
      seq,
      stream,
      revision,
      type,
      command,
      bytes,
      leaf,
    )
    const stored = sql.readBack.get(lastInsertRowid)
    invariant(
      stored !== undefined &&
        equalBytes(stored.leaf, leaf) &&
        equalBytes(leafHash(crypto, stored.bytes), leaf),
      `${ledger} #${seq}: read back other bytes than were written`,
    )
    for (const { level, index, hash } of this.#range.append(leaf)) {
      sql.insertNode.run(ledger, level, index, hash)
    }
  }

  #receipt({ waiting, written }: Answered): Receipt {
    const { id, ledger } = waiting.command
    return {
      command: id,
      ledger,
      entries: written.map(({ entry: { seq, stream, revision, type }, leafHex: leaf }) => ({
        seq,
        stream,
        revision,
        type,
        leaf,
      })),
      at: this.#at,
      size: this.#range.size,
    }
  }
}

const settled = (outcome: Settled) => () => outcome
