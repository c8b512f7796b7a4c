import { afterEach, describe, expect, it } from 'vitest'
import { bundledTownship } from '../../src/app/demo/bundle.ts'
import { foundTownship } from '../../src/app/township/found.ts'
import { openDemoWorld, type DemoOpen } from '../support/demo-open.ts'

const opened: DemoOpen[] = []
afterEach(async () => {
  for (const world of opened.splice(0)) await world.close()
})
async function founded(seed?: number) {
  const world = await openDemoWorld(seed)
  opened.push(world)
  const { open, sources, vault } = world
  const answer = await foundTownship({ store: open.store }, await bundledTownship(), {
    vault, mint: sources.mint, clock: sources.clock.read, vkey: sources.vkey,
  })
  return { world, answer }
}
describe('x', () => {
  it('founds', async () => {
    const t=performance.now()
    const { world, answer } = await founded()
    console.log(performance.now()-t, answer, world.open.ledgers.ledgers())
    expect(answer).toBeDefined()
  })
})
