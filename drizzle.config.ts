// One config for every database file: STORE=sqlite (the ledgers, default) or postgres, or a file beside the ledgers by the folder
// of db/ that holds its tables for SQLite: accounts, jobs, …
import { existsSync } from 'node:fs'
import { defineConfig } from 'drizzle-kit'

const store = process.env['STORE'] ?? 'sqlite'
const beside = `./db/${store}/sqlite.ts`
const ledgers = [`./db/schema/${store}.ts`, `./db/schema/${store}-projections.ts`]
const schema = existsSync(beside) ? [beside] : ledgers
if (!schema.every((file) => existsSync(file))) throw new Error('STORE names no store')

export default defineConfig({
  dialect: store === 'postgres' ? 'postgresql' : 'sqlite',
  schema,
  out: `./db/${store}/migrations`,
})
