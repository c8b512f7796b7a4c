// Verifications somebody asked for: one at a time, each remembered, cancelled at once.
import { expect, test } from 'vitest'
import { Verifications } from '../../src/app/verifications.ts'
import type { Verified, Verifying } from '../../src/app/verify/apart.ts'
import type { Origin } from '../../src/domain/ids.ts'
import { town, village } from '../support/law-cast.ts'

const PATIENCE = { timeout: 20_000 }

const clean: Verified = {
  clean: true,
  entries: 9,
  commands: 8,
  signatures: 7,
  outside: 0,
  found: 0,
  violations: [],
}

interface Run extends Verifying {
  readonly ledger: Origin
  readonly end: (verified: Verified) => void
  readonly fail: (error: Error) => void
}

function world() {
  const runs: Run[] = []
  const failures: unknown[] = []
  let now = 0
  const verifications = new Verifications({
    verify: (ledger, how) =>
      new Promise((resolve, reject) => {
        how.signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true })
        runs.push({ ...how, ledger, end: resolve, fail: reject })
      }),
    clock: () => ++now,
    failed: (error) => failures.push(error),
  })
  const begun = async (count: number) => {
    await expect.poll(() => runs.length, PATIENCE).toBe(count)
    const run = runs[count - 1]
    if (run === undefined) throw new Error('nothing runs')
    return run
  }
  const later = (ms: number) => {
    now += ms
  }
  return { verifications, runs, failures, begun, later }
}
const ends = async (verifications: Verifications, ledger: Origin, state: string) => {
  await expect.poll(() => verifications.of(ledger)?.state, PATIENCE).toBe(state)
}

test('one of a ledger at a time, the next ledger after it', async () => {
  const { verifications, runs, begun } = world()
  expect(verifications.start(village, 'a').state).toBe('waiting')
  const run = await begun(1)
  expect(verifications.start(village, 'b')).toMatchObject({ by: 'a', state: 'running' })
  expect(verifications.start(town, 'b').state).toBe('waiting')
  run.progress(4, 10)
  expect(verifications.of(village)).toMatchObject({ read: 4, of: 10 })
  expect(runs).toHaveLength(1)
  run.end(clean)
  await ends(verifications, village, 'clean')
  const second = await begun(2)
  expect(second.ledger).toBe(town)
  second.end({ ...clean, clean: false, found: 1 })
  await ends(verifications, town, 'violated')
  // what was found is remembered until the next
  expect(verifications.of(village)).toMatchObject({ state: 'clean', verified: clean })
  expect(verifications.start(village, 'b')).toMatchObject({ state: 'waiting', by: 'b' })
  await verifications.close()
})

test('cancelled is cancelled, whatever comes of it later', async () => {
  const { verifications, begun, failures } = world()
  verifications.start(village, 'a')
  const run = await begun(1)
  expect(verifications.cancel(village)).toBe(true)
  expect(run.signal.aborted).toBe(true)
  run.progress(9, 9)
  run.end(clean)
  expect(verifications.cancel(village)).toBe(false)
  verifications.start(town, 'a')
  await begun(2)
  expect(verifications.of(village)).toMatchObject({ state: 'cancelled', read: 0 })
  expect(failures).toEqual([])
  await verifications.close()
})

test('cancelled while it waits, it never runs', async () => {
  const { verifications, runs, begun } = world()
  verifications.start(village, 'a')
  verifications.start(town, 'a')
  const run = await begun(1)
  verifications.cancel(town)
  run.end(clean)
  await ends(verifications, village, 'clean')
  await verifications.close()
  expect(runs).toHaveLength(1)
})

test('what fails is told to the operator, and holds up nobody', async () => {
  const { verifications, begun, failures } = world()
  verifications.start(village, 'a')
  const run = await begun(1)
  run.fail(new Error('no memory'))
  await ends(verifications, village, 'failed')
  expect(failures).toEqual([new Error('no memory')])
  verifications.start(town, 'a')
  await begun(2)
  await verifications.close()
  expect(verifications.of(town)?.state).toBe('cancelled')
})

test('a clean result is answered again while nothing was added, for ten minutes, unless it is wanted anew', async () => {
  const { verifications, begun, later } = world()
  const asking = { stands: '9 4', anew: false }
  verifications.start(village, 'a', asking)
  ;(await begun(1)).end(clean)
  await ends(verifications, village, 'clean')
  const stateOf = (more: Partial<typeof asking>) =>
    verifications.start(village, 'b', { ...asking, ...more }).state
  expect(stateOf({})).toBe('clean')
  later(9 * 60_000)
  expect(stateOf({})).toBe('clean')
  expect(stateOf({ anew: true })).toBe('waiting')
  ;(await begun(2)).end(clean)
  await ends(verifications, village, 'clean')
  expect(stateOf({ stands: '9 5' })).toBe('waiting')
  ;(await begun(3)).end({ ...clean, clean: false, found: 1 })
  await ends(verifications, village, 'violated')
  // what found something is looked at again
  expect(stateOf({ stands: '9 5' })).toBe('waiting')
  ;(await begun(4)).end(clean)
  await ends(verifications, village, 'clean')
  later(10 * 60_000)
  expect(stateOf({ stands: '9 5' })).toBe('waiting')
  await verifications.close()
})
