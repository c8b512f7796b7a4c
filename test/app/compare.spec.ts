// What a proposed policy would have asked of past requests (law §8): a small year, every sum and route worked out by hand.
import { describe, expect, test } from 'vitest'
import { comparePolicy } from '../../src/app/compare.ts'
import type { Entry } from '../../src/domain/entry.ts'
import { moneySchema } from '../../src/domain/money.ts'
import {
  applySettings,
  type PolicySetting,
  type PolicyValues,
  presetValues,
} from '../../src/domain/policy.ts'
import { localDateSchema } from '../../src/domain/time.ts'
import type { FactTypes } from '../../src/domain/facts.ts'
import { approve, covered, decidedBy, ID, proposal } from '../support/authority-cast.ts'
import type { LawWorld } from '../support/law.ts'
import { by, company, enactPolicy, p, town, village } from '../support/law-cast.ts'
import { onRequest, purchase, requestId } from '../support/law-round.ts'
import {
  all,
  close,
  countersign,
  matter,
  meetingWorld,
  membersTo,
  openMembers,
  sheet,
  tally,
} from '../support/meeting-cast.ts'
import { quiet } from '../support/quiet-facts.ts'
import * as cast from '../support/request-cast.ts'
import { inFlood } from '../support/request-emergency.ts'

const date = (text: string) => localDateSchema.parse(text)
const over = (...settings: readonly PolicySetting[]): PolicyValues =>
  applySettings(presetValues, settings).values
const entries = (world: LawWorld): readonly Entry[] =>
  world
    .history()
    .filter(({ ledger }) => ledger === village)
    .toSorted((a, b) => a.seq - b.seq)

/** Account A sells paper; B is another payee. Amounts in yuan, submitted on these days of March and April. */
const payees = {
  A: purchase(1).payee,
  B: { ...purchase(1).payee, name: '云溪五金店', account: '6222020000002' },
}
const year: readonly (readonly [
  number: number,
  day: string,
  payee: 'A' | 'B',
  amount: string,
  more?: object,
])[] = [
  [1, '2026-03-03', 'A', '4000.00'],
  // with the 4,000 of the 3rd: 4,500 within 30 days
  [2, '2026-03-10', 'A', '500.00'],
  [3, '2026-03-10', 'B', '9000.00'],
  // 31 days after the first: within 40 days 4,000 + 500 + 600 = 5,100
  [4, '2026-04-03', 'A', '600.00'],
  // under an authority: covered, and no part of any sum
  [5, '2026-04-04', 'A', '7000.00', { authority: ID }],
  // withdrawn on the 5th: no part of what comes after
  [6, '2026-04-05', 'A', '4900.00'],
  // within 30 days 500 + 600 + 100 = 1,200 (the 10th of March is the 30th day)
  [7, '2026-04-08', 'A', '100.00'],
]
const sums: Readonly<Record<number, readonly [string, ...string[]]>> = {
  1: ['4000.00'],
  2: ['4500.00', '2026-000001'],
  3: ['9000.00'],
  4: ['1100.00', '2026-000002'],
  5: ['8100.00', '2026-000002', '2026-000004'],
  6: ['6000.00', '2026-000002', '2026-000004'],
  7: ['1200.00', '2026-000002', '2026-000004'],
}

/** The fact, by the table above: the world has no read tables. */
function windowOf(number: number) {
  return ({ keys, to }: FactTypes['payeeWindow']['query']): FactTypes['payeeWindow']['answer'] => {
    const [, ...parts] = sums[number] ?? ['0.00']
    return {
      payee: keys[0] ?? '',
      keys,
      parts: parts.map((part) => {
        const found = year.find(([one]) => requestId(one) === part)
        const amount = moneySchema.parse(found?.[3])
        return {
          request: requestId(found?.[0] ?? 0),
          amount,
          on: to,
          category: 'office',
          cash: false,
          voucherless: false,
        }
      }),
    }
  }
}

