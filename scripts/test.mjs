// npm test: everything that is checked, in order, each part with its time beside its budget. `npm test -- path` runs only
// the named specs. The last line, `N passed, N failed`, counts every spec case and every other check as one.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { build, isBuilt } from './build.mjs'
import { NotReady, root, run } from './house.mjs'
import { ensureInstalled } from './ready.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/**
 * What vitest reports of one spec file.
 * @typedef {{ name: string, startTime: number, endTime: number, status: string,
 *   assertionResults: { status: string }[] }} SpecFile
 */

/** Checks beside the specs: name, budget in seconds, script under node_modules and its arguments. */
const checks = /** @type {const} */ ([
  ['types', 20, ['typescript/bin/tsc', '--noEmit']],
  ['format', 5, ['oxfmt/bin/oxfmt', '--check', '.']],
  ['lint', 20, ['oxlint/bin/oxlint']],
  ['dead code', 15, ['knip/bin/knip.js']],
])

/** Budgets in seconds for specs by the folder they stand in (design §9); the first that fits counts. */
const budgets = /** @type {const} */ ([
  ['law', 60, /^test\/(?:workflows|domain|law)\//],
  ['ledger', 40, /^test\/ledger\//],
  ['PostgreSQL', 120, /^test\/db\/postgres/],
  ['SQLite and crashes', 80, /^test\/(?:db|powercut)\//],
  ['HTTP and fuzz', 90, /^test\/(?:http|fuzz)\//],
  ['browser', 180, /^test\/(?:web|browser)\//],
  ['application', 90, /^test\/(?:app|cli|jobs)\//],
  ['house', 30, /./],
])

/** @param {string} name @param {number} seconds @param {number} budget */
function report(name, seconds, budget) {
  const over = seconds > budget ? '  over budget' : ''
  console.log(`  ${name.padEnd(20)} ${seconds.toFixed(1).padStart(7)} s of ${budget} s${over}`)
}

/** @param {readonly string[]} command script under node_modules, then its arguments */
function tool([script = '', ...args]) {
  const path = join(root, 'node_modules', script)
  return spawnSync(process.execPath, [path, ...args], { cwd: root, stdio: 'inherit' }).status === 0
}

/** @param {() => boolean} work @returns {{ ok: boolean, seconds: number }} */
function timed(work) {
  const began = performance.now()
  const ok = work()
  return { ok, seconds: (performance.now() - began) / 1000 }
}

function built() {
  try {
    if (!isBuilt()) build()
    return true
  } catch (fault) {
    if (!(fault instanceof NotReady)) throw fault
    fault.tell()
    return false
  }
}

/** @param {readonly SpecFile[]} files @returns {Counts} */
function count(files) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const file of files) {
    for (const { status } of file.assertionResults) {
      if (status === 'passed') counts.passed += 1
      else if (status === 'failed') counts.failed += 1
      else counts.skipped += 1
    }
    // a file that broke before its first case has no case to count
    const named = file.assertionResults.some(({ status }) => status === 'failed')
    if (file.status === 'failed' && !named) counts.failed += 1
  }
  return counts
}

/** @param {readonly string[]} filters @returns {{ counts: Counts, files: readonly SpecFile[] }} */
function specs(filters) {
  const folder = mkdtempSync(join(tmpdir(), 'five-musts-test-'))
  const results = join(folder, 'results.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`]
    const ok = tool(['vitest/vitest.mjs', 'run', ...reporters, ...filters])
    /** @type {readonly SpecFile[]} */
    const files = JSON.parse(readFileSync(results, 'utf8')).testResults
    const counts = count(files)
    // an unhandled rejection, or a run that found no spec, fails without a failed case
    if (counts.passed + counts.failed === 0 || (!ok && counts.failed === 0)) counts.failed += 1
    return { counts, files }
  } catch (fault) {
    console.error(`vitest left no results: ${String(fault)}`)
    return { counts: { passed: 0, failed: 1, skipped: 0 }, files: [] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Files of one part run beside those of another, so the sum of their times is what is held to the budget. */
function reportSpecs(/** @type {readonly SpecFile[]} */ files) {
  /** @type {Map<string, number>} */
  const spent = new Map()
  for (const { name, startTime, endTime } of files) {
    const path = relative(root, name).replaceAll('\\', '/')
    const part = budgets.find(([, , where]) => where.test(path))?.[0] ?? 'house'
    spent.set(part, (spent.get(part) ?? 0) + (endTime - startTime) / 1000)
  }
  for (const [part, budget] of budgets) {
    const seconds = spent.get(part)
    if (seconds !== undefined) report(part, seconds, budget)
  }
}

await run(() => {
  const filters = process.argv.slice(2)
  ensureInstalled()
  /** @type {{ name: string, budget: number, ok: boolean, seconds: number }[]} */
  const done = [{ name: 'build', budget: 20, ...timed(built) }]
  for (const [name, budget, command] of filters.length > 0 ? [] : checks) {
    console.log(`\n— ${name}`)
    done.push({ name, budget, ...timed(() => tool(command)) })
  }
  const { counts, files } = specs(filters)
  console.log('\ntime, by part')
  for (const { name, seconds, budget } of done) report(name, seconds, budget)
  reportSpecs(files)
  const broken = done.filter(({ ok }) => !ok).map(({ name }) => name)
  if (broken.length > 0) console.log(`\nnot passed: ${broken.join(', ')}`)
  const passed = counts.passed + done.length - broken.length
  const failed = counts.failed + broken.length
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
  console.log(`\n${passed} passed, ${failed} failed${skipped}`)
  process.exitCode = failed > 0 ? 1 : 0
})
