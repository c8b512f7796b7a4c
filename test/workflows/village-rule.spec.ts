// The village's own rule (law 8.1): made by its members or their delegates, entered as it was voted on, stricter than the
// township's policy and never looser; what was submitted before it stays as it was (law 8.5).
import { describe, expect, test } from 'vitest'
import { policyRows } from '../../src/app/projections/policy.ts'
import type { PolicySetting } from '../../src/domain/policy.ts'
import { requestStream, type StreamId } from '../../src/domain/ids.ts'
import { instantOf } from '../../src/domain/time.ts'
import { ledgerFold, ledgerStream } from '../../workflows/ledger/v1/fold.ts'
import { policyFold, policyStream } from '../../workflows/policy/v1/fold.ts'
import { boundPolicy, policyOfVillage } from '../../workflows/policy/v1/in-force.ts'
import { type Request, requestFold } from '../../workflows/request/v1/fold.ts'
import type { Asking, LawWorld } from '../support/law.ts'
import { by, coop, enactPolicy, town, village } from '../support/law-cast.ts'
import {
  all,
  as,
  close,
  countersign,
  held,
  inTenDays,
  matter,
  meeting2,
  meetingWorld,
  membersTo,
  notice,
  on,
  open,
  openMembers,
  openSeats,
  plan,
  prestudy,
  sheet,
  sit,
  tally,
  vote,
} from '../support/meeting-cast.ts'
import { onRequest, purchase, requestId } from '../support/law-round.ts'
import { quiet } from '../support/quiet-facts.ts'

const settings: readonly PolicySetting[] = [
  { key: 'tier.boardFrom', value: '3000.00' },
  { key: 'tier.dailyMax', value: '3000.00' },
  { key: 'member.noticeDays', value: 12 },
]
const rule = { settings }
const ground = { meeting: 'm-2026-0001', item: 'a1' }
const enact = (change: object = {}, office = 'clerk'): Asking => ({
  ledger: village,
  stream: 'policy',
  type: 'villageRule.enact',
  by: as(office),
  input: { settings, ground, ...change },
})
const carried = (voted: object = rule, counts: readonly [number, number, number] = [12, 0, 0]) =>
  all(openMembers(quiet(meetingWorld()), [matter('a1', { rule: voted })]), [
    sheet(membersTo(12)),
    tally(counts),
    countersign(),
    close(),
  ])
const passed = carried()
const ruleOf = (world: LawWorld) => world.state(policyFold, village, policyStream).rules

/** The policy as every workflow of the village asks for it, at the world's present. */
function inForce(world: LawWorld) {
  const ledger = world.state(ledgerFold, village, ledgerStream)
  const past = {
    ledger: village,
    stream: (fold: typeof policyFold, id: StreamId) => ({
      revision: 0,
      state: world.state(fold, village, id),
    }),
    relied: (fold: typeof policyFold, id: StreamId) => ({
      revision: 0,
      state: world.state(fold, town, id),
    }),
  } as unknown as Parameters<typeof policyOfVillage>[0]
  return { past, ledger, policy: policyOfVillage(past, ledger, world.now) }
}

