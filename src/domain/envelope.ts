// The envelope of an entry (ledger-format §13): what commit adds to the events decide drafted. One
// function for writing and for re-deciding, so that verify compares bytes with bytes.
import type { Command } from './command.ts'
import type { Entry, JsonObject, Relies } from './entry.ts'
import type { Sha256Hex } from './ids.ts'
import type { EventDraft } from './store.ts'
import type { Instant } from './time.ts'

export interface Envelope {
  readonly seq: number
  readonly revision: number
  /** Leaf hash of the stream's previous entry; `noEntry` before the first. */
  readonly prev: Sha256Hex
  readonly at: Instant
  readonly nonce: string
  /** Id of the calendar. */
  readonly calendar: string
  readonly policy?: string | undefined
  readonly relies?: Relies | undefined
  /** The first entry answers the command: it alone carries `facts`, `files` and `seen`. */
  readonly first: boolean
  /** As recorded by `recordFact`, by name; absent where none was asked. */
  readonly facts?: JsonObject | undefined
}

/** One entry, its keys in canonical order (spares the writer a sort). */
export function enclose(command: Command, draft: EventDraft, envelope: Envelope): Entry {
  const { first, facts, policy, relies } = envelope
  const { files, seen } = command
  return {
    at: envelope.at,
    body: draft.body,
    by: command.by,
    calendar: envelope.calendar,
    command: command.id,
    ...(first && facts !== undefined ? { facts } : undefined),
    ...(first && files !== undefined ? { files: [...files] } : undefined),
    ledger: command.ledger,
    nonce: envelope.nonce,
    ...(policy === undefined ? undefined : { policy }),
    prev: envelope.prev,
    ...(relies === undefined ? undefined : { relies }),
    revision: envelope.revision,
    ...(draft.sd === undefined ? undefined : { sd: [...draft.sd] }),
    ...(first && seen !== undefined ? { seen } : undefined),
    seq: envelope.seq,
    stream: draft.stream,
    type: draft.type,
    v: 1,
    workflow: draft.workflow,
  }
}
