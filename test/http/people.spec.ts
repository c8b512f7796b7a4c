// Whom one may make accounts for: exactly those whose account one could then make, page by page, by name and office.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { p } from '../support/law-cast.ts'
import type { Client } from './client.ts'
import { openTown, type Town } from './town.ts'

interface Person {
  readonly person: string
  readonly name?: string
  readonly offices: readonly { readonly kind: string; readonly organisationName: string }[]
  readonly memberOf: readonly { readonly code: string }[]
  readonly account?: string
  readonly username?: string
}

let town: Town
let boss: Client
beforeAll(async () => {
  town = await openTown()
  town.desk.vault.put(p('handler'), { name: '王建国' })
  town.desk.vault.put(p('m1'), { name: '王社员' })
  boss = await town.client('administrator')
})
afterAll(() => town.close())

const peopleOf = async (client: Client, query = ''): Promise<readonly Person[]> => {
  const answer = await client.get(`/accounts/people?limit=200${query}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body['rows'] as readonly Person[]
}
const idsOf = (people: readonly Person[]) => people.map(({ person }) => person)
const words = (text: string) => `&q=${encodeURIComponent(text)}`

test('an administrator sees everybody of every roster, offices first, and whether they have an account', async () => {
  const all = await peopleOf(boss)
  expect(idsOf(all)).toEqual(
    expect.arrayContaining([p('clerk'), p('officer'), p('centrehead'), p('inspector1'), p('m1')]),
  )
  const officers = all.map(({ offices }) => offices.length > 0)
  expect(officers.lastIndexOf(true)).toBeLessThan(officers.indexOf(false))
  const clerk = all.find(({ person }) => person === p('clerk'))
  expect(clerk?.offices.map(({ kind }) => kind)).toEqual(['reportingClerk'])
  expect(clerk?.offices[0]?.organisationName).toMatch(/\p{Script=Han}/u)
  expect(clerk?.account).toMatch(/^[0-9a-f]{32}$/)
  const member = all.find(({ person }) => person === p('m1'))
  expect(member).toMatchObject({ name: '王社员', offices: [] })
  expect(member?.memberOf).toHaveLength(1)
  expect(member).not.toHaveProperty('account')
})

test('the pages together are the list', async () => {
  const all = idsOf(await peopleOf(boss))
  const turned: string[] = []
  let next = ''
  for (;;) {
    const { body } = await boss.get(`/accounts/people?limit=7${next}`)
    const page = body as { readonly rows: readonly Person[]; readonly next?: string }
    turned.push(...idsOf(page.rows))
    if (page.next === undefined) break
    next = `&after=${page.next}`
  }
  expect(turned).toEqual(all)
  expect(new Set(turned).size).toBe(all.length)
})

test('is narrowed by name, and by office in the language of the caller', async () => {
  expect(idsOf(await peopleOf(boss, words('王'))).toSorted()).toEqual(
    [p('handler'), p('m1')].toSorted(),
  )
  const cashiers = await peopleOf(boss, words('出纳'))
  expect(idsOf(cashiers)).toContain(p('cashier'))
  expect(cashiers.every(({ offices }) => offices.some(({ kind }) => kind === 'cashier'))).toBe(true)
  expect(await peopleOf(boss, words('没有这个人'))).toEqual([])
  expect((await boss.get('/accounts/people?q=%25')).body).toMatchObject({ code: 'queryInvalid' })
})

test('tells others those alone whose account they may make; a clerk nobody', async () => {
  const [officer, head, clerk] = [
    await town.client(p('officer')),
    await town.client(p('centrehead')),
    await town.client(p('clerk')),
  ]
  const ofOfficer = idsOf(await peopleOf(officer))
  expect(ofOfficer).toEqual(expect.arrayContaining([p('m1'), p('clerk')]))
  for (const kept of ['officer', 'centrehead', 'inspector1'] as const)
    expect(ofOfficer).not.toContain(p(kept))
  const ofHead = idsOf(await peopleOf(head))
  expect(ofHead).toContain(p('officer'))
  expect(ofHead).not.toContain(p('centrehead'))
  expect(await peopleOf(clerk)).toEqual([])
  // the list says of each what making the account says
  const without = (await peopleOf(officer)).find(({ account }) => account === undefined)
  const made = await officer.post('/accounts', { username: 'new.one', person: without?.person })
  expect(made.status, made.text).toBe(201)
  const refused = await officer.post('/accounts', { username: 'other', person: p('inspector1') })
  expect(refused.body).toMatchObject({ code: 'accountOfSuperior' })
  const now = (await peopleOf(officer)).find(({ person }) => person === without?.person)
  expect(now).toMatchObject({ account: made.body['account'], username: 'new.one' })
})
