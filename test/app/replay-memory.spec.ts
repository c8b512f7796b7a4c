// What verify keeps of the past: a township's rosters at every size, for villages rely on them; of a village's, on which
// nobody relies, only the newest.
import { expect, test } from 'vitest'
import { LedgerReplay } from '../../src/app/replay-memory.ts'
import { workings } from '../../src/app/workings.ts'
import type { Entry } from '../../src/domain/entry.ts'
import type { Origin } from '../../src/domain/ids.ts'
import { ledgerFold, ledgerStream } from '../../workflows/ledger/v1/fold.ts'
import { rosterFold } from '../../workflows/roster/v1/fold.ts'
import { town, village } from '../support/law-cast.ts'
import { foundWorld } from '../support/request-cast.ts'

const world = foundWorld()

/** The ledger as another finds it when it relies on it at a size. */
function reliedOn(origin: Origin) {
  const own = world.history().filter(({ ledger }: Entry) => ledger === origin)
  const other = new LedgerReplay()
  for (const entry of own) expect(other.fold([entry], workings)).toEqual([])
  const rosters = own.filter(({ stream }) => stream === 'roster')
  const middle = rosters[Math.floor(rosters.length / 2)]
  const size = (middle?.seq ?? 0) + 1
  const past = new LedgerReplay().past(village, { other, size })
  return {
    newest: other.revision('roster'),
    middle: middle?.revision,
    relied: past.relied(rosterFold, 'roster').revision,
    genesis: past.relied(ledgerFold, ledgerStream).revision,
  }
}

test('a township as it was', () => {
  const { newest, middle, relied, genesis } = reliedOn(town)
  expect([relied, genesis]).toEqual([middle, 0])
  expect(relied).toBeLessThan(newest)
})

test('a village leaves no past behind', () => {
  const { newest, relied, genesis } = reliedOn(village)
  expect(newest).toBeGreaterThan(3)
  expect([relied, genesis]).toEqual([-1, -1])
})
