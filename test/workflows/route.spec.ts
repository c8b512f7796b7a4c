// The route of law §3, by hand: which musts a request needs, by amount, rolling sum and kind of matter, and why.
import { describe, expect, test } from 'vitest'
import type { EmergencyCause } from '../../src/domain/emergency.ts'
import type { Matter } from '../../src/domain/expense.ts'
import { requestIdSchema } from '../../src/domain/ids.ts'
import { moneySchema } from '../../src/domain/money.ts'
import type { Demand } from '../../src/domain/must.ts'
import { applySettings, type PolicySetting, presetValues } from '../../src/domain/policy.ts'
import { route, type RouteFacts, routeRules } from '../../workflows/request/v1/route.ts'

const money = (text: string) => moneySchema.parse(text)
const part = (n: number) => requestIdSchema.parse(`2026-${String(n).padStart(6, '0')}`)
const parts = (count: number) => Array.from({ length: count }, (_, i) => part(i + 11))

interface Row {
  readonly amount: string
  /** Whole sum in the window; the amount itself when absent. */
  readonly sum?: string
  readonly parts?: number
  readonly matter?: Matter
  readonly related?: boolean
  readonly headInvolved?: boolean
  readonly covered?: string
  readonly emergency?: EmergencyCause
}

const factsOf = (row: Row): RouteFacts => ({
  amount: money(row.amount),
  rolling: {
    sum: money(row.sum ?? row.amount),
    parts: parts(row.parts ?? (row.sum === undefined ? 0 : 2)),
  },
  matter: row.matter ?? 'ordinary',
  related: row.related ?? false,
  headInvolved: row.headInvolved ?? false,
  ...(row.covered === undefined ? {} : { covered: row.covered }),
  ...(row.emergency === undefined ? {} : { emergency: row.emergency }),
})

const valuesOf = (...settings: readonly PolicySetting[]) => {
  const { faults, values } = applySettings(presetValues, settings)
  expect(faults).toEqual([])
  return values
}
const tiered = valuesOf()
const strict = valuesOf({ key: 'route.preset', value: 'strict' })
/** Lines of its own: 800, 2,000 and 30,000. */
const own = valuesOf(
  { key: 'tier.dailyMax', value: '800.00' },
  { key: 'tier.boardFrom', value: '800.00' },
  { key: 'tier.largeFrom', value: '2000.00' },
  { key: 'tier.majorFrom', value: '30000.00' },
)

const letters: Readonly<Record<Demand, string>> = {
  required: 'R',
  covered: 'c',
  deferred: 'd',
  notRequired: '-',
}
const demandsOf = (row: Row, values = tiered): string =>
  route(factsOf(row), values)
    .map(({ demand }) => letters[demand])
    .join('')

type Table = readonly (readonly [what: string, row: Row, demands: string])[]
/** Members, board, supervisors, township, discipline: R required, c covered, - not required. */
const byLaw: Table = [
  ['one fen', { amount: '0.01' }, '--R-R'],
  ['a fen below the board', { amount: '4999.99' }, '--R-R'],
  ['the board’s line', { amount: '5000.00' }, '-RR-R'],
  ['a fen below large', { amount: '9999.99' }, '-RR-R'],
  ['large', { amount: '10000.00' }, '-RRRR'],
  ['a fen below major', { amount: '49999.99' }, '-RRRR'],
  ['major', { amount: '50000.00' }, 'RRRRR'],
  ['the largest amount', { amount: '9999999999999.99' }, 'RRRRR'],
  ['the sum a fen below the board', { amount: '0.01', sum: '4999.99' }, '--R-R'],
  ['the sum at the board’s line', { amount: '0.01', sum: '5000.00' }, '-RR-R'],
  ['the sum a fen below large', { amount: '4999.99', sum: '9999.99' }, '-RR-R'],
  ['the sum at large', { amount: '4999.99', sum: '10000.00' }, '-RRRR'],
  ['the sum a fen below major', { amount: '9999.99', sum: '49999.99' }, '-RRRR'],
  ['the sum at major', { amount: '9999.99', sum: '50000.00' }, 'RRRRR'],
  ['covered, major: filed by amount all the same', { amount: '50000.00', covered: 'a' }, 'ccRRR'],
  ['covered, large', { amount: '10000.00', covered: 'a' }, '-cRRR'],
  ['covered, board', { amount: '9999.99', covered: 'a' }, '-cR-R'],
  ['covered, daily: nothing to cover', { amount: '4999.99', covered: 'a' }, '--R-R'],
  [
    'covered: the window does not count',
    { amount: '99.00', sum: '60000.00', covered: 'a' },
    '--R-R',
  ],
  ['investment', { amount: '1.00', matter: 'investment' }, 'R-R-R'],
  ['borrowing', { amount: '1.00', matter: 'borrowing' }, 'R-R-R'],
  [
    'law 2.25: lending is filed too, whatever the amount (L3 Art 17)',
    { amount: '1.00', matter: 'lending' },
    'R-RRR',
  ],
  ['equity', { amount: '1.00', matter: 'equity' }, 'R-R-R'],
  ['disposal', { amount: '1.00', matter: 'disposal' }, 'R-R-R'],
  ['distribution', { amount: '1.00', matter: 'distribution' }, 'R-R-R'],
  [
    'reserved, covered: the members still',
    { amount: '1.00', matter: 'equity', covered: 'a' },
    'R-R-R',
  ],
  ['contract', { amount: '1.00', matter: 'contract' }, '-RR-R'],
  [
    'contract, covered: the board still',
    { amount: '1.00', matter: 'contract', covered: 'a' },
    '-RR-R',
  ],
  ['related', { amount: '1.00', related: true }, '-RRRR'],
  ['related, covered, major', { amount: '50000.00', related: true, covered: 'a' }, 'cRRRR'],
  ['the head involved', { amount: '1.00', headInvolved: true }, '-RR-R'],
  ['the head involved, covered', { amount: '6000.00', headInvolved: true, covered: 'a' }, '-RR-R'],
]

