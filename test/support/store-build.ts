// The child process as plain JavaScript: started hundreds of times, it must not be compiled each
// time.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface BuiltChild {
  /** Of test/support/store.child.ts. */
  readonly script: string
  remove(): void
}

/** `name` keeps specs that run side by side apart. */
export function buildChild(name: string): BuiltChild {
  // below node_modules, where the packages it imports are found
  const out = join(root, 'node_modules/.cache/store-child', `${name}-${process.pid}`)
  mkdirSync(out, { recursive: true })
  const typescript = createRequire(import.meta.url).resolve('typescript/package.json')
  const flags = [
    ['--ignoreConfig', '--noCheck', '--skipLibCheck', '--rewriteRelativeImportExtensions'],
    ['--module', 'nodenext', '--target', 'es2023', '--types', 'node'],
    ['--rootDir', root, '--outDir', out],
    ['store.child.ts', 'store-killer.child.ts'].map((source) => join(root, 'test/support', source)),
  ]
  const tsc = join(dirname(typescript), 'bin/tsc')
  execFileSync(process.execPath, [tsc, ...flags.flat()], { cwd: root, stdio: 'pipe' })
  cpSync(join(root, 'db/sqlite/migrations'), join(out, 'db/sqlite/migrations'), { recursive: true })
  writeFileSync(join(out, 'package.json'), '{"type":"module"}')
  return {
    script: join(out, 'test/support/store.child.js'),
    remove: () => rmSync(out, { recursive: true, force: true }),
  }
}
