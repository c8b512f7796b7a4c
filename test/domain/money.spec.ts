// Money: what is read, exact arithmetic against whole fen, and Chinese capitals against published examples and an oracle.
import fc from 'fast-check'
import Nzh from 'nzh'
import { describe, expect, test } from 'vitest'
import {
  above,
  atLeast,
  compare,
  fromFen,
  grouped,
  inCapitals,
  minus,
  type Money,
  moneySchema,
  parseMoney,
  plus,
  sum,
  toFen,
  zero,
} from '../../src/domain/money.ts'

const money = (text: string): Money => moneySchema.parse(text)
const MOST = 999_999_999_999_999n
/** The oracle: whole fen in a BigInt, written without any decimal library. */
const ofFen = (fen: bigint): Money => {
  const text = fen.toString().padStart(3, '0')
  return money(`${text.slice(0, -2)}.${text.slice(-2)}`)
}
const fenOf = (amount: Money): bigint => BigInt(amount.replace('.', ''))
const fen = fc.oneof(
  fc.bigInt({ min: 0n, max: MOST }),
  fc.bigInt({ min: 0n, max: 20_000_000n }),
  fc.constantFrom(0n, 1n, 9n, 10n, 99n, 100n, 101n, MOST),
)

/** The amount, or `RangeError` where there is none. */
function tried(work: () => Money): Money | typeof RangeError {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) return RangeError
    throw error
  }
}

describe('the canonical form', () => {
  test.each(['0.00', '0.01', '10.00', '1234567890123.45', '9999999999999.99'])(
    '%s is money',
    (text) => {
      expect(moneySchema.safeParse(text).success).toBe(true)
    },
  )
  test.each([
    '',
    '0',
    '1',
    '1.0',
    '1.000',
    '01.00',
    '00.00',
    '.50',
    '-1.00',
    '+1.00',
    '1,000.00',
    '1e3',
    ' 1.00',
    '1.00 ',
    '1.00\n',
    '１.００',
    'NaN',
    '10000000000000.00',
  ])('%j is not', (text) => {
    expect(moneySchema.safeParse(text).success).toBe(false)
  })
  test('a number never is', () => {
    expect(moneySchema.safeParse(1).success).toBe(false)
  })
})

describe('what people type', () => {
  test.each([
    ['1234.5', '1234.50'],
    ['1,234.5', '1234.50'],
    ['1,234,567.89', '1234567.89'],
    ['￥1234', '1234.00'],
    ['¥ 12.30', '12.30'],
    ['  88  ', '88.00'],
    ['0', '0.00'],
    ['007', '7.00'],
    ['0.1', '0.10'],
    ['9999999999999.99', '9999999999999.99'],
  ])('%s is %s', (text, amount) => {
    expect(parseMoney(text)).toBe(amount)
  })
  test.each([
    '',
    ' ',
    'abc',
    '1.005',
    '1.',
    '.5',
    '-1',
    '1e3',
    '0x10',
    'Infinity',
    '1,23',
    '1,2345',
    '12,34,567',
    '1234,567',
    '1 234',
    '1.2.3',
    '12元',
    '10000000000000',
    '99999999999999999999.99',
  ])('%j is not read, and never rounded', (text) => {
    expect(parseMoney(text)).toBeUndefined()
  })
  test('whatever was grouped is read back', () => {
    fc.assert(fc.property(fen, (one) => parseMoney(grouped(ofFen(one))) === ofFen(one)))
  })
})

describe('arithmetic is exact', () => {
  test('plus, minus, sum, compare and fen agree with whole fen', () => {
    fc.assert(
      fc.property(fen, fen, (a, b) => {
        const [x, y] = [ofFen(a), ofFen(b)]
        expect(tried(() => plus(x, y))).toBe(a + b <= MOST ? ofFen(a + b) : RangeError)
        expect(tried(() => minus(x, y))).toBe(a >= b ? ofFen(a - b) : RangeError)
        const order = a === b ? 0 : a < b ? -1 : 1
        expect(compare(x, y)).toBe(order)
        expect(atLeast(x, y)).toBe(a >= b)
        expect(above(x, y)).toBe(a > b)
        expect(BigInt(toFen(x))).toBe(a)
        expect(fromFen(toFen(x))).toBe(x)
      }),
      { numRuns: 500 },
    )
  })

  test('a sum is what its parts are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 0n, max: 10_000_000_000n }), { maxLength: 30 }),
        (all) => {
          const total = all.reduce((before, one) => before + one, 0n)
          return fenOf(sum(all.map(ofFen))) === total
        },
      ),
    )
    expect(sum([])).toBe(zero)
  })

  test('no double would have: 0.10 + 0.20', () => {
    expect(plus(money('0.10'), money('0.20'))).toBe('0.30')
    expect(minus(money('9999999999999.99'), money('0.01'))).toBe('9999999999999.98')
  })

  test.each([-1, 0.5, Number.NaN, 1e15, Number.MAX_SAFE_INTEGER])('%d is not fen', (one) => {
    expect(() => fromFen(one)).toThrow(RangeError)
  })

  test('grouped by thousands', () => {
    expect(
      ['0.00', '999.99', '1000.00', '1234567.89', '9999999999999.99'].map((m) => grouped(money(m))),
    ).toEqual(['0.00', '999.99', '1,000.00', '1,234,567.89', '9,999,999,999,999.99'])
  })
})

