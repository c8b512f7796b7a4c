// Alerts move nothing and are dismissed with a reason, by who watches and had no part in it; a red one on proof alone (law 10.5).
import { describe, expect, test } from 'vitest'
import { alertRules } from '../../src/domain/alert.ts'
import { risks } from '../../src/domain/risk.ts'
import { refusals } from '../../src/domain/refusal.ts'
import { requestRows } from '../../src/app/projections/request.ts'
import { lawWorkings } from '../../src/app/verify/law.ts'
import { byCommand } from '../../src/app/verify/commands-audit.ts'
import { Replay } from '../../src/app/replay.ts'
import { nodeCrypto } from '../../src/app/crypto.ts'
import type { Entry } from '../../src/domain/entry.ts'
import { submitted } from '../../workflows/request/v1/events.ts'
import { placeOf } from '../../workflows/request/v1/fold.ts'
import { type Asking, digest, type LawWorld } from '../support/law.ts'
import { by, p, town, village } from '../support/law-cast.ts'
import {
  accept,
  appoint,
  consent,
  inTown,
  propose,
  refuseFiling,
  suspending,
  turnBack,
  vacate,
} from '../support/request-acts.ts'
import {
  asked,
  folded,
  form,
  founded,
  inPerson,
  invoice,
  paid,
  place,
  request,
  submit,
  walk,
  windowOn,
} from '../support/request-cast.ts'

const proof = { evidence: digest('核实材料') }
const dismiss = (change: object = {}, office = 'inspector1'): Asking =>
  asked('alert.dismiss', office, { alert: 'al-1', reason: '经核实为两项不同业务', ...change })

/** One yellow alert: related as declared would be blue, so two parts of one purchase. */
function yellow(): LawWorld {
  const world = founded().fact('payeeWindow', windowOn(['3000.00', '2026-02-20']))
  submit(world, { amount: '2000.00' })
  return world
}
/** One red alert: each part close to the line. */
function red(): LawWorld {
  const world = founded().fact('payeeWindow', windowOn(['4000.00', '2026-02-20']))
  submit(world, { amount: '4000.00' })
  return world
}
const states = (world: LawWorld) =>
  folded(world).alerts.map(
    ({ colour, dismissed }) => `${colour} ${dismissed ? 'dismissed' : 'open'}`,
  )

describe('law 10.5: dismissed with a recorded reason', () => {
  test.each<[string, () => LawWorld, Asking, string | undefined]>([
    ['a yellow one, by an inspector', yellow, dismiss(), undefined],
    ['a yellow one, by the head of the centre', yellow, dismiss({}, 'head'), undefined],
    ['by the officer of the centre', yellow, dismiss({}, 'officer'), 'officeNotHeld'],
    ['by the discipline secretary', yellow, dismiss({}, 'secretary'), 'officeNotHeld'],
    ['by the clerk', yellow, dismiss({}, 'clerk'), 'officeNotHeld'],
    ['by the head of the company', yellow, dismiss({}, 'chead'), 'officeNotHeld'],
    ['one that is none', yellow, dismiss({ alert: 'al-2' }), 'notFound'],
    ['a red one without proof', red, dismiss(), 'alertNeedsProof'],
    ['a red one with proof', red, dismiss(proof), undefined],
  ])('%s', (_what, world, asking, code) => {
    expect(world().refusal(asking)).toBe(code)
  })

  test('a reason there must be', () => {
    expect(() => yellow().ask(dismiss({ reason: '  ' }))).toThrow(/reason/)
  })

  test('it stays for everybody to read, and is dismissed once', () => {
    const world = red()
    world.given(dismiss(proof))
    expect(states(world)).toEqual(['red dismissed'])
    expect(world.refusal(dismiss(proof))).toBe('alertDismissed')
    const types = world.entries(village, request).map(({ type }) => type)
    expect(types).toEqual(['request.submitted', 'alert.raised', 'alert.dismissed'])
    const rows = requestRows('2026-000001', folded(world)).filter(({ table }) => table === 'alert')
    expect(rows.map(({ row }) => row)).toEqual([
      {
        alert: 'al-1',
        request: '2026-000001',
        company: 'g_company',
        rule: 'splitting',
        colour: 'red',
        state: 'dismissed',
        raisedOn: '2026-03-02',
      },
    ])
  })

  test('law 7.3: nobody dismisses what they had a part in', () => {
    const filed = walk(
      (() => {
        const world = founded().fact('payeeWindow', windowOn(['9000.00', '2026-02-20']))
        submit(world, { amount: '9000.00' })
        return world
      })(),
      'payment.payable',
    )
    // the head consented to its filing
    expect(filed.refusal(dismiss(proof, 'head'))).toBe('decidesTwice')
    expect(filed.refusal(dismiss(proof))).toBeUndefined()
    // its handler has become an inspector since
    const handled = yellow()
    handled.given(inTown(vacate('inspector3')))
    handled.given(inTown(appoint('inspector3', p('handler'))))
    expect(handled.refusal(inPerson(dismiss({}, 'inspector3'), p('handler')))).toBe('ownHandling')
  })

  test('in any state: suspended, paid, closed', () => {
    const suspended = yellow()
    for (const asking of suspending) suspended.given(asking)
    expect(suspended.refusal(dismiss())).toBeUndefined()
    const closed = walk(yellow(), 'closed')
    expect(closed.refusal(dismiss({}, 'inspector2'))).toBeUndefined()
    expect(place(closed)).toBe('closed')
  })
})