describe('law 8.1: a village rule is what the members voted on', () => {
  test.each(['clerk', 'legal'])('entered by %s: version 1, in force at once', (office) => {
    const world = passed.fork()
    const at = world.now
    const [entry] = world.given(enact({}, office))
    expect(entry?.body).toEqual({ given: { settings, ground }, version: 1, from: at, late: false })
    expect(entry?.policy).toMatch(/^1@/)
    expect(ruleOf(world)).toEqual([
      { version: 1, from: at, settings, meeting: 'm-2026-0001', item: 'a1' },
    ])
  })

  test('or their delegates, where the township allows them', () => {
    const world = meetingWorld({
      members: 84,
      delegateEvery: 4,
      settings: [{ key: 'member.delegatesAllowed', value: true }],
    })
    all(world, [plan('delegate', [matter('a1', { rule })]), prestudy(), notice(inTenDays)])
    world.clock(inTenDays)
    const delegates = membersTo(84).filter((_person, i) => i % 4 === 0)
    all(world, [open(), sheet(delegates), tally([21, 0, 0]), countersign(), close()])
    expect(world.refusal(enact())).toBeUndefined()
  })

  const board = openSeats(quiet(meetingWorld()), 'board', [matter('a1', { rule })])
  const seats = ['dir1', 'dir2', 'dir3']
  all(board, [...seats.map((seat) => sit(seat)), ...seats.map((seat) => vote(seat)), close('dir1')])
  const uncounted = openMembers(quiet(meetingWorld()), [matter('a1', { rule })])
  const others: readonly PolicySetting[] = [
    { key: 'tier.boardFrom', value: '2000.00' },
    ...settings.slice(1),
  ]
  test.each<[string, LawWorld, Asking, string]>([
    ['the board cannot', board, enact(), 'ruleNotDecided'],
    ['voted down', carried(rule, [7, 5, 0]), enact(), 'ruleNotDecided'],
    ['not counted yet', uncounted, enact(), 'ruleNotDecided'],
    [
      'an item that put no rule to the vote',
      all(openMembers(quiet(meetingWorld()), [matter()]), [
        sheet(membersTo(12)),
        tally([12, 0, 0]),
        countersign(),
        close(),
      ]),
      enact(),
      'ruleNotDecided',
    ],
    ['another item', passed, enact({ ground: { ...ground, item: 'a2' } }), 'ruleNotDecided'],
    [
      'a meeting that never was',
      passed,
      enact({ ground: { ...ground, meeting: 'm-2026-0009' } }),
      'notFound',
    ],
    ['another value', passed, enact({ settings: others }), 'ruleTermsDiffer'],
    ['a key less', passed, enact({ settings: settings.slice(1) }), 'ruleTermsDiffer'],
    [
      'a key more',
      passed,
      enact({ settings: [...settings, { key: 'cash.max', value: '500.00' }] }),
      'ruleTermsDiffer',
    ],
    ['another day', passed, enact({ from: '2026-05-01' }), 'ruleTermsDiffer'],
    ['not by a supervisor', passed, enact({}, 'sup1'), 'officeNotHeld'],
    ['not by a director', passed, enact({}, 'dir1'), 'officeNotHeld'],
    ['not by the township', passed, enact({}, 'officer'), 'officeNotHeld'],
    ['not on the ledger of the township', passed, { ...enact(), ledger: town }, 'notFound'],
  ])('%s', (_what, world, asking, code) => {
    expect(world.fork().refusal(asking)).toBe(code)
  })

  test('in whatever order the settings stand', () => {
    expect(passed.fork().refusal(enact({ settings: settings.toReversed() }))).toBeUndefined()
  })

  /** A second meeting, 26 days after the first, that passes this. */
  function again(world: LawWorld, voted: object): LawWorld {
    all(world, [
      on(meeting2, plan('member', [matter('a1', { rule: voted })])),
      on(meeting2, prestudy()),
      on(meeting2, notice('2026-03-28T01:00:00.000Z')),
    ]).clock('2026-03-28T01:00:00.000Z')
    const acts = [open(), sheet(membersTo(12)), tally([12, 0, 0]), countersign(), close()]
    return all(
      world,
      acts.map((asking) => on(meeting2, asking)),
    )
  }
  const stricter = { settings: [{ key: 'member.noticeDays', value: 14 }] }
  const newer = enact({ ...stricter, ground: { meeting: 'm-2026-0002', item: 'a1' } })
  const tasks = (world: LawWorld) =>
    policyRows(world.state(policyFold, village, policyStream)).map(({ row }) => row)

  test('a vote older than the one entered last is not entered any more', () => {
    const world = again(passed.fork(), stricter)
    const older = world.fork()
    older.given(enact())
    expect(older.refusal(newer)).toBeUndefined()
    world.given(newer)
    expect(world.refusal(enact())).toBe('villageRuleStale')
    expect(tasks(world)).toEqual([])
  })

  test('from the closing on it waits at the desk of who represents the cooperative', () => {
    const closedAt = passed.entries(village, policyStream)[0]?.at
    const row = {
      act: 'villageRule.enact',
      desk: `${coop}/legalRepresentative`,
      since: closedAt,
      // five days after the 12th of March, to the end of the day
      dueAt: '2026-03-17T16:00:00.000Z',
    }
    expect(tasks(passed)).toEqual([row])
    expect(tasks(carried(rule, [7, 5, 0]))).toEqual([])
    expect(tasks(uncounted)).toEqual([])
    const world = again(passed.fork(), stricter)
    // two wait, the older shows; it is entered, then the newer
    expect(tasks(world)).toEqual([row])
    world.given(enact({}, 'legal'))
    expect(tasks(world)).toMatchObject([{ dueAt: '2026-04-02T16:00:00.000Z' }])
    world.given(newer)
    expect(tasks(world)).toEqual([])
  })

  test.each([
    ['on the last day', '2026-03-17T15:59:59.000Z', false],
    [
      'on the day after: what the members said is not lost, and it shows',
      '2026-03-17T16:00:00.000Z',
      true,
    ],
  ])('entered %s', (_what, at, late) => {
    const world = passed.fork().clock(at)
    expect(world.given(enact())[0]?.body).toMatchObject({ late })
  })

  test('one vote makes one rule: entered again it would undo the votes since', () => {
    const world = passed.fork()
    world.given(enact())
    expect(world.refusal(enact())).toBe('alreadyExists')
  })

  test.each<[string, PolicySetting, string]>([
    [
      'looser than the township',
      { key: 'tier.majorFrom', value: '60000.00' },
      'looserThanTownship',
    ],
    ['looser than the law', { key: 'member.noticeDays', value: 9 }, 'looserThanTownship'],
    ['a key of the township', { key: 'town.slaWd', value: 1 }, 'notForVillages'],
    ['a key of the inspectors', { key: 'inspection.team', value: 5 }, 'notForVillages'],
    ['the charter’s own', { key: 'organ.board', value: 'coop' }, 'notForVillages'],
    ['tiers out of order', { key: 'tier.boardFrom', value: '4000.00' }, 'tiersOutOfOrder'],
  ])('passed and all the same refused: %s', (_what, setting, code) => {
    const voted = { settings: [setting] }
    expect(carried(voted).refusal(enact(voted))).toBe(code)
  })

  test('what is not of its form cannot be put to the vote', () => {
    const voted = { settings: [{ key: 'member.noticeDays', value: 'twelve' }] }
    expect(() => meetingWorld().ask(plan('member', [matter('a1', { rule: voted })]))).toThrow(
      /agenda/,
    )
  })
})

