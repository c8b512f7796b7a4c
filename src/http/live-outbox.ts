// What is still to be sent to one listener. It holds so much and no more: whoever reads too slowly is cut, and hears the rest
// when they come back, by the last place they were told.
export const OUTBOX_BYTES = 256 * 1024

export class Outbox implements AsyncIterable<Uint8Array> {
  readonly #most: number
  readonly #cut = new AbortController()
  #parts: Buffer[] = []
  #bytes = 0
  #ended = false
  #wake: () => void = () => {}

  constructor(most: number = OUTBOX_BYTES) {
    this.#most = most
  }

  /** Aborted when the connection must go, sent or not. */
  get cut(): AbortSignal {
    return this.#cut.signal
  }

  get ended(): boolean {
    return this.#ended
  }

  push(text: string): void {
    if (this.#ended) return
    const bytes = Buffer.from(text, 'utf8')
    if (this.#bytes + bytes.length > this.#most) {
      this.sever()
      return
    }
    this.#parts.push(bytes)
    this.#bytes += bytes.length
    this.#wake()
  }

  /** Nothing more comes; what is there is still sent. */
  end(): void {
    this.#ended = true
    this.#wake()
  }

  /** At once: what is not sent is lost here, and told again to whoever comes back. */
  sever(): void {
    this.#parts = []
    this.end()
    this.#cut.abort()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      if (this.#parts.length > 0) {
        const parts = this.#parts
        this.#parts = []
        this.#bytes = 0
        yield Buffer.concat(parts)
      } else if (this.#ended) return
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
      }
    }
  }
}
