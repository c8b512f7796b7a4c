// What kind of ZIP a file is, by its table of contents alone. Of one small member the beginning is read, never more: what
// unfolds to very much is not unfolded.
import { Readable } from 'node:stream'
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl'
import type { FileReader, Media } from '../../domain/attachment.ts'
import { chunksOf } from './chunks.ts'

const MEMBERS_MAX = 10_000
/** A real list of content types has some kilobytes. */
const TYPES_MAX = 256 * 1024
/** All members together, as the file itself says: what claims more is for no reader's machine. */
const UNPACKED_MAX = 512 * 1024 * 1024
const CONTENT_TYPES = '[Content_Types].xml'
const OOXML = 'application/vnd.openxmlformats-officedocument.'

class Reading extends RandomAccessReader {
  readonly #reader: FileReader

  constructor(reader: FileReader) {
    super()
    this.#reader = reader
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(chunksOf(this.#reader, start, end), { objectMode: false })
  }
}

/** OFD, XLSX or DOCX; undefined for every other ZIP, one with macros, and what is none. */
export async function zipMedia(reader: FileReader): Promise<Media | undefined> {
  try {
    const options = { autoClose: false, strictFileNames: true, validateEntrySizes: true }
    const zip = await fromRandomAccessReaderPromise(new Reading(reader), reader.size, options)
    return await mediaIn(zip)
  } catch {
    // names that leave their folder, sizes that do not fit, a table that is cut off
    return undefined
  }
}

async function mediaIn(zip: ZipFile): Promise<Media | undefined> {
  if (zip.entryCount > MEMBERS_MAX) return undefined
  let [unpacked, isOfd] = [0, false]
  let types: Entry | undefined
  for await (const member of zip.eachEntry()) {
    unpacked += member.uncompressedSize
    if (unpacked > UNPACKED_MAX) return undefined
    if (member.fileName === 'OFD.xml') isOfd = true
    if (member.fileName === CONTENT_TYPES) types = member
  }
  if (isOfd) return 'application/ofd'
  return types === undefined ? undefined : officeMedia(await beginningOf(zip, types))
}

async function beginningOf(zip: ZipFile, member: Entry): Promise<string> {
  if (member.uncompressedSize > TYPES_MAX) return ''
  const stream = await zip.openReadStreamPromise(member)
  const parts: Buffer[] = []
  // sizes are held to what the table says, so this ends
  for await (const part of stream) parts.push(Buffer.from(part as Uint8Array))
  return Buffer.concat(parts).toString('utf8')
}

function officeMedia(types: string): Media | undefined {
  if (/macroEnabled|vbaProject/i.test(types)) return undefined
  if (types.includes(`"${OOXML}spreadsheetml.sheet.main+xml"`)) return `${OOXML}spreadsheetml.sheet`
  return types.includes(`"${OOXML}wordprocessingml.document.main+xml"`)
    ? `${OOXML}wordprocessingml.document`
    : undefined
}