const submit = (number: number, amount = '4000.00') =>
  onRequest(number, 'request.submit', 'clerk', purchase(number, amount))
const requestOf = (world: LawWorld, number: number): Request => {
  const state = world.state(requestFold, village, requestStream(requestId(number)))
  if (state === undefined) throw new Error(`no request ${number}`)
  return state
}
const boardOf = (world: LawWorld, number: number) => requestOf(world, number).route[1]?.demand

describe('law 8.5: in force from its day, for what is submitted from then on', () => {
  const world = passed.fork()
  world.given(submit(1))
  world.given(enact())
  world.given(submit(2))

  test('4,000 yuan needed no board before the rule and needs it after', () => {
    expect(boardOf(world, 1)).toBe('notRequired')
    expect(boardOf(world, 2)).toBe('required')
  })

  test('the entry names the version, and none where there was none', () => {
    const bodyOf = (number: number) =>
      world.entries(village, requestStream(requestId(number)))[0]?.body
    expect(bodyOf(1)).not.toHaveProperty('rule')
    expect(bodyOf(2)).toMatchObject({ rule: 1 })
    const policies = [1, 2].map(
      (number) => world.entries(village, requestStream(requestId(number)))[0]?.policy,
    )
    expect(policies[0]).toBe(policies[1])
  })

  test('each stays bound to what was in force when it was submitted', () => {
    const { past, ledger } = inForce(world)
    const lineOf = (number: number) =>
      boundPolicy(past, ledger, requestOf(world, number))?.values['tier.boardFrom']
    expect([lineOf(1), lineOf(2)]).toEqual(['5000.00', '3000.00'])
  })

  test('a material change is decided under the rule of its own day, a corrected paper is not', () => {
    const returned = world.fork()
    const change = (more: object) => {
      const asking = onRequest(1, 'request.resubmit', 'clerk', {
        ...purchase(1, '4000.00'),
        ...more,
      })
      const copy = returned.fork()
      copy.given(asking)
      return requestOf(copy, 1)
    }
    returned.given(onRequest(1, 'request.handle', 'handler'))
    returned.given(
      onRequest(1, 'request.return', 'witness', { reason: '请更正', fields: ['budgetLine'] }),
    )
    const corrected = change({ budgetLine: '办公费' })
    expect([corrected.rule, corrected.route[1]?.demand]).toEqual([undefined, 'notRequired'])
    const material = change({ purpose: '办公用纸和墨盒' })
    expect([material.rule, material.route[1]?.demand]).toEqual([1, 'required'])
  })

  test('from a day that was voted on, not a moment sooner', () => {
    const later = { settings, from: '2026-04-01' as const }
    const voted = carried(later)
    voted.given(enact(later))
    expect(ruleOf(voted)[0]?.from).toBe('2026-03-31T16:00:00.000Z')
    voted.clock('2026-03-31T15:59:59.999Z')
    voted.given(submit(1))
    voted.clock('2026-03-31T16:00:00.000Z')
    voted.given(submit(2))
    expect([boardOf(voted, 1), boardOf(voted, 2)]).toEqual(['notRequired', 'required'])
  })

  test('a day that is past when it is entered binds nobody in the past', () => {
    const past = { settings, from: '2026-03-01' as const }
    const voted = carried(past)
    const at = voted.now
    voted.given(enact(past))
    expect(ruleOf(voted)[0]?.from).toBe(at)
  })

  test('a later vote replaces it as a whole, an empty one ends it', () => {
    const ended = world.fork()
    all(ended, [
      on(meeting2, plan('member', [matter('a1', { rule: { settings: [] } })])),
      on(meeting2, prestudy()),
      on(meeting2, notice('2026-03-28T01:00:00.000Z')),
    ]).clock('2026-03-28T01:00:00.000Z')
    all(
      ended,
      [open(), sheet(membersTo(12)), tally([12, 0, 0]), countersign(), close()].map((asking) =>
        on(meeting2, asking),
      ),
    )
    ended.given(enact({ settings: [], ground: { meeting: 'm-2026-0002', item: 'a1' } }))
    ended.given(submit(3))
    expect(boardOf(ended, 3)).toBe('notRequired')
    expect(inForce(ended).policy).toMatchObject({ rule: 2 })
  })
})

