// The demonstration's year over HTTP. The people of the demo act through a client that was given the OpenAPI document and nothing
// else, see what the API shows them, and must leave the same ledgers, to the last byte and signature, as the command line's way in.
// `npm test` carries one month of requests; `npm run year` all twelve.
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  asShipped,
  type Ended,
  inProcess,
  lastDay,
  type OverHttp,
  overHttp,
  standingOf,
} from '../support/openapi/year.ts'

const months = Number(process.env['FIVE_MUSTS_YEAR_MONTHS'] ?? 1)
const LONG = 1_800_000

describe(`${months} of the sample year's months over HTTP`, () => {
  let http: OverHttp
  let own: Ended
  beforeAll(async () => {
    http = await overHttp(months)
    own = await inProcess(months)
    const { figures, used } = http.door
    console.log(`${http.seconds.toFixed(1)} s`, figures, `${used.size} kinds of command`)
  }, LONG)

  test('leave the same entries as the command line’s way in', () => {
    expect(http.entries.map(([origin]) => origin)).toEqual(own.entries.map(([origin]) => origin))
    const differing = own.entries.flatMap(([origin, entries], at) => {
      const theirs = http.entries[at]?.[1] ?? []
      const seq = entries.findIndex((entry, i) => entry !== theirs[i])
      return seq < 0 ? [] : [{ origin, seq, own: entries[seq], http: theirs[seq] }]
    })
    expect(differing).toEqual([])
    expect(http.entries.map(([, all]) => all.length)).toEqual(
      own.entries.map(([, all]) => all.length),
    )
  })

  test('and the same signed heads, so the same ledgers', () => {
    expect(http.heads.length).toBeGreaterThan(100)
    expect(http.heads).toEqual(own.heads)
  })

  test('end as they end without it: everything closed, nobody refused who did not try it on', () => {
    expect(http.report).toEqual(own.report)
    expect(http.report.unfinished).toEqual([])
    expect(http.report.surprises).toEqual([])
    expect(http.report.byState).toEqual({ closed: http.report.requests })
  })

  test(
    'stand at the end where the command line’s own demonstration stands',
    { timeout: LONG },
    async () => {
      const theirs = await asShipped(months)
      const until = [lastDay(theirs), lastDay(http)].reduce((a, b) => (a < b ? a : b))
      const shipped = await standingOf(theirs, until)
      const stands = await standingOf(http, until)
      expect(stands.requests.length).toBeGreaterThan(40)
      for (const part of [
        'requests',
        'meetings',
        'authorities',
        'inspections',
        'rosters',
        'policies',
      ] as const)
        expect(stands[part], part).toEqual(shipped[part])
    },
  )

  test('show everybody on the page what they could then do', () => {
    expect(http.door.figures.seen).toBeGreaterThan(500)
    // what depends on which of several is meant, or on what is still to be written, no page can know
    const unknowable = ['alert.dismiss', 'finding.verify', 'mandate.grant', 'villageRule.enact']
    expect(http.door.misled.filter(({ command }) => !unknowable.includes(command))).toEqual([])
  })

  test('log nothing that went wrong', () => {
    const wrong = http.log.filter(
      (line) => typeof line === 'object' && line !== null && 'err' in line,
    )
    expect(wrong).toEqual([])
  })
})

test.each(['client.ts', 'document.ts', 'person.ts'])(
  '%s knows nothing of ours but the document',
  (file) => {
    const text = readFileSync(new URL(`../support/openapi/${file}`, import.meta.url), 'utf8')
    const imports = [...text.matchAll(/from '([^']+)'/g)].map(([, from = '']) => from)
    expect(imports.length).toBeGreaterThan(0)
    for (const from of imports) expect(from).toMatch(/^(?:node:[a-z]+|zod|\.\/[a-z]+\.ts)$/)
  },
)
