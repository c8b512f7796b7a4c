// The bytes of an entry (ledger-format §13): a strict subset of RFC 8785. The writer rejects and
// never repairs, so what was confirmed on screen is, to the byte, what is hashed and signed.
import { equalBytes, fromUtf8 } from './bytes.ts'
import { FormatError } from './error.ts'
import { faultOfUnit, faultOfPair, isQuickNfc, type TextFault } from './text.ts'

export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json }

/** An entry, or any object that may stand in one. */
export interface JsonObject {
  readonly [key: string]: Json
}

export type CanonicalCode =
  | TextFault
  | 'notAnObject'
  | 'unsupportedValue'
  | 'badKey'
  | 'badNumber'
  | 'tooDeep'
  | 'tooManyElements'
  | 'textTooLong'
  | 'tooLarge'
  | 'badUtf8'
  | 'badJson'
  | 'notCanonical'

/** `path` names the offending place, as in `body.lines.3.note`; empty for the whole entry. */
export class CanonicalError extends FormatError {
  declare readonly code: CanonicalCode
  readonly path: string

  constructor(code: CanonicalCode, path: string) {
    super(code, `not a canonical entry${path === '' ? '' : ` at ${path}`}`)
    this.path = path
  }
}

export const ENTRY_BYTES_MAX = 16 * 1024
/** Containers inside one another, the entry itself being the first. */
export const DEPTH_MAX = 8
export const ELEMENTS_MAX = 1000
/** Unicode characters (code points), not UTF-16 units. */
export const CHARACTERS_MAX = 4000
const KEY_LENGTH_MAX = 64

/**
 * The canonical bytes of `value`, in new memory; throws a CanonicalError. Keys may come in any
 * order, but an object built in key order spares the sort.
 */
export function canonicalBytes(value: JsonObject): Uint8Array {
  write(value)
  return out.slice(0, used)
}

/** The canonical text of `value`, for people; throws a CanonicalError. */
export function canonicalText(value: JsonObject): string {
  write(value)
  return fromUtf8(out.subarray(0, used))
}

/**
 * Inverse of canonicalBytes. Throws a CanonicalError on any bytes the writer would not have
 * written: duplicate or unsorted keys, spaces, other spellings of a number or string.
 */
export function parseCanonical(bytes: Uint8Array): JsonObject {
  if (bytes.length > ENTRY_BYTES_MAX) throw new CanonicalError('tooLarge', '')
  const value = parseJson(bytes)
  write(value)
  if (!equalBytes(out.subarray(0, used), bytes)) throw new CanonicalError('notCanonical', '')
  return value
}

function parseJson(bytes: Uint8Array): unknown {
  let text: string
  try {
    text = fromUtf8(bytes)
  } catch {
    throw new CanonicalError('badUtf8', '')
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new CanonicalError('badJson', '')
  }
}

// One buffer for all entries: writing is synchronous, and what leaves is copied. The size is
// checked before each value, so past the limit there must be room for one longest string.
const out = new Uint8Array(ENTRY_BYTES_MAX + 6 * CHARACTERS_MAX + KEY_LENGTH_MAX + 16)
let used = 0
const path: (string | number)[] = []

function fail(code: CanonicalCode, depth: number): never {
  throw new CanonicalError(code, path.slice(0, depth).join('.'))
}

function write(value: unknown): asserts value is JsonObject {
  used = 0
  if (!isPlainObject(value)) fail('notAnObject', 0)
  writeObject(value, 0)
  if (used > ENTRY_BYTES_MAX) fail('tooLarge', 0)
}

function writeValue(value: unknown, depth: number): void {
  if (used > ENTRY_BYTES_MAX) fail('tooLarge', 0)
  if (typeof value === 'string') writeString(value, depth)
  else if (typeof value === 'number') writeInteger(value, depth)
  else if (typeof value === 'boolean') writeAscii(value ? 'true' : 'false')
  else if (isArray(value)) writeArray(value, depth)
  // A Date, a Map or a Decimal is an object too, and would be written as something it is not.
  else if (isPlainObject(value)) writeObject(value, depth)
  else fail('unsupportedValue', depth)
}

