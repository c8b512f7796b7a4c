// Proofs too long for `npm test`, which carries a part of each: `npm run year` the whole sample year over HTTP, `npm run fuzz` as
// many malformed requests as one likes.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { NotReady, root, run } from './house.mjs'
import { ensureInstalled } from './ready.mjs'

/** Spec, and the environment it reads by option. */
const proofs = {
  year: { spec: 'test/http/year.spec.ts', options: { months: 'FIVE_MUSTS_YEAR_MONTHS' } },
  fuzz: {
    spec: 'test/http/fuzz.spec.ts',
    options: {
      count: 'FIVE_MUSTS_FUZZ_COUNT',
      seed: 'FIVE_MUSTS_FUZZ_SEED',
      only: 'FIVE_MUSTS_FUZZ_ONLY',
    },
  },
}
const defaults = { FIVE_MUSTS_YEAR_MONTHS: '12', FIVE_MUSTS_FUZZ_COUNT: '50000' }

await run(() => {
  const [name = '', ...args] = process.argv.slice(2)
  if (name !== 'year' && name !== 'fuzz') throw new NotReady(`没有 ${name}`, `no proof ${name}`)
  const { spec, options } = proofs[name]
  const { values } = parseArgs({
    args,
    options: Object.fromEntries(
      Object.keys(options).map((one) => [one, { type: /** @type {const} */ ('string') }]),
    ),
  })
  const given = Object.entries(options).flatMap(([one, variable]) => {
    const value = values[one]
    if (value === undefined) return []
    if (!/^\d{1,9}$/.test(value))
      throw new NotReady(`--${one} 应为整数`, `--${one} must be a whole number`)
    return [[variable, value]]
  })
  ensureInstalled()
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const env = { ...process.env, ...defaults, ...Object.fromEntries(given) }
  const { status } = spawnSync(process.execPath, [vitest, 'run', spec], {
    cwd: root,
    env,
    stdio: 'inherit',
  })
  process.exitCode = status ?? 1
})
