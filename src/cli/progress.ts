// A bar on the terminal while something long runs; silent when nobody watches.
import { pad } from './width.ts'

export interface Terminal {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  write(text: string): unknown
}

export interface Bar {
  show(done: number, of: number): void
  /** Leaves nothing behind. */
  clear(): void
}

const WIDTH = 30
/** Milliseconds between two drawings: more would only slow the work down. */
const EVERY = 80

export function bar(to: Terminal, title: string, now: () => number): Bar {
  let drawn = -EVERY
  let shown = false
  return {
    show(done, of) {
      if (to.isTTY !== true || of <= 0 || now() - drawn < EVERY) return
      drawn = now()
      shown = true
      const share = Math.min(1, done / of)
      const filled = '█'.repeat(Math.round(share * WIDTH))
      const percent = `${Math.floor(share * 100)}%`.padStart(4)
      to.write(`\r${title} ${pad(filled, WIDTH)} ${percent} ${done}/${of}`)
    },
    clear() {
      if (shown) to.write('\r\u001b[2K')
      shown = false
    },
  }
}
