// What the simulated year is made of, part by part.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Act, Stage } from '../../src/app/demo/acting.ts'
import { attendance } from '../../src/app/demo/attendance.ts'
import { bundledTownship } from '../../src/app/demo/bundle.ts'
import { Cases } from '../../src/app/demo/cases.ts'
import { corrected } from '../../src/app/demo/correcting.ts'
import { Fates } from '../../src/app/demo/fates.ts'
import { ownDoor } from '../../src/app/demo/hands.ts'
import { firmsOf, Meetings } from '../../src/app/demo/meetings.ts'
import { paperOf, papersFor } from '../../src/app/demo/papers.ts'
import { Random } from '../../src/app/demo/random.ts'
import { unfinished } from '../../src/app/demo/report.ts'
import { SimulatedClock } from '../../src/app/demo/sources.ts'
import { Watch } from '../../src/app/demo/watch.ts'
import { foundTownship } from '../../src/app/township/found.ts'
import type { Draft } from '../../src/domain/draft.ts'
import { categories, type Category, papers, type Phase } from '../../src/domain/expense.ts'
import {
  meetingStream,
  type Origin,
  originSchema,
  requestIdSchema,
  sha256HexSchema,
} from '../../src/domain/ids.ts'
import { above } from '../../src/domain/money.ts'
import { presetValues } from '../../src/domain/policy.ts'
import type { Evidence } from '../../src/domain/request.ts'
import { instantSchema, localDateSchema } from '../../src/domain/time.ts'
import { attended } from '../../workflows/meeting/v1/events.ts'
import { materialChanges } from '../../workflows/request/v1/material.ts'
import { papersMissing } from '../../workflows/request/v1/vouchers.ts'
import { roll } from '../../workflows/roster/v1/roll.ts'
import { type DemoWorld, openDemoWorld } from '../support/demo-open.ts'
import { digest } from '../support/law.ts'
import { folded, form, founded, submit } from '../support/request-cast.ts'

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
    const missing = (phase: Phase, evidence: readonly Evidence[]) =>
      papersMissing(submission, { phase, policy: presetValues, evidence })
    const decision = papersFor(submission, 'decision')
    expect(missing('decision', decision)).toBeUndefined()
    const voucher = papersFor(submission, 'voucher', decision)
    expect(missing('voucher', [...decision, ...voucher])).toBeUndefined()
    // nothing is added twice, and what is left out is missed
    expect(papersFor(submission, 'voucher', [...decision, ...voucher])).toEqual([])
    expect(missing('voucher', voucher.slice(1))).toBeDefined()
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

describe('a correction', () => {
  const amounts = ['800.00', '499.99', '12000.00'] as const
  const payees = [
    {},
    { kind: 'list', payee: { type: 'list', count: 2, total: '800.00', digest: digest('rows') } },
  ] as const

  it.each(amounts)('of %s changes the form, never raises it and takes no paper away', (amount) => {
    const world = founded().fork()
    submit(world, { amount })
    const before = folded(world)
    const kinds = new Set<string>()
    for (let seed = 0; seed < 60; seed += 1) {
      const after = corrected(before, new Random(String(seed)))
      expect(after).not.toEqual(before.submission)
      expect(above(after.amount, before.submission.amount)).toBe(false)
      expect(after.evidence).toEqual(expect.arrayContaining([...before.evidence]))
      kinds.add(materialChanges(before, after).join())
    }
    // most are none of the changes that begin anew; a clearer purpose is
    expect([...kinds].sort()).toEqual(['', 'purpose'])
  })

  it('leaves the total of a list alone', () => {
    const world = founded().fork()
    submit(world, { amount: '800.00', invoices: [], voucherException: 'payeeList', ...payees[1] })
    const before = folded(world)
    for (let seed = 0; seed < 60; seed += 1) {
      expect(corrected(before, new Random(String(seed))).amount).toBe('800.00')
    }
  })
})

describe('with a founded township', () => {
  let world: DemoWorld
  let stage: Stage
  let village: Origin
  beforeAll(async () => {
    world = await openDemoWorld(1, 'memory')
    const { sources, ports } = world
    const answer = await foundTownship(ports.context, await bundledTownship(), {
      ...ports,
      mint: sources.mint,
      clock: sources.clock.read,
    })
    if ('faults' in answer) throw new Error('not founded')
    const watch = new Watch(ports.context.store, [answer.township, ...answer.villages])
    await watch.catchUp()
    stage = new Stage(ownDoor(ports.context).hands, {
      sources,
      watch,
      cases: new Cases(),
      ...answer,
    })
    const [first] = answer.villages
    if (first === undefined) throw new Error('no village')
    village = first
  })
  afterAll(() => world.close())

  it('a refusal nobody meant to try on is a surprise, a daring one is only counted', async () => {
    const [head] = stage.inTownship('centreHead')
    if (head === undefined) throw new Error('no head')
    const confirm: Act = {
      ledger: village,
      stream: 'roster',
      type: 'roster.confirm',
      by: head,
      input: {},
    }
    expect(await stage.act({ ...confirm, daring: true })).toBe(false)
    expect(stage.surprises).toEqual([])
    expect(await stage.act(confirm)).toBe(false)
    expect(stage.surprises).toEqual([{ act: 'roster.confirm', stream: 'roster', code: 'notOpen' }])
    expect(stage.refused.get('notOpen')).toBe(2)
  })

  it('what is begun and not ended is told as unfinished', async () => {
    expect(unfinished(stage.watch)).toEqual([])
    const [firm] = firmsOf(stage)
    if (firm === undefined) throw new Error('no company')
    const id = new Meetings(stage).nextId(firm.ledger)
    const agenda = [{ item: 'a1', title: '年度工作' }]
    await stage.act({
      ledger: firm.ledger,
      stream: meetingStream(id),
      type: 'meeting.plan',
      by: firm.clerk,
      input: { kind: 'board', organisation: firm.company, title: '董事会', agenda },
    })
    await stage.watch.catchUp()
    expect(unfinished(stage.watch)).toEqual([`${firm.ledger} meeting/${id} planned`])
  })

  it('who comes to a meeting is on the roll, once, with one proxy of their household', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 20, max: 95 }), (seed, percent) => {
        const roster = stage.watch.roster(village)
        const on = localDateSchema.parse('2025-03-01')
        const random = new Random(seed)
        const came = attendance(roster, { random, percent, proxies: 600, on, digest: '签到册' })
        const { sheet } = came
        expect(attended.command.parse({ type: 'attendance.record', input: sheet }).input).toEqual(
          sheet,
        )
        const { onSite, proxies } = sheet
        const held = proxies?.held ?? []
        const counted = [...onSite, ...held.map(({ member }) => member)]
        const { members, count } = roll(roster, { on })
        expect(new Set(counted).size).toBe(counted.length)
        expect(counted.every((person) => members.includes(person))).toBe(true)
        expect(new Set(held.map(({ holder }) => holder)).size).toBe(held.length)
        for (const { member, holder } of held) {
          expect(onSite).toContain(holder)
          expect(roster.members.get(member)?.household).toBe(roster.members.get(holder)?.household)
        }
        expect(came.present).toBe(counted.length)
        expect(came.quorate).toBe(came.present / count >= 2 / 3)
      }),
      { numRuns: 60 },
    )
  })
})
