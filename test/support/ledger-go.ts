// Builds and runs test/go, the verifier over Debian's golang.org/x/mod, away from the checkout.
import { execFile, execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Files } from './ledger-fixture.ts'

const SOURCE = fileURLToPath(new URL('../go', import.meta.url))
// Where Debian's golang-golang-x-mod-dev puts it; go.mod names the same place.
const X_MOD = '/usr/share/gocode/src/golang.org/x/mod'

/** What is lacking for Go to verify a ledger on this machine; undefined if nothing is. */
export function lackingForGo(): string | undefined {
  if (!existsSync(X_MOD)) return 'golang-golang-x-mod-dev is not installed'
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' })
    return undefined
  } catch {
    return 'go is not on the PATH'
  }
}

export interface GoVerifier extends AsyncDisposable {
  /** Writes the export to a directory and lets Go judge it by a key, older `sizes` with it. */
  verify(
    files: Files,
    given: { readonly vkey: string; readonly sizes?: readonly number[] },
  ): Promise<{ ok: boolean; output: string }>
}

export async function buildGoVerifier(): Promise<GoVerifier> {
  const home = mkdtempSync(join(tmpdir(), 'five-musts-go-'))
  const source = join(home, 'source')
  const binary = join(home, 'verify')
  cpSync(SOURCE, source, { recursive: true })
  const env = {
    ...process.env,
    GO111MODULE: 'on',
    GOFLAGS: '-mod=mod',
    GOPROXY: 'off',
    GOCACHE: join(home, 'cache'),
    GOPATH: join(home, 'path'),
  }
  const built = await run('go', ['build', '-o', binary, '.'], { cwd: source, env })
  if (!built.ok) throw new Error(`go build: ${built.output}`)

  let exports = 0
  return {
    async verify(files, { vkey, sizes = [] }) {
      const dir = join(home, `export-${exports++}`)
      for (const [path, bytes] of files) {
        mkdirSync(dirname(join(dir, path)), { recursive: true })
        writeFileSync(join(dir, path), bytes)
      }
      return run(binary, [dir, vkey, ...sizes.map(String)], {})
    },
    async [Symbol.asyncDispose]() {
      rmSync(home, { recursive: true, force: true })
    },
  }
}

function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv },
): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve) => {
    execFile(command, args, options, (error, stdout, stderr) => {
      resolve({ ok: error === null, output: `${stdout}${stderr}` })
    })
  })
}
