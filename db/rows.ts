// Stored bytes → Entry. The one place where entries' JSON is opened on the way out.
import { type Entry, entrySchema } from '../src/domain/entry.ts'
import { fromUtf8 } from '../src/ledger/bytes.ts'

/** @throws when the bytes are no entry: they were checked when written, so this is corruption */
export function entryOf(bytes: Uint8Array): Entry {
  return entrySchema.parse(JSON.parse(fromUtf8(bytes)))
}
