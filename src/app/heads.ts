// Heads kept outside the database, as verify reads them: every one, so that a change is placed between two of them.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { headsIn } from '../ledger/kept-heads.ts'
import type { OutsideHead } from './verify/outside-audit.ts'

/**
 * All kept checkpoints of a heads folder that are whole; none where there is no such folder. Throws for a file that
 * cannot be read.
 */
export async function readHeads(folder: string): Promise<readonly OutsideHead[]> {
  let names: readonly string[]
  try {
    names = await readdir(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
  const heads: OutsideHead[] = []
  for (const name of names.filter((found) => found.endsWith('.heads')).toSorted()) {
    const notes = headsIn(await readFile(join(folder, name)))
    heads.push(...notes.map((note) => ({ note, from: name })))
  }
  return heads
}
