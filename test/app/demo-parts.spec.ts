// What the simulated year is made of, part by part.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fates } from '../../src/app/demo/fates.ts'
import { paperOf, papersFor } from '../../src/app/demo/papers.ts'
import { Random } from '../../src/app/demo/random.ts'
import { SimulatedClock } from '../../src/app/demo/sources.ts'
import type { Draft } from '../../src/domain/draft.ts'
import { categories, type Category, papers } from '../../src/domain/expense.ts'
import { originSchema, requestIdSchema, sha256HexSchema } from '../../src/domain/ids.ts'
import { instantSchema, localDateSchema } from '../../src/domain/time.ts'
import { papersMissing } from '../../workflows/request/v1/judgement.ts'
import { digest } from '../support/law.ts'
import { form } from '../support/request-cast.ts'

describe('seeded randomness', () => {
  const drawn = (random: Random) => Array.from({ length: 20 }, () => random.next())

  it('repeats from the same seed and differs from another', () => {
    expect(drawn(new Random('7'))).toEqual(drawn(new Random('7')))
    expect(drawn(new Random('7'))).not.toEqual(drawn(new Random('8')))
  })

  it('gives a label its own stream, whatever was drawn before', () => {
    const used = new Random('7')
    drawn(used)
    expect(drawn(used.of('a', 1))).toEqual(drawn(new Random('7').of('a', 1)))
    expect(drawn(used.of('a', 1))).not.toEqual(drawn(used.of('a', 11)))
    // neither the parts of a label nor nested labels run together
    expect(drawn(used.of('ab'))).not.toEqual(drawn(used.of('a', 'b')))
  })

  it('stays in its bounds and uses all of them', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 9 }), (seed, limit) => {
        const random = new Random(seed)
        const seen = new Set(Array.from({ length: 400 }, () => random.below(limit)))
        expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: limit }, (_, i) => i))
      }),
      { numRuns: 50 },
    )
  })

  it('shuffles into another order of the same things', () => {
    const list = Array.from({ length: 30 }, (_, i) => i)
    const shuffled = new Random('7').shuffled(list)
    expect(shuffled).not.toEqual(list)
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(list)
  })
})

describe('the simulated clock', () => {
  it('goes forward only, and by itself not at all', () => {
    const at = (time: string) => instantSchema.parse(`2025-01-01T${time}.000Z`)
    const clock = new SimulatedClock(at('01:00:00'))
    expect(clock.read()).toBe(clock.read())
    clock.wind(at('02:00:00'))
    clock.wind(at('01:30:00'))
    clock.pass(30)
    expect(clock.read()).toBe(Date.parse('2025-01-01T02:00:30.000Z'))
  })
})

describe('the papers of an invented request', () => {
  const all = (Object.keys(categories) as Category[]).flatMap((category) =>
    (['1200.00', '90000.00'] as const).flatMap((amount) =>
      (['transfer', 'card'] as const).map((method) => [category, amount, method] as const),
    ),
  )

  it.each(all)('answer both checklists: %s, %s by %s', (category, amount, method) => {
    const kind = method === 'card' ? 'card' : 'single'
    const submission = form({ category, amount, method, kind, evidence: [] })
    const decision = papersFor(submission, 'decision')
    expect(papersMissing(submission, 'decision', decision)).toBeUndefined()
    const voucher = papersFor(submission, 'voucher', decision)
    expect(papersMissing(submission, 'voucher', [...decision, ...voucher])).toBeUndefined()
    // nothing is added twice, and what is left out is missed
    expect(papersFor(submission, 'voucher', [...decision, ...voucher])).toEqual([])
    expect(papersMissing(submission, 'voucher', voucher.slice(1))).toBeDefined()
  })

  it('have a digest that changes with what they say', () => {
    const digests = (Object.keys(papers) as (keyof typeof papers)[]).map(
      (paper) => paperOf(paper, form()).sha256,
    )
    expect(new Set(digests).size).toBe(digests.length)
    expect(paperOf('invoice', form({ amount: '1200.01' })).sha256).not.toBe(
      paperOf('invoice', form()).sha256,
    )
  })
})

describe('fates', () => {
  const ledger = originSchema.parse('ledger.example.cn/330106109203')
  const request = (number: number) =>
    requestIdSchema.parse(`2025-${String(number).padStart(6, '0')}`)
  const draft = (name: string, day: string, change: Record<string, unknown> = {}): Draft => {
    const { evidence: _evidence, ...submission } = form({
      purpose: name,
      invoices: [{ ...form().invoices[0], number: String(name.length).padStart(20, '1') }],
      ...change,
    })
    return {
      id: sha256HexSchema.parse(digest(name + day)),
      line: 2,
      submittedOn: localDateSchema.parse(day),
      clerk: submission.handler,
      submission,
      needsList: false,
      columns: {},
    }
  }
  const struck = (fates: Fates): number =>
    Array.from({ length: 400 }, (_, i) => request(i + 1)).filter((id) =>
      fates.strikes(ledger, id, 'returnedBySupervisor'),
    ).length

  it('befall some requests, once each', () => {
    const fates = new Fates(new Random('7'), [])
    expect(struck(fates)).toBeGreaterThan(3)
    expect(struck(fates)).toBe(0)
  })

  it.each<readonly [string, readonly Draft[], boolean]>([
    ['alone', [draft('维修', '2025-06-03')], false],
    ['a related party', [draft('维修', '2025-06-03', { relation: 'related' })], true],
    ['an invoice of another row', [draft('维修', '2025-06-03'), draft('补报', '2025-11-03')], true],
    [
      'parts of one purchase',
      [draft('维修（第1段）', '2025-06-03'), draft('维修（第2段）', '2025-06-07')],
      true,
    ],
    [
      'parts long apart',
      [
        draft('维修（第1段）', '2025-06-03', { invoices: [] }),
        draft('维修（第2段）', '2025-08-07'),
      ],
      false,
    ],
    [
      'the same again',
      [draft('维修', '2025-06-03', { invoices: [] }), draft('维修', '2025-06-07')],
      false,
    ],
  ])('spare what means something only together: %s', (_what, drafts, spared) => {
    const fates = new Fates(new Random('7'), drafts)
    const [first] = drafts
    if (first === undefined) throw new Error('no draft')
    for (let i = 1; i <= 400; i += 1) fates.submitted(ledger, request(i), first)
    expect(struck(fates) === 0).toBe(spared)
    expect(fates.isPlain(ledger, request(1))).toBe(spared)
  })
})
