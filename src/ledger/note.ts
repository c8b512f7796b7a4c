// Signed notes (C2SP signed-note) with Ed25519 keys: the envelope of checkpoints.
import { concatBytes, equalBytes, fromBase64, fromHex, toBase64, toHex, utf8 } from './bytes.ts'
import type { LedgerCrypto } from './crypto.ts'
import { FormatError } from './error.ts'

export class NoteError extends FormatError {}

/** A public key that is trusted because it was pinned, never because a note or server named it. */
export interface VerifierKey {
  readonly name: string
  /** 4 bytes: first of SHA-256(name || LF || type || public key). */
  readonly keyId: Uint8Array
  /** 32 bytes. */
  readonly publicKey: Uint8Array
}

export interface NoteSigner {
  readonly name: string
  /** 32 bytes. */
  readonly seed: Uint8Array
}

/** One line below a note's text. What it claims is unknown until its key has been used on it. */
export interface SignatureLine {
  readonly name: string
  readonly keyId: Uint8Array
  readonly signature: Uint8Array
}

export const ED25519 = 0x01
export const NOTE_BYTES_MAX = 64 * 1024
export const SIGNATURES_MAX = 32

/**
 * True for a name that can stand in a key or signature line: not empty, no plus, no control
 * character, no white space as Go and Unicode define it (JavaScript's \s differs: U+0085, U+FEFF).
 */