describe('law 10.5: an alert changes nothing else', () => {
  test('route, rolling sum and place are those of the same request without it', () => {
    const quiet = founded().fact('payeeWindow', windowOn(['3000.00', '2026-02-20', 'utilities']))
    submit(quiet, { amount: '2000.00' })
    const loud = yellow()
    const worked = (world: LawWorld) => {
      const [first] = world.entries(village, request)
      const { given: _, ...rest } = submitted.event.parse({
        type: first?.type,
        body: first?.body,
      }).body
      return { rest, place: placeOf(folded(world)) }
    }
    expect(states(quiet)).toEqual([])
    expect(states(loud)).toEqual(['yellow open'])
    expect(worked(loud)).toEqual(worked(quiet))
    expect(place(walk(loud, 'closed'))).toBe('closed')
  })

  test('law 2.31: taking back an act takes back no alert', () => {
    const world = walk(yellow(), 'supervisorySignOff.open')
    world.given(asked('act.takeBack', 'clerk', { reason: '点错' }))
    expect(place(world)).toBe('papers')
    expect(states(world)).toEqual(['yellow open'])
  })

  test('a resubmission does not say again what was said of the same requests', () => {
    const world = yellow()
    world.given(asked('request.return', 'chead', { reason: '请核对', fields: [] }))
    const before = folded(world).submission
    world.given(asked('request.resubmit', 'clerk', { ...before, budgetLine: '维修维护' }))
    expect(states(world)).toEqual(['yellow open'])
    world.given(asked('request.return', 'chead', { reason: '请核对', fields: [] }))
    world.fact('payeeWindow', windowOn(['4000.00', '2026-02-20'], ['4000.00', '2026-02-21']))
    world.given(asked('request.resubmit', 'clerk', { ...before, budgetLine: '维修' }))
    expect(states(world)).toEqual(['yellow open', 'yellow open'])
  })
})

/** What verify finds, of a history in which nothing was told by a stub: the alert comes from the calendar and the form. */
describe('law 10.1, law 10.5: an alert that is left out, or changed, is found', () => {
  const told = (): LawWorld => {
    const world = founded()
    // facts as the entries bear them out: nobody else has ever paid this payee
    world.fact('payeeWindow', ({ keys }) => ({
      payee: keys[0] ?? '',
      keys: [...keys].sort(),
      parts: [],
    }))
    submit(world, { invoices: [{ ...invoice, total: '1200.00', date: '2025-12-31' }] })
    walk(world, 'payment.ordered')
    world.clock('2026-03-07T04:00:00.000Z')
    world.given(asked('payment.record', 'cashier', { ...paid, paidOn: '2026-03-07' }))
    return world
  }
  const found = (entries: readonly Entry[]): readonly string[] => {
    const replay = new Replay({
      ...lawWorkings,
      crypto: nodeCrypto,
      rootAt: () => new Uint8Array(32),
    })
    return [...byCommand(entries)].flatMap((command) =>
      replay
        .next(command)
        .map(({ code, detail, ledger }) => `${code} ${ledger === town ? '' : detail}`),
    )
  }
  const history = told().history()
  const [declared, dayOff] = history.filter(({ type }) => type === 'alert.raised')

  test('as it was, all is lawful: two alerts, of the form and of the day', () => {
    expect([declared, dayOff].map((entry) => entry?.body['rule'])).toEqual([
      'lateClaim',
      'holidayPayment',
    ])
    expect(found(history)).toEqual([])
  })

  test.each([
    ['of the form', () => declared],
    ['of the payment', () => dayOff],
  ])('left out: the one %s', (_what, which) => {
    const forged = history.filter((entry) => entry !== which())
    expect(found(forged)[0]).toBe('decidedOtherwise alert.raised is missing')
  })

  test.each([
    ['another colour', { colour: 'blue' }],
    ['another rule', { rule: 'roundSum' }],
    ['other figures', { params: { count: '9' } }],
  ])('changed: %s', (_what, change) => {
    const forged = history.map((entry) =>
      entry === declared ? { ...entry, body: { ...entry.body, ...change } } : entry,
    )
    expect(found(forged)[0]).toMatch(/^decidedOtherwise /)
  })
})

