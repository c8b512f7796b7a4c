// What the files of a data directory say, to the byte: for votes that must leave the same ones.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Every file of a directory and its folders, by its path in it. */
export function filesIn(path: string): ReadonlyMap<string, Buffer> {
  const names = readdirSync(path, { recursive: true, withFileTypes: true })
  const files = names.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
  return new Map(files.sort().map((file) => [file.slice(path.length + 1), readFileSync(file)]))
}

const HEADER = 32
const FRAME = 24

/** The pages a write-ahead log holds; its salts are drawn anew each time and say nothing. */
function pagesOf(log: Buffer): Buffer {
  const page = log.readUInt32BE(8)
  const pages: Buffer[] = []
  for (let at = HEADER; at + FRAME + page <= log.length; at += FRAME + page)
    pages.push(log.subarray(at, at + 8), log.subarray(at + FRAME, at + FRAME + page))
  return Buffer.concat(pages)
}

/** What each file says, in one digest: the bytes themselves, of a log its pages. */
export const saidIn = (path: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...filesIn(path)].map(([name, bytes]) => [
      name,
      createHash('sha256')
        .update(name.endsWith('-wal') ? pagesOf(bytes) : bytes)
        .digest('hex'),
    ]),
  )
