// Opens the embedded store in the toy world, in a folder of its own.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeCrypto } from '../../src/app/crypto.ts'
import { openSqlite, type OpenStore, type SqliteOptions } from '../../db/open.ts'
import { calendar, countingClock, countingNonce, signer, workings } from './store-world.ts'

export interface Folder {
  readonly path: string
  readonly file: string
  remove(): void
}

export function folder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'store-'))
  return {
    path,
    file: join(path, 'ledger.db'),
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

export const toyOptions = (file: string): SqliteOptions => ({
  file,
  workings,
  crypto: nodeCrypto,
  signer,
  clock: countingClock(),
  nonce: countingNonce(),
  calendar,
})

export const openToy = (file: string, options: Partial<SqliteOptions> = {}): Promise<OpenStore> =>
  openSqlite({ ...toyOptions(file), ...options })
