// One config for both stores: STORE=sqlite (default) or STORE=postgres.
import { defineConfig } from 'drizzle-kit'

const dialectFiles = (store: string) => [
  `./db/schema/${store}.ts`,
  `./db/schema/${store}-projections.ts`,
]
const postgres = process.env['STORE'] === 'postgres'

export default defineConfig({
  dialect: postgres ? 'postgresql' : 'sqlite',
  schema: dialectFiles(postgres ? 'postgres' : 'sqlite'),
  out: postgres ? './db/postgres/migrations' : './db/sqlite/migrations',
})
