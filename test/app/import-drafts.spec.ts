// Where drafts wait: all or nothing, once, and erasable down to the bytes of the file.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDrafts } from '../../db/drafts/open.ts'
import { importRequests } from '../../src/app/import/import-requests.ts'
import type { Draft, DraftStore, Intent } from '../../src/domain/draft.ts'
import {
  commandIdSchema,
  organisationIdSchema,
  requestIdSchema,
  sha256HexSchema,
} from '../../src/domain/ids.ts'
import { directory, sample, sheetOf } from '../support/import.ts'

let folder: string
let file: string
let drafts: DraftStore
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'five-musts-drafts-'))
  file = join(folder, 'drafts.db')
  drafts = openDrafts(file)
})
afterEach(async () => {
  await drafts.close()
  rmSync(folder, { recursive: true, force: true })
})

const intent = (n: number): Intent => ({
  command: commandIdSchema.parse(`01890000-0000-7000-8000-00000000000${n}`),
  request: requestIdSchema.parse(`2025-00000${n}`),
})
const unknown = sha256HexSchema.parse('0'.repeat(64))

async function theOne(): Promise<Draft> {
  await importRequests(sheetOf({ 事由: '独一无二的事由' }), { directory, drafts })
  const [kept] = await drafts.list()
  if (kept?.draft === undefined) throw new Error('nothing was kept')
  return kept.draft
}

describe('putting', () => {
  test('keeps nothing when one of them fails', async () => {
    const raw = new Database(file)
    raw.exec(`create trigger full before insert on draft when new.line = 300
              begin select raise(abort, 'disk full'); end`)
    const bytes = sample('requests-2025.csv')
    await expect(importRequests(bytes, { directory, drafts })).rejects.toThrow('disk full')
    expect(await drafts.list()).toEqual([])
    raw.exec('drop trigger full')
    raw.close()
    expect(await importRequests(bytes, { directory, drafts })).toMatchObject({ added: 625 })
  })

  test('is still there after closing, and known to the next import', async () => {
    const draft = await theOne()
    await drafts.close()
    drafts = openDrafts(file)
    expect(await drafts.find(draft.id)).toEqual({ id: draft.id, state: 'waiting', draft })
    expect(await drafts.putAll([draft])).toEqual({ added: 0, known: 1 })
  })

  test('leaves a file of a newer version alone', async () => {
    const raw = new Database(file)
    raw.pragma('user_version = 99')
    raw.close()
    expect(() => openDrafts(file)).toThrow(/version 99/)
    expect(await drafts.list()).toEqual([])
  })
})

describe('listing', () => {
  test('is by date and row, a page at a time, each once', async () => {
    await importRequests(sample('requests-2025.csv'), { directory, drafts })
    const all = await drafts.list({ limit: 1000 })
    const keys = all.map(
      ({ draft }) => `${draft?.submittedOn} ${String(draft?.line).padStart(6, '0')}`,
    )
    expect(keys).toEqual(keys.toSorted())
    const paged = []
    for (let page = await drafts.list(); page.length > 0;) {
      paged.push(...page)
      const last = page.at(-1)
      page = last === undefined ? [] : await drafts.list({ after: last.id })
    }
    expect(paged).toEqual(all)
    const company = organisationIdSchema.parse('g_nantang')
    expect(await drafts.list({ company, limit: 1000 })).toHaveLength(202)
    expect(await drafts.list({ state: 'submitted' })).toEqual([])
  })
})

describe('submitting', () => {
  test('the first intent stands, whoever takes it again', async () => {
    const { id } = await theOne()
    expect(await drafts.take(id, intent(1))).toEqual(intent(1))
    expect(await drafts.take(id, intent(2))).toEqual(intent(1))
    expect(await drafts.find(id)).toMatchObject({ state: 'taken', intent: intent(1) })
  })

  test('two at once get one intent', async () => {
    const { id } = await theOne()
    const second = openDrafts(file)
    const taken = await Promise.all([drafts.take(id, intent(1)), second.take(id, intent(2))])
    expect(new Set(taken.map((each) => each?.request)).size).toBe(1)
    await second.close()
  })

  test('a refused one waits again, for another command', async () => {
    const { id } = await theOne()
    await drafts.take(id, intent(1))
    await drafts.release(id)
    expect(await drafts.find(id)).toMatchObject({ state: 'waiting' })
    expect(await drafts.take(id, intent(2))).toEqual(intent(2))
  })

  test('a submitted one stays so', async () => {
    const draft = await theOne()
    await drafts.markSubmitted(draft.id)
    expect(await drafts.find(draft.id)).toMatchObject({ state: 'waiting' })
    await drafts.take(draft.id, intent(1))
    await drafts.markSubmitted(draft.id)
    await drafts.release(draft.id)
    expect(await drafts.find(draft.id)).toEqual({
      id: draft.id,
      state: 'submitted',
      intent: intent(1),
      draft,
    })
    expect(await drafts.take(draft.id, intent(2))).toEqual(intent(1))
    expect(await drafts.putAll([draft])).toEqual({ added: 0, known: 1 })
    expect(await drafts.list({ state: 'submitted' })).toHaveLength(1)
  })

  test('there is nothing to take where there is no draft', async () => {
    expect(await drafts.take(unknown, intent(1))).toBeUndefined()
    expect(await drafts.find(unknown)).toBeUndefined()
  })
})

describe('erasing', () => {
  const holds = (text: string): boolean =>
    readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(text))

  test('leaves no byte of what it said, and the identity', async () => {
    const draft = await theOne()
    expect(holds('独一无二的事由')).toBe(true)
    await drafts.erase(draft.id)
    expect(holds('独一无二的事由')).toBe(false)
    expect(await drafts.find(draft.id)).toEqual({ id: draft.id, state: 'waiting' })
    expect(await drafts.list()).toEqual([])
    expect(await drafts.take(draft.id, intent(1))).toBeUndefined()
    expect(await drafts.putAll([draft])).toEqual({ added: 0, known: 1 })
  })

  test('without it the bytes stay: deleting alone is not erasing', async () => {
    const draft = await theOne()
    const raw = new Database(file)
    raw.prepare("update draft set content = '' where id = ?").run(draft.id)
    raw.close()
    expect(holds('独一无二的事由')).toBe(true)
  })
})
