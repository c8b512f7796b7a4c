// Submission (law §2–§4): what is refused and with which code, what is just taken, and which of two broken rules is named.
import { describe, expect, test } from 'vitest'
import type { RefusalCode } from '../../src/domain/refusal.ts'
import type { Asking, LawWorld } from '../support/law.ts'
import { p } from '../support/law-cast.ts'
import { declare, near } from '../support/request-acts.ts'
import {
  all,
  authority,
  coveredWorld,
  firm,
  firmAccount,
  folded,
  founded,
  foundWorld,
  inPerson,
  invoice,
  windowOf,
} from '../support/request-cast.ts'
import {
  card,
  claimed,
  claimOf,
  expectRefused,
  hospitality,
  lending,
  listed,
  listOf,
  papers,
  person,
  sealed,
  submission,
} from '../support/request-rows.ts'
import { submissionRows, submitted } from '../support/request-rows-submission.ts'

describe('refused at submission', () => {
  test.each(submissionRows)('%s: %s', (code, _what, given, when) => {
    expectRefused(given().ask(when), code)
  })
})

describe('just inside the line', () => {
  test.each(submitted)('%s', (_what, given, when) => {
    expect(given().ask(when)).not.toHaveProperty('refused')
  })
})

const byHandler = (asking: Asking): Asking => inPerson(asking, p('handler'), 'handler')
const noPolicy = () => foundWorld({ policy: false })
const nextYear = () => founded().clock('2027-01-04T01:00:00.000Z')
const sameTwo = { witness: p('handler') }
const guarantee = { matter: 'guarantee' }
const noPapers = papers()
const tomorrows = { ...invoice, date: '2026-03-03' }
const unconfirmed = () => foundWorld({ confirmed: false })

describe('of two rules broken, the one that is named', () => {
  test.each<[named: RefusalCode, over: string, () => LawWorld, Asking]>([
    ['ledgerSealed', 'alreadyExists', () => sealed(all(founded(), submission())), submission()],
    ['alreadyExists', 'officeNotHeld', () => all(founded(), submission()), byHandler(submission())],
    ['rosterUnconfirmed', 'notFound', unconfirmed, submission({ company: 'g_nowhere' })],
    ['notFound', 'officeNotHeld', founded, byHandler(submission({ company: 'g_nowhere' }))],
    ['officeNotHeld', 'policyMissing', noPolicy, byHandler(submission())],
    ['policyMissing', 'issuersNotThree', noPolicy, submission(sameTwo)],
    ['issuersNotThree', 'calendarMissing', nextYear, submission(sameTwo)],
    ['calendarMissing', 'guaranteeForbidden', nextYear, submission(guarantee)],
    ['guaranteeForbidden', 'hospitality', founded, submission({ ...hospitality, ...guarantee })],
    [
      'loanToOfficer',
      'hospitality',
      founded,
      submission({ ...hospitality, ...lending, payee: person('dir1') }),
    ],
    [
      'hospitalityProhibited',
      'kindMismatch',
      founded,
      submission({ ...hospitality, kind: 'list' }),
    ],
    [
      'kindMismatch',
      'listTotalDiffers',
      founded,
      submission({ ...listed, method: 'card', amount: '1.00' }),
    ],
    [
      'listTotalDiffers',
      'voucherMissing',
      founded,
      submission({ kind: 'list', payee: listOf('5000.00'), invoices: [], amount: '6000.00' }),
    ],
    [
      'voucherMissing',
      'cashOverLimit',
      founded,
      submission({ invoices: [], method: 'cash', amount: '1000.01' }),
    ],
    [
      'invoiceClaimed',
      'personalAccountForFirm',
      claimed('here'),
      submission({ payee: person('m1') }),
    ],
    [
      'personalAccountForFirm',
      'voucherExceptionWrong',
      founded,
      submission({ payee: person('m1'), voucherException: 'bankSlip' }),
    ],
    [
      'voucherExceptionWrong',
      'dateInFuture',
      founded,
      submission({ voucherException: 'bankSlip', invoices: [tomorrows] }),
    ],
    [
      'dateInFuture',
      'invoicesBelowAmount',
      founded,
      submission({ amount: '1200.01', invoices: [tomorrows] }),
    ],
    [
      'invoicesBelowAmount',
      'cashOverLimit',
      founded,
      submission({ amount: '1200.01', invoices: [invoice], method: 'cash' }),
    ],
    [
      'cashOverLimit',
      'claimTooOld',
      founded,
      submission({ ...claimOf('2025-12-31'), method: 'cash', amount: '1000.01' }),
    ],
    [
      'cardOverLimit',
      'papersIncomplete',
      founded,
      submission({ ...card, ...noPapers, amount: '20000.01' }),
    ],
    [
      'claimTooOld',
      'papersIncomplete',
      founded,
      submission({ ...claimOf('2025-12-31'), ...noPapers }),
    ],
    ['papersIncomplete', 'notFound', founded, submission({ ...noPapers, authority })],
    [
      'authorityMismatch',
      'authorityExceeded',
      () => coveredWorld('1.00', { to: '2026-03-01' }),
      submission({ authority }),
    ],
  ])('%s before %s', (named, _over, given, when) => {
    expectRefused(given().ask(when), named)
  })
})

