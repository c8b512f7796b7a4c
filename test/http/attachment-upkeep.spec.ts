// Looking after the files of a real town: what its entries name stays whatever is forgotten about it, what nobody named goes, and
// what is not as it should be is told.
import { readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  checkAttachments,
  ORPHAN_DAYS,
  sweepAttachments,
  type Unwell,
} from '../../src/app/attachments/upkeep.ts'
import { sha256HexSchema, type Sha256Hex } from '../../src/domain/ids.ts'
import { filesIn, keep, pieces } from '../support/attachment-files.ts'
import { p, village } from '../support/law-cast.ts'
import { readingOf } from '../support/reading-open.ts'
import type { Reading } from '../../src/app/read/port.ts'
import { whole } from '../../src/app/attachments/whole.ts'
import { type Client, commandKey } from './client.ts'
import { request } from './things.ts'
import { code, openTown, otherVillage, type Town } from './town.ts'

const DAY = 86_400_000
let town: Town
let clerk: Client
let reading: Reading
beforeAll(async () => {
  town = await openTown()
  clerk = await town.client(p('clerk'), { papers: false })
  reading = readingOf(town.file)
})
afterAll(async () => {
  reading.close()
  await town.close()
})

/** As the daily job runs it, so many days on. */
const sweep = (days: number) =>
  sweepAttachments({
    files: town.files,
    desk: town.desk,
    ledgers: reading.ledgers,
    clock: () => Date.parse(town.later(0)) + days * DAY,
  })

/** Named by an entry of a new request. */
async function named(text: string): Promise<Sha256Hex> {
  const sha256 = await keep(town, text, { ledger: village })
  const id = await request(town, 'papers')
  const evidence = [{ paper: 'invoice', sha256 }]
  const path = `/villages/${code(village)}/requests/${id}/papers`
  expect((await clerk.command(path, { evidence })).status).toBe(201)
  return sha256
}

const table = (): string => join(dirname(town.file), 'attachments.db')

test('after a month what no entry names goes; what one names stays, though the mark is lost', async () => {
  const there = await named('named and marked')
  const forgotten = await named('named, and the mark lost in a crash')
  const db = new Database(table())
  const lost = db.prepare('update attachment set named = 0 where sha256 = ?').run(forgotten)
  expect(lost.changes).toBe(1)
  const orphan = await keep(town, 'nobody names it', { ledger: village })
  // the same bytes, named in one village and not in the other
  await keep(town, 'named and marked', { ledger: otherVillage })
  expect(await sweep(ORPHAN_DAYS - 1)).toEqual({ orphans: 0, unknown: 0 })
  expect((await sweep(ORPHAN_DAYS + 1)).orphans).toBe(2)
  expect(await town.files.find(village, orphan)).toBeUndefined()
  expect(await town.files.find(otherVillage, there)).toBeUndefined()
  expect(await town.files.missing(village, [there, forgotten])).toEqual([])
  const marks = db.prepare('select named from attachment where sha256 = ?').pluck()
  expect([marks.get(there), marks.get(forgotten)]).toEqual([1, 1])
  db.close()
  expect((await sweep(10 * ORPHAN_DAYS)).orphans).toBe(0)
})

test('control: without its entry the same file would have gone', async () => {
  const sha256 = await named('named for the control')
  const db = new Database(table())
  db.prepare('update attachment set named = 0 where sha256 = ?').run(sha256)
  db.close()
  const none = { ...reading.ledgers, ledgers: () => [] }
  const clock = () => Date.parse(town.later(0)) + (ORPHAN_DAYS + 1) * DAY
  const swept = await sweepAttachments({ files: town.files, desk: town.desk, ledgers: none, clock })
  expect(swept.orphans).toBeGreaterThan(0)
  expect(await town.files.find(village, sha256)).toBeUndefined()
})

test('a file that a draft names stays as long as the draft, and goes with it', async () => {
  const sha256 = await keep(town, 'a draft names it', { ledger: village })
  const form = { evidence: [{ paper: 'invoice', sha256 }] }
  const key = { 'idempotency-key': commandKey() }
  const path = `/villages/${code(village)}/drafts`
  const draft = await clerk.ask('POST', path, { body: { form }, headers: key })
  expect(draft.status, draft.text).toBe(201)
  await sweep(ORPHAN_DAYS + 1)
  await sweep(10 * ORPHAN_DAYS)
  expect(await town.files.find(village, sha256)).toBeDefined()
  const headers = { 'if-match': draft.headers.get('etag') ?? '' }
  const gone = await clerk.ask('DELETE', `${path}/${String(draft.body['draft'])}`, { headers })
  expect(gone.status, gone.text).toBeLessThan(300)
  expect((await sweep(10 * ORPHAN_DAYS)).orphans).toBe(1)
  expect(await town.files.find(village, sha256)).toBeUndefined()
})

async function unwell(read: boolean): Promise<ReadonlyMap<string, Unwell['fault']>> {
  const found = new Map<string, Unwell['fault']>()
  const ports = { files: town.files, ledgers: reading.ledgers }
  for await (const one of checkAttachments(ports, village, { read }))
    if ('fault' in one) found.set(one.file.sha256, one.fault)
  return found
}

test('what is lost, altered or erased is told; what is there is not', async () => {
  const [well, lost, altered, erased] = [
    await named('well'),
    await named('lost'),
    await named('altered'),
    await named('erased'),
  ]
  const folder = join(dirname(town.file), 'attachments')
  const fileOf = (sha256: string): string => {
    const found = filesIn(folder).find((path) => path.includes(sha256))
    return join(folder, found ?? '')
  }
  unlinkSync(fileOf(lost))
  const bytes = readFileSync(fileOf(altered))
  bytes[0] = (bytes[0] ?? 0) ^ 1
  writeFileSync(fileOf(altered), bytes)
  await town.files.erase(village, erased, { basis: '个人信息保护法', approver: '张三' })
  const read = await unwell(true)
  const told = [well, lost, altered, erased].map((sha256) => read.get(sha256))
  expect(told).toEqual([undefined, 'missing', 'altered', 'erased'])
  // without reading, what was altered is not seen
  expect((await unwell(false)).get(altered)).toBeUndefined()
  expect((await unwell(false)).get(lost)).toBe('missing')
  // and over HTTP it is not given out
  const { status, body } = await clerk.get(`/villages/${code(village)}/attachments/${altered}`)
  expect([status, body['code']]).toEqual([409, 'attachmentAltered'])
  const stream = await town.files.open(village, well)
  if (stream === undefined) throw new Error('it is well')
  for await (const piece of whole(stream, well)) expect(piece.length).toBeGreaterThan(0)
})

test('a stream that breaks off leaves nothing to sweep', async () => {
  const digest = sha256HexSchema.parse('0'.repeat(64))
  const arrived = await town.files.receive(pieces('looked at and thrown away'), 100)
  if (arrived === 'tooLarge') throw new Error('a few bytes')
  await arrived.discard()
  expect(await town.files.find(village, arrived.sha256)).toBeUndefined()
  expect(await town.files.missing(village, [digest])).toEqual([digest])
  expect((await sweep(400)).unknown).toBe(0)
})
