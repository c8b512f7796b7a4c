// What one listener holds: so much and no more. Whoever does not read is cut, and nobody waits for them.
import { once } from 'node:events'
import { connect } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { Outbox } from '../../src/http/live-outbox.ts'
import { type Route, route } from '../../src/http/route.ts'
import { createServer } from '../../src/http/server.ts'

/** Whoever reads is not what this is about. */
const BIG = 1e8

const textOf = async (outbox: Outbox): Promise<string> => {
  const parts: Uint8Array[] = []
  for await (const part of outbox) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

describe('an outbox', () => {
  test('gives what came before and what comes while it is read, and ends when it is told', async () => {
    const outbox = new Outbox()
    outbox.push('一')
    const read = textOf(outbox)
    await turn()
    outbox.push('二')
    outbox.push('三')
    await turn()
    outbox.push('四')
    outbox.end()
    outbox.push('no more')
    expect(await read).toBe('一二三四')
    expect(outbox.cut.aborted).toBe(false)
  })

  test('that is full is cut, and holds nothing any more', async () => {
    const outbox = new Outbox(10)
    outbox.push('12345')
    outbox.push('12345')
    expect(outbox.cut.aborted).toBe(false)
    outbox.push('6')
    expect([outbox.cut.aborted, outbox.ended]).toEqual([true, true])
    expect(await textOf(outbox)).toBe('')
  })

  test('that is read holds as much again', async () => {
    const outbox = new Outbox(10)
    const read = textOf(outbox)
    for (let n = 0; n < 5; n++) {
      outbox.push('1234567890')
      await turn()
      await turn()
    }
    outbox.end()
    expect(await read).toHaveLength(50)
    expect(outbox.cut.aborted).toBe(false)
  })
})

const serverOf = (routes: readonly Route[]) =>
  createServer({
    routes,
    log: { info: () => {}, error: () => {} },
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
    expected: () => undefined,
    signIn: (_request, response) => void response.end(),
    proxies: 0,
    https: false,
    demo: false,
    limits: { writes: 100, reads: 100, calls: 100 },
    measured: { served: () => {}, streaming: () => () => {} },
    stopping: new AbortController().signal,
  })

test('a reader that never reads loses its connection; the others do not', async () => {
  const outboxes = [new Outbox(), new Outbox(BIG)]
  const streams = outboxes.map((outbox, n) =>
    route({
      id: `stream${n}`,
      method: 'get',
      path: `/stream${n}`,
      tag: 'test',
      summary: { zh: '流', en: 'a stream' },
      access: 'anybody',
      media: 'text/event-stream',
      handle: () => ({ stream: outbox, cut: outbox.cut }),
    }),
  )
  const server = serverOf(streams).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  const [stalled, read] = outboxes
  // it asks, and then reads nothing
  const socket = connect(port, '127.0.0.1')
  socket.pause()
  socket.write('GET /api/v1/stream0 HTTP/1.1\r\nHost: localhost\r\n\r\n')
  const reader = fetch(`http://127.0.0.1:${port}/api/v1/stream1`).then((got) => got.text())
  const block = 'x'.repeat(64 * 1024)
  let sent = 0
  while (stalled?.cut.aborted !== true) {
    stalled?.push(block)
    if (sent++ < 50) read?.push(block)
    await turn()
  }
  read?.end()
  expect(await reader).toBe(block.repeat(Math.min(sent, 50)))
  socket.resume()
  await once(socket, 'close')
  server.close()
  await once(server, 'close')
})
