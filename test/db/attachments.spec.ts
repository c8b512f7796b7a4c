// The store of files on a real disk: content by its digest, each village its own, nothing half after a kill, erased for good.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sameRows } from '../../db/attachments/same.ts'
import { whole } from '../../src/app/attachments/whole.ts'
import { type Sha256Hex, sha256HexSchema } from '../../src/domain/ids.ts'
import {
  filesIn,
  keep,
  north,
  openFiles,
  type OpenFiles,
  pieces,
  read,
  south,
} from '../support/attachment-files.ts'

let path: string
let opened: OpenFiles
let now: number
const DAY = 86_400_000
const clock = () => now
const again = async (): Promise<void> => {
  opened.close()
  opened = await openFiles(path, clock)
}
const digestOf = (text: string | Uint8Array): Sha256Hex =>
  sha256HexSchema.parse(createHash('sha256').update(text).digest('hex'))

beforeEach(async () => {
  path = mkdtempSync(join(tmpdir(), 'attachments-'))
  now = Date.parse('2026-03-02T01:00:00.000Z')
  opened = await openFiles(path, clock)
})
afterEach(() => {
  opened.close()
  rmSync(path, { recursive: true, force: true })
})

describe('a file', () => {
  test('is kept by what is in it, with what is known of it', async () => {
    const sha256 = await keep(opened, '一张发票', { name: '发票（三月）.pdf' })
    expect(sha256).toBe(digestOf('一张发票'))
    expect(await opened.files.find(north, sha256)).toEqual({
      sha256,
      size: 12,
      media: 'application/pdf',
      at: now,
      name: '发票（三月）.pdf',
    })
    expect(await read(opened, north, sha256)).toBe('一张发票')
    await again()
    expect(await read(opened, north, sha256)).toBe('一张发票')
  })

  test('of several pieces is one, and any part of it reads by itself', async () => {
    const bytes = Buffer.from(Array.from({ length: 200_003 }, (_, i) => i % 251))
    const arrived = await opened.files.receive(
      pieces(bytes.subarray(0, 1), bytes.subarray(1, 70_000), bytes.subarray(70_000)),
      bytes.length,
    )
    if (arrived === 'tooLarge') throw new Error('as large as it may be')
    expect(arrived.sha256).toBe(digestOf(bytes))
    for (const [from, length] of [
      [0, 16],
      [5, 3],
      [15, 2],
      [70_001, 131_072],
      [200_000, 50],
    ] as const) {
      const part = Buffer.from(await arrived.reader.read(from, length))
      expect(part.equals(bytes.subarray(from, from + length))).toBe(true)
    }
    await arrived.discard()
    expect(filesIn(opened.folder)).toEqual([])
  })

  test('comes twice and is one, as it was named first', async () => {
    const sha256 = await keep(opened, 'same', { name: 'first.pdf' })
    const before = filesIn(opened.folder)
    expect(await keep(opened, 'same', { name: 'second.pdf' })).toBe(sha256)
    expect(filesIn(opened.folder)).toEqual(before)
    expect((await opened.files.find(north, sha256))?.name).toBe('first.pdf')
  })

  test('comes twice at the same time and is one', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => keep(opened, 'at once')))
    expect(new Set(all).size).toBe(1)
    expect(filesIn(opened.folder)).toHaveLength(1)
    expect(await read(opened, north, digestOf('at once'))).toBe('at once')
  })

  test('of one village is not there for another, though the bytes are; brought there too, it is', async () => {
    const sha256 = await keep(opened, 'ours')
    expect(await opened.files.find(south, sha256)).toBeUndefined()
    expect(await read(opened, south, sha256)).toBeUndefined()
    expect(await opened.files.missing(south, [sha256])).toEqual([sha256])
    expect(await opened.files.missing(north, [sha256])).toEqual([])
    await keep(opened, 'ours', { ledger: south })
    expect(await read(opened, south, sha256)).toBe('ours')
  })

  test('that is too large is cut off, and the rest of it is not read', async () => {
    let asked = 0
    const endless = (async function* () {
      for (;;) {
        asked += 1
        yield Buffer.alloc(1000)
      }
    })()
    expect(await opened.files.receive(endless, 10_000)).toBe('tooLarge')
    expect(asked).toBe(11)
    expect(filesIn(opened.folder)).toEqual([])
  })

  test('whose sender breaks off is not there', async () => {
    const broken = (async function* () {
      yield Buffer.alloc(50_000)
      await Promise.resolve()
      throw new Error('gone')
    })()
    await expect(opened.files.receive(broken, 100_000)).rejects.toThrow('gone')
    expect(filesIn(opened.folder)).toEqual([])
  })

  test('lies encrypted: neither its bytes nor its name stand in any file', async () => {
    await keep(opened, 'a secret of a person', { name: '张三的身份证.pdf' })
    await again()
    const all = readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
    expect(all.length).toBeGreaterThan(3)
    for (const bytes of all) {
      expect(bytes.includes('a secret of a person')).toBe(false)
      expect(bytes.includes('张三')).toBe(false)
    }
  })

  test('that was altered on disk never arrives whole', async () => {
    const sha256 = await keep(opened, 'ten yuan')
    const [place = ''] = filesIn(opened.folder)
    const file = join(opened.folder, place)
    const bytes = readFileSync(file)
    bytes[0] = (bytes[0] ?? 0) ^ 1
    writeFileSync(file, bytes)
    const stream = await opened.files.open(north, sha256)
    if (stream === undefined) throw new Error('it is there')
    const got: Uint8Array[] = []
    const reading = async (): Promise<void> => {
      for await (const piece of whole(stream, sha256)) got.push(piece)
    }
    await expect(reading()).rejects.toThrow(sha256)
    expect(got).toEqual([])
  })

  test('whose bytes are lost is missing, and comes back', async () => {
    const sha256 = await keep(opened, 'lost')
    const [place = ''] = filesIn(opened.folder)
    unlinkSync(join(opened.folder, place))
    expect(await opened.files.missing(north, [sha256])).toEqual([sha256])
    expect(await read(opened, north, sha256)).toBeUndefined()
    await keep(opened, 'lost')
    expect(await read(opened, north, sha256)).toBe('lost')
    expect(filesIn(opened.folder)).toEqual([place])
  })
})

