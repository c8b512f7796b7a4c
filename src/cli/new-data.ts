// A data directory is made beside its place and moved there when it is whole: a run that fails leaves nothing half-made.
import { existsSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { makeFolder } from '../app/folders.ts'
import { fault } from './faults.ts'
import { writing } from './files.ts'
import { holding } from './holding.ts'
import type { Session } from './session.ts'

/** What a demonstration leaves in its directory: such a one may be made again. */
export const DEMO_MARK = 'demo.json'

/** All that a demonstration or its use leaves there; beside anything else it is no directory of ours to replace. */
const OWN =
  /^(?:demo\.json|serving\.lock|keys|heads|attachments|(?:ledger|drafts|ballots|ballot-links|vault|vault-keys|accounts|attachments|attempts|jobs)\.db(?:-wal|-shm|-journal)?)$/

const HALF_MADE = /\.\d+(?:\.old)?\.tmp$/

/** Nothing but ours lies there: files of an installation, other data directories, and what is being made of one. */
export const isOurs = (data: string): boolean =>
  readdirSync(data).every(
    (name) => OWN.test(name) || HALF_MADE.test(name) || existsSync(join(data, name, 'ledger.db')),
  )

/** A directory that holds a demonstration and nothing else. */
export function isDemo(data: string): boolean {
  return existsSync(join(data, DEMO_MARK)) && readdirSync(data).every((name) => OWN.test(name))
}

/**
 * Runs `work` in a new directory and moves it to its place. An interrupted run takes its directory with it; of one that was
 * killed it stays behind as `.tmp`, until the next run.
 * @throws CliFault `directoryNotEmpty`, `notADirectory`, `fileUnwritable`, `dataInUse`
 */
export async function inNewData<T>(
  session: Session,
  { replaceDemo = false }: { readonly replaceDemo?: boolean },
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const { data } = session.paths
  requireFree(data, replaceDemo)
  await requireUnheld(session)
  const settle = async (made: string): Promise<void> => {
    // a server may have begun to serve it meanwhile
    await requireUnheld(session)
    await replace(data, made)
  }
  return making(session, settle, work)
}

/** @throws CliFault `dataInUse` */
async function requireUnheld(session: Session): Promise<void> {
  if (existsSync(session.paths.lock)) await holding(session, () => Promise.resolve())
}

/** Runs `work` in a directory beside the place; `settle` then moves what was made there. */
export async function making<T>(
  session: Session,
  settle: (made: string) => Promise<void>,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const { data } = session.paths
  await writing(data, async () => {
    makeFolder(dirname(data))
    sweep(session)
  })
  const made = `${data}.${process.pid}.tmp`
  const forget = session.world.onInterrupt(() => {
    removeQuietly(made)
    session.warn({
      zh: `已中断：没有做完的数据已删除，${data} 没有改动`,
      en: `Interrupted: what was half made is deleted; ${data} is as it was`,
    })
  })
  try {
    // the files in it are as others may read them: totals of a vote under way, password hashes
    await writing(data, async () => makeFolder(made, { mode: 0o700 }))
    const done = await work(session.at(made))
    await writing(data, () => settle(made))
    return done
  } finally {
    forget()
    await rm(made, { recursive: true, force: true })
  }
}

function requireFree(data: string, replaceDemo: boolean): void {
  if (!existsSync(data)) return
  if (!statSync(data).isDirectory()) throw fault('notADirectory', { path: data })
  if (readdirSync(data).length === 0 || (replaceDemo && isDemo(data))) return
  throw fault('directoryNotEmpty', { path: data })
}

/** No signal comes between the two names; killed there, the old demonstration lies beside and the next run deletes it. */
async function replace(data: string, made: string): Promise<void> {
  const old = `${made.slice(0, -'.tmp'.length)}.old.tmp`
  const there = existsSync(data)
  if (there && readdirSync(data).length === 0) rmdirSync(data)
  else if (there) renameSync(data, old)
  renameSync(made, data)
  await rm(old, { recursive: true, force: true })
}

/** What runs that were killed left beside the place. */
function sweep(session: Session): void {
  const { data } = session.paths
  const place = dirname(data)
  const left = new RegExp(`^${escaped(basename(data))}\\.(\\d+)(?:\\.old)?\\.tmp$`)
  for (const name of readdirSync(place)) {
    const pid = left.exec(name)?.[1]
    if (pid === undefined || isRunning(Number(pid))) continue
    rmSync(join(place, name), { recursive: true, force: true })
    session.note(
      session.say({
        zh: `已删除上次中断留下的 ${name}`,
        en: `Deleted ${name}, left by a run that was interrupted`,
      }),
    )
  }
}

/** Somebody else's process counts: its directory is let be. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Where files are still open and the system will not delete them, the next run does. */
function removeQuietly(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {}
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