function lived(): LawWorld {
  const world = covered({ ceiling: '9000.00' })
  for (const [number, day, payee, amount, more = {}] of year) {
    world.clock(`${day}T0${number}:00:00.000Z`)
    world.fact('payeeWindow', windowOf(number))
    const form = purchase(number, amount)
    const account = payees[payee].account
    const invoices = form.invoices.map((invoice) => ({ ...invoice, sellerAccount: account }))
    world.given(
      onRequest(number, 'request.submit', 'clerk', {
        ...form,
        payee: payees[payee],
        invoices,
        ...more,
      }),
    )
    if (number === 6) world.given(onRequest(6, 'request.withdraw', 'chead', { reason: '不再需要' }))
  }
  return world
}
const world = lived()
const compared = (
  values: PolicyValues,
  { from = '2026-03-01', to = '2026-04-30', of = world } = {},
) =>
  comparePolicy([{ ledger: village, entries: entries(of) }], {
    values,
    from: date(from),
    to: date(to),
  })
/** `1 +boardReview −townshipFiling`, a line a request. */
const told = (values: PolicyValues, within: Parameters<typeof compared>[1] = {}) =>
  compared(values, within).changed.map(({ request, changes }) =>
    [
      Number(request.slice(5)),
      ...changes.map(({ must, change }) => `${change === 'gained' ? '+' : '−'}${must}`),
    ].join(' '),
  )

describe('law 8.5: the policy as it was', () => {
  test('changes nothing: every sum comes out as it was recorded', () => {
    const { changed, requests, musts } = compared(presetValues)
    expect(changed).toEqual([])
    expect(requests).toBe(7)
    // 9,000 and, withdrawn before the 100 came, 4,900 with 500 and 600
    expect(musts.boardReview).toEqual({ was: 2, would: 2, gained: 0, lost: 0 })
    expect(musts.townshipFiling).toEqual({ was: 0, would: 0, gained: 0, lost: 0 })
    expect(musts.supervisorySignOff.was).toBe(7)
  })
})

describe('a proposal', () => {
  test.each<[string, readonly PolicySetting[], readonly string[]]>([
    [
      'the large line at 6,000: 9,000 by itself, 7,000 though covered, 4,900 by its sum',
      [{ key: 'tier.largeFrom', value: '6000.00' }],
      ['3 +townshipFiling', '5 +townshipFiling', '6 +townshipFiling'],
    ],
    [
      'the board from 4,500: the second part crosses, the first keeps its route',
      [
        { key: 'tier.boardFrom', value: '4500.00' },
        { key: 'tier.dailyMax', value: '4500.00' },
      ],
      ['2 +boardReview'],
    ],
    [
      'the board from 9,000.01: neither needs it',
      [{ key: 'tier.boardFrom', value: '9000.01' }],
      ['3 −boardReview', '6 −boardReview'],
    ],
    [
      'a window of 40 days: the fourth comes to 5,100, the sixth to 10,000, the last to 5,200',
      [{ key: 'window.days', value: 40 }],
      ['4 +boardReview', '6 +townshipFiling', '7 +boardReview'],
    ],
    [
      'of 31 days: the fourth is not reached, the 3rd of March is its 32nd day',
      [{ key: 'window.days', value: 31 }],
      [],
    ],
    ['of 32: it is', [{ key: 'window.days', value: 32 }], ['4 +boardReview']],
    [
      'the members from 9,000',
      [
        { key: 'tier.largeFrom', value: '9000.00' },
        { key: 'tier.majorFrom', value: '9000.00' },
      ],
      ['3 +memberVote +townshipFiling'],
    ],
    ['what routes nothing', [{ key: 'claim.maxAgeDays', value: 10 }], []],
  ])('%s', (_what, settings, expected) => {
    expect(told(over(...settings))).toEqual(expected)
  })

  test('strict: everybody votes on everything', () => {
    const { musts } = compared(over({ key: 'route.preset', value: 'strict' }))
    // the covered one included: an authority does not stand for the vote then
    expect(musts.memberVote).toEqual({ was: 0, would: 7, gained: 7, lost: 0 })
    expect(musts.boardReview).toEqual({ was: 2, would: 7, gained: 5, lost: 0 })
  })

  test('says why, as it was and as it would be', () => {
    const { changed } = compared(over({ key: 'window.days', value: 40 }))
    expect(changed[0]).toMatchObject({
      request: '2026-000004',
      company,
      amount: '600.00',
      submittedOn: '2026-04-03',
      ledger: village,
      changes: [
        {
          was: { zh: '日常支出：金额600.00元（30天内同一收款人共1,100.00元），不超过5,000.00元' },
          would: {
            zh: '40天内付给同一收款人共5,100.00元（另2笔：2026-000001, 2026-000002），达到5,000.00元',
          },
        },
      ],
    })
    expect(changed[0]?.policy).toMatch(/^1@/)
  })

  test('of the days asked for, though the sums reach back before them', () => {
    const values = over({ key: 'window.days', value: 40 })
    expect(told(values, { from: '2026-04-03', to: '2026-04-03' })).toEqual(['4 +boardReview'])
    expect(told(values, { from: '2026-04-06' })).toEqual(['7 +boardReview'])
    expect(compared(values, { from: '2026-05-01', to: '2026-05-31' })).toMatchObject({
      requests: 0,
      companies: [],
    })
  })

  test('by company', () => {
    const { companies } = compared(over({ key: 'tier.largeFrom', value: '6000.00' }))
    expect(companies).toHaveLength(1)
    expect(companies[0]).toMatchObject({
      ledger: village,
      company,
      requests: 7,
      changed: 3,
      musts: { townshipFiling: { was: 0, would: 3, gained: 3, lost: 0 } },
    })
  })
})

