// What a file is told to be, from its content alone; and everything that is something else.
import { describe, expect, test } from 'vitest'
import { sniff } from '../../../src/app/attachments/sniff.ts'
import { pdfOf } from '../../../src/app/demo/pdf.ts'
import type { FileReader } from '../../../src/domain/attachment.ts'
import { docx, officeFile, ofd, xlsx, zipOf } from '../../support/zip.ts'

interface Counted extends FileReader {
  /** Bytes read so far. */
  bytes: number
}

function readerOf(data: string | Uint8Array): Counted {
  const whole = Buffer.from(data)
  const reader: Counted = {
    size: whole.length,
    bytes: 0,
    read: (offset, length) => {
      const part = whole.subarray(offset, offset + length)
      reader.bytes += part.length
      return Promise.resolve(part)
    },
  }
  return reader
}

const told = (data: string | Uint8Array) => sniff(readerOf(data))
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex')
const heicOf = (major: string, others: string): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(16 + others.length)
  return Buffer.concat([
    length,
    Buffer.from(`ftyp${major}\0\0\0\0${others}`, 'latin1'),
    Buffer.alloc(64),
  ])
}
const office = 'application/vnd.openxmlformats-officedocument.'

describe('what is taken', () => {
  test.each([
    ['a PDF', pdfOf('发票'), 'application/pdf'],
    ['a PNG', png, 'image/png'],
    ['a JPEG', jpeg, 'image/jpeg'],
    ['a HEIC', heicOf('heic', 'mif1heic'), 'image/heic'],
    ['a HEIC that names its container first', heicOf('mif1', 'mif1heic'), 'image/heic'],
    ['an OFD', ofd(), 'application/ofd'],
    ['a workbook', xlsx(), `${office}spreadsheetml.sheet`],
    ['a document', docx(), `${office}wordprocessingml.document`],
    [
      'XML',
      '<?xml version="1.0" encoding="UTF-8"?><发票 号="1">一<!-- 注 --></发票>',
      'application/xml',
    ],
    ['XML with a mark at its head', '\uFEFF<?xml version="1.0"?><a/>', 'application/xml'],
    ['XML without a declaration', '<a xmlns="urn:x"><b/></a>', 'application/xml'],
    [
      'XML in GBK',
      Buffer.concat([
        Buffer.from('<?xml version="1.0" encoding="GBK"?><a>'),
        Buffer.from('b7a2c6b1', 'hex'),
        Buffer.from('</a>'),
      ]),
      'application/xml',
    ],
  ])('%s', async (_what, data, media) => {
    expect(await told(data)).toBe(media)
  })

  test('XML of several pieces, cut within a character', async () => {
    expect(await told(`<?xml version="1.0"?><a>x${'字'.repeat(100_000)}</a>`)).toBe(
      'application/xml',
    )
  })
})

