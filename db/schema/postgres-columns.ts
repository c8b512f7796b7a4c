// Columns of PostgreSQL that hold what SQLite's do: same order of text, same numbers.
import { bigint, customType } from 'drizzle-orm/pg-core'

/** Byte order, as SQLite's BINARY. */
export const text = customType<{ data: string }>({ dataType: () => 'text collate "C"' })
/** Sizes and fen: up to 2^53 - 1, as a number under max() too. */
export const count = (name: string) => bigint(name, { mode: 'number' })