describe('erased by law', () => {
  const why = { basis: '个人信息保护法第四十七条', approver: '镇三资中心主任' }

  test('neither bytes nor name are to be had; that it was erased is', async () => {
    const sha256 = await keep(opened, 'a face', { name: '张三.pdf' })
    expect(await opened.files.erase(north, sha256, why)).toBe(true)
    expect(await opened.files.find(north, sha256)).toEqual({
      sha256,
      size: 6,
      media: 'application/pdf',
      at: now,
      erased: { at: now, ...why },
    })
    expect(await read(opened, north, sha256)).toBeUndefined()
    expect(await opened.files.missing(north, [sha256])).toEqual([sha256])
    expect(filesIn(opened.folder)).toEqual([])
    expect(await opened.files.erase(north, sha256, why)).toBe(false)
  })

  test('a copy of the file made before is unreadable, whatever else is restored', async () => {
    const sha256 = await keep(opened, 'a face')
    const [place = ''] = filesIn(opened.folder)
    const copy = join(path, 'backup')
    copyFileSync(join(opened.folder, place), copy)
    await opened.files.erase(north, sha256, why)
    opened.close()
    copyFileSync(copy, join(opened.folder, place))
    // as an old copy of the table would have it
    const db = new Database(join(path, 'attachments.db'))
    const [guard] = db
      .prepare<[], { sql: string }>(
        `select sql from sqlite_schema where name = 'attachment_erased_stays'`,
      )
      .all()
    db.exec('drop trigger attachment_erased_stays')
    db.exec('update attachment set erased_at = null')
    db.exec(guard?.sql ?? '')
    db.close()
    opened = await openFiles(path, clock)
    expect((await opened.files.find(north, sha256))?.erased).toBeUndefined()
    expect(await read(opened, north, sha256)).toBeUndefined()
  })

  test('stays erased when the same comes again; another village keeps its own', async () => {
    const sha256 = await keep(opened, 'a face')
    await keep(opened, 'a face', { ledger: south })
    await opened.files.erase(north, sha256, why)
    await keep(opened, 'a face')
    expect((await opened.files.find(north, sha256))?.erased).toEqual({ at: now, ...why })
    expect(filesIn(opened.folder)).toHaveLength(1)
    expect(await read(opened, south, sha256)).toBe('a face')
  })

  test('what nobody keeps is not erased', async () => {
    expect(await opened.files.erase(north, digestOf('nothing'), why)).toBe(false)
  })

  test('the row cannot be brought back past the guard', async () => {
    const sha256 = await keep(opened, 'a face')
    const db = new Database(join(path, 'attachments.db'))
    const restore = db.prepare('update attachment set erased_at = null')
    expect(restore.run().changes).toBe(1)
    await opened.files.erase(north, sha256, why)
    expect(() => restore.run()).toThrow('erased')
    db.close()
  })
})

