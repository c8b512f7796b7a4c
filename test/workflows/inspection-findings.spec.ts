// What comes of a finding, and looking again: recovery, training, demand, referral (law 6.11), follow-up rounds (law 6.1), and
// red alerts beside the lot (law 6.7).
import { describe, expect, test } from 'vitest'
import { dateAt } from '../../src/domain/time.ts'
import { inspectionRows } from '../../src/app/projections/inspection.ts'
import { inspectionFold, mustExamine, recoveredOf } from '../../workflows/inspection/v1/fold.ts'
import { placeOf, requestFold } from '../../workflows/request/v1/fold.ts'
import type { Asking, LawWorld } from '../support/law.ts'
import { digest } from '../support/law.ts'
import { o, p, village } from '../support/law-cast.ts'
import {
  afterwards,
  answerRound,
  endRequests,
  inspectedWorld,
  notice,
  onRound,
  payRequest,
  plan,
  requestId,
  roundOver,
  secret,
} from '../support/law-round.ts'

const before = inspectedWorld()
const ids = endRequests(before, 12)
const { noticed, underway } = roundOver(before, ids)
const [first = requestId(0)] = ids

const roundOf = (world: LawWorld, id = 'i-2026-01') => {
  const round = world.state(inspectionFold, village, `inspection/${id}`)
  if (round === undefined) throw new Error('no round')
  return round
}
const fork = (world: LawWorld): LawWorld => {
  const copy = world.fork()
  answerRound(copy, ids)
  return copy
}
const raising = (change: object) =>
  onRound('finding.raise', 'inspector1', {
    request: first,
    fault: 'paidTwice',
    kind: 'simple',
    text: '同一笔工程款付了两次',
    ...change,
  })
const answering = (change: object = {}, office = 'clerk') =>
  onRound('finding.answer', office, { finding: 'f-1', text: '已整改', ...change })
const verifying = (change: object = {}) =>
  onRound('finding.verify', 'inspector2', { finding: 'f-1', remark: '属实', ...change })
const money = (amount: string, bankReference: string, change: object = {}, office = 'cashier') =>
  onRound('recovery.record', office, {
    finding: 'f-1',
    amount,
    bankReference,
    receivedOn: '2026-04-10',
    ...change,
  })

