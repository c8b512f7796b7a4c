// HTTP as bytes on a socket: what is sent need not be HTTP at all, so no client library stands between.
import { createConnection, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'

export interface Told {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: Buffer
}

/** What goes over the wire for one try. */
export interface Sending {
  /** Written one after the other, with a turn of the event loop in between. */
  readonly parts: readonly Buffer[]
  /** What is done once all is written. */
  readonly after: 'wait' | 'halfClose' | 'leave'
  /** The method does not let the answer have a body. */
  readonly bodiless?: boolean
}

/** What came back; `cut` when the connection ended before or within an answer. */
export type Came = { readonly told: readonly Told[]; readonly cut: boolean }

export class Hung extends Error {}

const PATIENCE_MS = 20_000

/** One connection that is kept as long as the server keeps it. */
export class Wire {
  readonly #port: number
  #socket: Socket | undefined

  constructor(port: number) {
    this.#port = port
  }

  /** @throws Hung when neither an answer nor an end comes */
  async send(
    { parts, after, bodiless = false }: Sending,
    answers = 1,
    patience = PATIENCE_MS,
  ): Promise<Came> {
    const socket = await this.#open()
    const reader = new Reader(bodiless)
    const came = new Promise<Came>((resolve, reject) => {
      const late = setTimeout(() => {
        done()
        this.end()
        reject(new Hung('neither an answer nor an end'))
      }, patience)
      const done = (): void => {
        clearTimeout(late)
        socket.off('data', read).off('close', gone)
      }
      const read = (bytes: Buffer): void => {
        reader.add(bytes)
        if (reader.streams || reader.told.length >= answers) {
          done()
          if (reader.streams || reader.closes || after === 'halfClose') this.end()
          resolve({ told: reader.told, cut: false })
        }
      }
      const gone = (): void => {
        done()
        this.#socket = undefined
        reader.end()
        resolve({ told: reader.told, cut: reader.told.length < answers })
      }
      socket.on('data', read).once('close', gone)
    })
    for (const [at, part] of parts.entries()) {
      if (at > 0) await nextTurn()
      if (socket.writable) socket.write(part)
    }
    if (after === 'halfClose') socket.end()
    if (after === 'leave') {
      await nextTurn()
      socket.destroy()
    }
    return came
  }

  end(): void {
    this.#socket?.destroy()
    this.#socket = undefined
  }

  async #open(): Promise<Socket> {
    const open = this.#socket
    if (open !== undefined && !open.destroyed && open.writable) return open
    const socket = createConnection({ port: this.#port, host: '127.0.0.1', noDelay: true })
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve).once('error', reject)
    })
    socket.removeAllListeners('error').on('error', ignore)
    this.#socket = socket
    return socket
  }
}

const ignore = (): void => {}

/** Cuts answers out of what comes. */
class Reader {
  readonly told: Told[] = []
  /** The last answer ends the connection. */
  closes = false
  /** It never ends by itself: events. */
  streams = false
  readonly #bodiless: boolean
  #left: Buffer = Buffer.alloc(0)
  #ended = false

  constructor(bodiless: boolean) {
    this.#bodiless = bodiless
  }

  add(bytes: Buffer): void {
    this.#left = this.#left.length === 0 ? bytes : Buffer.concat([this.#left, bytes])
    while (this.#take());
  }

  end(): void {
    this.#ended = true
    while (this.#take());
  }

  #take(): boolean {
    const head = this.#left.indexOf('\r\n\r\n')
    if (head < 0) return false
    const [first = '', ...lines] = this.#left.subarray(0, head).toString('latin1').split('\r\n')
    const status = Number(first.split(' ')[1])
    const headers = new Map(
      lines.map((line) => {
        const colon = line.indexOf(':')
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
      }),
    )
    const from = head + 4
    if (status === 100) {
      this.#left = this.#left.subarray(from)
      return true
    }
    this.streams = headers.get('content-type')?.startsWith('text/event-stream') === true
    const body = this.streams
      ? { bytes: Buffer.alloc(0), next: from }
      : this.#body(status, headers, from)
    if (body === undefined) return false
    this.closes = headers.get('connection') === 'close' || first.startsWith('HTTP/1.0')
    this.told.push({ status, headers, body: body.bytes })
    this.#left = this.#left.subarray(body.next)
    return this.#left.length > 0
  }

  #body(status: number, headers: ReadonlyMap<string, string>, from: number) {
    if (this.#bodiless || status === 204 || status === 304)
      return { bytes: Buffer.alloc(0), next: from }
    if (headers.get('transfer-encoding') === 'chunked') return this.#chunked(from)
    const told = headers.get('content-length')
    const length = told === undefined ? undefined : Number(told)
    if (length === undefined) {
      // to the end of the connection
      return this.#ended ? { bytes: this.#left.subarray(from), next: this.#left.length } : undefined
    }
    if (this.#left.length < from + length) return undefined
    return { bytes: this.#left.subarray(from, from + length), next: from + length }
  }

  #chunked(from: number) {
    const parts: Buffer[] = []
    for (let at = from; ;) {
      const line = this.#left.indexOf('\r\n', at)
      if (line < 0) return undefined
      const length = Number.parseInt(this.#left.subarray(at, line).toString('latin1'), 16)
      const next = line + 2 + length + 2
      if (this.#left.length < next) return undefined
      if (length === 0) return { bytes: Buffer.concat(parts), next }
      parts.push(this.#left.subarray(line + 2, line + 2 + length))
      at = next
    }
  }
}