describe('orphans', () => {
  test('are those nobody brought, named or asked for since', async () => {
    const [old, named, asked] = [
      await keep(opened, 'old'),
      await keep(opened, 'named'),
      await keep(opened, 'asked'),
    ]
    await opened.files.named(north, [named])
    now += 20 * DAY
    await opened.files.missing(north, [asked])
    const fresh = await keep(opened, 'fresh')
    now += 11 * DAY
    const before = now - 30 * DAY
    expect(await opened.files.unnamed(before)).toEqual([{ ledger: north, sha256: old }])
    for (const sha256 of [old, named, asked, fresh])
      expect(await opened.files.remove(north, sha256, before)).toBe(sha256 === old)
    expect(await read(opened, north, old)).toBeUndefined()
    for (const sha256 of [named, asked, fresh])
      expect(await read(opened, north, sha256)).toBeDefined()
  })

  test('one that was found is not removed when somebody asks for it meanwhile', async () => {
    const sha256 = await keep(opened, 'wanted')
    now += 31 * DAY
    const before = now - 30 * DAY
    expect(await opened.files.unnamed(before)).toHaveLength(1)
    await opened.files.missing(north, [sha256])
    expect(await opened.files.remove(north, sha256, before)).toBe(false)
  })

  test('a removed one can be brought again', async () => {
    const sha256 = await keep(opened, 'twice')
    now += 31 * DAY
    expect(await opened.files.remove(north, sha256, now - 30 * DAY)).toBe(true)
    await keep(opened, 'twice')
    expect(await read(opened, north, sha256)).toBe('twice')
  })

  test('a named one cannot be deleted past the guard either', async () => {
    const sha256 = await keep(opened, 'named')
    await opened.files.named(north, [sha256])
    const db = new Database(join(path, 'attachments.db'))
    expect(() => db.prepare('delete from attachment').run()).toThrow('names this file')
    db.exec('drop trigger attachment_named_stays')
    expect(db.prepare('delete from attachment').run().changes).toBe(1)
    db.close()
    await expect(openFiles(path, clock)).rejects.toThrow('guardMissing')
  })
})

