// Builds dist: tsc, and beside it the data files that tsc leaves behind (migrations, demo data).
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { isMain, NotReady, root, run } from './house.mjs'

const dist = join(root, 'dist')
const stampFile = join(dist, '.stamp')
const sourceFolders = ['src', 'workflows', 'db']
const settings = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json']
/** tsc compiles these, or the server never reads them. */
const notData = new Set(['.ts', '.tsx', '.css', '.md'])

/** Every file under the source folders, sorted, as paths from the root. */
function sources() {
  return sourceFolders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
    )
    .sort()
}

/** What dist is built from: names and contents of sources, settings and this script. */
function buildStamp() {
  const hash = createHash('sha256')
  for (const path of [...sources(), ...settings, 'scripts/build.mjs']) {
    const content = readFileSync(join(root, path))
    hash.update(`${path}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

export function isBuilt() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === buildStamp()
}

/**
 * Builds beside dist and swaps, so that a failed or interrupted build leaves the old one whole.
 * @throws NotReady with the compiler's words
 */
export function build() {
  const stamp = buildStamp()
  const next = join(root, 'node_modules', '.cache', 'five-musts', `dist-${process.pid}`)
  rmSync(next, { recursive: true, force: true })
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const args = [tsc, '-p', 'tsconfig.build.json', '--outDir', next, '--noEmitOnError']
  const done = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  if (done.status !== 0) {
    rmSync(next, { recursive: true, force: true })
    throw new NotReady(
      '编译未通过（见上）。',
      'The build failed (see above).',
      done.stdout + done.stderr,
    )
  }
  for (const path of sources().filter((name) => !notData.has(extname(name)))) {
    mkdirSync(dirname(join(next, path)), { recursive: true })
    cpSync(join(root, path), join(next, path))
  }
  writeFileSync(join(next, '.stamp'), stamp)
  swapIn(next)
}

/** Two builds at once make the same dist: the one that comes second may lose the swap. @param {string} next */
function swapIn(next) {
  try {
    rmSync(dist, { recursive: true, force: true })
    renameSync(next, dist)
  } catch (fault) {
    rmSync(next, { recursive: true, force: true })
    if (!isBuilt()) throw fault
  }
}

if (isMain(import.meta.url)) await run(build)