function writeObject(value: Readonly<Record<string, unknown>>, depth: number): void {
  if (depth >= DEPTH_MAX) fail('tooDeep', depth)
  const keys = Object.keys(value)
  if (!isSorted(keys)) keys.sort()
  out[used++] = OPEN_BRACE
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] ?? ''
    path[depth] = key
    if (i > 0) out[used++] = COMMA
    writeKey(key, depth + 1)
    writeValue(value[key], depth + 1)
  }
  out[used++] = CLOSE_BRACE
}

// Keys are ASCII, so the order of UTF-16 units is that of code points and of bytes.
function isSorted(keys: readonly string[]): boolean {
  for (let i = 1; i < keys.length; i++) if ((keys[i - 1] ?? '') > (keys[i] ?? '')) return false
  return true
}

function writeArray(value: readonly unknown[], depth: number): void {
  if (depth >= DEPTH_MAX) fail('tooDeep', depth)
  if (value.length > ELEMENTS_MAX) fail('tooManyElements', depth)
  out[used++] = OPEN_BRACKET
  for (let i = 0; i < value.length; i++) {
    path[depth] = i
    if (i > 0) out[used++] = COMMA
    writeValue(value[i], depth + 1)
  }
  out[used++] = CLOSE_BRACKET
}

function writeKey(key: string, depth: number): void {
  const { length } = key
  if (length === 0 || length > KEY_LENGTH_MAX) fail('badKey', depth)
  out[used++] = QUOTE
  for (let i = 0; i < length; i++) {
    const unit = key.charCodeAt(i)
    const lower = unit >= 0x61 && unit <= 0x7a
    const later = i > 0 && ((unit >= 0x41 && unit <= 0x5a) || (unit >= 0x30 && unit <= 0x39))
    if (!lower && !later) fail('badKey', depth)
    out[used++] = unit
  }
  out[used++] = QUOTE
  out[used++] = COLON
}

function writeInteger(value: number, depth: number): void {
  // Negative zero would be written "0": a repair.
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) fail('badNumber', depth)
  writeAscii(String(value))
}

function writeAscii(text: string): void {
  for (let i = 0; i < text.length; i++) out[used++] = text.charCodeAt(i)
}

function writeString(text: string, depth: number): void {
  const { length } = text
  if (length > 2 * CHARACTERS_MAX) fail('textTooLong', depth)
  let at = used
  let pairs = 0
  let quick = true
  out[at++] = QUOTE
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i)
    if (unit >= 0x20 && unit < 0x7f) {
      if (unit === QUOTE || unit === BACKSLASH) out[at++] = BACKSLASH
      out[at++] = unit
    } else if (unit === LF) {
      out[at++] = BACKSLASH
      out[at++] = LETTER_N
    } else if (unit >= 0xd800 && unit < 0xe000) {
      const point = text.codePointAt(i) ?? 0
      const fault = faultOfPair(point)
      if (fault !== undefined) fail(fault, depth)
      at = writePair(point, at)
      pairs++
      i++
      quick = false
    } else {
      const fault = faultOfUnit(unit)
      if (fault !== undefined) fail(fault, depth)
      if (unit < 0x800) out[at++] = 0xc0 | (unit >> 6)
      else {
        out[at++] = 0xe0 | (unit >> 12)
        out[at++] = 0x80 | ((unit >> 6) & 63)
      }
      out[at++] = 0x80 | (unit & 63)
      quick &&= isQuickNfc(unit)
    }
  }
  out[at++] = QUOTE
  used = at
  if (length - pairs > CHARACTERS_MAX) fail('textTooLong', depth)
  if (!quick && text.normalize('NFC') !== text) fail('notNfc', depth)
}

function writePair(point: number, at: number): number {
  out[at] = 0xf0 | (point >> 18)
  out[at + 1] = 0x80 | ((point >> 12) & 63)
  out[at + 2] = 0x80 | ((point >> 6) & 63)
  out[at + 3] = 0x80 | (point & 63)
  return at + 4
}

function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const LF = 0x0a
const LETTER_N = 0x6e
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
