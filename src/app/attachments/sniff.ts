// What a file is, told from what is in it and from nothing else.
import { fileTypeFromBuffer } from 'file-type'
import type { FileReader, Media } from '../../domain/attachment.ts'
import { isPlainXml } from './xml.ts'
import { zipMedia } from './zip.ts'

/** As much as `file-type` asks for. */
const HEAD = 4100
const byMagic: ReadonlyMap<string, Media> = new Map<string, Media>([
  ['application/pdf', 'application/pdf'],
  ['image/jpeg', 'image/jpeg'],
  ['image/png', 'image/png'],
  ['image/heic', 'image/heic'],
])
const ZIP = Buffer.from('PK\u0003\u0004')

/** Undefined for everything that may not be attached. */
export async function sniff(reader: FileReader): Promise<Media | undefined> {
  const head = Buffer.from(await reader.read(0, HEAD))
  if (head.subarray(0, ZIP.length).equals(ZIP)) return zipMedia(reader)
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  if (found?.mime === 'image/heif') return isHeic(head) ? 'image/heic' : undefined
  const media = found === undefined ? undefined : byMagic.get(found.mime)
  if (media !== undefined) return media
  return (await isPlainXml(reader)) ? 'application/xml' : undefined
}

/** Telephones that name the container first (`mif1`) name the picture's coding among what it is compatible with. */
function isHeic(head: Buffer): boolean {
  const length = Math.min(head.readUInt32BE(0), head.length)
  const brands = head.subarray(16, length).toString('latin1').match(/.{4}/gs) ?? []
  return brands.some((brand) => brand === 'heic' || brand === 'heix')
}