describe('law 6.11: recovery of money', () => {
  const recovery = { followUps: ['recovery'], recover: '5000.00' }
  const raised = fork(underway)
  raised.given(raising(recovery))
  const answered = raised.fork()
  answered.given(answering())

  test('an amount without the follow-up, or the follow-up without an amount, is no finding', () => {
    const world = fork(underway)
    expect(() => world.ask(raising({ followUps: ['recovery'] }))).toThrow(/go together/)
    const beside = { followUps: ['rectification'], recover: '5000.00' }
    expect(() => world.ask(raising(beside))).toThrow(/go together/)
    expect(() => world.ask(raising({ ...recovery, recover: '0.00' }))).toThrow(/zero/)
  })

  test.each<[string, readonly Asking[], object, string | undefined]>([
    ['nothing came back', [], {}, 'recoveryOpen'],
    ['one fen is missing', [money('4999.99', 'B1')], {}, 'recoveryOpen'],
    ['all of it came back', [money('5000.00', 'B1')], {}, undefined],
    ['all of it, in two parts', [money('2000.00', 'B1'), money('3000.00', 'B2')], {}, undefined],
    ['a part, and a written reason', [money('1000.00', 'B1')], { shortfall: '已注销' }, undefined],
    ['nothing, and a written reason', [], { shortfall: '已立案追缴' }, undefined],
  ])('close-out when %s', (_what, came, change, code) => {
    const world = fork(answered)
    for (const asking of came) world.given(asking)
    expect(world.refusal(verifying(change))).toBe(code)
  })

  test.each<[string, LawWorld, Asking, string | undefined]>([
    ['by the cashier', raised, money('1.00', 'B1'), undefined],
    ['by the clerk', raised, money('1.00', 'B1', {}, 'clerk'), 'officeNotHeld'],
    ['by an inspector', raised, money('1.00', 'B1', {}, 'inspector2'), 'officeNotHeld'],
    ['received today', raised, money('1.00', 'B1'), undefined],
    [
      'received tomorrow',
      raised,
      money('1.00', 'B1', { receivedOn: '2026-04-11' }),
      'dateInFuture',
    ],
    ['of a finding that is none', raised, money('1.00', 'B1', { finding: 'f-9' }), 'notFound'],
  ])('money recorded %s', (_what, world, asking, code) => {
    expect(fork(world).refusal(asking)).toBe(code)
  })

  test('one transfer is recorded once, and none where nothing was asked for or all is over', () => {
    const world = fork(answered)
    world.given(money('5000.00', 'B1'))
    expect(world.refusal(money('5000.00', 'B1'))).toBe('alreadyExists')
    world.given(verifying())
    expect(world.refusal(money('1.00', 'B2'))).toBe('notOpen')
    const none = fork(underway)
    none.given(raising({ followUps: ['rectification'] }))
    expect(none.refusal(money('1.00', 'B1'))).toBe('nothingToRecover')
  })

  test.each<[string, Asking, string | undefined]>([
    ['the rest', money('3000.00', 'B2'), undefined],
    ['more than is still owed', money('3000.01', 'B2'), 'recoveryTooMuch'],
    ['more than money can hold', money('9999999999999.99', 'B2'), 'recoveryTooMuch'],
    ['the same transfer, spelt otherwise', money('1.00', ' b 1'), 'alreadyExists'],
  ])('law 6.11: after a first part, %s', (_what, asking, code) => {
    const world = fork(raised)
    world.given(money('2000.00', 'B1'))
    expect(world.refusal(asking)).toBe(code)
  })

  test('law 6.11: one transfer settles one recovery of the village, whichever finding asks for it', () => {
    const world = fork(raised)
    world.given(raising({ ...recovery, fault: 'splitting' }))
    world.given(money('2000.00', 'HZ-01'))
    world.fact('invoiceUse', ({ invoices }) => ({
      here: invoices.flatMap((invoice) =>
        invoice === 'recovery:HZ-01' ? [{ invoice, request: first }] : [],
      ),
      elsewhere: [],
    }))
    const other = { finding: 'f-2' }
    expect(world.refusal(money('1.00', 'hz -01', other))).toBe('recoveryClaimed')
    expect(world.refusal(money('1.00', 'HZ-02', other))).toBeUndefined()
  })

  test('law 6.11: money does not come back before it was paid', () => {
    const world = inspectedWorld()
    const paid = payRequest(world, 1)
    const { underway: looking } = roundOver(world, [paid])
    const one = afterwards(looking, [paid], raising({ ...recovery, request: paid }))
    const on = (receivedOn: string) => one.refusal(money('1.00', 'B1', { receivedOn }))
    expect([on('1999-04-10'), on('2026-03-01')]).toEqual([
      'recoveredBeforePaid',
      'recoveredBeforePaid',
    ])
    expect(on('2026-03-02')).toBeUndefined()
  })

  test('law 6.11: a transfer is held by the request it was brought back for', () => {
    const world = fork(raised)
    world.given(money('2000.00', 'hz 01'))
    const held = inspectionRows('i-2026-01', roundOf(world)).flatMap(({ table, row }) =>
      table === 'invoiceUse' ? [[row.invoice, row.request]] : [],
    )
    expect(held).toEqual([['recovery:HZ01', first]])
  })

  test('it waits at the cashiers’ desks until the last fen, whatever state the finding is in', () => {
    const waits = (world: LawWorld): boolean =>
      inspectionRows('i-2026-01', roundOf(world)).some(
        ({ table, row }) => table === 'task' && row.act === 'recovery.record',
      )
    const world = fork(raised)
    expect(waits(world)).toBe(true)
    world.given(money('4999.99', 'B1'))
    world.given(answering())
    expect(waits(world)).toBe(true)
    world.given(money('0.01', 'B2'))
    expect(waits(world)).toBe(false)
    const finding = [...roundOf(world).findings.values()][0]
    if (finding === undefined) throw new Error('no finding')
    expect(recoveredOf(finding)).toBe('5000.00')
    // coming back is no step of the finding's own: its limit and its state stand
    expect([finding.snapshot.value, finding.dueOn]).toEqual(['answered', '2026-04-27'])
  })
})

