// Requests nobody means: made from the OpenAPI document, then spoilt in one of the ways people and programs have been seen to
// spoil them. Each follows from its seed alone.
import { Buffer } from 'node:buffer'
import { gzipSync } from 'node:zlib'
import { Dice } from './dice.ts'
import type { Description, Operation } from './document.ts'
import type { Sampler } from './sample.ts'
import type { Sending } from './wire.ts'

/** What the generator knows beside the document. */
export interface Terrain {
  readonly described: Description
  readonly sampler: Sampler
  /** What fits a parameter of this name, mostly. */
  readonly known: Readonly<Record<string, readonly string[]>>
  /** What an operation takes in the right, to be spoilt: parameters and body. */
  readonly proper: ReadonlyMap<string, Proper>
  /** How many people there are to be; 0 is nobody. */
  readonly people: number
}

export interface Proper {
  readonly params?: Readonly<Record<string, string>>
  readonly body?: unknown
}

export interface Attempt {
  readonly kind: Kind
  /** Undefined where the request line itself was spoilt. */
  readonly operation: Operation | undefined
  readonly sending: Sending
  /** Answers to wait for. */
  readonly answers: number
  /** As it goes over the wire, in a line of shell. */
  readonly shell: (port: number) => string
}

const kinds = [
  'sample',
  'sample',
  'value',
  'value',
  'value',
  'shape',
  'json',
  'bytes',
  'media',
  'parameters',
  'path',
  'headers',
  'method',
  'length',
  'chunks',
  'protocol',
  'pipeline',
  'slow',
] as const
export type Kind = (typeof kinds)[number]

/** A request before it becomes bytes. */
interface Draft {
  method: string
  path: string
  version: string
  readonly headers: [name: string, value: string][]
  body: Buffer | undefined
  /** Undefined: neither is said. */
  framing: 'length' | 'chunked' | 'none'
}

interface Scene {
  readonly dice: Dice
  readonly terrain: Terrain
  readonly operation: Operation
  readonly draft: Draft
  /** JSON, before it was written. */
  readonly body: unknown
}

/** Bodies are read to here. */
const LIMIT = 256 * 1024

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
  '\u200F',
  '\uFEFF',
  'e\u0301',
  '\uD800',
  '六\uF9D1',
  'a'.repeat(70_000),
  '字'.repeat(5_000),
  '../../etc/passwd',
  "'; drop table entry; --",
  '{{constructor}}',
  '<script>alert(1)</script>',
  '9999-99-99',
  '2026-02-30',
  '-0.00',
  '1e3',
  '00012.00',
  [],
  [[]],
  {},
  { toString: 1 },
  { length: -1 },
  Array.from({ length: 3000 }, () => 0),
  { toJSON: 'x', constructor: { prototype: 1 } },
]

const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

const jsonTexts: readonly string[] = [
  '{',
  '',
  '"text"',
  'null',
  '[]',
  'NaN',
  "{'a':1}",
  '{"a":1,}',
  '{"a":1}{"b":2}',
  deep(33),
  deep(50_000),
  `{"a":${deep(40)}}`,
  '{"a":'.repeat(20_000),
  '{"a":1,"a":2}',
  '{"a":1,"\\u0061":2}',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"x":1}}}',
  '{"reason":"x","reason":{"y":1}}',
  '{"n":1e999}',
  '{"n":-0}',
  `{"n":${'9'.repeat(400)}}`,
  '{"s":"\\ud800"}',
  '\uFEFF{}',
  'x'.repeat(LIMIT + 1),
  `{"s":"${'a'.repeat(LIMIT)}"}`,
]

const rawBytes: readonly Buffer[] = [
  Buffer.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d),
  Buffer.of(0xc0, 0xaf),
  Buffer.from('{"a":"', 'latin1'),
  Buffer.from('{"a":1}', 'utf16le'),
  Buffer.of(0x00),
  Buffer.of(0x1f, 0x8b, 0x08),
  Buffer.from('%PDF-1.7\n', 'latin1'),
  Buffer.from('PK\u0003\u0004', 'latin1'),
  // a hundred megabytes of nothing in a hundred kilobytes
  gzipSync(Buffer.alloc(16 * 1024 * 1024)),
]

