// What rosters say of who sees what and acts in which office: by the day, by mandate, and with the next entry.
import { beforeEach, describe, expect, test } from 'vitest'
import { desksOf, Rights } from '../../src/app/rights.ts'
import { type Origin, originSchema } from '../../src/domain/ids.ts'
import {
  by,
  company,
  found,
  g,
  o,
  openLedger,
  p,
  seat,
  town,
  township,
  village,
} from '../support/law-cast.ts'
import type { LawWorld } from '../support/law.ts'
import { foundWorld } from '../support/request-cast.ts'

let world: LawWorld
let now = 0
beforeEach(() => {
  world = foundWorld().fork()
  now = Date.parse(world.now)
})
const clock = () => now
let moves = 0
/** A ledger is there once it has begun. */
const sizes = (origins = [town, village]) =>
  new Map(
    origins
      .filter((origin) => world.entries(origin, 'ledger').length > 0)
      .map((origin) => [origin, ++moves]),
  )

const opened = (origins: Origin[] = [town, village]): Promise<Rights> =>
  Rights.open({
    store: {
      read: (ledger, stream, after = -1) =>
        Promise.resolve(world.entries(ledger, stream).filter(({ revision }) => revision > after)),
    },
    // as a store that tells of a commit with every question
    watch: { version: () => ++moves, sizes: () => sizes(origins) },
    clock,
  })

const kept = (type: string, input: object, office = 'officer', ledger: Origin = village): void => {
  world.given({ ...found(ledger, type, input), by: by(office) })
}
const sees = (rights: Rights, name: string): readonly Origin[] => [...rights.of(p(name)).sees]
const kinds = (rights: Rights, name: string) => rights.of(p(name)).offices.map(({ kind }) => kind)

describe('who sees a village', () => {
  test('whoever holds an office there, is its member, or holds an office of the township over it', async () => {
    const rights = await opened()
    for (const name of ['clerk', 'm1', 'officer', 'inspector1'])
      expect(sees(rights, name)).toEqual([village])
    for (const name of ['founder', 'nobody']) expect(sees(rights, name)).toEqual([])
    expect(rights.of(p('officer')).townships).toEqual([town])
    expect(rights.of(p('clerk')).townships).toEqual([])
    expect(rights.of(p('m1'))).toMatchObject({ offices: [], memberOf: [village] })
  })

  test('no longer once the office is vacated, from the entry on', async () => {
    const rights = await opened()
    kept('office.vacate', { office: o('cashier'), reason: '离任' })
    expect(sees(rights, 'cashier')).toEqual([village])
    await rights.refresh()
    expect(sees(rights, 'cashier')).toEqual([])
    kept('office.appoint', { office: o('cashier'), person: p('newcomer'), from: '2026-03-02' })
    await rights.refresh()
    expect(kinds(rights, 'newcomer')).toEqual(['cashier'])
  })

  test('no longer once the term has ended, without any entry', async () => {
    kept('office.vacate', { office: o('cashier'), reason: '换届' })
    kept('office.appoint', {
      office: o('cashier'),
      person: p('short'),
      from: '2026-03-02',
      to: '2026-03-10',
    })
    const rights = await opened()
    now = Date.parse('2026-03-10T15:59:59.999Z')
    expect(kinds(rights, 'short')).toEqual(['cashier'])
    now = Date.parse('2026-03-10T16:00:00.000Z')
    expect(kinds(rights, 'short')).toEqual([])
    expect(sees(rights, 'short')).toEqual([])
  })

  test('a deputy acts in the office for as long as the mandate runs', async () => {
    const terms = { office: o('head'), person: p('stand'), from: '2026-03-03', to: '2026-03-05' }
    const paper = '0'.repeat(64)
    const input = { mandate: 'd_stand', ...terms, musts: ['townshipFiling'], paper }
    world.given({ ledger: town, stream: 'roster', type: 'mandate.grant', by: by('head'), input })
    const rights = await opened()
    expect(rights.of(p('stand')).offices).toEqual([])
    now = Date.parse('2026-03-04T01:00:00.000Z')
    expect(rights.of(p('stand'))).toMatchObject({
      offices: [{ office: o('head'), kind: 'centreHead', ledger: town, mandate: 'd_stand' }],
      townships: [town],
    })
    expect(sees(rights, 'stand')).toEqual([village])
    // others see that it is by a mandate: looking after accounts is none of its musts
    expect(rights.standingOf(p('stand'))).toEqual({
      offices: [{ kind: 'centreHead', township: town, byMandate: true }],
      townships: [town],
    })
    now = Date.parse('2026-03-06T01:00:00.000Z')
    expect(sees(rights, 'stand')).toEqual([])
  })
})

describe('standing', () => {
  test('offices of the township and cashiers must set up one-time codes', async () => {
    const rights = await opened()
    const must = ['officer', 'centrehead', 'inspector1', 'secretary', 'leader', 'cashier']
    expect(must.filter((name) => rights.mustEnrol(p(name)))).toEqual(must)
    expect(
      ['clerk', 'head', 'sup1', 'm1', 'nobody'].filter((name) => rights.mustEnrol(p(name))),
    ).toEqual([])
  })

  test('a village office and a member stand in the township of their village', async () => {
    const rights = await opened()
    expect(rights.standingOf(p('clerk'))).toEqual({
      offices: [{ kind: 'reportingClerk', township: town }],
      townships: [town],
    })
    expect(rights.standingOf(p('m1'))).toEqual({ offices: [], townships: [town] })
    expect(rights.standingOf(p('nobody'))).toEqual({ offices: [], townships: [] })
  })
})

