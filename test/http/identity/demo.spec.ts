// The accounts of a demonstration: one for everybody in office, ready at once, and only there.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OfficeKind } from '../../../src/domain/office.ts'
import {
  type DemoAccount,
  DEMO_PASSWORD,
  type DemoRoster,
} from '../../../src/http/identity/demo.ts'
import { rosterFold } from '../../../workflows/roster/v1/fold.ts'
import { codeOf, type House, openHouse, personOf, sessionIn } from './house.ts'

const office = (kind: OfficeKind, organisation: string, person?: string) => ({
  kind,
  organisation,
  chair: kind === 'councillor',
  ...(person === undefined ? {} : { holder: { person: personOf(person) } }),
})

const township: DemoRoster = {
  name: '八里镇',
  code: '330502199000',
  kind: 'township',
  organisations: new Map([['g_town', { name: '八里镇' }]]),
  offices: new Map([
    ['o_1', office('centreOfficer', 'g_town', 'Officer01')],
    ['o_2', office('centreOfficer', 'g_town', 'Officer02')],
    ['o_3', office('centreHead', 'g_town', 'Head01')],
    ['o_4', office('townshipLeader', 'g_town')],
  ]),
}
const village: DemoRoster = {
  name: '南塘村',
  code: '330502199201',
  kind: 'village',
  organisations: new Map([
    ['g_coop', { name: '南塘村股份经济合作社' }],
    ['g_comp', { name: '南塘渔家环境治理有限公司' }],
  ]),
  offices: new Map([
    ['o_5', office('councillor', 'g_coop', 'Chair01')],
    ['o_6', office('legalRepresentative', 'g_coop', 'Chair01')],
    ['o_7', office('cashier', 'g_comp', 'Cashier01')],
  ]),
}

let house: House
let rows: readonly DemoAccount[]
beforeAll(async () => {
  house = await openHouse({ demo: true })
  rows = await house.identity.demoAccounts([township, village])
})
afterAll(() => house.close())

test('one row an office, and one account a person', () => {
  expect(rows.map(({ username, label }) => [username, label.zh])).toEqual([
    ['administrator', '账号管理员'],
    ['centre-officer-1', '八里镇 镇三资中心经办'],
    ['centre-officer-2', '八里镇 镇三资中心经办'],
    ['centre-head', '八里镇 镇三资中心主任'],
    ['201.councillor', '南塘村股份经济合作社 理事（召集人）'],
    ['201.councillor', '南塘村股份经济合作社 社法定代表人'],
    ['201.cashier', '南塘渔家环境治理有限公司 出纳'],
  ])
  expect(rows.at(-1)?.label.en).toBe('南塘渔家环境治理有限公司, cashier')
})

test('everybody signs in with the one password, cashiers and administrators without TOTP', async () => {
  house.mustEnrol.add(personOf('Cashier01'))
  for (const { username, person } of rows) {
    const browser = house.browser()
    expect((await browser.signIn(username, DEMO_PASSWORD)).body).toEqual({ next: 'none' })
    expect(sessionIn(house, browser).person).toBe(person)
    expect(codeOf(house.identity.signedIn(browser.cookie))).toBe('done')
  }
})

test('a folded roster is one as it is', () => {
  const { organisations, offices } = rosterFold.initial
  const roster: DemoRoster = { name: '', code: '', kind: 'village', organisations, offices }
  expect(roster.offices.size).toBe(0)
})

test('a second start finds them as they are', async () => {
  const before = await house.open.accounts.accounts()
  expect(await house.identity.demoAccounts([township, village])).toEqual(rows)
  expect(await house.open.accounts.accounts()).toEqual(before)
})

test('there is nothing left to set up for a first administrator', async () => {
  expect(await house.identity.firstAdministrator()).toBeUndefined()
})

test('and outside a demonstration there are none', async () => {
  const real = await openHouse()
  await expect(real.identity.demoAccounts([township])).rejects.toThrow('outside a demonstration')
  expect(await real.open.accounts.accounts()).toEqual([])
  await real.close()
})
