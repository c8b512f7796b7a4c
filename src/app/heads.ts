// Heads kept outside the database, as verify reads them: every one, so that a change is placed between two of them.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OutsideHead } from './verify/heads-audit.ts'

/** All kept checkpoints of a heads folder; none where there is no such folder. Throws for one that cannot be read. */
export async function readHeads(folder: string): Promise<readonly OutsideHead[]> {
  let names: readonly string[]
  try {
    names = await readdir(folder, { recursive: true })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
  const notes = names.filter((name) => name.endsWith('.note')).toSorted()
  const heads: OutsideHead[] = []
  for (const name of notes) {
    heads.push({ note: await readFile(join(folder, name), 'utf8'), from: name })
  }
  return heads
}
