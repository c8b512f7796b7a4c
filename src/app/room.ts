// Whether a folder can still be written to, and for how long.
import { access, constants, statfs } from 'node:fs/promises'
import { codeOf } from './folders.ts'

/** Below that somebody must see to it: weeks of a township's entries, minutes of its uploads. */
export const LEAST_BYTES = 512 * 1024 * 1024

/** Is there room on the disk of this folder? A disk that cannot be asked has none. */
export async function hasRoom(folder: string, least: number = LEAST_BYTES): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize >= least
  } catch (error) {
    if (codeOf(error) === '') throw error
    return false
  }
}

/** May the file be written? Not on a disk that the system has made read-only after a fault. */
export async function isWritable(file: string): Promise<boolean> {
  try {
    await access(file, constants.W_OK)
    return true
  } catch (error) {
    if (codeOf(error) === '') throw error
    return false
  }
}
