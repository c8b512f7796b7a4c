// What the scripts share: where the project is, and how they say that it cannot run.
import { realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** @param {string} url `import.meta.url` of the script that asks */
export function isMain(url) {
  const started = process.argv[1]
  return started !== undefined && realpathSync(started) === fileURLToPath(url)
}

/** The project cannot be made to run, and what to do about it. */
export class NotReady extends Error {
  /** @param {string} zh @param {string} en @param {string} [detail] the tool's own last words */
  constructor(zh, en, detail) {
    super(en)
    this.zh = zh
    this.en = en
    this.detail = detail
  }

  tell() {
    if (this.detail !== undefined && this.detail !== '') console.error(this.detail)
    console.error(`\n${this.zh}\n${this.en}`)
  }
}

/**
 * Runs what a script does; a NotReady becomes its sentences and exit code 1.
 * @param {() => void | Promise<void>} work
 */
export async function run(work) {
  try {
    await work()
  } catch (fault) {
    if (!(fault instanceof NotReady)) throw fault
    fault.tell()
    process.exitCode = 1
  }
}
