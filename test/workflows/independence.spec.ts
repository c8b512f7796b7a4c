// Who supervises a company does not sit over it in the cooperative that owns it, nor near to who does where that counts as its
// board (law 1.5, 1.6, 7.6; L1 Art 34, L2 Art 76).
import { expect, test } from 'vitest'
import type { LawWorld } from '../support/law.ts'
import { p, villageSeats } from '../support/law-cast.ts'
import { appoint, near, sign, vacate } from '../support/request-acts.ts'
import { all, founded, foundWorld, submit, walk } from '../support/request-cast.ts'

const before = (world: LawWorld): LawWorld => {
  submit(world, { amount: '2000.00' })
  return walk(world, 'supervisorySignOff.open')
}
const boardless = () =>
  foundWorld({ seats: villageSeats.filter(([, kind]) => kind !== 'director') })

test.each<[string, () => LawWorld, string | undefined]>([
  ['free of all', founded, undefined],
  [
    'in the council of the cooperative',
    () => all(founded(), vacate('council1'), appoint('council1', p('sup2'))),
    'supervisorIncompatible',
  ],
  [
    'its legal representative',
    () => all(founded(), vacate('legal'), appoint('legal', p('sup2'))),
    'supervisorIncompatible',
  ],
  [
    'near to a councillor, the company has its own board',
    () => all(founded(), near('sup2', 'council1')),
    undefined,
  ],
  [
    'near to a councillor, and the council is its board',
    () => all(boardless(), near('sup2', 'council1')),
    'supervisorIncompatible',
  ],
])('law 7.6: a supervisor %s', (_what, made, code) => {
  const world = before(made())
  const by = sign('sup2')
  expect(world.refusal(by)).toBe(code)
})
