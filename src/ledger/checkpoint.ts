// Checkpoints (C2SP tlog-checkpoint): origin, size and root, in exactly three lines. Extension
// lines are refused, for no auditor could say what they mean.
import { fromBase64, toBase64 } from './bytes.ts'
import type { LedgerCrypto } from './crypto.ts'
import { FormatError } from './error.ts'
import { HASH_BYTES, type Hash } from './merkle.ts'
import { isKeyName, openNote, type VerifierKey } from './note.ts'

export class CheckpointError extends FormatError {}

export interface Checkpoint {
  readonly origin: string
  /** Number of entries, > 0: entry 0 is the genesis, so an empty ledger has no checkpoint. */
  readonly size: number
  readonly root: Hash
}

/** The text to be signed; throws a CheckpointError for what parseCheckpointText would refuse. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  if (!isKeyName(origin)) throw new CheckpointError('badOrigin', 'origin is not a key name')
  if (!Number.isSafeInteger(size) || size <= 0) throw new CheckpointError('badSize', `${size}`)
  if (root.length !== HASH_BYTES) throw new CheckpointError('badRoot', 'root is not 32 bytes')
  return `${origin}\n${size}\n${toBase64(root)}\n`
}

/** Inverse of checkpointText; throws a CheckpointError. The text alone proves nothing. */
export function parseCheckpointText(text: string): Checkpoint {
  const [origin = '', sizeText = '', rootText = '', end, ...more] = text.split('\n')
  if (end !== '' || more.length > 0) throw new CheckpointError('badCheckpoint', 'not three lines')
  if (!isKeyName(origin)) throw new CheckpointError('badOrigin', 'origin is not a key name')
  const size = parseDecimal(sizeText)
  if (size === undefined || size === 0) throw new CheckpointError('badSize', 'not a tree size')
  return { origin, size, root: parseRoot(rootText) }
}

/**
 * The checkpoint in a note signed by `key`, the pinned key of one ledger. The origin must equal
 * the key's name to the byte: a key speaks for its own ledger only. Throws a NoteError (see
 * openNote) or a CheckpointError, `originMismatch` among them.
 */
export function openCheckpoint(c: LedgerCrypto, note: string, key: VerifierKey): Checkpoint {
  const checkpoint = parseCheckpointText(openNote(c, note, [key]).text)
  if (checkpoint.origin !== key.name) {
    throw new CheckpointError('originMismatch', `of ${checkpoint.origin}, not of ${key.name}`)
  }
  return checkpoint
}

/** A size or index in its one spelling, 0 to 2^53 - 1; undefined for anything else. */
export function parseDecimal(text: string): number | undefined {
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text)) return undefined
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : undefined
}

function parseRoot(text: string): Hash {
  let root: Hash | undefined
  try {
    root = fromBase64(text)
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
  }
  if (root?.length !== HASH_BYTES) throw new CheckpointError('badRoot', 'not 32 bytes in base64')
  return root
}