test('a policy enacted since is not what past routes are compared with', () => {
  const later = world.fork()
  enactPolicy(later, [{ key: 'tier.largeFrom', value: '6000.00' }])
  expect(later.history().some(({ ledger }) => ledger === town)).toBe(true)
  expect(told(over({ key: 'tier.largeFrom', value: '6000.00' }), { of: later })).toEqual(
    told(over({ key: 'tier.largeFrom', value: '6000.00' })),
  )
})

describe('law 8.1: the village’s own rule', () => {
  const rule = {
    settings: [
      { key: 'tier.boardFrom', value: '3000.00' },
      { key: 'tier.dailyMax', value: '3000.00' },
    ],
  }
  const ruled = quiet(meetingWorld())
  // before the rule, under the township's 5,000; after it, under the village's 3,000
  ruled.given(onRequest(1, 'request.submit', 'clerk', purchase(1, '4000.00')))
  all(openMembers(ruled, [matter('a1', { rule })]), [
    sheet(membersTo(12)),
    tally([12, 0, 0]),
    countersign(),
    close(),
    {
      ledger: village,
      stream: 'policy',
      type: 'villageRule.enact',
      by: by('clerk'),
      input: { ...rule, ground: { meeting: 'm-2026-0001', item: 'a1' } },
    },
    onRequest(2, 'request.submit', 'clerk', {
      ...purchase(2, '4000.00'),
      payee: payees.B,
      invoices: [{ ...purchase(2, '4000.00').invoices[0], sellerAccount: payees.B.account }],
    }),
  ])

  test.each<[string, readonly PolicySetting[], readonly string[]]>([
    ['as it is', [], []],
    [
      'a looser township loosens nothing where the village is stricter',
      [{ key: 'tier.boardFrom', value: '8000.00' }],
      [],
    ],
    [
      'a stricter one reaches what was submitted before the rule',
      [
        { key: 'tier.boardFrom', value: '4000.00' },
        { key: 'tier.dailyMax', value: '4000.00' },
      ],
      ['1 +boardReview'],
    ],
  ])('%s', (_what, settings, expected) => {
    expect(told(over(...settings), { of: ruled })).toEqual(expected)
  })
})