const medias: readonly string[] = [
  'text/xml',
  'text/plain',
  'application/json; charset=utf-16',
  'application/json;',
  'application/jsonp',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'image/svg+xml',
  'APPLICATION/JSON',
  '/',
  '',
  '\u00e9',
]

const pathTexts: readonly string[] = [
  '%00',
  '..%2f..',
  '%2e%2e%2f',
  '..;',
  '%',
  '%zz',
  '%C0%AF',
  '%ff',
  '*',
  '%20',
  '%F0%9F%92%A9',
  '2026-000001%00',
  '..%5c',
  'x'.repeat(3000),
  '%25'.repeat(500),
  '',
  '2026-000001/../2026-000002',
  '__proto__',
  'constructor',
]

const wholePaths: readonly string[] = [
  '//api/v1/me',
  '/api/v1/../v1/me',
  '/api/v1//me',
  '/api/v1/./me',
  '/api/v1/me/',
  '/API/V1/ME',
  '/api\\v1\\me',
  '/api/v1/me?%',
  '/api/v1/me?a=1&a=2&__proto__[x]=1&constructor=1',
  `/api/v1/me?${'a=1&'.repeat(1500)}`,
  '/api/v1/me#x',
  '/api/auth/',
  '/api/auth/sign-in/../sign-out',
  '/api/auth/callback/none?code=1',
  '/api/auth/%',
  '/api/docs/../../package.json',
  '/..%2f..%2fetc/passwd',
  '/%2e%2e/%2e%2e/etc/passwd',
  'http://elsewhere.example/api/v1/me',
  'http://[/api/v1/me',
  '*',
  '/\u00e9',
  '/api/v1/\u0001',
  `/${'a/'.repeat(3000)}`,
  `/${'x'.repeat(20_000)}`,
]

const headerSets: readonly (readonly (readonly [string, string])[])[] = [
  [['idempotency-key', 'no']],
  [['idempotency-key', '00000000-0000-0000-0000-000000000000']],
  [['idempotency-key', 'x'.repeat(5000)]],
  [['if-match', '"-1"']],
  [['if-match', '*']],
  [['if-match', '"999999999"']],
  [['if-match', '"0", "1"']],
  [['if-none-match', '*']],
  [['if-none-match', '\u00e9']],
  [['acting-office', 'o_nobody']],
  [['acting-office', '<script>']],
  [
    ['acting-office', 'o_clerk'],
    ['acting-mandate', 'd_none'],
  ],
  [['content-encoding', 'gzip']],
  [['content-encoding', 'br, gzip']],
  [['accept', 'text/html;q=x']],
  [['accept-language', '\u00e9'.repeat(50)]],
  [['accept-language', 'en-'.repeat(2000)]],
  [['accept-encoding', 'gzip;q=0, br;q=0, *;q=0']],
  [['accept-encoding', 'x'.repeat(3000)]],
  [['origin', 'https://evil.example']],
  [['origin', 'null']],
  [['sec-fetch-site', 'cross-site']],
  [['cookie', 'five-musts.session_token=x']],
  [['cookie', `five-musts.session_token=${'a'.repeat(4000)}`]],
  [['cookie', 'five-musts.session_token=%00; five-musts.session_token=%ff; =;;']],
  [['cookie', 'five-musts.two_factor=x.y']],
  [['x-forwarded-for', '\u0000']],
  [['x-forwarded-for', 'not an address, 1.2.3.4.5, ::::']],
  [['x-forwarded-proto', 'javascript']],
  [['x-forwarded-host', 'evil.example']],
  [['forwarded', 'for=x']],
  [['range', 'bytes=0-0,5-2,-99999999']],
  [['expect', '100-continue']],
  [['expect', 'the unexpected']],
  [
    ['upgrade', 'websocket'],
    ['connection', 'upgrade'],
  ],
  [
    ['upgrade', 'h2c'],
    ['connection', 'Upgrade, HTTP2-Settings'],
  ],
  [['connection', 'close, keep-alive, x']],
  [['te', 'trailers, deflate']],
  [['user-agent', '\u0080'.repeat(900)]],
  [['last-event-id', '-1']],
  [['x-http-method-override', 'DELETE']],
  [['x', 'y'.repeat(20_000)]],
  [['bad name', 'x']],
  [['folded', 'a\r\n b']],
  [['injected', 'a\r\nset-cookie: x=y']],
  [['host', 'evil.example']],
  Array.from({ length: 300 }, (_, i) => [`x-${i}`, 'y'] as const),
]

