// Runs the child of store-child.ts and gathers what it acknowledged.
import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'

export interface ChildWork {
  readonly script: string
  readonly file: string
  /** Keeps the command ids and requests of several children on one file apart. */
  readonly series: number
  readonly count: number
  readonly flight: number
  readonly mode?: 'early'
  readonly heads?: string
  /** SIGKILL from within: after so many acknowledgements and so many milliseconds more. */
  readonly kill?: { readonly after: number; readonly wait: number }
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

export const childArgs = (work: ChildWork): string[] => [
  work.file,
  String(work.series),
  String(work.count),
  String(work.flight),
  work.mode ?? 'late',
  work.heads ?? '',
  work.kill === undefined ? '' : `${work.kill.after}:${work.kill.wait}`,
]

export const parseAck = (line: string): Acknowledged => {
  const [, command = '', seq] = line.split(' ')
  return { command, seq: Number(seq) }
}

/** Acknowledgements go to a file: what was written before the child died is there, and a slow reader holds nobody up. */
export async function runChild(work: ChildWork): Promise<ChildEnd> {
  const told = `${work.file}.acks-${work.series}`
  const out = openSync(told, 'w')
  const child = spawn(process.execPath, [work.script, ...childArgs(work)], {
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
