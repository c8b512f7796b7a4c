// Everything a database file holds, in an order of its own: two files with the same answer hold the same.
import Database from 'better-sqlite3'

/** Every row of every table as JSON, by table; blobs as base64. */
export function rowsOf(file: string): Readonly<Record<string, readonly string[]>> {
  const db = new Database(file, { readonly: true })
  try {
    const tables = db
      .prepare<[], string>("select name from sqlite_schema where type = 'table' order by name")
      .pluck()
      .all()
    return Object.fromEntries(
      tables.map((table) => {
        const rows = db.prepare<[], Record<string, unknown>>(`select * from "${table}"`).all()
        return [table, rows.map((row) => JSON.stringify(row, base64)).toSorted()]
      }),
    )
  } finally {
    db.close()
  }
}

const base64 = (_key: string, value: unknown): unknown =>
  Buffer.isBuffer(value) ? value.toString('base64') : value
