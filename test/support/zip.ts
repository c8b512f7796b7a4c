// ZIP files as office programs write them, and as nobody should: made here to the byte, for tests that must get past no library.
import { crc32, deflateRawSync } from 'node:zlib'

export interface Member {
  readonly name: string
  readonly data: string | Uint8Array
  /** What the table of contents claims, where it lies. */
  readonly claims?: number
}

export function zipOf(members: readonly Member[]): Buffer {
  const parts: Buffer[] = []
  const table: Buffer[] = []
  let place = 0
  for (const { name, data, claims } of members) {
    const bytes = Buffer.from(data)
    const packed = deflateRawSync(bytes)
    const title = Buffer.from(name)
    const sizes = Buffer.alloc(18)
    sizes.writeUInt16LE(8, 0)
    sizes.writeUInt32LE(crc32(bytes), 6)
    sizes.writeUInt32LE(packed.length, 10)
    sizes.writeUInt32LE(claims ?? bytes.length, 14)
    const lengths = Buffer.alloc(4)
    lengths.writeUInt16LE(title.length, 0)
    const local = Buffer.concat([
      Buffer.from('PK\u0003\u0004\u0014\0\0\u0008', 'latin1'),
      sizes,
      lengths,
      title,
      packed,
    ])
    const where = Buffer.alloc(12)
    where.writeUInt32LE(place, 8)
    table.push(
      Buffer.concat([
        Buffer.from('PK\u0001\u0002\u0014\0\u0014\0\0\u0008', 'latin1'),
        sizes,
        lengths,
        Buffer.alloc(2),
        where,
        title,
      ]),
    )
    parts.push(local)
    place += local.length
  }
  const contents = Buffer.concat(table)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(members.length, 4)
  end.writeUInt16LE(members.length, 6)
  end.writeUInt32LE(contents.length, 8)
  end.writeUInt32LE(place, 12)
  return Buffer.concat([...parts, contents, Buffer.from('PK\u0005\u0006', 'latin1'), end])
}

const office = 'application/vnd.openxmlformats-officedocument.'
const typesOf = (main: string): string =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/main.xml" ContentType="${main}"/></Types>`

export const officeFile = (main: string, more: readonly Member[] = []): Buffer =>
  zipOf([
    { name: '[Content_Types].xml', data: typesOf(main) },
    { name: 'main.xml', data: '<a/>' },
    ...more,
  ])

export const xlsx = (): Buffer => officeFile(`${office}spreadsheetml.sheet.main+xml`)
export const docx = (): Buffer => officeFile(`${office}wordprocessingml.document.main+xml`)
export const ofd = (): Buffer =>
  zipOf([
    { name: 'OFD.xml', data: '<OFD/>' },
    { name: 'Doc_0/Document.xml', data: '<a/>' },
  ])