describe('law 8.1: the strictest of both, whoever changes later', () => {
  const world = passed.fork()
  world.given(enact())
  const values = (changed: readonly PolicySetting[]) => {
    const copy = world.fork()
    enactPolicy(copy, changed)
    return inForce(copy).policy?.values
  }

  test('the township loosens: the village stays as strict', () => {
    expect(values([{ key: 'tier.boardFrom', value: '6000.00' }])?.['tier.boardFrom']).toBe(
      '3000.00',
    )
  })

  test('the township tightens past it: the village follows', () => {
    const made = values([
      { key: 'tier.boardFrom', value: '2000.00' },
      { key: 'tier.dailyMax', value: '2000.00' },
      { key: 'member.noticeDays', value: 20 },
    ])
    expect(made).toMatchObject({ 'tier.boardFrom': '2000.00', 'member.noticeDays': 20 })
  })

  test('what the rule does not name is the township’s', () => {
    expect(values([{ key: 'claim.maxAgeDays', value: 45 }])?.['claim.maxAgeDays']).toBe(45)
  })

  test('the id stays the township’s: the version stands beside it', () => {
    const { policy } = inForce(world)
    const township = world.state(policyFold, town, policyStream).enacted[0]
    expect(policy).toMatchObject({ id: township?.id, rule: 1 })
  })
})

test.each([
  ['eleven days', 11, 'noticeTooShort'],
  ['twelve', 12, undefined],
])('law 8.1: meetings keep to it: %s of notice where the rule asks twelve', (_what, days, code) => {
  const world = passed.fork()
  world.given(enact())
  all(world, [on(meeting2, plan('member', [matter()])), on(meeting2, prestudy())])
  const heldAt = instantOf(Date.parse(world.now) + days * 86_400_000)
  expect(world.refusal(on(meeting2, notice(heldAt)))).toBe(code)
})

test('law 8.1: the township’s acts are not for a village’s ledger', () => {
  const asking = {
    ledger: village,
    stream: policyStream,
    type: 'policy.propose',
    by: by('officer'),
    input: { settings: [], basis: '村规' },
  }
  expect(passed.fork().refusal(asking)).toBe('officeNotHeld')
})

test('law 8.1: a board decides by the bars in force when it was convened', () => {
  const bars = (change: readonly PolicySetting[]) => {
    const world = quiet(meetingWorld({ settings: change }))
    openSeats(world, 'board', [matter()])
    return held(world).convened
  }
  const stricter = [{ key: 'board.majority', value: '3/4' }] as const
  expect(bars([])).toMatchObject({ bars: { quorum: '1/2', majority: '1/2' } })
  expect(bars(stricter)).toMatchObject({ bars: { quorum: '1/2', majority: '3/4' } })
  const decided = (change: readonly PolicySetting[]) => {
    const world = quiet(meetingWorld({ settings: change }))
    openSeats(world, 'board', [matter()])
    const seats = ['dir1', 'dir2', 'dir3']
    all(world, [
      ...seats.map((seat) => sit(seat)),
      vote('dir1'),
      vote('dir2'),
      vote('dir3', 'against'),
      close('dir1'),
    ])
    return held(world).outcomes[0]?.outcome
  }
  expect([decided([]), decided(stricter)]).toEqual(['passed', 'failed'])
})
