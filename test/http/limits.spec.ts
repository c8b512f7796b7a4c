// How often somebody may ask, how many may come, and that counting them costs no memory.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { Buckets, Places } from '../../src/http/limits.ts'
import { DEMO_HEADER } from '../../src/http/shield.ts'
import { p, village } from '../support/law-cast.ts'
import { formOf } from './things.ts'
import { code, openTown, type Town } from './town.ts'

const limits = { writes: 1e9, reads: 1e9, calls: 1e9, connections: 10_000 }
let town: Town | undefined
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await town?.close()
  town = undefined
})

describe('buckets', () => {
  test('give a minute’s worth at once, then an even pace', () => {
    const buckets = new Buckets(60)
    const taken = (now: number, times: number) =>
      Array.from({ length: times }, () => buckets.take('a', now)).filter((wait) => wait === 0)
        .length
    expect(taken(0, 100)).toBe(60)
    expect(buckets.take('a', 0)).toBe(1000)
    expect(taken(999, 1)).toBe(0)
    expect(taken(2000, 10)).toBe(2)
    // somebody else has a bucket of their own
    expect(buckets.take('b', 2000)).toBe(0)
    expect(taken(10 * 60_000, 100)).toBe(60)
  })

  test('of less than one a second tell how long to wait, and waiting that long helps', () => {
    const buckets = new Buckets(1)
    expect(buckets.take('a', 0)).toBe(0)
    const wait = buckets.take('a', 0)
    expect(wait).toBe(60_000)
    expect(buckets.take('a', wait - 1)).toBeGreaterThan(0)
    expect(buckets.take('a', wait)).toBe(0)
  })

  test('are never more than there are places, and forgotten once they are full again', () => {
    const buckets = new Buckets(60, 1000)
    for (let i = 0; i < 50_000; i += 1) buckets.take(`address ${i}`, i / 100)
    expect(buckets.size).toBeLessThanOrEqual(1000)
    buckets.take('somebody', 200_000)
    expect(buckets.size).toBe(1)
  })

  test('in use are not the ones to go', () => {
    const buckets = new Buckets(10, 100)
    for (let i = 0; i < 1000; i += 1) {
      buckets.take(`passing ${i}`, i)
      buckets.take('guesser', i)
    }
    expect(buckets.take('guesser', 1000)).toBeGreaterThan(0)
  })
})

describe('places', () => {
  test('are so many for each, and free again once left', () => {
    const places = new Places()
    const [first, second] = [places.enter('a', 2), places.enter('a', 2)]
    expect(places.enter('a', 2)).toBeUndefined()
    expect(places.enter('b', 2)).toBeDefined()
    first?.()
    const third = places.enter('a', 2)
    expect(third).toBeDefined()
    expect(places.enter('a', 2)).toBeUndefined()
    second?.()
    third?.()
    expect([places.enter('a', 1), places.enter('a', 1)]).toEqual([expect.any(Function), undefined])
  })
})

describe('somebody who writes too often', () => {
  const path = `/villages/${code(village)}/meetings`

  test('is told when to come again, whatever came of the writes; others go on', async () => {
    town = await openTown({ config: { limits: { ...limits, writes: 3 } } })
    const clerk = await town.client(p('clerk'))
    // signing in confirmed freshly: one write
    const codes = [await clerk.command(path), await clerk.command(path), await clerk.command(path)]
    expect(codes.map(({ body }) => body['code'])).toEqual([
      'inputInvalid',
      'inputInvalid',
      'tooManyRequests',
    ])
    const refused = codes[2]
    const seconds = Number(refused?.headers.get('retry-after'))
    expect(refused?.status).toBe(429)
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(20)
    expect(refused?.body['detail']).toBe(`请 ${String(seconds)} 秒后再试`)
    // reading is free
    expect((await clerk.get('/me')).status).toBe(200)
    // and nothing of what was refused was done
    const page = await clerk.get(`/villages/${code(village)}/requests`)
    const filled = await clerk.command(`/villages/${code(village)}/requests`, formOf(1))
    expect(filled.body['code']).toBe('tooManyRequests')
    expect((await clerk.get(`/villages/${code(village)}/requests`)).body).toEqual(page.body)
    const head = await town.client(p('head'))
    expect((await head.command(path)).body['code']).not.toBe('tooManyRequests')
  })
})