export function isKeyName(name: string): boolean {
  return (
    name !== '' &&
    name.isWellFormed() &&
    !/[\u0000-\u0020+\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/.test(name)
  )
}

/** `name+keyid+base64`, the text an inspector pins; throws a NoteError `badKeyName`. */
export function vkeyOf(c: LedgerCrypto, name: string, publicKey: Uint8Array): string {
  const keyId = keyIdOf(c, { name, type: ED25519, publicKey })
  return `${name}+${toHex(keyId)}+${toBase64(concatBytes([ED25519], publicKey))}`
}

/** Inverse of vkeyOf; throws a NoteError, `badKey` or `keyIdMismatch`. */
export function parseVkey(c: LedgerCrypto, text: string): VerifierKey {
  return parseTypedVkey(c, text, ED25519)
}

/** As parseVkey, for a key whose signatures are of another `type` (cosignature.ts). */
export function parseTypedVkey(c: LedgerCrypto, text: string, type: number): VerifierKey {
  const { name, keyId, bytes: publicKey } = parseKey(text, type)
  if (!equalBytes(keyId, keyIdOf(c, { name, type, publicKey }))) {
    throw new NoteError('keyIdMismatch', 'key does not have the id written beside it')
  }
  return { name, keyId, publicKey }
}

/** `PRIVATE+KEY+name+keyid+base64`, as Go's note package writes it. Secret. */
export function skeyOf(c: LedgerCrypto, name: string, seed: Uint8Array): string {
  const keyId = keyIdOf(c, { name, type: ED25519, publicKey: c.publicKey(seed) })
  return `${SKEY_PREFIX}${name}+${toHex(keyId)}+${toBase64(concatBytes([ED25519], seed))}`
}

/** Inverse of skeyOf; throws a NoteError whose message does not hold the key. */
export function parseSkey(c: LedgerCrypto, text: string): NoteSigner {
  if (!text.startsWith(SKEY_PREFIX)) throw new NoteError('badKey', 'not a private key')
  const { name, keyId, bytes: seed } = parseKey(text.slice(SKEY_PREFIX.length), ED25519)
  if (!equalBytes(keyId, keyIdOf(c, { name, type: ED25519, publicKey: c.publicKey(seed) }))) {
    throw new NoteError('keyIdMismatch', 'key does not have the id written beside it')
  }
  return { name, seed }
}

const SKEY_PREFIX = 'PRIVATE+KEY+'

// Only the first two plus signs separate: base64 may hold more.
function parseKey(text: string, type: number) {
  const first = text.indexOf('+')
  const second = text.indexOf('+', first + 1)
  const name = text.slice(0, Math.max(first, 0))
  if (second < 0 || second - first !== 9 || !isKeyName(name)) {
    throw new NoteError('badKey', 'not of the form name+keyid+base64')
  }
  const keyId = strict('badKey', () => fromHex(text.slice(first + 1, second)))
  const payload = strict('badKey', () => fromBase64(text.slice(second + 1)))
  if (payload.length !== 33 || payload[0] !== type) {
    throw new NoteError('badKey', `not a key of type ${type}`)
  }
  return { name, keyId, bytes: payload.slice(1) }
}

function keyIdOf(
  c: LedgerCrypto,
  key: { name: string; type: number; publicKey: Uint8Array },
): Uint8Array {
  if (!isKeyName(key.name)) throw new NoteError('badKeyName', 'not a key name')
  if (key.publicKey.length !== 32) throw new RangeError('public key length')
  return c.sha256(concatBytes(utf8(key.name), [LF, key.type], key.publicKey)).slice(0, 4)
}

const LF = 0x0a
const LINE_PREFIX = '\u2014 '

/**
 * `text` with the signer's line under it. Throws a NoteError `badText` unless the text ends in LF
 * and has no empty line and no other control character: readers that split at the first empty
 * line and those that split at the last must see the same text.
 */
export function signNote(c: LedgerCrypto, text: string, signer: NoteSigner): string {
  if (!text.endsWith('\n') || text.includes('\n\n') || !isNoteText(text)) {
    throw new NoteError('badText', 'text cannot be signed')
  }
  const { name, seed } = signer
  const keyId = keyIdOf(c, { name, type: ED25519, publicKey: c.publicKey(seed) })
  const signature = c.sign(seed, utf8(text))
  return `${text}\n${LINE_PREFIX}${name} ${toBase64(concatBytes(keyId, signature))}\n`
}

/**
 * The text of a note that at least one trusted key has signed, and the names that did. Throws a
 * NoteError: `badNote`, `tooManySignatures`, `badSignature` (a trusted key's line does not
 * verify: the whole note is refused, whoever else signed), `unverified` (no trusted key signed),
 * `ambiguousKey` (two trusted keys share name and id). Lines of unknown keys are ignored.
 */
export function openNote(
  c: LedgerCrypto,
  note: string,
  trusted: readonly VerifierKey[],
): { text: string; verifiedBy: readonly string[] } {
  const { text, signatures } = splitNote(note)
  const message = utf8(text)
  const verifiedBy = new Set<string>()
  for (const line of signatures) {
    const key = keyOfLine(trusted, line)
    if (key === undefined) continue
    if (!c.verify(key.publicKey, message, line.signature)) {
      throw new NoteError('badSignature', `signature by ${key.name} does not verify`)
    }
    verifiedBy.add(key.name)
  }
  if (verifiedBy.size === 0) throw new NoteError('unverified', 'no trusted key signed the note')
  return { text, verifiedBy: [...verifiedBy] }
}

/** The trusted key with the line's name and id, both; undefined if it is unknown. */
export function keyOfLine(
  trusted: readonly VerifierKey[],
  line: SignatureLine,
): VerifierKey | undefined {
  const known = trusted.filter((k) => k.name === line.name && equalBytes(k.keyId, line.keyId))
  if (known.length > 1) throw new NoteError('ambiguousKey', `two keys of ${line.name} share an id`)
  return known[0]
}

/** The parts of a note, nothing of it verified; throws a NoteError `badNote`. */
export function splitNote(note: string): { text: string; signatures: readonly SignatureLine[] } {
  if (note.length > NOTE_BYTES_MAX || !isNoteText(note) || utf8(note).length > NOTE_BYTES_MAX) {
    throw new NoteError('badNote', 'not well-formed text of at most 64 KiB')
  }
  const split = note.lastIndexOf('\n\n')
  if (split < 0 || !note.endsWith('\n') || split + 2 === note.length) {
    throw new NoteError('badNote', 'no signatures below an empty line')
  }
  const lines = note.slice(split + 2, -1).split('\n')
  if (lines.length > SIGNATURES_MAX) throw new NoteError('tooManySignatures', 'over 32 signatures')
  return { text: note.slice(0, split + 1), signatures: lines.map(parseLine) }
}

function parseLine(line: string): SignatureLine {
  const space = line.indexOf(' ', LINE_PREFIX.length)
  const name = line.slice(LINE_PREFIX.length, Math.max(space, 0))
  if (!line.startsWith(LINE_PREFIX) || !isKeyName(name)) {
    throw new NoteError('badNote', 'not a signature line')
  }
  const payload = strict('badNote', () => fromBase64(line.slice(space + 1)))
  if (payload.length < 5) throw new NoteError('badNote', 'signature too short')
  return { name, keyId: payload.slice(0, 4), signature: payload.slice(4) }
}

function isNoteText(text: string): boolean {
  return text.isWellFormed() && !/[\u0000-\u0009\u000b-\u001f]/.test(text)
}

function strict<T>(code: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof FormatError) throw new NoteError(code, error.message)
    throw error
  }
}
