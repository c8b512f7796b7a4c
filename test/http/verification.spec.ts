// Verifying at the server: in a process of its own, watched and cancelled over HTTP, and honest about what it finds.
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyApart } from '../../src/app/verify/apart.ts'
import { p, village } from '../support/law-cast.ts'
import type { Client } from './client.ts'
import { request } from './things.ts'
import { code, openTown, type Town } from './town.ts'

let town: Town
let clerk: Client
beforeAll(async () => {
  town = await openTown()
  clerk = await town.client(p('clerk'))
  await request(town, 'papers')
})
afterAll(() => town.close())

const at = `/ledgers/${code(village)}/verification`
const stateOf = async (client: Client) => (await client.get(at)).body['state']
/** A process of its own takes its time on a busy machine. */
const PATIENCE = { timeout: 80_000 }
const PATIENT = { timeout: 120_000 }

describe('a verification', () => {
  test(
    'is none before anybody asked, runs beside the server, and says what it looked at',
    PATIENT,
    async () => {
      expect((await clerk.get(at)).body).toMatchObject({ state: 'none', cancellable: false })
      const started = await clerk.post(at)
      expect([started.status, started.body['state']]).toEqual([201, 'waiting'])
      // asked again it is the same one
      expect((await clerk.post(at)).body['askedAt']).toBe(started.body['askedAt'])
      expect((await fetch(`${town.url}/healthz`)).status).toBe(200)
      await expect.poll(() => stateOf(clerk), PATIENCE).toBe('clean')
      const { body } = await clerk.get(at)
      expect(body).toMatchObject({ found: 0, violations: [], cancellable: false })
      expect(body['read']).toBe(body['of'])
      expect(Number(body['entries'])).toBeGreaterThan(50)
      expect(body['says']).toBe('未被改动，且每一步都合规')
      // nothing was added since: nobody but an inspector has it done again
      const head = await town.client(p('head'))
      for (const client of [clerk, head]) expect((await client.post(at)).body).toEqual(body)
      const inspector = await town.client(p('inspector1'))
      const again = await inspector.post(at)
      expect([again.status, again.body['state']]).toEqual([201, 'waiting'])
      await expect.poll(() => stateOf(clerk), PATIENCE).toBe('clean')
    },
  )

  test('is for those who see the village', async () => {
    const stranger = await town.client(p('bclerk'))
    for (const method of ['GET', 'POST', 'DELETE'])
      expect([method, (await stranger.ask(method, at)).status]).toEqual([method, 404])
  })

  test('is cancelled by who asked or by an inspector, and by nobody else', async () => {
    expect((await clerk.ask('DELETE', at)).status).toBe(404)
    // a clean result of a moment ago says nothing of what was added since
    await request(town, 'papers')
    expect((await clerk.post(at)).body['state']).toBe('waiting')
    const head = await town.client(p('head'))
    expect((await head.ask('DELETE', at)).body['code']).toBe('notAllowed')
    const inspector = await town.client(p('inspector1'))
    const cancelled = await inspector.ask('DELETE', at)
    expect([cancelled.status, cancelled.body['state']]).toEqual([200, 'cancelled'])
    // and the next one begins and ends
    expect((await clerk.post(at)).status).toBe(201)
    expect((await clerk.ask('DELETE', at)).body['state']).toBe('cancelled')
  })

  test(
    'finds what was changed behind the server’s back, and says what to do',
    PATIENT,
    async () => {
      const house = await openTown()
      try {
        const db = new Database(house.file)
        db.exec('drop trigger entry_no_update')
        const row = db
          .prepare<[string], { seq: number; bytes: Buffer }>(
            "select seq, bytes from entry where ledger = ? and type = 'office.appointed' limit 1",
          )
          .get(village)
        const changed = Buffer.from(String(row?.bytes).replace('2026-01-05', '2026-01-06'))
        db.prepare('update entry set bytes = ? where ledger = ? and seq = ?').run(
          changed,
          village,
          row?.seq,
        )
        db.close()
        const officer = await house.client(p('officer'))
        await officer.post(at)
        await expect.poll(() => stateOf(officer), PATIENCE).toBe('violated')
        const { body } = await officer.get(at, { 'accept-language': 'en' })
        const violations = body['violations'] as readonly Readonly<Record<string, unknown>>[]
        expect(violations).toContainEqual(
          expect.objectContaining({ code: 'entryAltered', ledger: village, seq: row?.seq }),
        )
        for (const { ledger, title, remedy } of violations) {
          // of other villages nothing is told
          expect(['', village]).toContain(ledger)
          expect(`${String(title)}${String(remedy)}`).not.toMatch(/[{}]/)
        }
        expect(body['says']).toBe('Violations were found')
      } finally {
        await house.close()
      }
    },
  )
})

test('a run that cannot be done is an error, not a verdict', PATIENT, async () => {
  const verify = verifyApart({
    program: 'src/main.ts',
    execArgv: ['--import', import.meta.resolve('tsx')],
    args: ['--data', '/nowhere/at/all'],
    env: { PATH: process.env['PATH'] },
  })
  const signal = new AbortController().signal
  await expect(verify(village, { progress: () => {}, signal })).rejects.toThrow(
    /verify ended with \d.*notADataDirectory/,
  )
  await expect(
    verify(village, { progress: () => {}, signal: AbortSignal.abort(new Error('not now')) }),
  ).rejects.toThrow('not now')
})
