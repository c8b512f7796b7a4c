// Makes a clone ready to run: installs what is missing and builds what is stale. The second time it only looks.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build, isBuilt } from './build.mjs'
import { isMain, NotReady, root, run } from './house.mjs'

const OLDEST_NODE = [20, 19]

/** @param {string} version of Node, `20.19.0` */
export function checkNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return
  throw new NotReady(
    `Node ${version} 太旧，需要 ${OLDEST_NODE.join('.')} 或更新（建议 22 或 24）。`,
    `Node ${version} is too old: ${OLDEST_NODE.join('.')} or newer is needed (22 or 24 recommended).`,
  )
}

const stampFile = join(root, 'node_modules', '.five-musts-stamp')

/** What the installed packages depend on: the lock file, and the Node their native parts were compiled for. */
function installStamp() {
  const lock = readFileSync(join(root, 'package-lock.json'))
  const { modules } = process.versions
  const machine = `${process.platform} ${process.arch} node-abi ${modules}`
  return createHash('sha256').update(lock).update(machine).digest('hex')
}

export function isInstalled() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === installStamp()
}

/**
 * Somebody ran `npm ci` by hand and it fits: then a second install would only cost a minute. npm's own hidden lock file
 * is written last, so a torn install has none.
 */
function fitsAlready() {
  const hidden = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(hidden)) return false
  const here = JSON.parse(readFileSync(hidden, 'utf8')).packages
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const direct = { ...wanted['']?.dependencies, ...wanted['']?.devDependencies }
  const all = Object.keys(direct).every((name) => `node_modules/${name}` in here)
  const same = Object.keys(here).every((path) => here[path].version === wanted[path]?.version)
  return all && same && nativePartsLoad(direct)
}

/** @param {Record<string, string>} direct */
function nativePartsLoad(direct) {
  if (!('better-sqlite3' in direct)) return true
  try {
    const Database = createRequire(join(root, 'package.json'))('better-sqlite3')
    new Database(':memory:').close()
    return true
  } catch {
    return false
  }
}

const causes = [
  {
    seen: /gyp ERR|node-gyp|not found: make|g\+\+: not found|Could not find any Python/i,
    zh: '数据库驱动需要本机编译，缺少 C++ 工具链。Debian/Ubuntu：apt-get install -y g++ make python3；macOS：xcode-select --install；Windows：安装 Visual Studio Build Tools（C++）。',
    en: 'The database driver is compiled here and no C++ toolchain was found. Debian/Ubuntu: apt-get install -y g++ make python3; macOS: xcode-select --install; Windows: install the Visual Studio Build Tools (C++).',
  },
  {
    seen: /ENOTFOUND|ETIMEDOUT|ECONNREFUSED|ECONNRESET|EAI_AGAIN|E404|ENOVERSIONS/,
    zh: '连不上 npm 软件源。请检查网络或 npm 的 registry 设置后重试。',
    en: 'The npm registry could not be reached. Check the network or npm’s registry setting, then try again.',
  },
  {
    seen: /EUSAGE|in sync/,
    zh: 'package.json 与 package-lock.json 不一致。请运行 npm install 并提交两个文件。',
    en: 'package.json and package-lock.json disagree. Run npm install and commit both files.',
  },
  {
    seen: /EACCES|EPERM|EROFS|ENOSPC/,
    zh: '不能写入本目录（权限或磁盘空间）。',
    en: 'This folder cannot be written (permission or disk space).',
  },
]

/** @param {string} output of a failed `npm ci` */
export function explainInstall(output) {
  const known = causes.find(({ seen }) => seen.test(output))
  const { zh, en } = known ?? { zh: '安装依赖失败。', en: 'Installing the packages failed.' }
  return new NotReady(zh, en, output.trimEnd().split('\n').slice(-15).join('\n'))
}

/** npm hands its own settings down by environment; those of the run we are in must not steer the install. */
function ownEnvironment() {
  const ours =
    /^npm_(?:lifecycle|package|command|config_(?:package|call|yes|prefix|global|local_prefix))/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)))
}

function install() {
  console.error(
    '正在安装依赖（首次约一分钟）… Installing packages (about a minute the first time)…',
  )
  const cli = process.env['npm_execpath']
  const [command, first] =
    cli?.endsWith('npm-cli.js') === true ? [process.execPath, [cli]] : ['npm', []]
  const done = spawnSync(command, [...first, 'ci', '--no-audit', '--no-fund'], {
    cwd: root,
    env: ownEnvironment(),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32' && command === 'npm',
  })
  if (done.error !== undefined) throw explainInstall(String(done.error))
  if (done.status !== 0) throw explainInstall(`${done.stdout}\n${done.stderr}`)
}

/** Installs if needed. A crash before the stamp leaves the next run to look again. */
export function ensureInstalled() {
  checkNode(process.versions.node)
  if (isInstalled()) return
  if (!fitsAlready()) install()
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  writeFileSync(stampFile, installStamp())
}

/** Installs and builds if needed. @throws NotReady with what to do, in both languages. */
export function ready() {
  ensureInstalled()
  if (!isBuilt()) build()
}

if (isMain(import.meta.url)) await run(ready)