describe('law 3.3, law 3.4, law 3.5, law 3.6: preset tiered', () => {
  test.each(byLaw)('%s', (_what, row, demands) => {
    expect(demandsOf(row)).toBe(demands)
  })

  test.each<[what: string, row: Row, demands: string]>([
    ['daily', { amount: '799.99' }, '--R-R'],
    ['board', { amount: '800.00' }, '-RR-R'],
    ['a fen below large', { amount: '1999.99' }, '-RR-R'],
    ['large', { amount: '2000.00' }, '-RRRR'],
    ['major', { amount: '30000.00' }, 'RRRRR'],
  ])('lines of the township’s own: %s', (_what, row, demands) => {
    expect(demandsOf(row, own)).toBe(demands)
  })
})

const strictly: Table = [
  ['one fen', { amount: '0.01' }, 'RRR-R'],
  ['a fen below large', { amount: '9999.99' }, 'RRR-R'],
  ['large', { amount: '10000.00' }, 'RRRRR'],
  ['the sum at large', { amount: '1.00', sum: '10000.00' }, 'RRRRR'],
  ['related', { amount: '1.00', related: true }, 'RRRRR'],
  ['lending', { amount: '1.00', matter: 'lending' }, 'RRRRR'],
  ['covered changes nothing', { amount: '60000.00', covered: 'a' }, 'RRRRR'],
]
describe('law 3.7: preset strict', () => {
  test.each(strictly)('%s', (_what, row, demands) => {
    expect(demandsOf(row, strict)).toBe(demands)
  })
})

const hurried: Table = [
  ['below every line', { amount: '4999.99', emergency: 'fire' }, '--R-R'],
  [
    'law 3.11: the board: the township consents though it is not large',
    { amount: '5000.00', emergency: 'fire' },
    '-dRRR',
  ],
  ['large', { amount: '10000.00', emergency: 'fire' }, '-dRRR'],
  ['major', { amount: '50000.00', emergency: 'fire' }, 'ddRRR'],
  ['the sum at major', { amount: '1.00', sum: '50000.00', emergency: 'fire' }, 'ddRRR'],
  ['covered', { amount: '50000.00', covered: 'a', emergency: 'fire' }, 'ccRRR'],
  [
    'law 4.5: a contract outlasts the fire',
    { amount: '1.00', matter: 'contract', emergency: 'fire' },
    '-RR-R',
  ],
  [
    'covered, below large: nothing is deferred',
    { amount: '5000.00', covered: 'a', emergency: 'fire' },
    '-cR-R',
  ],
  ['related', { amount: '1.00', related: true, emergency: 'fire' }, '-dRRR'],
  [
    'law 3.11: the head involved',
    { amount: '1.00', headInvolved: true, emergency: 'fire' },
    '-dRRR',
  ],
  // refused when it is submitted; were it not, the members would still be asked first
  ['lending', { amount: '1.00', matter: 'lending', emergency: 'fire' }, 'R-RRR'],
  ['an investment', { amount: '6000.00', matter: 'investment', emergency: 'fire' }, 'RRR-R'],
]
describe('law 3.10: an emergency defers members and board, and nothing else', () => {
  test.each(hurried)('%s', (_what, row, demands) => {
    expect(demandsOf(row)).toBe(demands)
  })
  test('in the strict preset too', () => {
    expect(demandsOf({ amount: '1.00', emergency: 'flood' }, strict)).toBe('ddRRR')
  })
})

/** Rules of the five, in their order; the two that always apply are `S` and `A`. */
const rulesOf = (row: Row, values = tiered): readonly string[] =>
  route(factsOf(row), values).map(({ rule }) => rule)
