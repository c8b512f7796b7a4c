// One config for both stores: STORE=sqlite (default) or STORE=postgres.
import { defineConfig } from 'drizzle-kit'

const postgres = process.env['STORE'] === 'postgres'

export default defineConfig({
  dialect: postgres ? 'postgresql' : 'sqlite',
  schema: postgres ? './db/schema/postgres.ts' : './db/schema/sqlite.ts',
  out: postgres ? './db/postgres/migrations' : './db/sqlite/migrations',
})
