// Attachments over HTTP: brought by who holds an office, given back as what they are, to who may see the village and nobody else;
// and no command names a file that is not kept.
import { createHash, randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pdfOf } from '../../src/app/demo/pdf.ts'
import { ATTACHMENT_BYTES } from '../../src/domain/attachment.ts'
import { sha256HexSchema } from '../../src/domain/ids.ts'
import { p, town as townOrigin, village } from '../support/law-cast.ts'
import { docx, ofd, xlsx, zipOf } from '../support/zip.ts'
import { type Answer, type Client, commandKey } from './client.ts'
import { request } from './things.ts'
import { code, openTown, otherVillage, type Town } from './town.ts'

let town: Town
let clerk: Client
let cashier: Client
let disk = true
beforeAll(async () => {
  town = await openTown({ health: () => ({ store: true, heads: true, disk }) })
  clerk = await town.client(p('clerk'), { papers: false })
  cashier = await town.client(p('cashier'), { papers: false })
})
afterAll(() => town.close())

const place = (ledger = village): string => `/villages/${code(ledger)}/attachments`
const PDF = 'application/pdf'

interface Bringing {
  readonly name?: string
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly ledger?: typeof village
}

const bring = (
  client: Client,
  raw: string | Uint8Array,
  { name = 'a.pdf', type = PDF, headers = {}, ledger = village }: Bringing = {},
): Promise<Answer> =>
  client.ask('POST', `${place(ledger)}?name=${encodeURIComponent(name)}`, {
    raw,
    headers: { 'content-type': type, ...headers },
  })

const digestOf = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex')
let pages = 0
/** A file nobody has brought. */
const page = (): Uint8Array => pdfOf(`发票\n第${++pages}张`)
const refused = ({ status, body }: Answer) => [status, body['code']]
/** Temporaries of the town's store. */
const arriving = (): readonly string[] =>
  readdirSync(join(dirname(town.file), 'attachments', 'arriving'))

describe('a file that is brought', () => {
  test('is answered with its digest, and given back to the byte', async () => {
    const bytes = page()
    const answer = await bring(clerk, bytes, { name: '三月 发票(1)’.pdf' })
    const sha256 = digestOf(bytes)
    const told = { sha256, size: bytes.length, media: PDF, name: '三月 发票(1)’.pdf' }
    expect([answer.status, answer.body]).toEqual([201, told])
    expect(answer.headers.get('location')).toBe(`/api/v1${place()}/${sha256}`)
    const back = await clerk.get(`${place()}/${sha256}`)
    expect(back.status).toBe(200)
    expect(Buffer.from(back.bytes).equals(bytes)).toBe(true)
    expect(Object.fromEntries(back.headers)).toMatchObject({
      'content-type': PDF,
      'content-length': String(bytes.length),
      'content-disposition': `inline; filename="${sha256.slice(0, 16)}.pdf"; filename*=UTF-8''%E4%B8%89%E6%9C%88%20%E5%8F%91%E7%A5%A8%281%29%E2%80%99.pdf`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/^default-src 'none'/) as string,
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, max-age=86400, immutable, no-transform',
      vary: expect.stringMatching(/\bCookie\b/) as string,
      etag: `"${sha256}"`,
    })
  })

  test('is not sent again to who has it, nor its bytes to who asks for its head', async () => {
    const { body } = await bring(clerk, page())
    const path = `${place()}/${String(body['sha256'])}`
    const again = await clerk.get(path, { 'if-none-match': `"${String(body['sha256'])}"` })
    expect([again.status, again.bytes.length]).toEqual([304, 0])
    const other = await clerk.get(path, { 'if-none-match': `"${'0'.repeat(64)}"` })
    expect(other.status).toBe(200)
    const head = await fetch(`${town.url}/api/v1${path}`, {
      method: 'HEAD',
      headers: { cookie: await cookieOf() },
    })
    expect([head.status, (await head.arrayBuffer()).byteLength]).toEqual([200, 0])
    expect(head.headers.get('content-length')).toBe(String(body['size']))
  })

  test('twice is the same, as it was named first', async () => {
    const bytes = page()
    const first = await bring(clerk, bytes, { name: 'first.pdf' })
    const second = await bring(cashier, bytes, { name: 'second.pdf' })
    expect([second.status, second.body]).toEqual([201, first.body])
  })

  test.each([
    ['an OFD', ofd(), 'application/ofd', 'a.ofd'],
    [
      'a workbook',
      xlsx(),
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'A.XLSX',
    ],
    [
      'a document',
      docx(),
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'a.docx',
    ],
    ['XML', '<?xml version="1.0"?><a/>', 'text/xml; charset=utf-8', 'a.xml'],
  ])('%s is saved, never shown', async (_what, bytes, type, name) => {
    const { status, body } = await bring(clerk, bytes, { type, name })
    expect(status).toBe(201)
    const { headers } = await clerk.get(`${place()}/${String(body['sha256'])}`)
    expect(headers.get('content-disposition')).toMatch(/^attachment; /)
    expect(headers.get('content-security-policy')).toBe(
      "sandbox; default-src 'none'; frame-ancestors 'self'",
    )
    expect(headers.get('content-type')).toBe(body['media'])
  })
})