const S = 'always.signOff'
const A = 'always.audit'
const below = 'amount.below'

const reasoned: readonly (readonly [Row, typeof tiered, readonly string[]])[] = [
  [{ amount: '1.00' }, tiered, [below, 'amount.daily', S, below, A]],
  [
    { amount: '60000.00', sum: '70000.00' },
    tiered,
    ['amount.reaches', 'amount.reaches', S, 'amount.reaches', A],
  ],
  [
    { amount: '6000.00', sum: '50000.00' },
    tiered,
    ['rollingSum.reaches', 'amount.reaches', S, 'rollingSum.reaches', A],
  ],
  [
    { amount: '60000.00', covered: 'a' },
    tiered,
    ['authority.covers', 'authority.covers', S, 'amount.reaches', A],
  ],
  [
    { amount: '1.00', matter: 'lending', related: true },
    tiered,
    ['matter.reserved', 'party.related', S, 'party.related', A],
  ],
  [
    { amount: '1.00', matter: 'lending' },
    tiered,
    ['matter.reserved', 'amount.daily', S, 'matter.lending', A],
  ],
  [
    { amount: '10000.00', matter: 'lending' },
    tiered,
    ['matter.reserved', 'amount.reaches', S, 'amount.reaches', A],
  ],
  [{ amount: '1.00', matter: 'contract' }, tiered, [below, 'matter.contract', S, below, A]],
  [{ amount: '1.00', headInvolved: true }, tiered, [below, 'head.involved', S, below, A]],
  [
    { amount: '6000.00', emergency: 'flood' },
    tiered,
    [below, 'emergency.defers', S, 'emergency.deferred', A],
  ],
  [{ amount: '1.00' }, strict, ['always.strict', 'always.strict', S, below, A]],
]

describe('law 3.1: why', () => {
  test.each(reasoned)('%o', (row, values, rules) => {
    expect(rulesOf(row, values)).toEqual(rules)
  })

  test('every rule decides somewhere, and says so in whole sentences', () => {
    const stations = reasoned.flatMap(([row, values]) => route(factsOf(row), values))
    expect(new Set(stations.map(({ rule }) => rule))).toEqual(new Set(Object.keys(routeRules)))
    for (const { reason } of stations) {
      expect(reason.zh).toMatch(/[\u4e00-\u9fff]/)
      expect(reason.en).toMatch(/^[\u0020-\u007e…]+$/)
      expect(`${reason.zh}${reason.en}`).not.toMatch(/[{}]|undefined/)
    }
  })

  test('a crossing sum names the amount, the days, the line and the other parts', () => {
    const [, board] = route(factsOf({ amount: '1000.00', sum: '5200.00', parts: 3 }), tiered)
    const named = '2026-000011, 2026-000012, 2026-000013'
    const reaches = 'reaches 5,000.00 yuan'
    expect(board?.reason).toEqual({
      zh: `30天内付给同一收款人共5,200.00元（另3笔：${named}），达到5,000.00元`,
      en: `5,200.00 yuan to the same payee within 30 days (with 3 more: ${named}) ${reaches}`,
    })
  })

  test('of many parts five are named and the rest counted', () => {
    const [, board] = route(factsOf({ amount: '1.00', sum: '5200.00', parts: 7 }), tiered)
    expect(board?.reason.zh).toContain('另7笔：')
    expect(board?.reason.zh).toContain('2026-000015 …')
    expect(board?.reason.en).not.toContain('2026-000016')
  })

  test.each([
    // daily up to 3,000, the board from 5,000
    ['3000.00', '3000.00', 'amount.daily'],
    ['3000.01', '3000.01', 'amount.below'],
    ['1.00', '3000.01', 'amount.below'],
    ['4999.99', '4999.99', 'amount.below'],
    ['5000.00', '5000.00', 'amount.reaches'],
  ])('law 8.4: %s of %s in the window is %s', (amount, sum, rule) => {
    const values = { ...tiered, 'tier.dailyMax': money('3000.00') }
    expect(rulesOf({ amount, sum }, values)[1]).toBe(rule)
  })

  test('what stays below says by what and of what', () => {
    const [member] = route(factsOf({ amount: '1234.50', sum: '4000.00' }), tiered)
    expect(member?.reason.zh).toBe(
      '金额1,234.50元（30天内同一收款人共4,000.00元），未达50,000.00元',
    )
  })

  test('a reserved matter is named in the language of the sentence', () => {
    const [member] = route(factsOf({ amount: '1.00', matter: 'disposal' }), tiered)
    expect(member?.reason).toEqual({
      zh: '资产处置须由社员表决，不论金额',
      en: 'disposal of assets is decided by the members whatever the amount',
    })
  })
})