const methods: readonly string[] = [
  'PATCH',
  'TRACE',
  'OPTIONS',
  'HEAD',
  'CONNECT',
  'PROPFIND',
  'GET',
  'DELETE',
  'PUT',
  'QUERY',
  'get',
  'G ET',
  'FOO',
  '',
  '\u0000',
]

/** One request by its number. `cookieOf` is asked who sends it. */
export function attempt(
  seed: number,
  terrain: Terrain,
  cookieOf: (person: number) => string,
): Attempt {
  const dice = new Dice(seed)
  const kind = dice.of(kinds)
  const operation = dice.of(terrain.described.operations)
  const person = dice.below(terrain.people + 1)
  const { body, draft } = drafted(dice, terrain, operation)
  const cookie = person === 0 ? '' : cookieOf(person - 1)
  if (cookie !== '' && !ending.has(operation.operationId)) draft.headers.push(['cookie', cookie])
  const spoilt = spoil[kind]({ dice, terrain, operation, draft, body })
  const line = spoilt.line !== true
  const parts = spoilt.parts ?? [bytesOf(draft)]
  const sending: Sending = {
    parts,
    after: spoilt.after ?? 'wait',
    bodiless: draft.method === 'HEAD',
  }
  return {
    kind,
    operation: line ? operation : undefined,
    sending,
    answers: spoilt.answers ?? 1,
    shell: (port) =>
      `printf '%s' '${Buffer.concat(parts).toString('base64')}' | base64 -d | curl -sS telnet://127.0.0.1:${port} --max-time 5`,
  }
}

/** These would leave the others without a session. */
const ending: ReadonlySet<string> = new Set(['signOut', 'endOtherSessions', 'endSession'])

function drafted(
  dice: Dice,
  { sampler, known, proper }: Terrain,
  { operationId, method, path, parameters, requestBody }: Operation,
): { readonly body: unknown; readonly draft: Draft } {
  const asked = dice.oneIn(2) ? proper.get(operationId) : undefined
  const headers: [string, string][] = [
    ['host', '127.0.0.1'],
    ['x-forwarded-for', `10.${[...dice.bytes(3)].join('.')}`],
  ]
  const query = new URLSearchParams()
  let place = path
  for (const { name, in: where, required, schema } of parameters) {
    if (!required && dice.oneIn(2)) continue
    const own = asked?.params?.[name]
    const fits = known[name]
    const value =
      own ??
      (fits !== undefined && !dice.oneIn(4) ? dice.of(fits) : String(sampler.sample(schema, dice)))
    if (where === 'path') place = place.replace(`{${name}}`, encodeURIComponent(value))
    else if (where === 'query') query.set(name, value)
    else headers.push([name, name === 'Idempotency-Key' ? keyOf(dice) : value])
  }
  const media = Object.keys(requestBody?.content ?? {})
  const schema = requestBody?.content['application/json']?.schema
  const body = schema === undefined ? undefined : (asked?.body ?? sampler.sample(schema, dice))
  const bytes =
    media.length === 0 ? undefined : schema === undefined ? dice.bytes(200) : written(body)
  if (media.length > 0) headers.push(['content-type', dice.of(media)])
  const whole = query.size === 0 ? place : `${place}?${query.toString()}`
  const draft: Draft = {
    method: method.toUpperCase(),
    path: whole,
    version: 'HTTP/1.1',
    headers,
    body: bytes,
    framing: 'length',
  }
  return { body, draft }
}