describe('refused, and nothing is left', () => {
  const program = Buffer.concat([Buffer.from('MZ'), randomBytes(3000)])
  const html =
    '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>x</script></html>'
  test.each([
    ['a program named PDF', program, {}, [415, 'attachmentDisguised']],
    [
      'a page said to be XML',
      html,
      { type: 'application/xml', name: 'a.xml' },
      [415, 'attachmentDisguised'],
    ],
    ['a page said to be a PDF', html, {}, [415, 'attachmentDisguised']],
    ['a workbook said to be a PDF', xlsx(), {}, [415, 'attachmentDisguised']],
    [
      'a ZIP said to be a document',
      zipOf([{ name: 'word/document.xml', data: '<a/>' }]),
      {
        type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        name: 'a.docx',
      },
      [415, 'attachmentDisguised'],
    ],
    ['a page', html, { type: 'text/html', name: 'a.html' }, [415, 'mediaTypeUnknown']],
    [
      'bytes of no type',
      pdfOf('x'),
      { type: 'application/octet-stream' },
      [415, 'mediaTypeUnknown'],
    ],
    [
      'packed bytes',
      pdfOf('x'),
      { headers: { 'content-encoding': 'gzip' } },
      [415, 'mediaTypeUnknown'],
    ],
    ['nothing', '', {}, [422, 'attachmentEmpty']],
    ['a PDF named as a program', pdfOf('x'), { name: 'a.pdf.exe' }, [422, 'attachmentMisnamed']],
    ['a PDF named as a page', pdfOf('x'), { name: 'a.html' }, [422, 'attachmentMisnamed']],
    ['a PDF without an end to its name', pdfOf('x'), { name: 'pdf' }, [422, 'attachmentMisnamed']],
  ] as const)('%s', async (_what, bytes, how, expected) => {
    const before = readdirSync(join(dirname(town.file), 'attachments'), { recursive: true })
    const answer = await bring(clerk, bytes, how)
    expect(refused(answer)).toEqual(expected)
    expect(readdirSync(join(dirname(town.file), 'attachments'), { recursive: true })).toEqual(
      before,
    )
  })

  test.each([
    ['../../etc/passwd.pdf'],
    ['..\\..\\a.pdf'],
    ['/a.pdf'],
    ['.pdf'],
    ['a.pdf.'],
    [' a.pdf'],
    ['a\u0000.pdf'],
    ['a\r\nX-Header: 1.pdf'],
    ['a\u202Efdp.exe.pdf'],
    ['a"b.pdf'],
    ['C:a.pdf'],
    [`${'长'.repeat(67)}.pdf`],
    [''],
  ])('the name %j', async (name) => {
    expect(refused(await bring(clerk, pdfOf('x'), { name }))).toEqual([400, 'queryInvalid'])
  })

  test('a name is needed', async () => {
    const answer = await clerk.ask('POST', place(), {
      raw: pdfOf('x'),
      headers: { 'content-type': PDF },
    })
    expect(refused(answer)).toEqual([400, 'queryInvalid'])
  })

  test('too much by what it says of itself', async () => {
    const answer = await bring(clerk, Buffer.alloc(ATTACHMENT_BYTES + 1, '%PDF-1.4\n'))
    expect(refused(answer)).toEqual([413, 'bodyTooLarge'])
  })

  test('too much though it said nothing: cut off while it comes, and the server goes on', async () => {
    const { status, sent } = await streamed(
      ATTACHMENT_BYTES * 4,
      `transfer-encoding: chunked`,
      await cookieOf(),
    )
    expect(status).toBe(413)
    expect(sent).toBeLessThan(ATTACHMENT_BYTES * 4)
    expect(arriving()).toEqual([])
    expect((await bring(clerk, pdfOf('after'))).status).toBe(201)
  })
})

