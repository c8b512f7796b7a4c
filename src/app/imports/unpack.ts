// The parts of a workbook, unpacked with everything held to a limit while it is inflated: what a file claims of itself is never
// believed. What goes on is a plain archive of the few parts a sheet is read from, so that whoever reads it next meets neither
// compression nor macros, pictures, links to other files or declarations of entities.
import { Buffer } from 'node:buffer'
import { crc32 } from 'node:zlib'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'

export interface UnpackLimits {
  readonly members: number
  /** Of one part, and of all that are read. */
  readonly part: number
  readonly whole: number
}

const MIB = 1024 * 1024
export const unpackLimits: UnpackLimits = { members: 2000, part: 32 * MIB, whole: 48 * MIB }

export type Unpacked =
  | { readonly parts: ReadonlyMap<string, Buffer> }
  | { readonly unfit: 'broken' | 'tooLarge' }

/** What a sheet is read from; everything else of the archive stays packed. */
const wanted =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/workbook\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/sharedStrings\.xml|xl\/styles\.xml|xl\/worksheets\/[^/]+\.xml)$/i

class TooLarge extends Error {}

/** Never throws. */
export async function unpack(bytes: Uint8Array, limits = unpackLimits): Promise<Unpacked> {
  try {
    // sizes are checked by us as they come
    const options = { autoClose: false, strictFileNames: true, validateEntrySizes: false }
    const zip = await fromBufferPromise(Buffer.from(bytes), options)
    return { parts: await partsOf(zip, limits) }
  } catch (error) {
    return { unfit: error instanceof TooLarge ? 'tooLarge' : 'broken' }
  }
}

async function partsOf(zip: ZipFile, limits: UnpackLimits): Promise<ReadonlyMap<string, Buffer>> {
  if (zip.entryCount > limits.members) throw new TooLarge()
  const parts = new Map<string, Buffer>()
  let left = limits.whole
  for await (const member of zip.eachEntry()) {
    if (!wanted.test(member.fileName)) continue
    // two parts of one name are two stories
    if (parts.has(member.fileName)) throw new Error('a part stands there twice')
    const part = await inflated(zip, member, Math.min(limits.part, left))
    left -= part.length
    parts.set(member.fileName, plainXml(part))
  }
  return parts
}

async function inflated(zip: ZipFile, member: Entry, most: number): Promise<Buffer> {
  const stream = await zip.openReadStreamPromise(member)
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of stream) {
    const bytes = Buffer.from(piece as Uint8Array)
    size += bytes.length
    if (size > most) {
      stream.destroy()
      throw new TooLarge()
    }
    pieces.push(bytes)
  }
  return Buffer.concat(pieces)
}

const MARK = Buffer.from([0xef, 0xbb, 0xbf])

/** UTF-8 and no declarations: no office program writes any, and what they could say unfolds without end. */
function plainXml(part: Buffer): Buffer {
  const text = part.subarray(0, 3).equals(MARK) ? part.subarray(3) : part
  const strange = text.includes(0) || text.includes('<!DOCTYPE') || text.includes('<!ENTITY')
  if (strange || !/^\s*</.test(text.subarray(0, 64).toString('latin1')))
    throw new Error('a part is no plain XML')
  return text
}

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const VERSION = 20

/** An archive that compresses nothing. */
export function packed(parts: ReadonlyMap<string, Buffer>): Buffer {
  const members: Buffer[] = []
  const table: Buffer[] = []
  let offset = 0
  for (const [name, part] of parts) {
    const title = Buffer.from(name)
    const [sum, size] = [crc32(part), part.length]
    const local = Buffer.alloc(30)
    local.writeUInt32LE(LOCAL, 0)
    local.writeUInt16LE(VERSION, 4)
    for (const [value, at] of [
      [sum, 14],
      [size, 18],
      [size, 22],
    ] as const)
      local.writeUInt32LE(value, at)
    local.writeUInt16LE(title.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(CENTRAL, 0)
    entry.writeUInt16LE(VERSION, 4)
    entry.writeUInt16LE(VERSION, 6)
    for (const [value, at] of [
      [sum, 16],
      [size, 20],
      [size, 24],
      [offset, 42],
    ] as const)
      entry.writeUInt32LE(value, at)
    entry.writeUInt16LE(title.length, 28)
    members.push(local, title, part)
    table.push(entry, title)
    offset += local.length + title.length + size
  }
  const central = Buffer.concat(table)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(END, 0)
  end.writeUInt16LE(parts.size, 8)
  end.writeUInt16LE(parts.size, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...members, central, end])
}
