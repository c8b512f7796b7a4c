// Completes package-lock.json after `npm install` from a registry that serves no binaries for other platforms: npm then
// leaves those optional packages out, and `npm ci` refuses the lock file everywhere. Their versions are exact in the package
// that wants them, their platform is in their name, so they can stand here without having been fetched.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMain, root, run } from './house.mjs'

/**
 * One package of a lock file.
 * @typedef {{ version?: string, optional?: boolean, os?: string[], cpu?: string[],
 *   optionalDependencies?: Record<string, string> | undefined }} Locked
 */

const systems = new Set([
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
])
const processors = new Set([
  'arm',
  'arm64',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
])

/**
 * Would Node find `name` from the package at `from`?
 * @param {Record<string, Locked>} packages @param {string} from @param {string} name
 */
function isLocked(packages, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (`${at === '' ? '' : `${at}/`}node_modules/${name}` in packages) return true
    if (at === '') return false
  }
}

/** @param {Record<string, Locked>} packages @returns {{ name: string, version: string }[]} */
export function missingFrom(packages) {
  return Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isLocked(packages, from, name))
      .map(([name, version]) => ({ name, version })),
  )
}

/** `@oxc-parser/binding-linux-arm64-musl` → os linux, cpu arm64. @param {string} name */
function platformOf(name) {
  const words = name.split(/[/-]/)
  const os = words.find((word) => systems.has(word))
  const cpu = words.find((word) => processors.has(word))
  return { ...(os === undefined ? {} : { os: [os] }), ...(cpu === undefined ? {} : { cpu: [cpu] }) }
}

function complete() {
  const path = join(root, 'package-lock.json')
  const lock = JSON.parse(readFileSync(path, 'utf8'))
  /** @type {Record<string, Locked>} */
  const packages = lock.packages
  const missing = missingFrom(packages)
  for (const { name, version } of missing) {
    if (!/^\d+\.\d+\.\d+/.test(version)) throw new Error(`${name} ${version} is not exact`)
    packages[`node_modules/${name}`] = { version, ...platformOf(name), optional: true }
  }
  lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
  console.log(`${missing.length} platform packages added to package-lock.json`)
}

if (isMain(import.meta.url)) await run(complete)
