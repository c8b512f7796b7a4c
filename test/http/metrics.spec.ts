// Figures for Prometheus: what they count, who may read them, and that nobody stands in them.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { isPrivate } from '../../src/config.ts'
import { Metrics } from '../../src/http/metrics-text.ts'
import { p, village } from '../support/law-cast.ts'
import { request } from './things.ts'
import { code, openTown, type Town } from './town.ts'

const health = { store: true, heads: true, disk: true }
let town: Town
let other: Town | undefined
beforeAll(async () => {
  town = await openTown({ health: () => health })
})
afterAll(() => town.close())
afterEach(async () => {
  await other?.close()
  other = undefined
})

const lineOf = (text: string, beginning: string): number | undefined => {
  const line = text.split('\n').find((one) => one.startsWith(`${beginning} `))
  return line === undefined ? undefined : Number(line.split(' ').at(-1))
}

async function figures({ url }: Town, headers: Record<string, string> = {}): Promise<string> {
  const answer = await fetch(`${url}/metrics`, { headers })
  return answer.status === 200 ? answer.text() : String(answer.status)
}

describe('figures', () => {
  test('count calls by route, never by what stood in the path', async () => {
    const here = `/villages/${code(village)}`
    const clerk = await town.client(p('clerk'))
    await clerk.get(`${here}/requests`)
    await clerk.get(`${here}/requests`)
    await clerk.get(`${here}/requests/2026-999999`)
    await clerk.get('/nothing/of/the/kind')
    const text = await figures(town)
    const calls = (route: string, status: number) =>
      lineOf(
        text,
        `five_musts_http_request_duration_seconds_count{method="GET",route="${route}",status="${status}"}`,
      )
    expect(calls('/api/v1/villages/{village}/requests', 200)).toBe(2)
    expect(calls('/api/v1/villages/{village}/requests/{request}', 404)).toBe(1)
    expect(calls('none', 404)).toBe(1)
    expect(text).toMatch(/route="\/api\/auth",status="200"/)
    expect(text).not.toMatch(/2026-999999|p_clerk|u\.clerk|330106109203"[^}]*route/)
  })

  test('count what was carried out and what was refused, by code', async () => {
    const id = await request(town, 'witnessed')
    const path = `/villages/${code(village)}/requests/${id}`
    const head = await town.client(p('head'))
    const clerk = await town.client(p('clerk'))
    expect((await clerk.command(`${path}/issuing/head`)).status).toBe(403)
    expect((await head.command(`${path}/issuing/head`)).status).toBe(201)
    expect((await head.command(`${path}/issuing/head`)).status).toBe(409)
    const text = await figures(town)
    expect(lineOf(text, 'five_musts_commits_total{type="request.issue"}')).toBe(1)
    expect(lineOf(text, 'five_musts_refusals_total{code="notOpen"}')).toBe(1)
    // the clerk's was decided too: the law said no
    expect(lineOf(text, 'five_musts_commit_duration_seconds_count')).toBe(3)
    const size = lineOf(text, `five_musts_ledger_entries{ledger="${village}"}`) ?? 0
    expect(size).toBeGreaterThan(50)
    expect(lineOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(10_000_000)
    expect(lineOf(text, 'five_musts_http_connections_open')).toBeGreaterThan(0)
    expect(lineOf(text, 'five_musts_event_loop_lag_seconds{of="p99"}')).toBeGreaterThanOrEqual(0)
  })

  test('and /readyz tell what is amiss', async () => {
    const ready = async () => {
      const answer = await town.stranger().get('~/readyz')
      return [answer.status, answer.body]
    }
    expect(await ready()).toEqual([200, { status: 'ok', heads: 'kept', disk: 'enough' }])
    Object.assign(health, { heads: false, disk: false })
    expect(await ready()).toEqual([200, { status: 'ok', heads: 'behind', disk: 'low' }])
    expect(lineOf(await figures(town), 'five_musts_healthy{of="heads"}')).toBe(0)
    expect(lineOf(await figures(town), 'five_musts_healthy{of="store"}')).toBe(1)
    Object.assign(health, { store: false })
    expect(await ready()).toEqual([503, expect.objectContaining({ code: 'storeUnwritable' })])
  })
})

describe('who may read them', () => {
  test('this machine, unless somebody else’s call came through it', async () => {
    expect(await figures(town)).toContain('# TYPE')
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via', 'x-forwarded-host'])
      expect(await figures(town, { [name]: '203.0.113.9' }), name).toBe('404')
  })

  test('nobody without a token where a public address is named', async () => {
    other = await openTown({ config: { url: 'https://ledger.example.cn' } })
    const local = `http://127.0.0.1:${String(other.running.port)}`
    expect((await fetch(`${local}/healthz`)).status).toBe(200)
    expect((await fetch(`${local}/metrics`)).status).toBe(404)
  })

  test('whoever bears the token, and then nobody else', async () => {
    const metricsToken = 'a-token-of-the-operator'
    other = await openTown({ config: { metricsToken } })
    expect(await figures(other)).toBe('404')
    expect(await figures(other, { authorization: `Bearer ${metricsToken}x` })).toBe('404')
    expect(await figures(other, { authorization: metricsToken })).toBe('404')
    expect(await figures(other, { authorization: `Bearer ${metricsToken}` })).toContain('# TYPE')
  })

  const config = { host: '127.0.0.1', proxies: 0 }
  test.each([
    [{}, true],
    [{ url: 'http://localhost:8080' }, true],
    [{ url: 'https://ledger.example.cn' }, false],
    [{ proxies: 1 }, false],
    [{ host: '0.0.0.0', url: 'http://localhost:8080' }, false],
  ])('%j is this machine alone: %s', (more, expected) => {
    expect(isPrivate({ ...config, ...more })).toBe(expected)
  })
})

describe('the text', () => {
  test('is as Prometheus reads it', async () => {
    const metrics = new Metrics()
    const count = metrics.counter('a_total', 'Counts.')
    count({ of: 'a "quoted"\\\n' })
    count({ of: 'a "quoted"\\\n' })
    const observe = metrics.histogram('b_seconds', 'Times.', [0.1, 1])
    for (const value of [0.05, 0.1, 0.5, 3]) observe(value, { of: 'x' })
    metrics.gauge('c', 'Reads.', () => Promise.resolve([{ value: 1.5 }]))
    expect(await metrics.text()).toBe(
      [
        '# HELP a_total Counts.',
        '# TYPE a_total counter',
        String.raw`a_total{of="a \"quoted\"\\\n"} 2`,
        '# HELP b_seconds Times.',
        '# TYPE b_seconds histogram',
        'b_seconds_bucket{of="x",le="0.1"} 2',
        'b_seconds_bucket{of="x",le="1"} 3',
        'b_seconds_bucket{of="x",le="+Inf"} 4',
        'b_seconds_sum{of="x"} 3.65',
        'b_seconds_count{of="x"} 4',
        '# HELP c Reads.',
        '# TYPE c gauge',
        'c 1.5',
        '',
      ].join('\n'),
    )
  })
})
