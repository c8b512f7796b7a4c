// Verifying in a process of its own: it hashes and decides for minutes, and the server goes on answering meanwhile. The process
// is this very program's `verify`, so that both doors find the same.
import { fork, type ChildProcess } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { z } from 'zod'
import type { Origin } from '../../domain/ids.ts'

const sentence = z.object({ zh: z.string(), en: z.string() })
const violation = z.object({
  code: z.string(),
  ledger: z.string(),
  seq: z.number().optional(),
  stream: z.string().optional(),
  detail: z.string(),
  sentence,
  remedy: sentence,
})
/** As `verify --json` prints it. */
const foundSchema = z.object({
  clean: z.boolean(),
  entries: z.number(),
  commands: z.number(),
  signatures: z.number(),
  outside: z.number(),
  found: z.number(),
  violations: z.array(violation).readonly(),
})
export type Verified = z.infer<typeof foundSchema>

export interface Verifying {
  readonly progress: (read: number, of: number) => void
  readonly signal: AbortSignal
}

/** Verifies one ledger of the data directory. Rejects when it could not be done, or was cancelled. */
export type Verifier = (ledger: Origin, how: Verifying) => Promise<Verified>

export interface Apart {
  /** The program's own file, and what Node must be told to run it. */
  readonly program: string
  readonly execArgv: readonly string[]
  /** Which data directory, keys and heads. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
}

const progressSchema = z.object({ read: z.number(), of: z.number() })
/** Two hundred violations are told at most: far below. */
const OUTPUT_MAX = 8 * 1024 * 1024

export const verifyApart =
  ({ program, execArgv, args, env }: Apart): Verifier =>
  async (ledger, { progress, signal }) => {
    signal.throwIfAborted()
    const child = fork(program, [...args, '--json', 'verify', '--ledger', ledger], {
      execArgv: [...execArgv],
      env: { ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const stop = (): void => void child.kill()
    signal.addEventListener('abort', stop, { once: true })
    child.on('message', (message) => {
      const told = progressSchema.safeParse(message)
      if (told.success) progress(told.data.read, told.data.of)
    })
    behind(child)
    try {
      const { code, out, err } = await ended(child)
      signal.throwIfAborted()
      if (code === 0 || code === 1) {
        const found = parsed(out)
        if (found !== undefined) return found
      }
      throw new Error(`verify ended with ${String(code)}: ${err.slice(0, 500)}`)
    } finally {
      signal.removeEventListener('abort', stop)
      child.kill()
    }
  }

/** The server's own work comes first. A child that is gone already has no priority to lower. */
function behind({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // it verifies all the same
  }
}

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function ended(child: ChildProcess): Promise<Ended> {
  const kept = { out: '', err: '' }
  const keep = (name: keyof typeof kept) => (chunk: Buffer) => {
    if (kept[name].length < OUTPUT_MAX) kept[name] += chunk.toString('utf8')
  }
  child.stdout?.on('data', keep('out'))
  child.stderr?.on('data', keep('err'))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, ...kept }))
  })
}

function parsed(text: string): Verified | undefined {
  try {
    return foundSchema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