test('who has a gigabyte lying about that nothing names brings no more, until it is named', async () => {
  const book = await town.client(p('bookkeeper'), { papers: false })
  const bytes = page()
  expect((await bring(book, bytes)).status).toBe(201)
  const db = new Database(join(dirname(town.file), 'attachments.db'))
  const sized = db.prepare('update attachment set size = ? where sha256 = ?')
  sized.run(1024 * 1024 * 1024 + 1, digestOf(bytes))
  expect(refused(await bring(book, page()))).toEqual([409, 'attachmentsUnnamed'])
  expect((await bring(clerk, page())).status).toBe(201)
  await town.files.named(village, [sha256HexSchema.parse(digestOf(bytes))])
  expect((await bring(book, page())).status).toBe(201)
  sized.run(bytes.length, digestOf(bytes))
  db.close()
})

test('none is taken on a disk that is nearly full: what room there is is the ledger’s', async () => {
  disk = false
  try {
    expect(refused(await bring(clerk, page()))).toEqual([507, 'attachmentsNoRoom'])
  } finally {
    disk = true
  }
  expect((await bring(clerk, page())).status).toBe(201)
})

test('who breaks off leaves nothing, and is no error of ours', async () => {
  const { port, hostname, host } = new URL(town.url)
  const socket = connect(Number(port), hostname)
  socket.write(
    `POST /api/v1${place()}?name=a.pdf HTTP/1.1\r\nhost: ${host}\r\ncookie: ${await cookieOf()}\r\ncontent-type: application/pdf\r\ncontent-length: 5000\r\n\r\n%PDF-1.4`,
  )
  await expect.poll(arriving).toHaveLength(1)
  socket.destroy()
  await expect.poll(arriving).toEqual([])
  expect(JSON.stringify(town.log)).not.toContain('unexpected')
})

/** A session as one line, for what no client of ours would send. */
async function cookieOf(): Promise<string> {
  const response = await fetch(`${town.url}/api/auth/sign-in/username`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      username: town.running.demoAccounts.find(({ person }) => person === p('clerk'))?.username,
      password: town.password,
    }),
  })
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}

/** Sends chunks until it is cut off or has sent so much; what was answered. */
function streamed(upTo: number, header: string, cookie: string) {
  const { port, hostname, host } = new URL(town.url)
  return new Promise<{ readonly status: number; readonly sent: number }>((resolve) => {
    const socket = connect(Number(port), hostname)
    let [sent, answer] = [0, '']
    const size = 64 * 1024
    const chunk = Buffer.concat([
      Buffer.from(`${size.toString(16)}\r\n`),
      Buffer.alloc(size, '%PDF-1.4\n'),
      Buffer.from('\r\n'),
    ])
    const more = (): void => {
      while (sent < upTo && !socket.destroyed && answer === '') {
        sent += size
        if (!socket.write(chunk)) return
      }
    }
    socket.on('data', (data) => {
      answer += data.toString('latin1')
      // as whoever is told no gives up
      socket.destroy()
    })
    socket.on('drain', more)
    socket.on('error', () => {})
    socket.on('close', () => {
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]), sent })
    })
    socket.write(
      `POST /api/v1${place()}?name=a.pdf HTTP/1.1\r\nhost: ${host}\r\ncookie: ${cookie}\r\ncontent-type: application/pdf\r\n${header}\r\n\r\n`,
    )
    more()
  })
}

