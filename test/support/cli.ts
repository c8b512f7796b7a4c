// Runs the command line as its users do: a process of its own. The build where it is that of these sources (it starts three
// times as fast), else the sources themselves.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { isBuilt } from '../../scripts/build.mjs'

const root = join(import.meta.dirname, '..', '..')
/** What follows `node` to start it. */
export const program: readonly string[] = isBuilt()
  ? [join(root, 'dist', 'src', 'main.js')]
  : ['--import', import.meta.resolve('tsx'), join(root, 'src', 'main.ts')]

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** `five-musts …args`, in Chinese unless the environment or an option says otherwise. */
export function cli(
  args: readonly string[],
  { cwd = root, env = {} }: { cwd?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<Ran> {
  const { PATH = '', HOME = '' } = process.env
  const options = { cwd, env: { ...env, PATH, HOME } }
  return new Promise((resolve) => {
    execFile(process.execPath, [...program, ...args], options, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({ code, out, err })
    })
  })
}

/** What it printed with --json. */
export async function cliJson(args: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const { code, out, err } = await cli([...args, '--json'])
  if (code !== 0) throw new Error(`${args.join(' ')}: ${code} ${err}${out}`)
  return JSON.parse(out) as Readonly<Record<string, unknown>>
}
