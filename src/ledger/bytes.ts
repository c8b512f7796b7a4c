// Text forms of bytes, strict: one byte string has exactly one accepted text, or a flipped
// character could leave what it stands for unchanged and tampering would go unseen.
import { FormatError } from './error.ts'

const encoder = new TextEncoder()
// ignoreBOM keeps U+FEFF in the text, where the rules for entries and notes can see it.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** UTF-8 bytes of a well-formed string; throws a FormatError on a lone surrogate. */
export function utf8(text: string): Uint8Array {
  if (!text.isWellFormed()) throw new FormatError('illFormedText', 'lone surrogate in text')
  return encoder.encode(text)
}

/** The text of valid UTF-8; throws a FormatError instead of putting U+FFFD in its place. */
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new FormatError('badUtf8', 'bytes are not UTF-8')
  }
}

const HEX = utf8('0123456789abcdef')

/** Lower-case hex, two digits a byte. */
export function toHex(bytes: Uint8Array): string {
  const digits = new Uint8Array(bytes.length * 2)
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    digits[2 * i] = HEX[byte >> 4] ?? 0
    digits[2 * i + 1] = HEX[byte & 15] ?? 0
  }
  // One flat string: a rope of 32 pieces would stay in memory for every stream head an audit keeps.
  return decoder.decode(digits)
}

/** Inverse of toHex: lower case only, whole bytes only; throws a FormatError. */
export function fromHex(text: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new FormatError('badHex', 'not lower-case hex')
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16)
  }
  return bytes
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const sextetOf = new Int8Array(128).fill(-1)
for (let i = 0; i < BASE64.length; i++) sextetOf[BASE64.charCodeAt(i)] = i

/** RFC 4648 §4, with padding. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const a = bytes[i] ?? 0
    const b = bytes[i + 1] ?? 0
    const c = bytes[i + 2] ?? 0
    text += BASE64.charAt(a >> 2) + BASE64.charAt(((a & 3) << 4) | (b >> 4))
    text += i + 1 < bytes.length ? BASE64.charAt(((b & 15) << 2) | (c >> 6)) : '='
    text += i + 2 < bytes.length ? BASE64.charAt(c & 63) : '='
  }
  return text
}

/** Inverse of toBase64. Throws a FormatError on what it would have written differently. */
export function fromBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0) throw new FormatError('badBase64', 'length is no multiple of four')
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  for (let i = 0, at = 0; i < text.length; i += 4) {
    const group =
      (sextet(text, i, padding) << 18) |
      (sextet(text, i + 1, padding) << 12) |
      (sextet(text, i + 2, padding) << 6) |
      sextet(text, i + 3, padding)
    // Writes past the end are dropped: those are the padded places.
    bytes[at++] = group >> 16
    bytes[at++] = (group >> 8) & 255
    bytes[at++] = group & 255
  }
  // The bits that padding leaves over may hide a second spelling of the same bytes.
  if (toBase64(bytes) !== text) throw new FormatError('badBase64', 'not the canonical spelling')
  return bytes
}

function sextet(text: string, at: number, padding: number): number {
  if (at >= text.length - padding) return 0
  const value = sextetOf[text.charCodeAt(at)] ?? -1
  if (value < 0) throw new FormatError('badBase64', 'character outside the alphabet')
  return value
}

/** True if both hold the same bytes. Not constant-time: nothing secret is compared. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** The parts one after another, in new memory. */
export function concatBytes(...parts: readonly ArrayLike<number>[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
