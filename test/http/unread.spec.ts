// What never becomes a call is answered as everything else is: a problem with a code, and the demonstration's header.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Wire } from '../support/openapi/wire.ts'
import { openTown, type Town } from './town.ts'

let town: Town
let port: number
beforeAll(async () => {
  town = await openTown()
  port = Number(new URL(town.url).port)
})
afterAll(() => town.close())

const sent = (text: string, answers = 1) =>
  new Wire(port).send({ parts: [Buffer.from(text, 'latin1')], after: 'wait' }, answers)

const codeIn = (body: Buffer): unknown =>
  (JSON.parse(body.toString('utf8')) as { code: unknown }).code

test.each([
  ['no HTTP', 'hello\r\n\r\n', 400, 'requestMalformed'],
  ['a method there is not', 'FOO / HTTP/1.1\r\nhost: x\r\n\r\n', 400, 'requestMalformed'],
  ['no host', 'GET /healthz HTTP/1.1\r\n\r\n', 400, 'requestMalformed'],
  ['a target that is no path', 'GET healthz HTTP/1.1\r\nhost: x\r\n\r\n', 400, 'requestMalformed'],
  [
    'two lengths',
    'POST /api/v1/password HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
    400,
    'requestMalformed',
  ],
  [
    'a length and chunks',
    'POST /api/v1/password HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
    'requestMalformed',
  ],
  [
    'a body of nonsense chunks',
    'POST /api/auth/sign-out HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
    400,
    'requestMalformed',
  ],
  [
    'headers without end',
    `GET /healthz HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
    431,
    'headersTooLarge',
  ],
  ['a tunnel', 'CONNECT elsewhere.example:443 HTTP/1.1\r\nhost: x\r\n\r\n', 405, 'methodUnknown'],
])('%s', async (_what, text, status, code) => {
  const { told } = await sent(text)
  const [answer] = told
  expect([answer?.status, codeIn(answer?.body ?? Buffer.from('{}'))]).toEqual([status, code])
  expect(answer?.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  expect(answer?.headers.has('x-five-musts-demo')).toBe(true)
  expect(answer?.headers.get('connection')).toBe('close')
})

describe('what is well-formed, if unusual, is answered', () => {
  test.each([
    ['a whole address', 'GET http://elsewhere.example/healthz HTTP/1.1\r\nhost: x\r\n\r\n'],
    ['HTTP/1.0 without a host', 'GET /healthz HTTP/1.0\r\n\r\n'],
    ['an expectation nobody knows', 'GET /healthz HTTP/1.1\r\nhost: x\r\nexpect: wonders\r\n\r\n'],
  ])('%s', async (_what, text) => {
    const { told } = await sent(text)
    expect(told.map(({ status }) => status)).toEqual([200])
  })

  test('nonsense behind a whole call does not come before its answer', async () => {
    const { told } = await sent('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\nhello\r\n\r\n', 2)
    expect(told.map(({ status }) => status)).toEqual([200, 400])
  })
})
