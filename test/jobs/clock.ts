// A clock that moves when it is told to, and wakes who asked for it. Whoever was woken asks again when they are done: that is
// what is waited for, never a time.
export class ManualClock {
  #now: number
  #waiting: { readonly at: number; readonly work: () => void }[] = []
  #asked = 0
  #onAsked: () => void = () => {}

  constructor(now: string) {
    this.#now = Date.parse(now)
  }

  readonly clock = (): number => this.#now

  readonly timer = (ms: number, work: () => void): (() => void) => {
    const one = { at: this.#now + ms, work }
    this.#waiting.push(one)
    this.#asked += 1
    this.#onAsked()
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== one)
    }
  }

  /** Of the wake-up that comes first; undefined when nobody waits. */
  get next(): number | undefined {
    const times = this.#waiting.map(({ at }) => at)
    return times.length === 0 ? undefined : Math.min(...times)
  }

  /** Moves on to `to`, waking in order, and waits until all who were woken have asked again. */
  async reach(to: string): Promise<void> {
    const end = Date.parse(to)
    for (let at = this.next; at !== undefined && at <= end; at = this.next) {
      const expected = this.#asked + this.#wake(at)
      await new Promise<void>((resolve) => {
        this.#onAsked = () => {
          if (this.#asked >= expected) resolve()
        }
        this.#onAsked()
      })
    }
    this.#now = end
  }

  /** Wakes whoever is due first, and waits for nothing. */
  wake(): void {
    this.#wake(this.next ?? this.#now)
  }

  #wake(at: number): number {
    this.#now = Math.max(this.#now, at)
    const due = this.#waiting.filter((one) => one.at <= this.#now)
    this.#waiting = this.#waiting.filter((one) => one.at > this.#now)
    for (const { work } of due) work()
    return due.length
  }

  /** The machine's clock is set: nobody is woken. */
  set(to: string): void {
    this.#now = Date.parse(to)
  }
}
