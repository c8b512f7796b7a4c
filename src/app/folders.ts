// Folders for what is written: Node's own way of making several at once never returns where one cannot be made (under
// /proc, say), so they are made one by one.
import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

interface Made {
  /** Rights of the folders that are made, not of those that stand. */
  readonly mode?: number
}

/**
 * The folder and whatever above it is not there; true when it was made.
 * @throws what the system says, at once: `ENOTDIR` where a file stands in the way
 */
export function makeFolder(folder: string, how: Made = {}): boolean {
  try {
    mkdirSync(folder, how)
    return true
  } catch (error) {
    const code = codeOf(error)
    // another run may make the same ones at the same time
    if (code === 'EEXIST' && statSync(folder).isDirectory()) return false
    if (code !== 'ENOENT' || dirname(folder) === folder) throw error
  }
  makeFolder(dirname(folder), how)
  try {
    mkdirSync(folder, how)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && statSync(folder).isDirectory()) return false
    throw error
  }
}

/** What the system calls it; `''` for any other error. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''
