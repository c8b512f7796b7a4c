// Every protective refusal has its forged twin (law §10): LawWorld tries it wherever a spec of law meets
// the code. Here are the few that need a history behind them, and the proof that none is left out.
import { expect, test } from 'vitest'
import { commandIdSchema } from '../../src/domain/ids.ts'
import { refusals } from '../../src/domain/refusal.ts'
import type { Asking, LawWorld } from '../support/law.ts'
import { by, village } from '../support/law-cast.ts'
import {
  endRequests,
  inspectedWorld,
  notice,
  onRequest,
  onRound,
  plan,
  purchase,
  requestId,
  secret,
} from '../support/law-round.ts'
import { projectFiles } from '../support/sources.ts'
import { onFacts, twinCode } from '../support/twins.ts'

const id = commandIdSchema.parse('01970000-0000-7000-8000-ffffffffffff')
const twin = (world: LawWorld, asking: Asking): string => twinCode(world, { ...asking, id })

/** A round noticed over twelve requests, and an entry after the instant of the draw. */
function drawable(): LawWorld {
  const world = inspectedWorld()
  const population = endRequests(world, 12)
  world.fact('population', () => ({ requests: population, red: [] }))
  world.clock('2026-04-01T01:00:00.000Z').given(onRound('inspection.plan', 'inspector1', plan))
  world.given(onRound('inspection.notice', 'inspector1', notice))
  world.clock('2026-04-08T01:30:00.000Z')
  world.given(onRequest(50, 'request.submit', 'clerk', purchase(50)))
  return world.clock('2026-04-08T02:00:00.000Z')
}
const draw = (change: object = {}): Asking =>
  onRound('inspection.draw', 'inspector1', { secret, picks: [], ...change })

test('an invoice that another request holds', () => {
  const world = inspectedWorld()
  world.given(onRequest(1, 'request.submit', 'clerk', purchase(1)))
  const { invoices } = purchase(1)
  const again = onRequest(2, 'request.submit', 'clerk', { ...purchase(2), invoices })
  expect(twin(world, again)).toBe('invoiceClaimed')
})

test('a lot drawn with another secret', () => {
  expect(twin(drawable(), draw({ secret: 'another-secret-altogether' }))).toBe('secretMismatch')
})

test('a pick out of the population', () => {
  const picks = [{ request: requestId(999), reason: '红色预警' }]
  expect(twin(drawable(), draw({ picks }))).toBe('notInPopulation')
})

test('law 10.4: what is lawful has no twin: it is found only for lacking what decide adds', () => {
  expect(twin(drawable(), draw())).toBe('decidedOtherwise')
  const world = inspectedWorld()
  world.given(onRequest(1, 'request.submit', 'clerk', purchase(1)))
  const handled: Asking = { ...onRequest(1, 'request.handle', 'handler'), ledger: village }
  expect(twin(world, handled)).toBe('decidedOtherwise')
  expect(twin(world, { ...handled, by: by('clerk') })).not.toBe('decidedOtherwise')
})

test('law 10.4: every protective code is met by a spec of law, and so tried', () => {
  const specs = projectFiles(['test/workflows', 'test/support'], ['.ts'])
    .filter(({ path }) => !path.endsWith('/twins.ts'))
    .map(({ text }) => text)
    .join('\n')
  const codes = Object.entries(refusals).flatMap(([code, kind]) => (kind.protective ? [code] : []))
  expect(codes.length).toBeGreaterThan(75)
  const met = codes.filter((code) => new RegExp(`['"\`]${code}['"\`]`).test(specs))
  expect(codes.filter((code) => !met.includes(code))).toEqual([])
  for (const code of onFacts) expect(codes).toContain(code)
})
