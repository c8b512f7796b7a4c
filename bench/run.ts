// npm run bench, or `npm run bench -- http` for the server alone. What runs in production is tsc's output: tsx names every inner
// function again each time it is made, a sixth of a step. So the bench builds itself the same way first, and measures that.
import { spawnSync } from 'node:child_process'
import { cpSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

if (import.meta.url.endsWith('.ts')) launch(fileURLToPath(new URL('..', import.meta.url)))
else await (await import('./figures.ts')).measure(process.argv[2])

function launch(root: string): void {
  const built = join(root, 'node_modules', '.cache', 'five-musts', `bench-${process.pid}`)
  try {
    node(root, [
      join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
      '-p',
      'bench/tsconfig.json',
      '--outDir',
      built,
    ])
    for (const folder of ['src', 'workflows', 'db'])
      copyData(join(root, folder), join(built, folder))
    writeFileSync(join(built, 'package.json'), '{ "type": "module" }\n')
    node(root, [join(built, 'bench', 'run.js'), ...process.argv.slice(2)])
  } finally {
    rmSync(built, { recursive: true, force: true })
  }
}

/** What tsc leaves behind: migrations, calendars. */
function copyData(from: string, to: string): void {
  const filter = (path: string): boolean => statSync(path).isDirectory() || extname(path) !== '.ts'
  cpSync(from, to, { recursive: true, filter })
}

function node(cwd: string, args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, args, { cwd, stdio: 'inherit' })
  if (status !== 0) throw new Error(`${args[0] ?? ''} ended with ${status}`)
}
