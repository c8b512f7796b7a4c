// What was read and has not changed is not sent again; what changed is, whatever changed it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isKnown, tagOfBytes } from '../../src/http/conditional.ts'
import { p, village } from '../support/law-cast.ts'
import { request } from './things.ts'
import { code, openTown, type Town } from './town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())
const here = `/villages/${code(village)}`

describe('a read', () => {
  test('answers 304 to who has it, and whole to who has another', async () => {
    const clerk = await town.client(p('clerk'))
    const first = await clerk.get(`${here}/requests`)
    const tag = first.headers.get('etag') ?? ''
    expect(tag).toMatch(/^W\/"[\w-]{22}"$/)
    expect(first.headers.get('cache-control')).toBe('private, no-cache')
    const again = await clerk.get(`${here}/requests`, { 'if-none-match': `"other", ${tag}` })
    expect([again.status, again.text]).toEqual([304, ''])
    expect(again.headers.get('etag')).toBe(tag)
    expect(again.headers.get('content-type')).toBeNull()
    expect(again.headers.get('cache-control')).toBe('private, no-cache')
    const other = await clerk.get(`${here}/requests`, { 'if-none-match': 'W/"other"' })
    expect([other.status, other.text]).toEqual([200, first.text])
    await request(town, 'drawnUp')
    const grown = await clerk.get(`${here}/requests`, { 'if-none-match': tag })
    expect(grown.status).toBe(200)
    expect(grown.headers.get('etag')).not.toBe(tag)
  })

  test('of the same revision is another in another language and for another office', async () => {
    const id = await request(town, 'drawnUp')
    const path = `${here}/requests/${id}`
    const [clerk, handler] = [await town.client(p('clerk')), await town.client(p('handler'))]
    const own = await clerk.get(path)
    const tag = own.headers.get('etag') ?? ''
    const revision = String(own.body['revision'])
    expect(tag).toMatch(new RegExp(`^W/"${revision}\\.[\\w-]{22}"$`))
    expect(own.headers.get('vary')).toMatch(/Accept-Language.*Cookie/)
    const given = { 'if-none-match': tag }
    expect((await clerk.get(path, given)).status).toBe(304)
    expect((await clerk.get(path, { ...given, 'accept-language': 'en' })).status).toBe(200)
    expect((await handler.get(path, given)).status).toBe(200)
  })

  test('gives a tag that If-Match takes, and that no longer fits once somebody else wrote', async () => {
    const id = await request(town, 'papers')
    const path = `${here}/requests/${id}`
    const clerk = await town.client(p('clerk'))
    const tag = (await clerk.get(path)).headers.get('etag') ?? ''
    const said = { text: '见附件' }
    const first = await clerk.command(`${path}/comments`, said, { 'if-match': tag })
    expect(first.status).toBe(201)
    const stale = await clerk.command(`${path}/comments`, said, { 'if-match': tag })
    expect([stale.status, stale.body['code']]).toEqual([412, 'staleView'])
    const odd = await clerk.command(`${path}/comments`, said, { 'if-match': 'W/"none.7"' })
    expect([odd.status, odd.body['code']]).toEqual([400, 'headerInvalid'])
  })

  test('that is refused is kept by nobody', async () => {
    const stranger = town.stranger()
    const { status, headers } = await stranger.get('/me', { 'if-none-match': '*' })
    expect([status, headers.get('cache-control'), headers.get('etag')]).toEqual([
      401,
      'no-store',
      null,
    ])
  })
})

describe('what anybody may read', () => {
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${town.url}${path}`, { headers })

  test.each(['/api/v1/ledgers', '/api/openapi.json', '/api/docs', `/${code(village)}/checkpoint`])(
    '%s is asked again each time',
    async (path) => {
      const first = await get(path)
      expect(first.headers.get('cache-control')).toBe('public, no-cache')
      const tag = first.headers.get('etag') ?? ''
      expect((await get(path, { 'if-none-match': tag })).status).toBe(304)
    },
  )

  test('tiles of hashes never change; entries are asked for again, by who may see them', async () => {
    const tile = await get(`/${code(village)}/tile/0/000.p/1`)
    expect(tile.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const inspector = await town.client(p('inspector1'))
    const entries = await inspector.get(`~/${code(village)}/tile/entries/000.p/1`)
    expect(entries.headers.get('cache-control')).toBe('private, no-cache')
    const tag = entries.headers.get('etag') ?? ''
    const path = `~/${code(village)}/tile/entries/000.p/1`
    expect((await inspector.get(path, { 'if-none-match': tag })).status).toBe(304)
    // who may not see them learns nothing from having the tag
    const stranger = await town.stranger().get(path, { 'if-none-match': tag })
    expect(stranger.status).toBe(401)
    const none = await get(`/${code(village)}/tile/0/000.p/999`)
    expect([none.status, none.headers.get('cache-control')]).toEqual([404, 'no-store'])
  })

  test.each(['/healthz', '/readyz', '/metrics'])('%s is of this moment', async (path) => {
    expect((await get(path)).headers.get('cache-control')).toBe('no-store')
  })
})

describe('tags', () => {
  const bytes = new TextEncoder().encode('{"a":1}')
  test('follow the bytes, with the revision before them', () => {
    expect(tagOfBytes(bytes)).toBe(tagOfBytes(bytes.slice()))
    expect(tagOfBytes(bytes)).not.toBe(tagOfBytes(bytes.subarray(1)))
    expect(tagOfBytes(bytes, '"7"')).toBe(tagOfBytes(bytes).replace('W/"', 'W/"7.'))
  })
  test.each([
    ['W/"a"', true],
    ['"a"', true],
    ['"b", W/"a"', true],
    ['*', true],
    ['"b"', false],
    ['a', false],
    ['', false],
    [undefined, false],
  ])('%s has W/"a": %s', (given, expected) => {
    expect(isKnown(given, 'W/"a"')).toBe(expected)
  })
})
