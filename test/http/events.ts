// A reader of server-sent events, as a browser is one: it keeps the last place it was told and can come back by it.
import type { Client } from './client.ts'

export interface SentEvent {
  readonly event: string
  readonly data: Readonly<Record<string, unknown>>
  readonly id?: string
}

export class Events {
  readonly status: number
  readonly headers: Headers
  /** Of whatever came so far. */
  lastId: string | undefined
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  readonly #decoder = new TextDecoder()
  readonly #waiting: SentEvent[] = []
  #text = ''

  private constructor(response: Response) {
    this.status = response.status
    this.headers = response.headers
    this.#reader = response.body?.getReader()
  }

  static async open(
    url: string,
    { cookie }: Pick<Client, 'cookie'>,
    { query = '', lastId }: { readonly query?: string; readonly lastId?: string | undefined } = {},
  ): Promise<Events> {
    const response = await fetch(`${url}/api/v1/me/events${query}`, {
      headers: { cookie, ...(lastId === undefined ? {} : { 'last-event-id': lastId }) },
    })
    return new Events(response)
  }

  /** The next event; undefined at the end of the stream, however it came. */
  async next(): Promise<SentEvent | undefined> {
    for (;;) {
      const found = this.#waiting.shift()
      if (found !== undefined) {
        this.lastId = found.id ?? this.lastId
        return found
      }
      const part = await this.#reader?.read().catch(() => undefined)
      if (part === undefined || part.done) return undefined
      this.#take(this.#decoder.decode(part.value, { stream: true }))
    }
  }

  /** Everything up to the first of that name. */
  async until(event: string): Promise<readonly SentEvent[]> {
    const found: SentEvent[] = []
    for (;;) {
      const next = await this.next()
      if (next === undefined) throw new Error(`the stream ended before ${event}`)
      found.push(next)
      if (next.event === event) return found
    }
  }

  /** Everything up to the end. */
  async rest(): Promise<readonly SentEvent[]> {
    const found: SentEvent[] = []
    for (;;) {
      const next = await this.next()
      if (next === undefined) return found
      found.push(next)
    }
  }

  async cut(): Promise<void> {
    await this.#reader?.cancel()
  }

  #take(text: string): void {
    this.#text += text
    const blocks = this.#text.split('\n\n')
    this.#text = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => fieldOf(line)))
      const [event, data, id] = ['event', 'data', 'id'].map((name) => fields.get(name))
      if (event === undefined || data === undefined) continue
      const body = JSON.parse(data) as SentEvent['data']
      this.#waiting.push({ event, data: body, ...(id === undefined ? {} : { id }) })
    }
  }
}

function fieldOf(line: string): readonly [string, string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon), line.slice(colon + 1).trimStart()]
}