test('public routes count by address', async () => {
  town = await openTown({ config: { limits: { ...limits, calls: 5 } } })
  const { url } = town
  const open = `${url}/api/v1/ledgers`
  const statuses: number[] = []
  for (let i = 0; i < 7; i += 1) statuses.push((await fetch(open)).status)
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429])
  const answer = await fetch(open, { headers: { 'accept-language': 'en' } })
  expect(await answer.json()).toMatchObject({ code: 'tooManyRequests', title: 'Too many requests' })
  expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
  // nobody is believed about where they are without a proxy that is named
  const forged = await fetch(open, { headers: { 'x-forwarded-for': '203.0.113.9' } })
  expect(forged.status).toBe(429)
  // whoever watches over the process is told how it is, whatever strangers do
  for (let i = 0; i < 7; i += 1) {
    for (const probe of ['healthz', 'readyz'])
      expect([probe, (await fetch(`${url}/${probe}`)).status]).toEqual([probe, 200])
  }
})

describe('somebody who reads too often', () => {
  test('is told when to come again; their writes and others go on', async () => {
    town = await openTown({ config: { limits: { ...limits, reads: 4 } } })
    const clerk = await town.client(p('clerk'))
    const statuses: number[] = []
    for (let i = 0; i < 6; i += 1) statuses.push((await clerk.get('/me')).status)
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429])
    const refused = await clerk.get('/me')
    expect(refused.body['code']).toBe('tooManyRequests')
    const seconds = Number(refused.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(15)
    const written = await clerk.command(`/villages/${code(village)}/meetings`)
    expect(written.body['code']).toBe('inputInvalid')
    const head = await town.client(p('head'))
    expect((await head.get('/me')).status).toBe(200)
  })

  test('takes no more than two ledgers away at once, and another when one is there', async () => {
    town = await openTown()
    const clerk = await town.client(p('clerk'))
    const path = `/ledgers/${code(village)}/export`
    const answers = await Promise.all(Array.from({ length: 20 }, () => clerk.get(path)))
    const refused = answers.find(({ status }) => status === 429)
    expect(refused?.body['code']).toBe('tooManyRequests')
    expect(refused?.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(1)
    const again = [(await clerk.get(path)).status, (await clerk.get(path)).status]
    expect([...again, (await clerk.get(path)).status]).toEqual([200, 200, 200])
  })
})

const dial = async (url: string): Promise<Socket> => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  sockets.push(socket)
  await once(socket, 'connect')
  return socket
}

test('more connections than there are places are shut, and a place that is free again is taken', async () => {
  town = await openTown({ config: { limits: { ...limits, connections: 3 } } })
  const { url } = town
  const held = [await dial(url), await dial(url), await dial(url)]
  const fourth = await dial(url)
  await once(fourth, 'close')
  held[0]?.end()
  await once(held[0] as Socket, 'close')
  const answered = await dial(url)
  answered.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
  const [bytes] = (await once(answered, 'data')) as [Buffer]
  expect(bytes.toString()).toMatch(/^HTTP\/1\.1 200/)
})

test('what is no HTTP is turned away, and told that this is a demonstration', async () => {
  town = await openTown()
  const nonsense = [
    ['nonsense\r\n\r\n', 400],
    [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(65_536)}\r\n\r\n`, 431],
  ] as const
  for (const [bytes, status] of nonsense) {
    const socket = await dial(town.url)
    const chunks: Buffer[] = []
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.write(bytes)
    await once(socket, 'close')
    const answer = Buffer.concat(chunks).toString()
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(answer.toLowerCase()).toContain(`${DEMO_HEADER.toLowerCase()}: demonstration`)
  }
})
