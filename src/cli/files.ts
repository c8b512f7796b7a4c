// Files that commands read and write, with a sentence for whatever the system says.
import { readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { makeFolder } from '../app/folders.ts'
import { fault, isOfSystem, systemCode } from './faults.ts'
import type { Session } from './session.ts'

/** @throws CliFault `fileUnreadable` */
export async function readBytes(session: Session, path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(resolve(session.world.cwd, path)))
  } catch (cause) {
    throw fault('fileUnreadable', { path, detail: systemCode(cause) }, { cause })
  }
}

/** @throws CliFault `fileUnreadable`, also for what is not UTF-8 */
export async function readText(session: Session, path: string): Promise<string> {
  const bytes = await readBytes(session, path)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw fault('fileUnreadable', { path, detail: 'UTF-8' }, { cause })
  }
}

/** Whole or not at all. @throws CliFault `fileUnwritable` */
export async function writeText(session: Session, path: string, text: string): Promise<void> {
  const file = resolve(session.world.cwd, path)
  const temporary = `${file}.${process.pid}.tmp`
  await writing(path, async () => {
    makeFolder(dirname(file))
    await writeFile(temporary, text)
    await rename(temporary, file)
  })
}

/** Turns what the system says while reading into a fault. */
export async function reading<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (!isOfSystem(cause)) throw cause
    throw fault('fileUnreadable', { path, detail: systemCode(cause) }, { cause })
  }
}

/** Turns what the system says while writing into a fault. */
export async function writing<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (!isOfSystem(cause)) throw cause
    throw fault('fileUnwritable', { path, detail: systemCode(cause) }, { cause })
  }
}