test('ledgers are found by their division code', async () => {
  const rights = await opened()
  expect(rights.byCode('330106109203')).toMatchObject({
    origin: village,
    township: town,
    name: '云溪村',
  })
  expect(rights.byCode('330106109000')).toMatchObject({ origin: town, kind: 'township' })
  expect(rights.byCode('999999999999')).toBeUndefined()
})

test.each([
  ['reportingClerk', company, ['o_one1', `${company}/reportingClerk`]],
  ['centreHead', township, ['o_one1', `${township}/centreHead`, 'township/centreHead']],
] as const)(
  'tasks of a %s lie at its own desk and at the desk of its kind',
  (kind, organisation, desks) => {
    const office = { office: o('one1'), kind, organisation, ledger: village }
    expect(desksOf(office)).toEqual(desks.map((desk) => desk.replace('o_one1', o('one1'))))
  },
)

test('a person of two ledgers has the rights of both', async () => {
  kept(
    'office.open',
    { office: o('second'), kind: 'inspector', organisation: g('town') },
    'head',
    town,
  )
  kept('office.appoint', { office: o('second'), person: p('m1'), from: '2026-03-02' }, 'head', town)
  const rights = await opened()
  expect(rights.of(p('m1'))).toMatchObject({
    offices: [{ kind: 'inspector', ledger: town }],
    memberOf: [village],
    townships: [town],
  })
})

describe('a ledger that is sealed', () => {
  const later = originSchema.parse('ledger.example.cn/330106109204')
  const seal = (successor: Origin): void => {
    world.given({
      ledger: village,
      stream: 'ledger',
      type: 'ledger.seal',
      by: by('head'),
      input: { successor, reason: '并村' },
    })
  }
  const carriesOn = (origin: Origin): void => {
    openLedger(world, origin, town)
    const own = { kind: 'cooperative', organisation: g('latercoop'), name: '新合作社' }
    world.given(found(origin, 'organisation.register', own))
    seat(world, origin, [['newrep', 'legalRepresentative', g('latercoop'), 'newrep']])
  }
  const open = () => opened([town, village, later])

  test('still counts while nothing carries it on', async () => {
    seal(later)
    const rights = await open()
    expect([sees(rights, 'clerk'), kinds(rights, 'clerk')]).toEqual([[village], ['reportingClerk']])
    expect(rights.byCode('330106109203')?.origin).toBe(village)
  })

  test('makes nobody anything any more once another carries it on, and is seen by who sees that one', async () => {
    seal(later)
    carriesOn(later)
    const rights = await open()
    for (const name of ['clerk', 'm1']) expect(sees(rights, name)).toEqual([])
    expect(kinds(rights, 'cashier')).toEqual([])
    expect(rights.mustEnrol(p('cashier'))).toBe(false)
    expect(sees(rights, 'newrep')).toEqual([later, village])
    expect(sees(rights, 'officer')).toEqual([later, village])
  })

  test('is carried on from the entry on, without anything new in a roster of its own', async () => {
    const rights = await open()
    expect(sees(rights, 'clerk')).toEqual([village])
    seal(later)
    carriesOn(later)
    await rights.upToDate()
    expect(sees(rights, 'clerk')).toEqual([])
  })

  test('in a ring of successors holds nobody for ever', async () => {
    carriesOn(later)
    seal(later)
    world.given({
      ledger: later,
      stream: 'ledger',
      type: 'ledger.seal',
      by: by('head'),
      input: { successor: village, reason: '笔误' },
    })
    const rights = await open()
    expect(sees(rights, 'officer')).toEqual([])
  })
})

test('nothing is read again while nothing is committed', async () => {
  const state: { version: number; sizes: [Origin, number][] } = {
    version: 1,
    sizes: [
      [town, 5],
      [village, 5],
    ],
  }
  const asked: Origin[] = []
  const rights = await Rights.open({
    store: {
      read: (ledger, stream, after = -1) => {
        asked.push(ledger)
        return Promise.resolve(
          world.entries(ledger, stream).filter(({ revision }) => revision > after),
        )
      },
    },
    watch: { version: () => state.version, sizes: () => new Map(state.sizes) },
    clock,
  })
  expect(new Set(asked)).toEqual(new Set([town, village]))
  asked.length = 0
  await rights.upToDate()
  expect(asked).toEqual([])
  // something was committed, in one of them
  state.version = 2
  state.sizes = [
    [town, 5],
    [village, 6],
  ]
  await rights.upToDate()
  expect(new Set(asked)).toEqual(new Set([village]))
})
test('a look that failed is made again', async () => {
  const broken = { now: false }
  const rights = await Rights.open({
    store: {
      read: (ledger, stream, after = -1) =>
        broken.now
          ? Promise.reject(new Error('the disk is gone'))
          : Promise.resolve(
              world.entries(ledger, stream).filter(({ revision }) => revision > after),
            ),
    },
    watch: { version: () => moves, sizes: () => sizes() },
    clock,
  })
  kept('office.vacate', { office: o('cashier'), reason: '离任' })
  broken.now = true
  await expect(rights.upToDate()).rejects.toThrow('the disk is gone')
  broken.now = false
  await rights.upToDate()
  expect(sees(rights, 'cashier')).toEqual([])
})
