// From a decision to entries ready to be written. All that can throw on a command's account happens
// here, before anything of it is written: form, bytes, fold, rows.
import type { Command } from '../../src/domain/command.ts'
import { type Entry, entrySchema, type JsonObject, type Relies } from '../../src/domain/entry.ts'
import { enclose } from '../../src/domain/envelope.ts'
import type { Sha256Hex, StreamId } from '../../src/domain/ids.ts'
import type { Refusal } from '../../src/domain/refusal.ts'
import type { Decision, EventDraft } from '../../src/domain/store.ts'
import type { Instant } from '../../src/domain/time.ts'
import { canonicalBytes } from '../../src/ledger/canonical.ts'
import { type Hash, leafHash } from '../../src/ledger/merkle.ts'
import { hex } from './memory.ts'
import type { Slot } from './slots.ts'
import type { Writer } from './writer.ts'

export interface Written {
  readonly entry: Entry
  readonly bytes: Uint8Array
  readonly leaf: Hash
  readonly leafHex: Sha256Hex
}

/** Entries in order, and the streams they change. */
export interface Prepared {
  readonly written: readonly Written[]
  readonly slots: ReadonlyMap<StreamId, { readonly before: Slot; readonly after: Slot }>
}

export interface Chosen {
  readonly decision: Exclude<Decision, { readonly refused: Refusal }>
  readonly relies: Relies | undefined
  readonly facts: JsonObject | undefined
  readonly at: Instant
  /** Of the first entry. */
  readonly seq: number
  /** A stream as it stands; throws for one the command did not name. */
  readonly slot: (stream: StreamId) => Slot
}

export function prepare(writer: Writer, command: Command, chosen: Chosen): Prepared {
  const { memory, calendar, crypto, nonce } = writer
  const { events, policy } = chosen.decision
  const { at, relies, facts } = chosen
  const slots = new Map<StreamId, { before: Slot; after: Slot }>()
  const written = events.map((draft, place): Written => {
    const { stream } = draft
    const seq = chosen.seq + place
    requireOrder(draft, { seq, last: place === events.length - 1 })
    const before = slots.get(stream)?.before ?? chosen.slot(stream)
    const now = slots.get(stream)?.after ?? before
    const entry = enclose(command, draft, {
      seq,
      revision: now.revision + 1,
      prev: now.prev,
      at,
      nonce: nonce(),
      calendar: calendar.id,
      policy,
      relies,
      first: place === 0,
      facts,
    })
    requireForm(entry)
    const bytes = canonicalBytes(entry)
    const leaf = leafHash(crypto, bytes)
    const leafHex = hex(leaf)
    const state = memory.fold(stream).apply(now.state, entry)
    const after = { revision: entry.revision, state, prev: leafHex, rows: before.rows }
    slots.set(stream, { before, after })
    return { entry, bytes, leaf, leafHex }
  })
  for (const [stream, { before, after }] of slots) {
    const rows = memory.rows(command.ledger, stream, after.state)
    slots.set(stream, { before, after: { ...after, rows } })
  }
  return { written, slots }
}

const GENESIS = 'ledger.genesis'
export const SEALED = 'ledger.sealed'

/** Entry 0 is the genesis and no other; nothing follows the seal (ledger-format §11). */
function requireOrder({ type }: EventDraft, { seq, last }: { seq: number; last: boolean }): void {
  if ((type === GENESIS) !== (seq === 0)) throw new Error(`${type} cannot be entry ${seq}`)
  if (type === SEALED && !last) throw new Error('an event follows the seal')
}

/** What no type has checked before: an entry of another form could be appended, and never read. */
const formSchema = entrySchema.pick({ by: true, nonce: true, type: true, workflow: true })

// Persons and names that were of their form once: the same few come again with every step.
const goodBys = new Set<string>()
const BYS_MAX = 10_000
const goodTypes = new Map<string, Set<string>>()

function requireForm({ by, nonce, type, workflow }: Entry): void {
  const types = goodTypes.get(workflow)
  const person = JSON.stringify(by)
  if (goodBys.has(person) && types?.has(type) === true && NONCE.test(nonce)) return
  formSchema.parse({ by, nonce, type, workflow })
  if (goodBys.size >= BYS_MAX) goodBys.clear()
  goodBys.add(person)
  if (types === undefined) goodTypes.set(workflow, new Set([type]))
  else types.add(type)
}

const NONCE = /^[A-Za-z0-9_-]{22}$/
