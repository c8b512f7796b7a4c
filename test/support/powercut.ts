import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { diskAfterCut, type Cut, type Disk } from './powercut-disk.ts'
import { acknowledged, parseJournal, readTree, wireNumber } from './powercut-journal.ts'
import type { Found, Journal } from './powercut-journal.ts'

export interface PowercutOptions {
  /** The child: plain JavaScript, or TypeScript, which is run with tsx. */
  readonly script: string
  readonly args?: readonly string[]
  /** The disk: everything the child writes below this directory is journalled. */
  readonly dir: string
  readonly env?: Readonly<Record<string, string>>
  /** SIGKILL from within, right after the n-th such record: always the same moment. */
  readonly cutAfter?: { readonly op: 'write' | 'sync' | 'ack'; readonly count: number }
  /** SIGKILL from outside, when the n-th acknowledged line was read: any moment after it. */
  readonly killAfterAcks?: number
  /** A child still running then is a failure. Milliseconds. */
  readonly timeout?: number
}

export interface PowercutRun {
  readonly journal: Journal
  /** `exited`: the child ended by itself, with code 0, before any kill. */
  readonly outcome: 'exited' | 'cut' | 'killed'
  /** The lines the child wrote to stdout: what it acknowledged. */
  readonly acks: readonly string[]
}

/**
 * Runs a child script with its writes and fsyncs below `dir` journalled. The journal then tells, by
 * `reconstruct`, what a power cut at any moment of the run would have left.
 * @throws when the child fails by itself, or changed `dir` in a way the journal does not hold
 */
export async function runUnderPowercut(options: PowercutOptions): Promise<PowercutRun> {
  const shim = buildShim()
  const root = realpathSync(options.dir)
  const before = readTree(root)
  const work = mkdtempSync(join(tmpdir(), 'powercut-'))
  try {
    const file = join(work, 'journal')
    const ended = await runChild(options, {
      LD_PRELOAD: [shim, process.env['LD_PRELOAD'] ?? ''].join(' ').trim(),
      POWERCUT_DIR: root,
      POWERCUT_JOURNAL: file,
      ...cutVariable(options.cutAfter),
    })
    // The shim makes the file as it is loaded: if there is none, this throws.
    const journal = { before, records: parseJournal(readFileSync(file), root) }
    const outcome = outcomeOf(options.script, ended, journal)
    // From outside the kill may fall between a call and its record; otherwise they agree.
    if (outcome !== 'killed') assertComplete(journal, readTree(root))
    return { journal, outcome, acks: acknowledged(journal) }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Writes one disk that the power cut can leave into `dir`, which must be empty or absent. */
export function reconstruct(options: Cut & { journal: Journal; dir: string }): Disk {
  mkdirSync(options.dir, { recursive: true })
  if (readdirSync(options.dir).length > 0) throw new Error(`${options.dir} is not empty`)
  const disk = diskAfterCut(options.journal, options)
  for (const folder of disk.folders) mkdirSync(join(options.dir, folder))
  for (const [path, bytes] of disk.files) writeFileSync(join(options.dir, path), bytes)
  return disk
}

/**
 * Compiles the shim, once per version of its source, and returns the path of the library.
 * @throws when this machine cannot: a power cut that is skipped would prove nothing
 */
export function buildShim({ compiler = 'cc', cache = defaultCache() } = {}): string {
  if (process.platform !== 'linux') throw new Error('the power-cut tests need Linux (LD_PRELOAD)')
  const source = fileURLToPath(new URL('../powercut/powercut.c', import.meta.url))
  const name = `${createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 16)}.so`
  const library = join(oursAlone(cache), name)
  if (existsSync(library)) return library
  const build = mkdtempSync(join(cache, 'build-'))
  const flags = ['-std=gnu11', '-O2', '-Wall', '-Wextra', '-shared', '-fPIC', '-pthread']
  try {
    const unfinished = join(build, name)
    execFileSync(compiler, [...flags, '-o', unfinished, source, '-ldl'], { stdio: 'pipe' })
    // Specs compile side by side: each sees no library or a whole one.
    renameSync(unfinished, library)
    return library
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    throw new Error(
      missing
        ? `no C compiler: '${compiler}' was not found; the power-cut tests need the C++ toolchain`
        : `'${compiler}' cannot compile ${source}`,
      { cause },
    )
  } finally {
    rmSync(build, { recursive: true, force: true })
  }
}

const defaultCache = (): string => join(tmpdir(), `five-musts-powercut-${userInfo().uid}`)

/** A library that somebody else could have put there is not loaded. */
function oursAlone(cache: string): string {
  mkdirSync(cache, { recursive: true, mode: 0o700 })
  const { uid, mode } = statSync(cache)
  if (uid !== userInfo().uid || (mode & 0o022) !== 0) throw new Error(`${cache} is not ours alone`)
  return cache
}

interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly killed: boolean
  readonly stderr: string
}

async function runChild(options: PowercutOptions, env: Record<string, string>): Promise<Ended> {
  const loader = options.script.endsWith('.ts') ? ['--import', 'tsx'] : []
  const child = spawn(process.execPath, [...loader, options.script, ...(options.args ?? [])], {
    env: { ...process.env, ...options.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let late = false
  const timer = setTimeout(() => {
    late = child.kill('SIGKILL')
  }, options.timeout ?? 60_000)
  let killed = false
  let acks = 0
  createInterface(child.stdout).on('line', () => {
    acks += 1
    if (acks === options.killAfterAcks) killed = child.kill('SIGKILL')
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  try {
    const [code, signal] = await new Promise<[Ended['code'], Ended['signal']]>(
      (resolve, reject) => {
        child.on('error', reject)
        child.on('close', (...ended) => resolve(ended))
      },
    )
    if (late) throw new Error(`${options.script} did not end in time\n${stderr}`)
    return { code, signal, killed, stderr }
  } finally {
    clearTimeout(timer)
  }
}

function cutVariable(cutAfter: PowercutOptions['cutAfter']): Record<string, string> {
  if (cutAfter === undefined) return {}
  return { POWERCUT_CUT: `${wireNumber(cutAfter.op)}:${cutAfter.count}` }
}

function outcomeOf(script: string, ended: Ended, journal: Journal): PowercutRun['outcome'] {
  const { code, signal, killed, stderr } = ended
  if (code === 0) return 'exited'
  if (signal === 'SIGKILL' && killed) return 'killed'
  if (signal === 'SIGKILL' && journal.records.at(-1)?.op === 'cut') return 'cut'
  throw new Error(`${script} ended with ${signal ?? code}\n${stderr}`)
}

/**
 * A write that went past the shim (stdio, sendfile, a mapping) would be missing from every
 * reconstruction, and what is missing cannot be lost: the journal must hold all there is.
 */
function assertComplete(journal: Journal, found: readonly Found[]): void {
  const { files } = diskAfterCut(journal, { seed: 0, mode: 'kept' })
  const real = new Map<string, Buffer>()
  for (const { path, bytes } of found) {
    if (bytes !== null && !path.endsWith('-shm')) real.set(path, bytes)
  }
  for (const path of new Set([...files.keys(), ...real.keys()])) {
    if (real.get(path)?.equals(files.get(path) ?? Buffer.from('absent')) === true) continue
    throw new Error(`powercut: ${path} was changed by a call the shim does not journal`)
  }
}
