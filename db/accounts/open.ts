// The accounts' file: opened, migrated, and handed out as two ports and the adapter better-auth works through.
import { join } from 'node:path'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { AccountStore, AttemptStore } from '../../src/domain/account.ts'
import { migrate } from '../sqlite/migrate.ts'
import { connect } from '../sqlite/open.ts'
import { SqliteAttempts } from './attempts.ts'
import * as tables from './sqlite.ts'
import { SqliteAccounts } from './store.ts'

export interface OpenAccounts {
  readonly accounts: AccountStore
  readonly attempts: AttemptStore
  /** For better-auth alone. */
  readonly database: ReturnType<typeof drizzleAdapter>
  close(): void
}

/** Beside this file in the source as in the build, which copies it. */
const migrationsFolder = join(import.meta.dirname, 'migrations')

/**
 * Opens (or makes) the file.
 * @throws MigrationRefused, UnsafeConnection
 */
export function openAccounts(file: string): OpenAccounts {
  const db = connect(file)
  try {
    // what is removed is overwritten on disk: accounts hold names
    db.pragma('secure_delete = ON')
    migrate(db, migrationsFolder)
    return {
      accounts: new SqliteAccounts(db),
      attempts: new SqliteAttempts(db),
      // `transaction: true` would throw: this driver's transactions take no promise
      database: drizzleAdapter(drizzle(db), {
        provider: 'sqlite',
        schema: tables,
        transaction: false,
      }),
      close: () => db.close(),
    }
  } catch (error) {
    db.close()
    throw error
  }
}
