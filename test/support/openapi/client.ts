// A client that knows nothing but the OpenAPI document: it finds operations by their names, fills what they take from where the
// document says it goes, and holds what it sends and what it gets against the document's schemas.
import { request as httpRequest, Agent, type IncomingHttpHeaders } from 'node:http'
import type { Description, Operation } from './document.ts'

export interface Given {
  /** Path and query parameters, and headers, by name. */
  readonly parameters?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** In place of JSON, for what takes files. */
  readonly file?: { readonly media: string; readonly bytes: Uint8Array }
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly bytes: Buffer
  /** JSON, where it is. */
  readonly body: Readonly<Record<string, unknown>>
}

/** The document said otherwise. */
export class Undocumented extends Error {}

/** One browser: it keeps its cookies, and nothing else. */
export class ApiClient {
  readonly #url: URL
  readonly #described: Description
  readonly #agent: Agent
  readonly #jar = new Map<string, string>()

  constructor(url: string, described: Description, agent = new Agent({ keepAlive: true })) {
    this.#url = new URL(url)
    this.#described = described
    this.#agent = agent
  }

  /** @throws Undocumented when what is sent, or what comes back, is not as the document says */
  async call(operation: string | Operation, given: Given = {}): Promise<Answer> {
    const what = typeof operation === 'string' ? this.#described.operation(operation) : operation
    const answer = await this.#send(what, this.#filled(what, given))
    this.#hold(what, answer)
    return answer
  }

  #filled({ operationId, path, parameters, requestBody }: Operation, given: Given) {
    const values = given.parameters ?? {}
    const headers: Record<string, string> = {}
    const query = new URLSearchParams()
    let place = path
    for (const { name, in: where, required } of parameters) {
      const value = values[name]
      if (value === undefined) {
        if (required) throw new Undocumented(`${operationId} needs ${name}`)
      } else if (where === 'path') {
        place = place.replace(`{${name}}`, encodeURIComponent(value))
      } else if (where === 'query') query.set(name, value)
      else headers[name] = value
    }
    const known = new Set(parameters.map(({ name }) => name))
    const surplus = Object.keys(values).filter((name) => !known.has(name))
    if (surplus.length > 0) throw new Undocumented(`${operationId} takes no ${surplus.join()}`)
    const whole = withQuery(place, query)
    if (given.file !== undefined) {
      const { media, bytes } = given.file
      if (requestBody?.content[media] === undefined)
        throw new Undocumented(`${operationId} takes no ${media}`)
      headers['content-type'] = media
      headers['content-length'] = String(bytes.length)
      return { place: whole, headers, sent: Buffer.from(bytes) }
    }
    const schema = requestBody?.content['application/json']?.schema
    if (schema === undefined) return { place: whole, headers }
    const body = given.body ?? {}
    const fault = this.#described.faultIn(schema, body)
    if (fault !== '') throw new Undocumented(`${operationId}: what is sent: ${fault}`)
    const sent = Buffer.from(JSON.stringify(body))
    headers['content-type'] = 'application/json'
    headers['content-length'] = String(sent.length)
    return { place: whole, headers, sent }
  }

  #send(
    { method }: Operation,
    {
      place,
      headers,
      sent,
    }: { place: string; headers: Record<string, string>; sent?: Buffer | undefined },
  ): Promise<Answer> {
    const cookie = [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ')
    if (cookie !== '') headers['cookie'] = cookie
    const { hostname, port } = this.#url
    const options = { hostname, port, path: place, method, headers, agent: this.#agent }
    return new Promise((resolve, reject) => {
      const asked = httpRequest(options, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.once('error', reject)
        response.once('end', () => {
          const bytes = Buffer.concat(parts)
          for (const line of response.headers['set-cookie'] ?? []) this.#keep(line)
          const { statusCode: status = 0, headers: told } = response
          resolve({ status, headers: told, bytes, body: jsonIn(told, bytes) })
        })
      })
      asked.once('error', reject)
      asked.end(sent)
    })
  }

  #keep(line: string): void {
    const [pair = ''] = line.split(';')
    const equals = pair.indexOf('=')
    if (/max-age=0\b/i.test(line)) this.#jar.delete(pair.slice(0, equals))
    else this.#jar.set(pair.slice(0, equals), pair.slice(equals + 1))
  }

  #hold({ operationId, responses }: Operation, { status, headers, bytes, body }: Answer): void {
    const text = bytes.subarray(0, 500).toString('utf8')
    const here = `${operationId} answers ${status} ${text}`
    const told = responses[String(status)]
    if (told === undefined) throw new Undocumented(here)
    if (told.content === undefined) {
      if (bytes.length > 0) throw new Undocumented(here)
      return
    }
    const [type = ''] = (headers['content-type'] ?? '').split(';')
    const found = Object.entries(told.content).find(([media]) => media.startsWith(type))
    if (found === undefined) throw new Undocumented(`${here}: ${type}`)
    if (!type.endsWith('json') || found[1].schema === undefined) return
    const fault = this.#described.faultIn(found[1].schema, body)
    if (fault !== '') throw new Undocumented(`${here}: ${fault}`)
  }
}

const withQuery = (place: string, query: URLSearchParams): string =>
  query.size === 0 ? place : `${place}?${query.toString()}`

function jsonIn(headers: IncomingHttpHeaders, bytes: Buffer): Answer['body'] {
  const json = /^application\/(?:problem\+)?json/.test(headers['content-type'] ?? '')
  return json ? (JSON.parse(bytes.toString('utf8')) as Answer['body']) : {}
}
