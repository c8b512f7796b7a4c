// What program this is, to the byte: a demonstration made by another is made again.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** `src`, `workflows` and `db` beside each other, as sources or as built. */
const root = join(import.meta.dirname, '..', '..')
const rooms = ['src', 'workflows', 'db']

/** SHA-256 in hex over the names and contents of all that runs; a few hundred files, tens of milliseconds. */
export function programDigest(): string {
  const hash = createHash('sha256')
  for (const file of rooms.flatMap((room) => files(join(root, room))).toSorted()) {
    const content = readFileSync(file)
    hash.update(`${relative(root, file)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

const files = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
    .map((entry) => join(entry.parentPath, entry.name))
