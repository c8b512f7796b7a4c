// A data directory is made beside its place and moved there when it is whole: a run that fails leaves nothing half-made.
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fault } from './faults.ts'
import { writing } from './files.ts'
import type { Session } from './session.ts'

/** What a demonstration leaves in its directory: such a one may be made again. */
export const DEMO_MARK = 'demo.json'

/**
 * Runs `work` in a new directory and moves it to its place. A crash before that leaves a `.tmp` directory, to be deleted.
 * @throws CliFault `directoryNotEmpty`
 */
export async function inNewData<T>(
  session: Session,
  { replaceDemo = false }: { readonly replaceDemo?: boolean },
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const { data } = session.paths
  const demo = replaceDemo && existsSync(join(data, DEMO_MARK))
  if (!demo && existsSync(data) && readdirSync(data).length > 0) {
    throw fault('directoryNotEmpty', { path: data })
  }
  const made = `${data}.${process.pid}.tmp`
  try {
    await writing(data, () => mkdir(made, { recursive: true }))
    const done = await work(session.at(made))
    await writing(data, () => replace(data, made))
    return done
  } finally {
    await rm(made, { recursive: true, force: true })
  }
}

async function replace(data: string, made: string): Promise<void> {
  await mkdir(dirname(data), { recursive: true })
  await rm(data, { recursive: true, force: true })
  await rename(made, data)
}
