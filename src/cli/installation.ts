// A data directory that nobody has founded a township in: made by the first start of the server, founded in by `init`.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../app/folders.ts'
import { fault } from './faults.ts'
import { writing } from './files.ts'
import { holding } from './holding.ts'
import { inNewData, isOurs, making } from './new-data.ts'
import type { Session } from './session.ts'

/**
 * The directory, made if it is not there: an installation without a township. One that holds other things than ours is let be.
 * @throws CliFault `notADirectory`, `directoryNotEmpty`, `fileUnwritable`
 */
export async function installationAt({ paths: { data, ledger } }: Session): Promise<void> {
  if (existsSync(ledger)) return
  if (existsSync(data)) {
    if (!statSync(data).isDirectory()) throw fault('notADirectory', { path: data })
    if (!isOurs(data)) throw fault('directoryNotEmpty', { path: data })
  }
  await writing(data, async () => makeFolder(data, { mode: 0o700 }))
}

/** Is a township still to be founded here? Where nothing is, it is. */
export async function isUnfounded(session: Session): Promise<boolean> {
  const { ledger } = session.paths
  if (!existsSync(ledger)) return true
  return session.reading((reading) => Promise.resolve(reading.ledgers.ledgers().length === 0))
}

/**
 * Runs `work`, which founds a township, in a new directory, and moves what it made to its place: where the server has been
 * before, into the installation that is there, beside its accounts.
 * @throws CliFault as `inNewData`
 */
export async function inUnfounded<T>(
  session: Session,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const { data } = session.paths
  const isThere = existsSync(data) && statSync(data).isDirectory() && readdirSync(data).length > 0
  if (!isThere || !isOurs(data)) return inNewData(session, {}, work)
  await installationAt(session)
  return holding(session, async () => {
    if (!(await isUnfounded(session))) throw fault('directoryNotEmpty', { path: data })
    return making(session, (made) => settle(data, made), work)
  })
}

const OF_DATABASE = ['', '-wal', '-shm', '-journal']

/**
 * The ledger comes last but one: until it is there nobody has founded anything, and `init` begins anew. A crash before the
 * heads are there leaves them to the next start, which takes them from the ledger.
 */
async function settle(data: string, made: string): Promise<void> {
  for (const name of ['vault.db', 'vault-keys.db']) replaceDatabase(data, made, name)
  moveInto(join(made, 'keys'), join(data, 'keys'))
  replaceDatabase(data, made, 'ledger.db')
  moveInto(join(made, 'heads'), join(data, 'heads'))
}

/** The old one goes whole before: a log that stayed behind would be played into the new one. */
function replaceDatabase(data: string, made: string, name: string): void {
  for (const end of OF_DATABASE) rmSync(join(data, `${name}${end}`), { force: true })
  for (const end of OF_DATABASE.filter((one) => existsSync(join(made, `${name}${one}`))).reverse())
    renameSync(join(made, `${name}${end}`), join(data, `${name}${end}`))
}

/** Keys and heads may lie elsewhere: then they are in their place already. */
function moveInto(from: string, to: string): void {
  if (!existsSync(from)) return
  if (!existsSync(to)) mkdirSync(to, { mode: 0o700 })
  for (const name of readdirSync(from)) renameSync(join(from, name), join(to, name))
}
