// The drafts' file: one of an earlier release is brought on with everything in it, and what is erased leaves nothing behind.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { openDrafts } from '../../db/drafts/open.ts'
import { draftSchema } from '../../src/domain/draft.ts'
import { commandIdSchema, requestIdSchema, sha256HexSchema } from '../../src/domain/ids.ts'
import { instantOf } from '../../src/domain/time.ts'
import { company, p, village } from '../support/law-cast.ts'
import { form } from '../support/request-cast.ts'

const path = mkdtempSync(join(tmpdir(), 'drafts-'))
afterAll(() => rmSync(path, { recursive: true, force: true }))

const id = sha256HexSchema.parse('cd'.repeat(32))
const { payee: _payee, evidence: _evidence, ...submission } = form()
const imported = draftSchema.parse({
  id,
  line: 4,
  submittedOn: '2026-02-01',
  clerk: p('clerk'),
  submission,
  needsList: true,
  columns: { 事由: '发放工资' },
})
const desk = { ledger: village, person: p('clerk'), companies: [company] }
const at = instantOf(Date.parse('2026-03-02T01:00:00.000Z'))

test('a file of the first release is brought on, its drafts with it', async () => {
  const file = join(path, 'old.db')
  const old = new Database(file)
  // as the first release made it
  old.exec(`create table draft (
      id text primary key check (length(id) = 64),
      state text not null check (state in ('waiting', 'taken', 'submitted')),
      company text not null, submitted_on text not null, line integer not null,
      content text not null, command text not null default '', request text not null default '',
      check ((state = 'waiting') = (command = '' and request = ''))
    ) strict, without rowid;
    create index draft_in_order on draft (submitted_on, line, id);
    pragma user_version = 1;`)
  old
    .prepare(`insert into draft (id, state, company, submitted_on, line, content)
      values (?, 'waiting', ?, ?, ?, ?)`)
    .run(id, company, imported.submittedOn, imported.line, JSON.stringify(imported))
  old.close()
  for (const times of [1, 2]) {
    const drafts = openDrafts(file)
    expect(await drafts.find(id), `opened ${times} times`).toEqual({
      id,
      state: 'waiting',
      draft: imported,
    })
    expect(await drafts.atDesk.onDesk(desk, id)).toMatchObject({ revision: 0, imported })
    await drafts.close()
  }
})

test('a list that the command line attaches stands in what was written since', async () => {
  const drafts = openDrafts(join(path, 'attached.db'))
  await drafts.putAll([imported])
  await drafts.atDesk.save(desk, id, { seen: 0, form: { purpose: '改' }, at })
  const digest = sha256HexSchema.parse('0'.repeat(64))
  const list = { type: 'list', count: 2, total: imported.submission.amount, digest } as const
  expect(await drafts.attach(id, list)).toBe(true)
  const now = await drafts.atDesk.onDesk(desk, id)
  expect(now?.form).toEqual({ purpose: '改', payee: list })
  // whoever had it open meets another revision
  expect(await drafts.atDesk.save(desk, id, { seen: 1, form: {}, at })).toBe('stale')
  await drafts.close()
})

test('one reserved at a desk is none the command line submits, and the other way round', async () => {
  const drafts = openDrafts(join(path, 'reserved.db'))
  await drafts.putAll([imported])
  const command = commandIdSchema.parse('01970000-0000-7000-8000-000000000001')
  expect(await drafts.atDesk.reserve(id, command)).toBe(true)
  expect(await drafts.atDesk.reserve(id, command)).toBe(false)
  expect((await drafts.list())[0]).toMatchObject({ state: 'taken' })
  await drafts.atDesk.release(id)
  const intent = { command, request: requestIdSchema.parse('2026-000001') }
  expect(await drafts.take(id, intent)).toEqual(intent)
  expect(await drafts.atDesk.reserve(id, command)).toBe(false)
  expect(await drafts.atDesk.save(desk, id, { form: {}, at })).toBe('busy')
  await drafts.close()
})

test('more than so many of one person are not taken', async () => {
  const drafts = openDrafts(join(path, 'full.db'))
  const begin = (n: number) =>
    drafts.atDesk.begin(
      {
        id: sha256HexSchema.parse(String(n).repeat(64)),
        ledger: village,
        owner: p('clerk'),
        form: {},
        at,
      },
      2,
    )
  expect([await begin(1), await begin(2)]).toMatchObject([{ revision: 1 }, { revision: 1 }])
  expect(await begin(3)).toBe('full')
  expect(await begin(1)).toMatchObject({ revision: 1 })
  await drafts.close()
})

test('thrown away, nothing of it is left in the files', async () => {
  const folder = join(path, 'erased')
  mkdirSync(folder)
  const drafts = openDrafts(join(folder, 'drafts.db'))
  const own = sha256HexSchema.parse('ef'.repeat(32))
  const secret = '某人的秘密事由'
  const holds = () =>
    readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(secret))
  await drafts.atDesk.begin(
    { id: own, ledger: village, owner: p('clerk'), form: { purpose: secret }, at },
    9,
  )
  expect(holds()).toBe(true)
  expect(await drafts.atDesk.discard(desk, own)).toBe('discarded')
  expect(holds()).toBe(false)
  expect(await drafts.atDesk.onDesk(desk, own)).toBeUndefined()
  await drafts.close()
})
