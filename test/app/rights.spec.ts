// What rosters say of who sees what and acts in which office: by the day, by mandate, and with the next entry.
import { beforeEach, describe, expect, test } from 'vitest'
import { desksOf, Rights } from '../../src/app/rights.ts'
import type { Origin } from '../../src/domain/ids.ts'
import { by, company, found, g, o, p, town, township, village } from '../support/law-cast.ts'
import type { LawWorld } from '../support/law.ts'
import { foundWorld } from '../support/request-cast.ts'

let world: LawWorld
let now = 0
beforeEach(() => {
  world = foundWorld().fork()
  now = Date.parse(world.now)
})
const clock = () => now

const opened = (): Promise<Rights> =>
  Rights.open({
    store: {
      read: (ledger, stream, after = -1) =>
        Promise.resolve(world.entries(ledger, stream).filter(({ revision }) => revision > after)),
    },
    origins: () => [town, village],
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
    await rights.refresh(village)
    expect(sees(rights, 'cashier')).toEqual([])
    kept('office.appoint', { office: o('cashier'), person: p('newcomer'), from: '2026-03-02' })
    await rights.refresh(village)
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
