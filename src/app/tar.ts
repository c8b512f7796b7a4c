// Many files as one (ustar): written as they are made, of any number and size; read again by where each lies. Every system
// unpacks it.
import { type FileHandle, open, stat } from 'node:fs/promises'

const BLOCK = 512
const NAME_MAX = 100
/** Octal digits of a size: eight gigabytes. */
const SIZE_DIGITS = 11

export interface TarFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** A tar of the files, in a folder of that name. `mtime` in milliseconds. */
export async function* tarOf(
  files: Iterable<TarFile>,
  { folder, mtime }: { readonly folder: string; readonly mtime: number },
): AsyncGenerator<Uint8Array, void, undefined> {
  for (const { path, bytes } of files) {
    const padding = (BLOCK - (bytes.length % BLOCK)) % BLOCK
    const header = headerOf(`${folder}/${path}`, bytes.length, mtime)
    yield Buffer.concat([header, bytes, Buffer.alloc(padding)])
    // others have their turn between two files
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
  }
  yield Buffer.alloc(2 * BLOCK)
}

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0')

function headerOf(name: string, size: number, mtime: number): Buffer {
  if (Buffer.byteLength(name) > NAME_MAX) throw new RangeError(`too long for a tar: ${name}`)
  const header = Buffer.alloc(BLOCK)
  header.write(name, 0)
  header.write(octal(0o644, 7), 100)
  header.write(octal(0, 7), 108)
  header.write(octal(0, 7), 116)
  header.write(octal(size, SIZE_DIGITS), 124)
  header.write(octal(Math.floor(mtime / 1000), 11), 136)
  // the sum counts its own place as blanks
  header.write(' '.repeat(8), 148)
  header.write('0', 156)
  header.write('ustar\0', 257)
  header.write('00', 263)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${octal(sum, 6)}\0 `, 148)
  return header
}

export interface Tar {
  /** By the path inside its folder; undefined where there is none. */
  read(path: string): Promise<Uint8Array | undefined>
  close(): Promise<void>
}

interface Part {
  readonly at: number
  readonly size: number
}

/** Undefined for a folder, and for what is not there. A file that is no tar has nothing in it. */
export async function openTar(path: string): Promise<Tar | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() !== true) return undefined
  const file = await open(path, 'r')
  try {
    const parts = await partsOf(file)
    return {
      async read(name) {
        const part = parts.get(name)
        return part === undefined ? undefined : bytesAt(file, part)
      },
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

/** Whoever packs it again may name the folder otherwise. */
const EXPORTED = /(?:^|\/)(checkpoint|vkey|tile\/[\w/.]+)$/

async function partsOf(file: FileHandle): Promise<ReadonlyMap<string, Part>> {
  const parts = new Map<string, Part>()
  for (let at = 0; ;) {
    const header = await bytesAt(file, { at, size: BLOCK })
    const size = header === undefined ? undefined : sizeIn(header)
    if (header === undefined || size === undefined) return parts
    const [, name] = EXPORTED.exec(nameIn(header)) ?? []
    if (name !== undefined) parts.set(name, { at: at + BLOCK, size })
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
}

const textIn = (header: Uint8Array, from: number, length: number): string => {
  const text = Buffer.from(header.subarray(from, from + length)).toString('latin1')
  const end = text.indexOf('\0')
  return end < 0 ? text : text.slice(0, end)
}

const nameIn = (header: Uint8Array): string => textIn(header, 0, NAME_MAX)

/** Undefined after the last file, and in what is no tar. */
function sizeIn(header: Uint8Array): number | undefined {
  if (textIn(header, 257, 5) !== 'ustar') return undefined
  const digits = textIn(header, 124, 12).trim()
  return /^[0-7]{1,11}$/.test(digits) ? Number.parseInt(digits, 8) : undefined
}

/** Undefined where the file ends before. */
async function bytesAt(file: FileHandle, { at, size }: Part): Promise<Uint8Array | undefined> {
  const bytes = Buffer.alloc(size)
  const { bytesRead } = await file.read(bytes, 0, size, at)
  return bytesRead === size ? bytes : undefined
}