describe('law 6.11: training, demand and referral are recorded where they are asked for', () => {
  const training = { training: { on: '2026-04-10', persons: 8, sheet: digest('签到表') } }
  const demand = { demand: { document: '镇纪委建〔2026〕2号', on: '2026-04-10' } }
  const referral = { referral: { document: '移〔2026〕1号', to: '县纪委监委', on: '2026-04-10' } }
  test.each<[string, string, object, object, string | undefined, string | undefined]>([
    ['rectification alone', 'rectification', {}, {}, undefined, undefined],
    ['training, held', 'training', training, {}, undefined, undefined],
    ['training, not held', 'training', {}, {}, 'followUpMissing', 'notOpen'],
    [
      'training tomorrow',
      'training',
      { training: { ...training.training, on: '2026-04-11' } },
      {},
      'dateInFuture',
      'notOpen',
    ],
    ['a demand, made', 'disciplineDemand', {}, demand, undefined, undefined],
    ['a demand, not made', 'disciplineDemand', {}, referral, undefined, 'followUpMissing'],
    ['a referral, made', 'referral', {}, referral, undefined, undefined],
    ['a referral, not made', 'referral', {}, demand, undefined, 'followUpMissing'],
    [
      'a referral of tomorrow',
      'referral',
      {},
      { referral: { ...referral.referral, on: '2026-04-11' } },
      undefined,
      'dateInFuture',
    ],
  ])('%s', (_what, followUp, answered, verified, onAnswer, onVerify) => {
    const world = fork(underway)
    world.given(raising({ followUps: [followUp] }))
    expect(world.refusal(answering(answered))).toBe(onAnswer)
    expect(world.refusal(verifying(verified))).toBe(onVerify)
  })
})