describe('who', () => {
  test('a member sees files and brings none; the township brings and sees', async () => {
    const bytes = page()
    const member = await town.client(p('m1'))
    expect(refused(await bring(member, bytes))).toEqual([403, 'notAllowed'])
    const officer = await town.client(p('officer'))
    expect((await bring(officer, bytes)).status).toBe(201)
    expect((await member.get(`${place()}/${digestOf(bytes)}`)).status).toBe(200)
  })

  test("another village's file does not exist, by its own path or by theirs, though they know its digest", async () => {
    const bytes = page()
    const path = `/${digestOf(bytes)}`
    await bring(clerk, bytes)
    const stranger = await town.client(p('bclerk'))
    expect(refused(await stranger.get(place() + path))).toEqual([404, 'noSuchThing'])
    expect(refused(await stranger.get(place(otherVillage) + path))).toEqual([
      404,
      'attachmentNotKept',
    ])
    // nor does the township get it by the wrong village
    const officer = await town.client(p('officer'))
    expect(refused(await officer.get(place(otherVillage) + path))).toEqual([
      404,
      'attachmentNotKept',
    ])
    // brought there too, it is theirs as well
    expect((await bring(stranger, bytes, { ledger: otherVillage })).status).toBe(201)
    expect((await stranger.get(place(otherVillage) + path)).status).toBe(200)
  })

  test("a township keeps its own papers, and a village's people do not see them", async () => {
    const bytes = page()
    const officer = await town.client(p('officer'))
    expect((await bring(officer, bytes, { ledger: townOrigin })).status).toBe(201)
    expect((await officer.get(`${place(townOrigin)}/${digestOf(bytes)}`)).status).toBe(200)
    expect(refused(await clerk.get(`${place(townOrigin)}/${digestOf(bytes)}`))).toEqual([
      404,
      'noSuchThing',
    ])
  })
})

describe('a command that names files', () => {
  const adding = (id: string) => `/villages/${code(village)}/requests/${id}/papers`
  const paper = (bytes: string | Uint8Array, kind = 'invoice') => ({
    paper: kind,
    sha256: digestOf(bytes),
  })

  test('is refused while one of them is not kept, and says which; with it, it is done', async () => {
    const id = await request(town, 'papers')
    const [first, second] = [page(), page()]
    await bring(clerk, first)
    const evidence = [paper(first), paper(second, 'contract')]
    const answer = await clerk.command(adding(id), { evidence })
    expect(refused(answer)).toEqual([422, 'attachmentMissing'])
    expect(answer.body['params']).toEqual({
      count: '1',
      papers: `contract ${digestOf(second).slice(0, 12)}`,
    })
    await bring(clerk, second)
    expect((await clerk.command(adding(id), { evidence })).status).toBe(201)
  })

  test('by who may not act is answered by the law, whatever is kept', async () => {
    const id = await request(town, 'papers')
    const answer = await cashier.command(adding(id), { evidence: [paper(page())] })
    expect(refused(answer)).toEqual([403, 'officeNotHeld'])
  })

  test("is not helped by another village's file", async () => {
    const id = await request(town, 'papers')
    const bytes = page()
    await bring(await town.client(p('bclerk')), bytes, { ledger: otherVillage })
    expect(refused(await clerk.command(adding(id), { evidence: [paper(bytes)] }))).toEqual([
      422,
      'attachmentMissing',
    ])
  })

  test('sent again after the file was erased is answered as it was; named anew it is missing', async () => {
    const id = await request(town, 'papers')
    const bytes = page()
    await bring(clerk, bytes)
    const key = { 'idempotency-key': commandKey() }
    const body = { evidence: [paper(bytes)] }
    const first = await clerk.command(adding(id), body, key)
    expect(first.status).toBe(201)
    const why = { basis: '个人信息保护法', approver: '张三' }
    await town.files.erase(village, sha256HexSchema.parse(digestOf(bytes)), why)
    const again = await clerk.command(adding(id), body, key)
    expect([again.status, again.body]).toEqual([201, first.body])
    expect(refused(await clerk.command(adding(await request(town, 'papers')), body))).toEqual([
      422,
      'attachmentMissing',
    ])
  })
})

