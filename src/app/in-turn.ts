// One after another: work about the same thing waits for the work before it. Within one process; what two processes do at once is
// for the stores to settle.

export class InTurn {
  readonly #last = new Map<string, Promise<unknown>>()

  /** Runs once everything asked for the same key before has ended, well or badly. */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve()
    const run = before.then(work, work)
    this.#last.set(key, run)
    try {
      return await run
    } finally {
      if (this.#last.get(key) === run) this.#last.delete(key)
    }
  }
}