describe('law 6.1: a follow-up round looks again at what the round before closed out', () => {
  const asFollowUp = (type: string, office: string, input: unknown = {}) =>
    onRound(type, office, input, 'i-2026-02')
  const followUp = asFollowUp('inspection.plan', 'inspector3', {
    ...plan,
    kind: 'followUp',
    follows: 'i-2026-01',
    period: { from: '2026-04-01', to: '2026-04-02' },
    inspectors: ['inspector2', 'inspector3'].map((name) => ({ office: o(name), person: p(name) })),
  })

  /** The first round: f-1 closed out, f-2 answered only; concluded unless the row says otherwise. */
  function firstRound(): LawWorld {
    const world = fork(underway)
    world.given(raising({ followUps: ['rectification'] }))
    world.given(raising({ followUps: ['rectification'], fault: 'splitting' }))
    world.given(answering())
    world.given(verifying())
    world.given(answering({ finding: 'f-2' }))
    const { lot } = roundOf(world)
    world.given(
      onRound('inspection.cover', 'inspector1', {
        notExamined: ids.filter((id) => id !== first && !lot.has(id)),
        examined: ids
          .filter((id) => id === first || lot.has(id))
          .map((request) => ({ request, result: request === first ? 'finding' : 'noFinding' })),
      }),
    )
    return world
  }
  // the finding names a request the lot drew, so that it is examined there
  const drawnFirst = roundOf(underway).lot.has(first)

  function concluded(): LawWorld {
    const world = firstRound()
    world.given(onRound('inspection.conclude', 'inspector2', { summary: '两项问题' }))
    return world
  }
  function again(): LawWorld {
    const world = concluded()
    world.fact('population', () => ({ requests: [], red: [] }))
    world.clock('2026-04-20T01:00:00.000Z').given(followUp)
    const dates = { startsOn: '2026-04-30', drawAfter: '2026-04-28T01:00:00.000Z' }
    world.given(asFollowUp('inspection.notice', 'inspector3', { ...notice, ...dates }))
    world.clock('2026-04-30T01:00:00.000Z')
    world.given(asFollowUp('inspection.draw', 'inspector3', { secret, picks: [] }))
    world.given(asFollowUp('inspection.start', 'inspector3'))
    return world
  }
  const conclude = asFollowUp('inspection.conclude', 'inspector3', { summary: '已回头看' })
  const review = (finding = 'f-1', round = 'i-2026-01', office = 'inspector3') =>
    asFollowUp('finding.review', office, { round, finding, remark: '整改保持' })
  const back = (finding = 'f-1', round = 'i-2026-01') =>
    asFollowUp('finding.raise', 'inspector3', {
      request: first,
      fault: 'paidTwice',
      kind: 'complex',
      text: '问题反弹',
      followUps: ['rectification'],
      again: { round, finding },
    })

  const closing = onRound('finding.verify', 'inspector2', { finding: 'f-2', remark: '属实' })

  test('the cast of this table', () => {
    expect(drawnFirst).toBe(true)
  })

  test('only a concluded round is followed', () => {
    const world = firstRound()
    world.clock('2026-04-20T01:00:00.000Z')
    expect(world.refusal(followUp)).toBe('roundNotConcluded')
    world.given(onRound('inspection.conclude', 'inspector2', { summary: '两项问题' }))
    expect(world.refusal(followUp)).toBeUndefined()
  })

  test.each<[string, readonly Asking[], string | undefined]>([
    ['nothing was looked at again', [], 'findingsNotReviewed'],
    ['it has lasted, the open one left aside', [review()], 'findingsNotReviewed'],
    ['it has lasted, the open one raised again', [review(), back('f-2')], undefined],
    [
      'it has lasted, the open one closed out and looked at',
      [review(), closing, review('f-2')],
      undefined,
    ],
    [
      'it has come back and is raised again, and so is the open one',
      [back(), back('f-2')],
      undefined,
    ],
    [
      'another finding was raised, not this one',
      [raisedAnew(), back('f-2')],
      'findingsNotReviewed',
    ],
  ])('concluded when %s', (_what, done, code) => {
    const world = again()
    for (const asking of done) world.given(asking)
    // f-2 was never closed out: its own round still waits for it
    expect(world.refusal(conclude)).toBe(code)
  })
  function raisedAnew(): Asking {
    return asFollowUp('finding.raise', 'inspector3', {
      fault: 'noOversight',
      kind: 'simple',
      text: '另一问题',
      followUps: ['rectification'],
    })
  }

  test.each<[string, Asking, string | undefined]>([
    ['by the team', review(), undefined],
    ['by another inspector', review('f-1', 'i-2026-01', 'inspector1'), 'notOnTeam'],
    ['of another round', review('f-1', 'i-2026-09'), 'notFollowUp'],
    ['of a finding that is none', review('f-7'), 'notFound'],
    ['of one that is still open', review('f-2'), 'notOpen'],
    ['raised again, of another round', back('f-1', 'i-2026-09'), 'notFollowUp'],
    ['raised again, never put right', back('f-2'), undefined],
  ])('a look %s', (_what, asking, code) => {
    expect(again().refusal(asking)).toBe(code)
  })

  test('twice says nothing new; and a round that follows none looks at none', () => {
    const world = again()
    world.given(review())
    expect(world.refusal(review())).toBe('alreadyReviewed')
    const asking = onRound('finding.review', 'inspector1', {
      round: 'i-2026-01',
      finding: 'f-1',
      remark: '保持',
    })
    expect(fork(underway).refusal(asking)).toBe('notFollowUp')
  })
})