describe('the table of risks (domain §5.1)', () => {
  test('names all thirty-five, each held somewhere or said why not', () => {
    const numbers = Array.from({ length: 35 }, (_, i) => `R${String(i + 1).padStart(2, '0')}`)
    expect(Object.keys(risks)).toEqual(numbers)
    for (const [number, { alerts = [], refusals: codes = [], notIn }] of Object.entries(risks)) {
      expect([number, alerts.length + codes.length > 0]).toEqual([number, notIn === undefined])
      for (const code of codes) expect(Object.keys(refusals)).toContain(code)
      for (const rule of alerts) expect(alertRules[rule].risk).toBe(number)
    }
    const named = Object.values(risks).flatMap(({ alerts = [] }) => alerts)
    expect(named.toSorted()).toEqual(Object.keys(alertRules).toSorted())
  })

  test('no alert accuses: each says what was seen and asks to look', () => {
    for (const { seen, look } of Object.values(alertRules)) {
      expect(look.zh).toMatch(/^请核对/)
      expect(look.en).toMatch(/^Please (?:check|compare)/)
      for (const text of [seen.zh, look.zh]) expect(text).not.toMatch(/违规|违纪|套取|虚假|舞弊/)
      for (const text of [seen.en, look.en]) expect(text).not.toMatch(/fraud|illegal|violat/i)
    }
  })
})

describe('law 7.3: dismissing is a word in a must', () => {
  /** Red, with a filing that is required. */
  const large = () => {
    const world = founded().fact('payeeWindow', windowOn(['49000.00', '2026-02-20']))
    submit(world, { amount: '49000.00' })
    expect(folded(world).alerts.map(({ colour }) => colour)).toContain('red')
    return world
  }
  const accepted = (office: string, change: object = proof) => {
    const world = large()
    world.given(dismiss(change, office))
    return walk(world, 'townshipFiling.accepted')
  }

  test('the head who dismissed a red alert of it leaves the consent to another', () => {
    const world = accepted('head')
    expect(world.refusal(consent)).toBe('dismissedRed')
    expect(world.refusal(refuseFiling)).toBeUndefined()
    expect(accepted('inspector1').refusal(consent)).toBeUndefined()
  })

  test('an inspector who dismissed one does not accept it as an officer', () => {
    const world = large()
    world.given(dismiss(proof, 'inspector3'))
    walk(world, 'townshipFiling.open')
    for (const asking of [vacate('officer2'), appoint('officer2', p('inspector3'), 'leader')])
      world.given(inTown(asking))
    expect(world.refusal(inPerson(accept, p('inspector3'), 'officer2'))).toBe('decidesTwice')
    expect(world.refusal(accept)).toBeUndefined()
  })

  test('nor who proposed to suspend it', () => {
    const world = large()
    world.given(inPerson(propose, p('inspector3'), 'inspector3'))
    walk(world, 'townshipFiling.open')
    for (const asking of [vacate('officer2'), appoint('officer2', p('inspector3'), 'leader')])
      world.given(inTown(asking))
    expect(world.refusal(inPerson(accept, p('inspector3'), 'officer2'))).toBe('decidesTwice')
  })
})

describe('law 10.5: what was dismissed is raised again when it is about something else', () => {
  const again = (change: object): readonly string[] => {
    const world = red()
    world.given(dismiss(proof))
    world.given(turnBack('chead'))
    world.given(asked('request.resubmit', 'clerk', form({ amount: '4000.00', ...change })))
    return states(world)
  }
  const elsewhere = { ...form().payee, account: '6222020000077' }
  test.each<[string, object, readonly string[]]>([
    ['nothing of it changed', { purpose: '购买办公桌，补充说明' }, ['red dismissed']],
    ['another amount', { amount: '4100.00' }, ['red dismissed', 'red open']],
    [
      'another payee',
      {
        payee: elsewhere,
        invoices: [{ ...invoice, sellerAccount: '6222020000077', total: '4000.00' }],
      },
      ['red dismissed', 'red open'],
    ],
  ])('%s', (_what, change, expected) => {
    expect(again(change)).toEqual(expected)
  })
})

describe('law 5.17: who changed the seats since it was submitted does not file it', () => {
  const waiting = () => {
    const world = founded()
    submit(world, { amount: '60000.00' })
    return world
  }
  const changed = (keeper: string) => {
    const world = waiting()
    world.given({ ...vacate('dir3'), by: by(keeper) })
    world.given(appoint('dir3', p('friend'), keeper))
    return walk(world, 'townshipFiling.open')
  }

  test('as the officer', () => {
    const world = changed('officer')
    expect(world.refusal(accept)).toBe('seatsChangedBySame')
    expect(world.refusal(inPerson(accept, p('officer2'), 'officer2'))).toBeUndefined()
  })

  test('as the head', () => {
    const world = changed('head')
    world.given(accept)
    expect(world.refusal(consent)).toBe('seatsChangedBySame')
  })

  test('seats filled before it was waiting, or of no organ, are nothing to it', () => {
    const world = founded()
    world.given({ ...vacate('dir3'), by: by('officer') })
    world.given(appoint('dir3', p('friend'), 'officer'))
    submit(world, { amount: '60000.00' })
    world.given({ ...vacate('book'), by: by('officer') })
    expect(walk(world, 'townshipFiling.open').refusal(accept)).toBeUndefined()
  })
})
