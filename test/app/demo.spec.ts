
import { it } from 'vitest'
import { runDemo } from '../../src/app/demo/simulate.ts'
import { openDemoWorld } from '../support/demo-open.ts'
it('runs', async () => {
  const w = await openDemoWorld()
  const t = performance.now()
  const months = Number(process.env['MONTHS'] ?? 2)
  const r = await runDemo({ context: { store: w.open.store }, drafts: w.drafts, vault: w.vault }, w.sources, { months, onMonth: (l) => console.log(JSON.stringify(l)) })
  console.log(performance.now() - t, JSON.stringify(r, null, 1))
  await w.close()
}, 300000)