describe('law 6.7: every open red alert of the population is examined, whatever the lot says', () => {
  const red = ids.filter((id) => !roundOf(underway).lot.has(id)).slice(0, 1)
  const [only = requestId(0)] = red
  const withRed = (): LawWorld => {
    const world = noticed.fork()
    answerRound(world, ids, red)
    world.clock('2026-04-08T02:00:00.000Z')
    return world
  }
  const drawing = onRound('inspection.draw', 'inspector1', { secret, picks: [] })

  test('listed when the lot is drawn, beside it', () => {
    const [drawn, lot, listed] = withRed().given(drawing)
    expect(drawn?.body).toMatchObject({
      lot: { count: 10 },
      red: { count: 1, digest: digest(only) },
    })
    expect(drawn?.facts?.['population']).toMatchObject({ red: { count: 1, digest: digest(only) } })
    expect(lot?.type).toBe('inspection.lotListed')
    expect(listed).toMatchObject({ type: 'inspection.redListed', body: { requests: [only] } })
  })

  test('it must be examined; the control: without the alert it need not', () => {
    const covering = (examined: boolean) =>
      onRound('inspection.cover', 'inspector1', {
        notExamined: examined ? [] : [only],
        examined: examined ? [{ request: only, result: 'noFinding' }] : [],
      })
    const world = withRed()
    world.given(drawing)
    world.clock('2026-04-10T01:00:00.000Z').given(onRound('inspection.start', 'inspector1'))
    expect(mustExamine(roundOf(world), only)).toBe(true)
    expect(world.refusal(covering(false))).toBe('lotMustBeExamined')
    expect(world.refusal(covering(true))).toBeUndefined()
    expect(fork(underway).refusal(covering(true))).toBe('notInLot')
    expect(fork(underway).refusal(covering(false))).toBeUndefined()
  })

  test('dismissed after the draw it is examined all the same: the list is fixed', () => {
    const world = withRed()
    world.given(drawing)
    answerRound(world, ids)
    world.clock('2026-04-10T01:00:00.000Z').given(onRound('inspection.start', 'inspector1'))
    const asking = onRound('inspection.cover', 'inspector1', { notExamined: [only], examined: [] })
    expect(world.refusal(asking)).toBe('lotMustBeExamined')
  })
})

describe('law 6.5: a batch sent twice changes nothing', () => {
  const batch = ids.filter((id) => !roundOf(underway).lot.has(id))
  const covering = onRound('inspection.cover', 'inspector1', { notExamined: batch, examined: [] })

  test('nor does one of which a part was sent before: only the rest is written', () => {
    const world = fork(underway)
    world.given(
      onRound('inspection.cover', 'inspector1', { notExamined: [batch[0]], examined: [] }),
    )
    const [entry, ...notes] = world.given(covering)
    expect(entry?.body).toMatchObject({ fresh: batch.length - 1 })
    expect(notes.map(({ stream }) => stream)).not.toContain(`request/${batch[0] ?? ''}`)
    const before2 = world.history().length
    expect(world.refusal(covering)).toBe('alreadyCovered')
    expect(world.history()).toHaveLength(before2)
    const closed = world.state(requestFold, village, `request/${batch[0] ?? ''}`)
    expect(closed === undefined ? '' : placeOf(closed)).toBe('closed')
  })
})

test('law 6.2: each state of a round waits at the desks of its team, by the day it announced', () => {
  const { planned, drawn } = roundOver(before, ids)
  const waiting = (world: LawWorld) =>
    inspectionRows('i-2026-01', roundOf(world)).flatMap(({ table, row }) =>
      table === 'task' ? [[row.desk, row.act, row.dueAt === '' ? '' : dateAt(row.dueAt)]] : [],
    )
  const team = ['o_inspector1', 'o_inspector2']
  // 24:00 of the 10th is the first instant of the 11th
  const rows: readonly (readonly [LawWorld, string, string])[] = [
    [planned, 'inspection.notice', ''],
    [noticed, 'inspection.draw', '2026-04-11'],
    [drawn, 'inspection.start', '2026-04-11'],
    [underway, 'inspection.cover', ''],
  ]
  for (const [world, act, due] of rows) {
    expect(waiting(world)).toEqual(team.map((desk) => [desk, act, due]))
  }
  const { lot } = roundOf(underway)
  const done = fork(underway)
  done.given(
    onRound('inspection.cover', 'inspector1', {
      notExamined: ids.filter((id) => !lot.has(id)),
      examined: [...lot].map((request) => ({ request, result: 'noFinding' })),
    }),
  )
  expect(waiting(done)).toEqual(team.map((desk) => [desk, 'inspection.conclude', '']))
  done.given(onRound('inspection.conclude', 'inspector2', { summary: '完成' }))
  expect(waiting(done)).toEqual([])
})