describe('what a crash leaves', () => {
  const half = (name: string): string => {
    const file = join(opened.folder, 'arriving', name)
    writeFileSync(file, 'half')
    return file
  }

  test('temporaries of processes that are gone are swept at the start, others are let be', async () => {
    half('999999999.abcdef.0000')
    half('no number at all')
    // its own number, of a process before it (a container begins with the same each time)
    half(`${process.pid}.gone.0000`)
    const others = half('1.abcdef.0000')
    await again()
    expect(filesIn(opened.folder)).toEqual(['arriving/1.abcdef.0000'])
    unlinkSync(others)
  })

  test('an upload under way is not swept by another opening', async () => {
    let release: () => void = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const slow = (async function* () {
      yield Buffer.from('be')
      await held
      yield Buffer.from('gun')
    })()
    const arriving = opened.files.receive(slow, 100)
    const second = await openFiles(path, clock)
    release()
    const arrived = await arriving
    if (arrived === 'tooLarge') throw new Error('five bytes')
    await arrived.keep({ ledger: north, media: 'application/pdf', name: 'a.pdf' })
    expect(await read(second, north, digestOf('begun'))).toBe('begun')
    second.close()
  })

  test('a file without a row, and a key without a file, go with the daily sweep, and nothing else', async () => {
    const kept = await keep(opened, 'kept')
    const stray = `${digestOf('stray')}.abc-0123456789abcdef`
    const folder = join(opened.folder, north.replaceAll('/', '+'), stray.slice(0, 2))
    mkdirSync(folder, { recursive: true })
    const file = join(folder, stray)
    writeFileSync(file, 'stray')
    utimesSync(file, now / 1000, now / 1000)
    opened.vault.put('file/abc-0123456789abcdef', { key: '00', name: '张三.pdf' })
    opened.vault.put('p_person', { name: '李四' })
    expect(await opened.files.sweepUnknown(now)).toBe(0)
    expect(await opened.files.sweepUnknown(now + DAY)).toBe(1)
    expect(await opened.files.sweepUnknown(now + DAY)).toBe(0)
    expect(opened.vault.get('file/abc-0123456789abcdef', 'name')).toBeUndefined()
    expect(opened.vault.get('p_person', 'name')).toBe('李四')
    expect(await read(opened, north, kept)).toBe('kept')
  })
})

const child = fileURLToPath(new URL('../support/attachment.child.ts', import.meta.url))

/** Runs the child until it has said so many lines, and kills it there. */
async function killedAfter(lines: number, mode: 'half' | 'many'): Promise<readonly string[]> {
  const running = spawn(process.execPath, ['--import', 'tsx', child, path, mode], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const said: string[] = []
  const ended = once(running, 'close')
  for await (const line of createInterface({ input: running.stdout })) {
    said.push(line)
    if (said.length === lines) running.kill('SIGKILL')
  }
  await ended
  expect(running.signalCode).toBe('SIGKILL')
  return said
}

describe('killed', { timeout: 120_000 }, () => {
  test('in the middle of a file: nothing half is left', async () => {
    opened.close()
    expect(await killedAfter(1, 'half')).toEqual(['half'])
    const left = filesIn(join(path, 'attachments'))
    expect(left).toEqual([expect.stringMatching(/^arriving\//)])
    opened = await openFiles(path, clock)
    expect(filesIn(opened.folder)).toEqual([])
    expect(await opened.files.list(north, '', 10)).toEqual([])
  })

  test('at any moment: what was said to be kept is there whole, the rest can be swept', async () => {
    opened.close()
    const said: string[] = []
    for (const lines of [1, 4, 9]) said.push(...(await killedAfter(lines, 'many')))
    opened = await openFiles(path, clock)
    expect(said.length).toBeGreaterThanOrEqual(14)
    for (const line of said) {
      const sha256 = sha256HexSchema.parse(line)
      const stream = await opened.files.open(north, sha256)
      if (stream === undefined) throw new Error(`${sha256} was said to be kept`)
      let size = 0
      for await (const piece of whole(stream, sha256)) size += piece.length
      expect(size).toBe(20_000)
    }
    await opened.files.sweepUnknown(Date.now() + DAY)
    const rows = await opened.files.list(north, '', 10_000)
    expect(filesIn(opened.folder)).toHaveLength(rows.length)
  })
})

test('what is known of a file has the same table in both dialects', () => {
  // the proof is that db/attachments/same.ts compiles; this keeps it part of the program
  expect(sameRows).toBe(true)
})
