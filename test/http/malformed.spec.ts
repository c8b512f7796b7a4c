// Whatever is sent, nobody makes the server fail: no 5xx, every answer as the document says, and nothing half-written.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { workings } from '../../src/app/workings.ts'
import { checkLedger } from '../support/check-ledger.ts'
import { p } from '../support/law-cast.ts'
import { signerOf } from '../support/township-data.ts'
import type { Client, Sent } from './client.ts'
import { commandKey } from './client.ts'
import { type Ask, asks } from './rights-asks.ts'
import { openTown, type Town } from './town.ts'

const SEED = 20_261_123
const RUNS = 600

let town: Town
let clients: readonly Client[]
/** What each route is asked properly, to be spoilt. */
const proper = new Map<string, Ask>()
beforeAll(async () => {
  town = await openTown()
  const names = ['clerk', 'head', 'officer', 'centrehead', 'inspector1', 'm1']
  clients = [town.stranger()]
  for (const name of names) clients = [...clients, await town.client(p(name))]
  for (const { id } of town.routes) proper.set(id, (await asks[id]?.(town)) ?? {})
})
afterAll(() => town.close())

const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

/** Values no form means. */
const nasty: readonly unknown[] = [
  null,
  true,
  -1,
  0.1,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  '',
  ' ',
  '\u0000',
  '\u202Eevil\u2066',
  '\uFEFF',
  'e\u0301',
  '\uD800',
  '六\uF9D1',
  'a'.repeat(70_000),
  '../../etc/passwd',
  "'; drop table entry; --",
  '{{constructor}}',
  '9999-99-99',
  '2026-02-30',
  [],
  [[]],
  {},
  { toString: 1 },
  { length: -1 },
  Array.from({ length: 3000 }, () => 0),
  { toJSON: 'x', constructor: { prototype: 1 } },
]

/** One value at one place in the body, in or out of its form. */
function spoilt(body: unknown, path: readonly number[], value: unknown): unknown {
  const [at = 0, ...rest] = path
  if (typeof body !== 'object' || body === null || path.length === 0) return value
  const keys = Object.keys(body)
  const key = keys[at % Math.max(1, keys.length)]
  if (key === undefined) return { ...body, surplus: value }
  const within = (body as Readonly<Record<string, unknown>>)[key]
  const changed = rest.length > 0 ? spoilt(within, rest, value) : value
  if (Array.isArray(body)) return body.map((one: unknown, i) => (String(i) === key ? changed : one))
  return { ...body, [key]: changed }
}

const raws: readonly (string | Uint8Array)[] = [
  '{',
  '"text"',
  'null',
  deep(60_000),
  '{"a":1,"a":2}',
  '{"__proto__":{"admin":true}}',
  '{"reason":"x","reason":{"y":1}}',
  Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d),
  Uint8Array.of(0x1f, 0x8b, 0x08),
  'x'.repeat(300_000),
  '{"n":1e999}',
]

const ids = [
  '2026-000001',
  '%00',
  '..%2f..',
  '2026-000001%20',
  '%F0%9F%92%A9',
  'x'.repeat(3000),
  '%',
  '*',
]

const headers: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'idempotency-key': 'no' },
  { 'if-match': '"-1"' },
  { 'if-match': '*' },
  { 'if-match': '"999999999"' },
  { 'acting-office': 'o_nobody' },
  { 'acting-office': '<script>' },
  { 'acting-office': 'o_clerk', 'acting-mandate': 'd_none' },
  { 'content-type': 'text/xml' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-encoding': 'gzip' },
  { 'accept-language': '\u00e9'.repeat(50) },
  { origin: 'https://evil.example' },
  { 'sec-fetch-site': 'cross-site' },
]

const asked = fc.record({
  route: fc.nat(),
  who: fc.nat(),
  kind: fc.constantFrom('value', 'value', 'value', 'raw', 'path', 'query', 'header'),
  place: fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 4 }),
  nth: fc.nat(),
  key: fc.boolean(),
})

test('nothing that is sent makes it fail', { timeout: 120_000 }, async () => {
  const statuses = new Map<number, number>()
  const { routes } = town
  const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T
  await fc.assert(
    fc.asyncProperty(asked, async ({ route: r, who, kind, place, nth, key }) => {
      const route = pick(routes, r)
      const { params = {}, body } = proper.get(route.id) ?? {}
      let path: string = route.path.replaceAll(/\{(\w+)\*?\}/g, (_whole, name: string) =>
        kind === 'path' ? pick(ids, nth) : (params[name] ?? ''),
      )
      if (kind === 'query')
        path += `?limit=${pick(ids, nth)}&after=${'A'.repeat(nth % 700)}&surplus=1`
      const value = pick(nasty, nth)
      const sends = route.method !== 'get'
      const sent: Sent = {
        headers: {
          ...(key && route.command !== undefined ? { 'idempotency-key': commandKey() } : {}),
          ...(kind === 'header' ? pick(headers, nth) : {}),
        },
        ...(sends && kind === 'raw' ? { raw: pick(raws, nth) } : {}),
        ...(sends && kind !== 'raw' && body !== undefined
          ? { body: kind === 'value' ? spoilt(body, place, value) : body }
          : {}),
      }
      const { status, text } = await pick(clients, who).ask(
        route.method.toUpperCase(),
        route.root === true ? `~${path}` : path,
        sent,
      )
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      expect(status, `${route.id} ${kind} ${text.slice(0, 400)}`).toBeLessThan(500)
    }),
    { seed: SEED, numRuns: RUNS },
  )
  // the generator reaches far enough: refused at each door, and some of it accepted
  for (const status of [200, 400, 401, 403, 404, 422])
    expect([...statuses.keys()]).toContain(status)
  checkLedger(town.file, { workings, signer: signerOf })
})