describe('related parties (L2 Art 182)', () => {
  const controls = (name: string) =>
    declare('control', {
      controls: [{ person: p(name), payeeKey: `account:${firmAccount}`, relation: 'controls' }],
    })
  const related = (world: LawWorld, change: Record<string, unknown> = {}) => {
    world.given(submission(change))
    const { relatedPersons, route } = folded(world)
    return { persons: relatedPersons, related: folded(world).related, board: route[1]?.rule }
  }
  const seen = (...names: readonly string[]) => ({
    persons: names.map(p),
    related: true,
    board: 'party.related',
  })

  test.each<[what: string, givens: readonly Asking[], names: readonly string[]]>([
    ['a director controls the payee', [controls('dir1')], ['dir1']],
    ['a supervisor', [controls('sup3')], ['sup3']],
    ['the head of the company', [controls('head')], ['head']],
    ['a councillor of its cooperative', [controls('council2')], ['council2']],
    ['who supervises the cooperative', [controls('watch2')], ['watch2']],
    ['the legal representative', [controls('legal')], ['legal']],
    ['the near relative of a director', [controls('m1'), near('m1', 'dir2')], ['dir2']],
    ['of two of them', [controls('m1'), near('m1', 'dir2'), near('sup1', 'm1')], ['dir2', 'sup1']],
  ])('%s', (_what, givens, names) => {
    expect(related(all(founded(), ...givens))).toEqual(seen(...names))
  })

  test('the tax number is the same payee', () => {
    const taxNo = '91330502MA2B3C4D5E'
    const world = all(
      founded(),
      declare('control', {
        controls: [
          { person: p('dir1'), payeeKey: `tax:${taxNo}`, name: '另一家厂', relation: 'controls' },
        ],
      }),
    )
    expect(related(world, { payee: { ...firm, taxNo } })).toEqual(seen('dir1'))
  })

  test('a key the payee was known by in another request', () => {
    const world = all(
      founded(),
      declare('control', {
        controls: [{ person: p('dir1'), payeeKey: 'account:620000000001', relation: 'controls' }],
      }),
    )
    const stranger = world.fork()
    expect(related(stranger)).toMatchObject({ persons: [] })
    world.fact('payeeWindow', (query) => ({
      ...windowOf()(query),
      keys: [...query.keys, 'account:620000000001'],
    }))
    expect(related(world)).toEqual(seen('dir1'))
  })

  test('a director paid in person; and paid back as handler, which is no deal', () => {
    const own = { payee: person('dir1'), invoices: [], amount: '900.00' }
    expect(related(founded(), own)).toEqual(seen('dir1'))
    const back = { ...claimOf('2026-03-01'), handler: p('dir1'), payee: person('dir1') }
    expect(related(founded(), back)).toMatchObject({ persons: [], related: false })
  })

  test.each<[what: string, givens: readonly Asking[]]>([
    ['a member without office controls it', [controls('m1')]],
    ['a relative of a relative', [controls('m1'), near('m1', 'm2'), near('m2', 'dir1')]],
  ])('not related: %s', (_what, givens) => {
    expect(related(all(founded(), ...givens))).toEqual({
      persons: [],
      related: false,
      board: 'amount.daily',
    })
  })

  describe('a tie that ended', () => {
    const ended = declare('control', {
      controls: [
        {
          person: p('dir1'),
          payeeKey: `account:${firmAccount}`,
          relation: 'ended',
          reason: '股权已转让',
          paper: 'a'.repeat(64),
        },
      ],
    })
    test.each([
      ['is looked back on for half a year', '2026-08-28T01:00:00.000Z', true],
      ['and no longer', '2026-08-30T01:00:00.000Z', false],
    ])('%s', (_what, when, expected) => {
      const world = all(founded(), controls('dir1'), ended).clock(when)
      expect(related(world)).toMatchObject({ related: expected })
    })
  })
})

describe('the head of the company is involved (law §2)', () => {
  const siblings = declare('relatives', {
    pairs: [{ a: p('handler'), b: p('head'), relation: 'sibling' }],
  })
  test.each<
    [what: string, givens: readonly Asking[], change: Record<string, unknown>, rule: string]
  >([
    ['the head handles it', [], { handler: p('head') }, 'head.involved'],
    ['a near relative of the head handles it', [siblings], {}, 'head.involved'],
    ['a stranger handles it', [], {}, 'amount.daily'],
  ])('%s', (_what, givens, change, rule) => {
    const world = all(founded(), ...givens, submission(change))
    expect(folded(world).route[1]?.rule).toBe(rule)
  })
})
