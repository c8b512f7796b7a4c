// Refused attempts as the command line lists them (law 10.6): in words, the newest first, and nothing where nobody was refused.
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAttemptLog } from '../../db/attempts/log.ts'
import type { CountedAttempt } from '../../src/domain/attempt-log.ts'
import { cli, cliJson } from '../support/cli.ts'
import { o, p, town, village } from '../support/law-cast.ts'
import { type TownshipData, townshipData } from '../support/township-data.ts'

let data: TownshipData
let at: readonly string[] = []
const tried = (more: Partial<CountedAttempt>): CountedAttempt => ({
  day: '2026-03-02',
  account: 'account1',
  person: p('clerk'),
  office: o('clerk'),
  mandate: '',
  act: 'request.issue',
  ledger: village,
  stream: 'request/2026-000001',
  code: 'officeNotHeld',
  township: town,
  home: town,
  count: 2,
  firstAt: '2026-03-02T01:00:00.000Z',
  lastAt: '2026-03-02T01:05:00.000Z',
  firstReference: 'a',
  lastReference: 'b',
  ...more,
})

beforeAll(async () => {
  data = await townshipData({ requests: 1, steps: 1 })
  at = ['--data', data.path, 'attempt', 'list']
})
afterAll(() => data.remove())

test('nothing where no server has run', async () => {
  expect(await cliJson(at)).toEqual({ attempts: [], more: false })
})

test('the newest first, in words, and searched', { timeout: 90_000 }, async () => {
  const log = openAttemptLog(join(data.path, 'attempts.db'))
  await log.add([
    tried({}),
    tried({
      day: '2026-03-03',
      act: '/sign-in/username',
      code: 'signInFailed',
      office: '',
      ledger: '',
      stream: '',
    }),
  ])
  log.close()
  const { attempts } = await cliJson(at)
  expect(attempts).toMatchObject([
    { code: 'signInFailed', who: p('clerk'), officeName: '', place: '' },
    { code: 'officeNotHeld', officeName: '报账员', place: '云溪村', count: 2 },
  ])
  for (const options of [
    ['--day', '2026-03-02'],
    ['--code', 'officeNotHeld'],
    ['--ledger', '云溪村'],
  ])
    expect((await cliJson([...at, ...options]))['attempts']).toMatchObject([{ day: '2026-03-02' }])
  const { out } = await cli([...at, '--limit', '1', '--lang', 'en'])
  expect(out).toMatch(/signInFailed/)
  expect(out).not.toMatch(/officeNotHeld/)
})

test.each([
  ['--day', 'yesterday'],
  ['--person', 'Shen'],
])('%s %s is a mistake', async (option, found) => {
  const { code, err } = await cli([...at, option, found, '--lang', 'en'])
  expect([code, err]).toEqual([2, expect.stringMatching(/^valueMalformed/)])
})