describe('what a thing names', () => {
  test('is told file by file: kept, missing, erased', async () => {
    const id = await request(town, 'papers')
    const [kept, erased] = [page(), page()]
    await bring(clerk, kept, { name: '发票.pdf' })
    await bring(clerk, erased, { name: '照片.pdf' })
    const evidence = [
      { paper: 'invoice', sha256: digestOf(kept) },
      { paper: 'photos', sha256: digestOf(erased) },
    ]
    const path = `/villages/${code(village)}/requests/${id}`
    expect((await clerk.command(`${path}/papers`, { evidence })).status).toBe(201)
    await town.files.erase(village, sha256HexSchema.parse(digestOf(erased)), {
      basis: '个人信息保护法',
      approver: '张三',
    })
    const { body } = await clerk.get(`${path}/attachments`)
    const files = body['files'] as readonly Record<string, unknown>[]
    // the papers of its submission were given past the server: nobody brought them
    expect(files.map(({ field, paper, state }) => [paper ?? field, state])).toEqual([
      ['emergency.declaration', 'missing'],
      ['purposeNote', 'missing'],
      ['relationDeclaration', 'missing'],
      ['quotes', 'missing'],
      ['plan', 'missing'],
      ['invoice', 'kept'],
      ['photos', 'erased'],
    ])
    expect(files.at(-2)).toMatchObject({
      sha256: digestOf(kept),
      field: 'evidence.sha256',
      paperName: '发票',
      name: '发票.pdf',
      media: PDF,
      size: kept.length,
      by: p('clerk'),
      href: `/api/v1${place()}/${digestOf(kept)}`,
    })
    const gone = files.at(-1)
    expect(gone).toMatchObject({ erased: { basis: '个人信息保护法' } })
    expect(gone).not.toHaveProperty('name')
    expect(gone).not.toHaveProperty('href')
    expect(refused(await clerk.get(`${place()}/${digestOf(erased)}`))).toEqual([
      410,
      'attachmentErased',
    ])
    expect(refused(await bring(clerk, erased))).toEqual([410, 'attachmentErased'])
  })
})

test('who sends too slowly is cut off by the server, and nothing is left', async () => {
  const slow = await openTown({
    config: { limits: { writes: 1e9, reads: 1e9, calls: 1e9, connections: 100, requestMs: 400 } },
  })
  const before = town
  town = slow
  try {
    const cookie = await cookieOf()
    const { port, hostname, host } = new URL(slow.url)
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), hostname)
      let text = ''
      socket.on('data', (data) => {
        text += data.toString('latin1')
      })
      socket.on('error', () => {})
      socket.on('close', () => resolve(text))
      socket.write(
        `POST /api/v1${place()}?name=a.pdf HTTP/1.1\r\nhost: ${host}\r\ncookie: ${cookie}\r\ncontent-type: application/pdf\r\ncontent-length: 5000\r\n\r\n%PDF-1.4`,
      )
    })
    expect(answer).toMatch(/^(?:HTTP\/1\.1 408|$)/)
    // the next one is taken, and by then the temporary of the first is gone
    const other = await slow.client(p('clerk'))
    expect((await bring(other, pdfOf('x'))).status).toBe(201)
    await expect.poll(arriving).toEqual([])
  } finally {
    town = before
    await slow.close()
  }
})

test('the log of all this names neither files nor what is in them', () => {
  const lines = town.log.map((line) => JSON.stringify(line)).join('\n')
  expect(lines).toContain('/attachments')
  expect(lines).not.toMatch(/\.pdf|发票|unexpected/)
})
