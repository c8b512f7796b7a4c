// Stopping: what was taken on is answered, nothing new is taken, and an error nobody expected is told to the operator alone.
import { once } from 'node:events'
import { request as ask } from 'node:http'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { problem } from '../../src/http/problem.ts'
import { route } from '../../src/http/route.ts'
import { createServer } from '../../src/http/server.ts'
import { openTown } from './town.ts'

test('what was begun is answered, and then the house is empty', async () => {
  const town = await openTown()
  const body = JSON.stringify({ token: 'A'.repeat(43) })
  const [before, after] = [body.slice(0, 10), body.slice(10)]
  const call = ask(`${town.url}/api/v1/set-up-links/showing`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
  })
  const answered = new Promise<number | undefined>((resolve, reject) => {
    call.on('response', (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    call.on('error', reject)
  })
  await new Promise<void>((resolve) => {
    call.write(before, () => resolve())
  })
  // the server has it in hand once it answers somebody who came later
  expect((await fetch(`${town.url}/readyz`)).status).toBe(200)
  const closed = town.running.close()
  await expect(fetch(`${town.url}/readyz`)).rejects.toThrow(/fetch failed/)
  call.end(after)
  expect(await answered).toBe(404)
  await closed
  await town.close()
})

test('an error nobody expected keeps its words from the caller, and its number leads to them', async () => {
  const lines: { readonly id?: string; readonly err?: { readonly message: string } }[] = []
  const log = pino(
    { base: null },
    { write: (line: string) => void lines.push(JSON.parse(line) as object) },
  )
  const failing = route({
    id: 'failing',
    method: 'get',
    path: '/failing',
    tag: 'test',
    summary: { zh: '出错', en: 'fails' },
    access: 'anybody',
    answer: z.strictObject({}),
    handle: () => {
      throw new Error('the password of the database is 12345')
    },
  })
  const busy = route({
    id: 'busy',
    method: 'get',
    path: '/busy',
    tag: 'test',
    summary: { zh: '忙', en: 'busy' },
    access: 'anybody',
    answer: z.strictObject({}),
    handle: () => Promise.reject(new RangeError('too many wait')),
  })
  const app = createServer({
    routes: [failing, busy],
    log,
    clock: () => Date.now(),
    elapsed: () => 0,
    sessionOf: () => undefined,
    rights: {
      of: () => ({ offices: [], memberOf: [], sees: new Set(), townships: [] }),
      byCode: () => undefined,
      ledger: () => undefined,
    },
    watching: { upToDate: () => Promise.resolve(), refused: () => {}, written: () => {} },
    origins: new Set(),
    expected: (error) => (error instanceof RangeError ? problem('busy') : undefined),
    signIn: (_request, response) => void response.end(),
    proxies: 0,
    https: true,
    demo: false,
    limits: { writes: 100, reads: 100, calls: 100 },
    measured: { served: () => {}, streaming: () => () => {} },
    stopping: new AbortController().signal,
  })
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/api/v1`
  const failed = await fetch(`${url}/failing`)
  const body = (await failed.json()) as { readonly params: { readonly reference: string } }
  expect([failed.status, JSON.stringify(body)]).toEqual([500, expect.not.stringContaining('12345')])
  const told = lines.find(({ id, err }) => id === body.params.reference && err !== undefined)
  expect(told?.err?.message).toContain('12345')
  expect(failed.headers.get('strict-transport-security')).toMatch(/max-age/)
  const later = await fetch(`${url}/busy`)
  expect([later.status, later.headers.get('retry-after')]).toEqual([503, '1'])
  server.close()
  await once(server, 'close')
})
