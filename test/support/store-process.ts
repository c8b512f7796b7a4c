// Runs the child of store-child.ts and gathers what it acknowledged.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface ChildWork {
  readonly script: string
  readonly file: string
  /** Keeps the command ids and requests of several children on one file apart. */
  readonly series: number
  readonly count: number
  readonly flight: number
  readonly mode?: 'early'
  readonly heads?: string
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
]

export const parseAck = (line: string): Acknowledged => {
  const [, command = '', seq] = line.split(' ')
  return { command, seq: Number(seq) }
}

/** @param killAfter SIGKILL once so many lines were read; what was written before it died counts as acknowledged too */
export async function runChild(work: ChildWork, killAfter?: number): Promise<ChildEnd> {
  const child = spawn(process.execPath, [work.script, ...childArgs(work)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const acks: Acknowledged[] = []
  createInterface(child.stdout).on('line', (line) => {
    acks.push(parseAck(line))
    if (acks.length === killAfter) child.kill('SIGKILL')
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>(
    (resolve, reject) => {
      child.on('error', reject)
      child.on('close', (...ended) => resolve(ended))
    },
  )
  return { code, signal, acks, stderr }
}
