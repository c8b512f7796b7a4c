// gzip and br where they help, and nowhere else.
import { type IncomingMessage, request as ask } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { once } from 'node:events'
import express from 'express'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compressed } from '../../src/http/compressing.ts'
import { p } from '../support/law-cast.ts'
import { openTown, type Town } from './town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

interface Raw {
  readonly encoding: string | undefined
  readonly vary: string | undefined
  readonly bytes: Buffer
}

/** As it comes: `fetch` would unfold it. */
async function raw(url: string, headers: Record<string, string>, method = 'GET'): Promise<Raw> {
  const call = ask(url, { headers, method })
  call.end()
  const [response] = (await once(call, 'response')) as [IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  const { 'content-encoding': encoding, vary } = response.headers
  return { encoding, vary, bytes: Buffer.concat(chunks) }
}

describe('what is read', () => {
  test.each([
    ['gzip', gunzipSync],
    ['br', brotliDecompressSync],
  ])('is sent as %s, and unfolds to the same', async (wanted, unfold) => {
    const url = `${town.url}/api/openapi.json`
    const plain = await raw(url, {})
    const { encoding, vary, bytes } = await raw(url, { 'accept-encoding': wanted })
    expect([plain.encoding, encoding]).toEqual([undefined, wanted])
    expect(vary).toMatch(/Accept-Encoding/)
    expect(bytes.length).toBeLessThan(plain.bytes.length / 4)
    expect(unfold(bytes).equals(plain.bytes)).toBe(true)
  })

  test('the better of two is chosen', async () => {
    const accepted = { 'accept-encoding': 'gzip, deflate, br' }
    expect((await raw(`${town.url}/api/docs`, accepted)).encoding).toBe('br')
  })

  test('stays as it is when it is tiny, or hashes', async () => {
    const accepted = { 'accept-encoding': 'gzip' }
    expect((await raw(`${town.url}/healthz`, accepted)).encoding).toBeUndefined()
  })

  test('begun by the page of another site stays as it is: its length tells nothing', async () => {
    const accepted = { 'accept-encoding': 'gzip', 'sec-fetch-site': 'cross-site' }
    expect((await raw(`${town.url}/api/openapi.json`, accepted)).encoding).toBeUndefined()
    const own = { 'accept-encoding': 'gzip', 'sec-fetch-site': 'same-origin' }
    expect((await raw(`${town.url}/api/openapi.json`, own)).encoding).toBe('gzip')
  })
})

test('the answer to a write, which may hold a link, is not folded', async () => {
  const officer = await town.client(p('officer'))
  const made = await officer.ask('POST', '/accounts', {
    body: { username: 'somebody', person: p('m4') },
    headers: { 'accept-encoding': 'gzip' },
  })
  expect([made.status, made.headers.get('content-encoding')]).toEqual([201, null])
})

/** One answer of each sort, behind the same handler. */
async function behind(type: string, method: 'get' | 'post' = 'get'): Promise<string | undefined> {
  const app = express()
  app.use(compressed())
  app[method](['/x', '/api/auth/x'], (_request, response) => {
    response.type(type).send(Buffer.alloc(4096, 'a'))
  })
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const url = `http://127.0.0.1:${String(port)}`
  const { encoding } = await raw(`${url}/x`, { 'accept-encoding': 'gzip' }, method.toUpperCase())
  const auth = await raw(`${url}/api/auth/x`, { 'accept-encoding': 'gzip' }, method.toUpperCase())
  expect(auth.encoding).toBeUndefined()
  server.close()
  await once(server, 'close')
  return encoding
}

test.each([
  ['application/json', 'gzip'],
  ['text/csv', 'gzip'],
  ['text/event-stream', undefined],
  ['application/octet-stream', undefined],
  ['image/png', undefined],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', undefined],
])('4 KB of %s: %s', async (type, expected) => {
  expect(await behind(type)).toBe(expected)
})

test('4 KB of JSON in answer to a write: as they are', async () => {
  expect(await behind('application/json', 'post')).toBeUndefined()
})
