// The accounts' file: opened, migrated, and handed out as three ports and the adapter better-auth works through.
import { join } from 'node:path'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { AccountStore, AttemptStore } from '../../src/domain/account.ts'
import type { AccountActLog } from '../../src/domain/account-act.ts'
import { migrate } from '../sqlite/migrate.ts'
import { connect } from '../sqlite/open.ts'
import { SqliteAccountActs } from './acts.ts'
import { SqliteAttempts } from './attempts.ts'
import * as tables from './sqlite.ts'
import { SqliteAccounts } from './store.ts'

export interface OpenAccounts {
  readonly accounts: AccountStore
  readonly attempts: AttemptStore
  readonly acts: AccountActLog
  /** Differs once anything in the file changed, by this connection or another. Microseconds. */
  version(): string
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
    const others = db.prepare<[], number>('pragma data_version').pluck()
    const own = db.prepare<[], number>('select total_changes()').pluck()
    return {
      accounts: new SqliteAccounts(db),
      attempts: new SqliteAttempts(db),
      acts: new SqliteAccountActs(db),
      version: () => `${String(others.get())} ${String(own.get())}`,
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