const nines = '玖仟玖佰玖拾玖'
/** 支付结算办法 附一 (the examples of its rules), then edges by hand. */
const capitals: readonly (readonly [amount: string, said: string])[] = [
  ['1409.50', '壹仟肆佰零玖元伍角整'],
  ['6007.14', '陆仟零柒元壹角肆分'],
  ['1680.32', '壹仟陆佰捌拾元叁角贰分'],
  ['107000.53', '壹拾万零柒仟元伍角叁分'],
  ['16409.02', '壹万陆仟肆佰零玖元零贰分'],
  ['325.04', '叁佰贰拾伍元零肆分'],
  ['0.00', '零元整'],
  ['0.01', '壹分'],
  ['0.10', '壹角整'],
  ['0.11', '壹角壹分'],
  ['1.00', '壹元整'],
  ['1.01', '壹元零壹分'],
  ['1.10', '壹元壹角整'],
  ['10.00', '壹拾元整'],
  ['11.00', '壹拾壹元整'],
  ['100.00', '壹佰元整'],
  ['101.00', '壹佰零壹元整'],
  ['110.00', '壹佰壹拾元整'],
  ['1001.00', '壹仟零壹元整'],
  ['1010.10', '壹仟零壹拾元壹角整'],
  ['10000.00', '壹万元整'],
  ['10001.00', '壹万零壹元整'],
  ['10010.00', '壹万零壹拾元整'],
  ['100000.05', '壹拾万元零伍分'],
  ['1000000.00', '壹佰万元整'],
  ['20300400.00', '贰仟零叁拾万零肆佰元整'],
  ['100000000.00', '壹亿元整'],
  ['100000001.00', '壹亿零壹元整'],
  ['100010000.00', '壹亿零壹万元整'],
  ['123456789.00', '壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元整'],
  ['1000000000000.00', '壹万亿元整'],
  ['1000000010000.00', '壹万亿零壹万元整'],
  ['1000100000000.01', '壹万零壹亿元零壹分'],
  ['9999999999999.99', `玖万${nines}亿${nines}万${nines}元玖角玖分`],
]

describe('in Chinese capitals', () => {
  test.each(capitals)('%s is %s', (amount, said) => {
    expect(inCapitals(money(amount))).toBe(said)
  })

  // both spellings are lawful where a 零 is optional; ours always writes it, which is harder to alter
  const plain = (said: string): string => said.replaceAll('零', '')
  const oracle = (amount: string): string =>
    Nzh.cn.toMoney(amount, { outSymbol: false, forceZheng: true })

  test('the oracle says the same of every edge, but for an optional 零', () => {
    for (const [amount, said] of capitals) expect(plain(oracle(amount))).toBe(plain(said))
  })

  test('and of any amount', () => {
    fc.assert(
      fc.property(fen, (one) => {
        expect(plain(inCapitals(ofFen(one)))).toBe(plain(oracle(ofFen(one))))
      }),
      { numRuns: 2000 },
    )
  })

  test('every 零 of the oracle is ours too, and none stands twice or before a unit', () => {
    fc.assert(
      fc.property(fen, (one) => {
        const said = inCapitals(ofFen(one))
        expect(said.split('零').length).toBeGreaterThanOrEqual(
          oracle(ofFen(one)).split('零').length,
        )
        expect(said).not.toMatch(/零零|零[拾佰仟万亿角分]/)
      }),
      { numRuns: 1000 },
    )
  })

  test('no two amounts are said alike', () => {
    fc.assert(
      fc.property(fen, fen, (a, b) => a === b || inCapitals(ofFen(a)) !== inCapitals(ofFen(b))),
    )
  })
})
