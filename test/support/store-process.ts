// Runs the child of store.child.ts and gathers what it acknowledged.
import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'

/** What the child is told, as JSON in its one argument. */
export interface ChildOrder {
  readonly file: string
  /** Keeps the command ids and requests of several children on one file apart. */
  readonly series: number
  readonly count: number
  /** Commands in flight. */
  readonly flight: number
  /** `early`: acknowledges before anything is durable. */
  readonly mode?: 'early' | 'late'
  readonly headsFolder?: string
  /** SIGKILL from within: after so many acknowledgements and so many milliseconds more. */
  readonly kill?: { readonly after: number; readonly wait: number }
  readonly synchronous?: 'NORMAL' | 'FULL'
  /** Turns of the event loop between a client's commands: time for heads to be kept. */
  readonly pause?: number
}

export interface Acknowledged {
  readonly command: string
  readonly seq: number
}

export interface ChildEnd {
  /** 0: it did its count. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly acks: readonly Acknowledged[]
  readonly stderr: string
}

export const parseAck = (line: string): Acknowledged => {
  const [, command = '', seq] = line.split(' ')
  return { command, seq: Number(seq) }
}

/**
 * Acknowledgements go to a file: what was written before the child died is there, and a slow reader
 * holds nobody up.
 */
export async function runChild(script: string, order: ChildOrder): Promise<ChildEnd> {
  const told = `${order.file}.acks-${order.series}`
  const out = openSync(told, 'w')
  const child = spawn(process.execPath, [script, JSON.stringify(order)], {
    stdio: ['ignore', out, 'pipe'],
  })
  closeSync(out)
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>(
    (resolve, reject) => {
      child.on('error', reject)
      child.on('close', (...ended) => resolve(ended))
    },
  )
  // The last line may be cut short: that one was not said.
  const lines = readFileSync(told, 'utf8').split('\n').slice(0, -1)
  return { code, signal, acks: lines.map(parseAck), stderr }
}
