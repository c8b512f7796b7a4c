// A `.tlog-proof` file (C2SP tlog-proof): one entry, its way to the root and the signed
// checkpoint, so that a single file convinces whoever holds the ledger's public key, offline.
import { fromBase64, toBase64 } from './bytes.ts'
import { openCheckpoint, parseDecimal, type Checkpoint } from './checkpoint.ts'
import type { LedgerCrypto } from './crypto.ts'
import { FormatError } from './error.ts'
import { HASH_BYTES, leafHash, verifyInclusion, type Hash } from './merkle.ts'
import { splitNote, type VerifierKey } from './note.ts'

export class ProofError extends FormatError {}

export interface Proof {
  readonly index: number
  /** From the leaf's sibling to the root's child. */
  readonly proof: readonly Hash[]
  /** The signed checkpoint verbatim, with whatever cosignatures it carries. */
  readonly checkpointNote: string
  /** The raw entry. The format calls its place unauthenticated; the leaf hash authenticates it. */
  readonly entryBytes: Uint8Array
}

export interface ProvenEntry {
  readonly entryBytes: Uint8Array
  readonly index: number
  readonly checkpoint: Checkpoint
}

const FIRST_LINE = 'c2sp.org/tlog-proof@v1'
// A tree of 2^53 - 1 entries is 53 levels high.
const PROOF_HASHES_MAX = 53
const FILE_CHARACTERS_MAX = 256 * 1024

/** The file's text. Checks nothing but that it can be read back; throws as parsing it would. */
export function writeProof(p: Proof): string {
  const hashes = p.proof.map((hash) => `${toBase64(hash)}\n`).join('')
  const head = `${FIRST_LINE}\nextra ${toBase64(p.entryBytes)}\nindex ${p.index}\n${hashes}`
  const text = `${head}\n${p.checkpointNote}`
  parseProof(text)
  return text
}

/**
 * The entry that `text` proves to be in the ledger of `key`. Throws a ProofError (`badProof`,
 * `entryMissing`, `notIncluded`), a NoteError or a CheckpointError.
 */
export function verifyProofFile(c: LedgerCrypto, text: string, key: VerifierKey): ProvenEntry {
  const { index, proof, checkpointNote, entryBytes } = parseProof(text)
  const checkpoint = openCheckpoint(c, checkpointNote, key)
  const leaf = leafHash(c, entryBytes)
  const { size, root } = checkpoint
  if (!verifyInclusion(c, { leaf, index, size, proof, root })) {
    throw new ProofError('notIncluded', `entry ${index} is not in the tree of ${size}`)
  }
  return { entryBytes, index, checkpoint }
}

// Nothing is verified yet: private, so that no caller takes the parts for proven.
function parseProof(text: string): Proof {
  const end = text.indexOf('\n\n')
  if (text.length > FILE_CHARACTERS_MAX || end < 0) throw new ProofError('badProof', 'not a proof')
  const checkpointNote = text.slice(end + 2)
  splitNote(checkpointNote)
  const [first, extra = '', indexLine = '', ...hashes] = text.slice(0, end).split('\n')
  if (first !== FIRST_LINE) throw new ProofError('badProof', `does not start with ${FIRST_LINE}`)
  if (!extra.startsWith('extra ')) throw new ProofError('entryMissing', 'the entry is not with it')
  const index = indexLine.startsWith('index ') ? parseDecimal(indexLine.slice(6)) : undefined
  if (index === undefined) throw new ProofError('badProof', 'no index')
  if (hashes.length > PROOF_HASHES_MAX) throw new ProofError('badProof', 'too many hashes')
  const proof = hashes.map((line) => decode(line))
  if (proof.some((hash) => hash.length !== HASH_BYTES)) {
    throw new ProofError('badProof', 'a hash is not 32 bytes')
  }
  return { index, proof, checkpointNote, entryBytes: decode(extra.slice(6)) }
}

function decode(text: string): Uint8Array {
  try {
    return fromBase64(text)
  } catch (error) {
    if (error instanceof FormatError) throw new ProofError('badProof', error.message)
    throw error
  }
}
