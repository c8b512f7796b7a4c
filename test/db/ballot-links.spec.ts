// Links and PINs on their own: one each, recognised by digests, attempts counted before they are made.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OpenBallotLinks, openBallotLinks } from '../../db/ballot-links/open.ts'
import { sameRows } from '../../db/ballot-links/same.ts'
import type { BallotLinkStore } from '../../src/domain/ballot-link.ts'
import { commandIdSchema, meetingIdSchema, type PersonId } from '../../src/domain/ids.ts'
import { p, village } from '../support/law-cast.ts'

let folder = ''
let file = ''
let open: OpenBallotLinks
let links: BallotLinkStore
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'five-musts-ballot-links-'))
  file = join(folder, 'ballot-links.db')
  open = openBallotLinks(file)
  links = open.links
})
afterEach(() => {
  open.close()
  rmSync(folder, { recursive: true, force: true })
})

const meeting = meetingIdSchema.parse('m-2026-0001')
const other = meetingIdSchema.parse('m-2026-0002')
const here = { ledger: village, meeting }
const there = { ledger: village, meeting: other }
const [m1, m2] = [p('m1'), p('m2')]
const issueId = (n: number) => commandIdSchema.parse(`01980000-0000-7000-8000-00000000000${n}`)
const link = (person: PersonId, digest: string) => ({ person, digest })
const pin = (person: PersonId, hash = 'bb') => ({ person, salt: 'aa', hash })
const patience = { free: 3, wait: 100, longest: 300, most: 6 }
const of1 = { ...here, person: m1 }

describe('a link', () => {
  test('is its person’s, for its meeting, until it is replaced', async () => {
    await links.putLinks({ ...here, issue: issueId(1), halves: [link(m1, 'd1'), link(m2, 'd2')] })
    await links.putLinks({ ...there, issue: issueId(2), halves: [link(m1, 'd3')] })
    expect(await links.find('d1')).toEqual(of1)
    expect(await links.find('d3')).toEqual({ ...there, person: m1 })
    expect(await links.find('d9')).toBeUndefined()
    await links.putLinks({ ...here, issue: issueId(3), halves: [link(m1, 'd4')] })
    expect(await links.find('d1')).toBeUndefined()
    expect(await links.find('d4')).toEqual(of1)
    expect(await links.find('d2')).toEqual({ ...here, person: m2 })
  })

  test('of one issuing is kept once, whatever comes under its id again', async () => {
    const issue = issueId(1)
    expect(await links.putLinks({ ...here, issue, halves: [link(m1, 'd1')] })).toBe('put')
    expect(await links.putLinks({ ...here, issue, halves: [link(m1, 'd2')] })).toBe('told')
    expect(await links.find('d2')).toBeUndefined()
    open.close()
    open = openBallotLinks(file)
    links = open.links
    expect(await links.putPins({ ...here, issue, halves: [pin(m1)] })).toBe('told')
    expect(await links.find('d1')).toEqual(of1)
  })

  test('two of one digest cannot be: all of the issuing is taken back', async () => {
    const halves = [link(m1, 'd1'), link(m2, 'd1')]
    await expect(links.putLinks({ ...here, issue: issueId(1), halves })).rejects.toThrow(/UNIQUE/)
    expect(await links.find('d1')).toBeUndefined()
    expect(await links.putLinks({ ...here, issue: issueId(1), halves: halves.slice(1) })).toBe(
      'put',
    )
  })
})

describe('an attempt', () => {
  const claim = (now: number) => links.claim(of1, patience, now)

  test('is counted before it is made, waits longer each time, and ends', async () => {
    expect(await claim(0)).toBe('none')
    await links.putPins({ ...here, issue: issueId(1), halves: [pin(m1)] })
    const kept = { salt: 'aa', hash: 'bb' }
    const storm = await Promise.all(Array.from({ length: 6 }, () => claim(1000)))
    expect(storm).toEqual([
      { claimed: kept, left: 5 },
      { claimed: kept, left: 4 },
      { claimed: kept, left: 3 },
      { waits: 1100 },
      { waits: 1100 },
      { waits: 1100 },
    ])
    expect(await claim(1100)).toEqual({ claimed: kept, left: 2 })
    expect(await claim(1299)).toEqual({ waits: 1300 })
    expect(await claim(1300)).toEqual({ claimed: kept, left: 1 })
    // the longest wait
    expect(await claim(1599)).toEqual({ waits: 1600 })
    expect(await claim(1600)).toEqual({ claimed: kept, left: 0 })
    expect(await claim(9_999_999)).toBe('dead')
  })

  test('is of one person at one meeting', async () => {
    await links.putPins({ ...here, issue: issueId(1), halves: [pin(m1), pin(m2)] })
    await links.putPins({ ...there, issue: issueId(2), halves: [pin(m1)] })
    for (let i = 0; i < 3; i += 1) await claim(0)
    expect(await claim(0)).toEqual({ waits: 100 })
    expect(await links.claim({ ...here, person: m2 }, patience, 0)).toMatchObject({ left: 5 })
    expect(await links.claim({ ...there, person: m1 }, patience, 0)).toMatchObject({ left: 5 })
  })

  test('is forgiven by a right one, and begins anew with another PIN', async () => {
    await links.putPins({ ...here, issue: issueId(1), halves: [pin(m1)] })
    for (let i = 0; i < 3; i += 1) await claim(0)
    await links.forgive(of1)
    expect(await claim(0)).toMatchObject({ left: 5 })
    for (let i = 0; i < 3; i += 1) await claim(0)
    await links.putPins({ ...here, issue: issueId(2), halves: [pin(m1, 'cc')] })
    expect(await claim(0)).toEqual({ claimed: { salt: 'aa', hash: 'cc' }, left: 5 })
  })

  test('survives a restart', async () => {
    await links.putPins({ ...here, issue: issueId(1), halves: [pin(m1)] })
    for (let i = 0; i < 3; i += 1) await claim(0)
    open.close()
    open = openBallotLinks(file)
    links = open.links
    expect(await claim(50)).toEqual({ waits: 100 })
  })
})

describe('the file', () => {
  test('has the same tables in both dialects', () => {
    // the proof is that db/ballot-links/same.ts compiles; this keeps it part of the program
    expect(sameRows).toBe(true)
  })

  test('has strict tables without hidden order', () => {
    const db = new Database(file, { readonly: true })
    const tables = db
      .prepare(
        `select name, strict, wr from pragma_table_list
         where schema = 'main' and type = 'table' and name like 'ballot%' order by name`,
      )
      .all()
    db.close()
    expect(tables).toEqual(
      ['ballot_issue', 'ballot_link', 'ballot_pin'].map((name) => ({ name, strict: 1, wr: 1 })),
    )
  })

  test('says nothing of a PIN that was erased, and keeps the others', async () => {
    await links.putPins({ ...here, issue: issueId(1), halves: [pin(m1, 'feedfacecafe')] })
    await links.putPins({ ...there, issue: issueId(2), halves: [pin(m1, 'deadbeefdeed')] })
    expect(await links.meetings()).toEqual([here, there])
    await links.erasePins(here)
    expect(await links.meetings()).toEqual([there])
    open.close()
    const bytes = readFileSync(file)
    expect(bytes.includes('feedfacecafe')).toBe(false)
    expect(bytes.includes('deadbeefdeed')).toBe(true)
    open = openBallotLinks(file)
  })
})