describe('what is not', () => {
  const html = '<!DOCTYPE html><html><script>alert(1)</script></html>'
  test.each([
    ['nothing', ''],
    ['a program', Buffer.from('4d5a90000300000004000000ffff0000', 'hex')],
    ['a program of Linux', Buffer.from('7f454c4602010100', 'hex')],
    ['text', 'only words'],
    ['a page', html],
    [
      'a page that is well-formed XML',
      '<?xml version="1.0"?><html><script>alert(1)</script></html>',
    ],
    ['a page by its namespace', '<?xml version="1.0"?><x xmlns="http://www.w3.org/1999/xhtml"/>'],
    ['a page inside', '<?xml version="1.0"?><a><h:b xmlns:h="http://www.w3.org/1999/xhtml"/></a>'],
    ['a drawing with a script', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['a style sheet of its own', '<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><a/>'],
    ['entities', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'],
    ['an entity nobody declared', '<a>&b;</a>'],
    ['XML that is cut off', '<?xml version="1.0"?><a><b></b>'],
    ['two roots', '<a/><b/>'],
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.from('<a>'), Buffer.from([0xff]), Buffer.from('</a>')]),
    ],
    ['an encoding nobody expects', '<?xml version="1.0" encoding="UTF-7"?><a/>'],
    ['a GIF', Buffer.from('474946383961010001000000002c', 'hex')],
    ['an AVIF', heicOf('avif', 'mif1miaf')],
    ['a container with another coding', heicOf('mif1', 'mif1avif')],
    ['a ZIP of something', zipOf([{ name: 'a.txt', data: 'a' }])],
    ['an empty ZIP', zipOf([])],
    ['a workbook with macros', officeFile('application/vnd.ms-excel.sheet.macroEnabled.main+xml')],
    ['slides', officeFile(`${office}presentationml.presentation.main+xml`)],
    [
      'a document whose list names macros beside',
      zipOf([
        {
          name: '[Content_Types].xml',
          data: `<Types><Override ContentType="${office}wordprocessingml.document.main+xml"/><Override ContentType="application/vnd.ms-office.vbaProject"/></Types>`,
        },
      ]),
    ],
    [
      'a ZIP that leaves its folder',
      zipOf([
        { name: '../OFD.xml', data: 'a' },
        { name: 'OFD.xml', data: 'a' },
      ]),
    ],
    ['a ZIP that is cut off', ofd().subarray(0, 60)],
    ['a PDF behind something else', Buffer.concat([Buffer.from('MZ'), pdfOf('发票')])],
  ])('%s', async (_what, data) => {
    expect(await told(data)).toBeUndefined()
  })
})

describe('a bomb', () => {
  const deep = (times: number) => `${'<a>'.repeat(times)}${'</a>'.repeat(times)}`
  const wide = (times: number) =>
    `<a ${Array.from({ length: times }, (_, n) => `a${n}=""`).join(' ')}/>`
  const long = (times: number) => `<r>${'<a/>'.repeat(times)}</r>`

  test.each([
    ['tags in tags', deep(256), deep(257)],
    ['a tag of attributes', wide(1000), wide(1001)],
    ['tags without end', long(499_999), long(500_000)],
  ])('%s: XML that would fill memory is given up', async (_what, most, more) => {
    expect(await told(most)).toBe('application/xml')
    expect(await told(more)).toBeUndefined()
  })

  test('a tag that never ends is given up after its first pieces', async () => {
    const reader = readerOf(Buffer.from(`${wide(400_000).slice(0, -2)} `))
    expect(await sniff(reader)).toBeUndefined()
    expect(reader.bytes).toBeLessThan(200_000)
  })

  test('is not unpacked: the list of types that unfolds to very much is not read', async () => {
    const bomb = zipOf([{ name: '[Content_Types].xml', data: Buffer.alloc(16 * 1024 * 1024) }])
    const reader = readerOf(bomb)
    expect(await sniff(reader)).toBeUndefined()
    // a header, and the table at the end, each looked for once; never the member
    expect(reader.bytes).toBeLessThan(2 * 4100 + bomb.length)
  })

  test('that lies about its size is cut off where it said it would end', async () => {
    const types = `"${office}spreadsheetml.sheet.main+xml"${' '.repeat(8 * 1024 * 1024)}`
    const liar = zipOf([{ name: '[Content_Types].xml', data: types, claims: 400 }])
    expect(await told(liar)).toBeUndefined()
    const honest = zipOf([{ name: '[Content_Types].xml', data: types.slice(0, 400) }])
    expect(await told(honest)).toBe(`${office}spreadsheetml.sheet`)
  })

  test('is refused by what it claims alone', async () => {
    const claims = 600 * 1024 * 1024
    const members = [
      { name: 'OFD.xml', data: 'a' },
      { name: 'x', data: 'a', claims },
    ]
    expect(await told(zipOf(members))).toBeUndefined()
    expect(await told(zipOf(members.map(({ name, data }) => ({ name, data }))))).toBe(
      'application/ofd',
    )
  })

  test('has no more members than a document has', async () => {
    const many = Array.from({ length: 10_001 }, (_, i) => ({ name: `OFD${i}.xml`, data: '' }))
    expect(await told(zipOf([{ name: 'OFD.xml', data: '' }, ...many]))).toBeUndefined()
  })
})
