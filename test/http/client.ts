// A client that knows nothing but the OpenAPI document: it keeps cookies, makes command ids, and holds every answer against the
// document.
import { randomBytes } from 'node:crypto'
import { expect } from 'vitest'
import { z } from 'zod'
import { type Document, openApi } from '../../src/http/openapi.ts'
import type { Route } from '../../src/http/route.ts'
import { expanded } from '../support/openapi/refs.ts'

export interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly text: string
  readonly headers: Headers
  readonly bytes: Uint8Array
}

export interface Sent {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Instead of JSON. */
  readonly raw?: string | Uint8Array
}

export const documentOf = (routes: readonly Route[]): Document =>
  expanded(openApi(routes, { https: false }))

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >
}

/** A UUIDv7 of now. */
export function commandKey(): string {
  const ms = Date.now().toString(16).padStart(12, '0')
  const random = randomBytes(10).toString('hex')
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6, 18)}`
}

type Bring = (path: string, body: unknown) => Promise<void>

export class Client {
  readonly #url: string
  readonly #document: Document
  readonly #jar = new Map<string, string>()
  readonly #bring: Bring

  /** `bring`: what is done before a command is sent, with its path and body. */
  constructor(url: string, document: Document, bring: Bring = () => Promise.resolve()) {
    this.#url = url
    this.#document = document
    this.#bring = bring
  }

  async signIn(username: string, password: string, confirm = true): Promise<void> {
    const { status, text } = await this.#send('POST', '/api/auth/sign-in/username', {
      body: { username, password },
    })
    expect([status, text]).toEqual([200, confirm ? '{"next":"none"}' : '{"next":"enrolment"}'])
    if (!confirm) return
    expect((await this.post('/reauthentication', { password })).status).toBe(200)
  }

  /** What a browser would send, for whoever sends it otherwise. */
  get cookie(): string {
    return [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  get(path: string, headers: Sent['headers'] = {}): Promise<Answer> {
    return this.ask('GET', path, { headers })
  }

  /** A write that carries no command. */
  post(path: string, body?: unknown): Promise<Answer> {
    return this.ask('POST', path, body === undefined ? {} : { body })
  }

  /** A command, under a key of its own unless one is given. */
  async command(path: string, body: unknown = {}, headers: Sent['headers'] = {}): Promise<Answer> {
    await this.#bring(path, body)
    return this.ask('POST', path, {
      body,
      headers: { 'idempotency-key': commandKey(), ...headers },
    })
  }

  /** Below `/api/v1`, or from the root. */
  async ask(method: string, path: string, sent: Sent = {}): Promise<Answer> {
    const root = path.startsWith('~')
    const place = root ? path.slice(1) : `/api/v1${path}`
    const answer = await this.#send(method, place, sent)
    this.#hold(method, { path: root ? place : path, root }, answer)
    return answer
  }

  async #send(method: string, path: string, { headers, body, raw }: Sent): Promise<Answer> {
    const { cookie } = this
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const response = await fetch(`${this.#url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(cookie === '' ? {} : { cookie }),
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    const bytes = await bytesOf(response)
    const text = Buffer.from(bytes).toString('utf8')
    const json = /^application\/(?:problem\+)?json/.test(response.headers.get('content-type') ?? '')
    const found = json ? (JSON.parse(text) as Record<string, unknown>) : {}
    return { status: response.status, body: found, text, bytes, headers: response.headers }
  }

  #keep(line: string): void {
    const [pair = ''] = line.split(';')
    const equals = pair.indexOf('=')
    if (/max-age=0\b/i.test(line)) this.#jar.delete(pair.slice(0, equals))
    else this.#jar.set(pair.slice(0, equals), pair.slice(equals + 1))
  }

  #hold(method: string, { path, root }: { path: string; root: boolean }, answer: Answer): void {
    const operation = this.#operation(method, path, root)
    if (operation === undefined) {
      expect([404, 405], `${method} ${path} is not in the document`).toContain(answer.status)
      return
    }
    const response = operation.responses[String(answer.status)]
    expect(response, `${method} ${path} answers ${answer.status} ${answer.text}`).toBeDefined()
    const [type = ''] = (answer.headers.get('content-type') ?? '').split(';')
    const schema = Object.entries(response?.content ?? {}).find(([media]) =>
      media.startsWith(type),
    )?.[1].schema
    if (response?.content === undefined) return expect(answer.text).toBe('')
    expect(schema, `${method} ${path} answers ${type}`).toBeDefined()
    if (schema === undefined || !type.endsWith('json')) return
    const parsed = this.#validator(schema).safeParse(answer.body)
    expect(parsed.error?.issues ?? [], `${method} ${path} ${answer.text.slice(0, 2000)}`).toEqual(
      [],
    )
  }

  #validator(schema: object): z.ZodType {
    const known = validators.get(schema)
    if (known !== undefined) return known
    const made = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])
    validators.set(schema, made)
    return made
  }

  #operation(method: string, path: string, root: boolean): Operation | undefined {
    const [bare = ''] = path.split('?')
    for (const [template, item] of Object.entries(this.#document.paths)) {
      if ('servers' in item !== root) continue
      const pattern = new RegExp(
        `^${template.replaceAll('{tile}', '.+').replaceAll(/\{\w+\}/g, '[^/]+')}$`,
      )
      const found = item[method.toLowerCase()]
      if (pattern.test(bare) && found !== undefined) return found as Operation
    }
    return undefined
  }
}

/** All of it; of a stream without end what comes first. */
async function bytesOf(response: Response): Promise<Uint8Array> {
  const type = response.headers.get('content-type') ?? ''
  if (!type.startsWith('text/event-stream')) return new Uint8Array(await response.arrayBuffer())
  for await (const part of response.body ?? []) {
    // leaving the loop cancels the rest
    return new Uint8Array(part as Uint8Array)
  }
  return new Uint8Array()
}

const validators = new WeakMap<object, z.ZodType>()