const written = (value: unknown): Buffer => Buffer.from(JSON.stringify(value) ?? 'null', 'utf8')

/** A UUIDv7. */
function keyOf(dice: Dice): string {
  const hex = dice.bytes(16).toString('hex')
  return `019${hex.slice(3, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}

interface Spoilt {
  /** The request line is no longer that of the operation. */
  readonly line?: true
  readonly parts?: readonly Buffer[]
  readonly after?: Sending['after']
  readonly answers?: number
}

const spoil: Readonly<Record<Kind, (scene: Scene) => Spoilt>> = {
  sample: () => ({}),
  value({ dice, draft, body }) {
    if (draft.body !== undefined) draft.body = written(replaced(body, dice, dice.of(nasty)))
    return {}
  },
  shape({ dice, draft, body }) {
    if (draft.body !== undefined) draft.body = written(reshaped(body, dice))
    return {}
  },
  json({ dice, draft }) {
    draft.body = Buffer.from(dice.of(jsonTexts), 'utf8')
    return {}
  },
  bytes({ dice, draft }) {
    draft.body = dice.oneIn(3) ? dice.bytes(dice.below(400)) : dice.of(rawBytes)
    if (dice.oneIn(3)) draft.headers.push(['content-encoding', dice.of(['gzip', 'br', 'deflate'])])
    return {}
  },
  media({ dice, draft }) {
    const others = draft.headers.filter(([name]) => name !== 'content-type')
    draft.headers.splice(0, draft.headers.length, ...others, ['content-type', dice.of(medias)])
    return {}
  },
  parameters({ dice, draft }) {
    const value = dice.of([...pathTexts, '-1', '1e9', '0', '9'.repeat(40)])
    const name = dice.of(['limit', 'after', 'state', 'month', 'q', 'surplus', '__proto__'])
    const sign = draft.path.includes('?') ? '&' : '?'
    draft.path += `${sign}${name}=${value}&after=${'A'.repeat(dice.below(700))}`
    return { line: true }
  },
  path({ dice, draft, operation }) {
    draft.path = dice.oneIn(2)
      ? dice.of(wholePaths)
      : operation.path.replaceAll(/\{\w+\}/g, () => dice.of(pathTexts))
    return { line: true }
  },
  headers({ dice, draft }) {
    for (const [name, value] of dice.of(headerSets)) draft.headers.push([name, value])
    return {}
  },
  method({ dice, draft }) {
    draft.method = dice.of(methods)
    return { line: true }
  },
  length({ dice, draft }) {
    draft.framing = 'none'
    const length = draft.body?.length ?? 0
    const told = dice.of([
      String(length + 10),
      String(Math.max(0, length - 1)),
      '-1',
      '1e3',
      '0x10',
      '',
      '99999999999999999999',
      `${length}, ${length + 1}`,
      String(LIMIT * 4),
    ])
    draft.headers.push(['content-length', told])
    if (dice.oneIn(3)) draft.headers.push(['content-length', '0'])
    return { after: 'halfClose' }
  },
  chunks({ dice, draft }) {
    draft.framing = 'none'
    draft.headers.push(['transfer-encoding', dice.of(['chunked', 'chunked', 'gzip, chunked', 'x'])])
    if (dice.oneIn(3)) draft.headers.push(['content-length', '5'])
    const head = bytesOf({ ...draft, body: undefined })
    const body = draft.body ?? Buffer.from('{}')
    const good = `${body.length.toString(16)}\r\n${body.toString('latin1')}\r\n0\r\n\r\n`
    const chunk = dice.of([
      good,
      `${body.length.toString(16)};x=${'y'.repeat(300)}\r\n${body.toString('latin1')}\r\n0\r\n\r\n`,
      'zz\r\nhello\r\n',
      'ffffffffffffffff\r\n',
      '5\r\nhel',
      '0\r\n\r\n0\r\n\r\n',
      `2\r\n{}\r\n0\r\nx-trailer: ${'t'.repeat(100)}\r\n\r\n`,
      '\r\n',
      `40001\r\n${'x'.repeat(0x40001)}\r\n0\r\n\r\n`,
    ])
    return { parts: [head, Buffer.from(chunk, 'latin1')], after: 'halfClose' }
  },
  protocol({ dice, draft }) {
    draft.version = dice.of([
      'HTTP/1.0',
      'HTTP/0.9',
      'HTTP/2.0',
      'HTTP/1.2',
      'http/1.1',
      'SPDY',
      '',
    ])
    if (dice.oneIn(2)) draft.headers.shift()
    if (dice.oneIn(4)) {
      const garbage = dice.of([
        Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
        dice.bytes(100),
        Buffer.from('\r\n\r\n\r\n'),
        Buffer.from('GET / HTTP/1.1\nhost: x\n\n'),
        Buffer.from('\u0016\u0003\u0001\u0002', 'latin1'),
      ])
      return { line: true, parts: [garbage], after: 'halfClose' }
    }
    return { line: true, after: 'halfClose' }
  },
  pipeline({ dice, draft }) {
    const one = bytesOf(draft)
    const me = Buffer.from('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n')
    const count = 1 + dice.below(4)
    const more = Array.from({ length: count }, () => me)
    return { parts: [Buffer.concat([one, ...more])], answers: count + 1, after: 'halfClose' }
  },
  slow({ dice, draft }) {
    const all = bytesOf(draft)
    const cut = 1 + dice.below(all.length)
    const leaves = dice.oneIn(2)
    const rest = leaves ? [] : [all.subarray(cut)]
    return { parts: [all.subarray(0, cut), ...rest], after: leaves ? 'leave' : 'wait' }
  },
}

/** One value somewhere inside gives way to another. */
function replaced(value: unknown, dice: Dice, by: unknown): unknown {
  if (typeof value !== 'object' || value === null || dice.oneIn(4)) return by
  const keys = Object.keys(value)
  if (keys.length === 0) return Array.isArray(value) ? [by] : { surplus: by }
  const key = dice.of(keys)
  const inside = replaced((value as Readonly<Record<string, unknown>>)[key], dice, by)
  if (Array.isArray(value))
    return value.map((one: unknown, i) => (String(i) === key ? inside : one))
  return { ...value, [key]: inside }
}

/** Something is missing, something is too much, or there is very much of it. */
function reshaped(value: unknown, dice: Dice): unknown {
  if (Array.isArray(value))
    return Array.from({ length: 1 + dice.below(400) }, (): unknown => value[0] ?? 1)
  if (typeof value !== 'object' || value === null) return [value]
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value)
  const at = dice.below(entries.length + 1)
  if (at === entries.length) return { ...value, surplus: 1, '\u0000': 2 }
  const [name, inner] = entries[at] ?? ['', undefined]
  if (dice.oneIn(2)) return Object.fromEntries(entries.filter(([one]) => one !== name))
  return { ...value, [name]: reshaped(inner, dice) }
}

function bytesOf({ method, path, version, headers, body, framing }: Draft): Buffer {
  const lines = [
    `${method} ${path} ${version}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ]
  const length =
    framing === 'length' && body !== undefined ? [`content-length: ${body.length}`] : []
  const head = Buffer.from(`${[...lines, ...length].join('\r\n')}\r\n\r\n`, 'latin1')
  return body === undefined ? head : Buffer.concat([head, body])
}