describe('law 8.5: what would have been refused', () => {
  const compare = (of: LawWorld, ...settings: PolicySetting[]) =>
    comparePolicy([{ ledger: village, entries: entries(of) }], {
      values: over(...settings),
      from: date('2026-01-01'),
      to: date('2026-12-31'),
    })
  const shop = { type: 'unregistered', name: '小店' }
  const cash = { method: 'cash', payee: shop, invoices: [] }
  test.each<[string, Readonly<Record<string, unknown>>, PolicySetting, string]>([
    ['cash', { ...cash, amount: '900.00' }, { key: 'cash.max', value: '899.99' }, 'cashOverLimit'],
    [
      'without a voucher',
      { ...cash, amount: '900.00' },
      { key: 'voucher.requiredFrom', value: '899.99' },
      'voucherMissing',
    ],
    [
      'by card',
      { kind: 'card', method: 'card', amount: '900.00', invoices: [], invoicesToCome: true },
      { key: 'card.limit', value: '899.99' },
      'cardOverLimit',
    ],
    [
      'claimed late',
      {
        kind: 'reimbursement',
        payee: { type: 'person', person: p('handler') },
        amount: '900.00',
        // 20 days before the 2nd of March
        invoices: [{ ...cast.invoice, date: '2026-02-10', total: '900.00' }],
      },
      { key: 'claim.maxAgeDays', value: 19 },
      'claimTooOld',
    ],
    [
      'an emergency over the ceiling',
      inFlood,
      { key: 'emergency.ceiling', value: '1.00' },
      'emergencyOverCeiling',
    ],
    [
      'an emergency of a cause not named',
      inFlood,
      { key: 'emergency.causes', value: 'fire' },
      'emergencyCauseNotNamed',
    ],
  ])('%s', (_what, change, setting, code) => {
    const filed = cast.founded()
    cast.submit(filed, change)
    expect(compare(filed).changed).toEqual([])
    expect(compare(filed, setting).changed).toMatchObject([{ refused: { code } }])
  })

  test('says why in both languages', () => {
    const filed = cast.founded()
    cast.submit(filed, { ...cash, amount: '900.00' })
    const [changed] = compare(filed, { key: 'cash.max', value: '500.00' }).changed
    expect(changed?.refused?.why.zh).toContain('500.00')
    expect(changed?.refused?.why.en).toContain('500.00')
  })

  test('how many supervisors would be asked to sign', () => {
    const filed = cast.founded()
    cast.submit(filed)
    const all4 = { key: 'supervisor.signMode', value: 'all' } as const
    // nobody has been asked yet
    expect(compare(filed, all4).changed).toEqual([])
    cast.walk(filed, 'supervisorySignOff.open')
    expect(compare(filed).changed).toEqual([])
    expect(compare(filed, all4).changed).toMatchObject([
      { changes: [], signOff: { was: 'majorityAndChair', would: 'all' } },
    ])
  })

  test('law 4.1: which authorities would be the members’, and which the township would file', () => {
    const change = { ceiling: '9000.00' }
    const board = decidedBy('board', { item: proposal(change) })
    board.given(approve(change))
    const changesOf = (...settings: PolicySetting[]) =>
      compare(board, ...settings).authorities.map(({ authority, changes }) => [authority, changes])
    expect(changesOf()).toEqual([])
    expect(changesOf({ key: 'tier.largeFrom', value: '9000.01' })).toEqual([])
    expect(changesOf({ key: 'tier.largeFrom', value: '9000.00' })).toEqual([[ID, ['filingGained']]])
    expect(
      changesOf(
        { key: 'tier.largeFrom', value: '9000.00' },
        { key: 'tier.majorFrom', value: '9000.00' },
      ),
    ).toEqual([[ID, ['beyondMeeting', 'filingGained']]])
    const outside = comparePolicy([{ ledger: village, entries: entries(board) }], {
      values: over({ key: 'tier.largeFrom', value: '9000.00' }),
      from: date('2026-03-04'),
      to: date('2026-12-31'),
    })
    expect(outside.authorities).toEqual([])
  })
})
