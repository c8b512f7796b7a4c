// Who may manage whose account: the rule as a table, and that every function asks it.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Session } from '../../../src/domain/account.ts'
import { type Manager, mayManage, type Standing } from '../../../src/domain/account-standing.ts'
import type { OfficeKind } from '../../../src/domain/office.ts'
import { codeOf, done, enrol, type House, openHouse, personOf, sessionIn } from './house.ts'

const NORTH = 'ledger.north.example/330502199000'
const SOUTH = 'ledger.south.example/330502198000'

const holding = (...kinds: readonly OfficeKind[]): Standing => ({
  offices: kinds.map((kind) => ({ kind, township: NORTH })),
  townships: [NORTH],
})

describe('mayManage', () => {
  const people: Readonly<Record<string, Omit<Manager, 'account'>>> = {
    administrator: { administrator: true, standing: { offices: [], townships: [] } },
    'administrator and officer': { administrator: true, standing: holding('centreOfficer') },
    'administrator and inspector': { administrator: true, standing: holding('inspector') },
    'administrator and clerk': { administrator: true, standing: holding('reportingClerk') },
    officer: { administrator: false, standing: holding('centreOfficer') },
    head: { administrator: false, standing: holding('centreHead') },
    inspector: { administrator: false, standing: holding('inspector') },
    secretary: { administrator: false, standing: holding('disciplineSecretary') },
    leader: { administrator: false, standing: holding('townshipLeader') },
    cashier: { administrator: false, standing: holding('cashier') },
    director: { administrator: false, standing: holding('director', 'legalRepresentative') },
    member: { administrator: false, standing: holding() },
    stranger: { administrator: false, standing: { offices: [], townships: [] } },
    'southern officer': {
      administrator: false,
      standing: { offices: [{ kind: 'centreOfficer', township: SOUTH }], townships: [SOUTH] },
    },
    'southern clerk': {
      administrator: false,
      standing: { offices: [{ kind: 'reportingClerk', township: SOUTH }], townships: [SOUTH] },
    },
    'agency accountant of both': {
      administrator: false,
      standing: {
        offices: [
          { kind: 'bookkeeper', township: NORTH },
          { kind: 'bookkeeper', township: SOUTH },
        ],
        townships: [NORTH, SOUTH],
      },
    },
  }
  /** yes, superior, or not theirs; every person against every other. */
  const rows: Readonly<Record<string, Readonly<Record<'yes' | 'superior', readonly string[]>>>> = {
    administrator: {
      yes: Object.keys(people).filter((name) => name !== 'administrator'),
      superior: [],
    },
    'administrator and officer': {
      yes: [
        'administrator',
        'officer',
        'administrator and clerk',
        'cashier',
        'director',
        'member',
        'stranger',
        'southern officer',
        'southern clerk',
        'agency accountant of both',
      ],
      superior: ['administrator and inspector', 'head', 'inspector', 'secretary', 'leader'],
    },
    'administrator and inspector': {
      yes: [
        'administrator',
        'administrator and officer',
        'administrator and clerk',
        'officer',
        'head',
        'inspector',
        'cashier',
        'director',
        'member',
        'stranger',
        'southern officer',
        'southern clerk',
        'agency accountant of both',
      ],
      superior: ['secretary', 'leader'],
    },
    'administrator and clerk': {
      yes: [
        'administrator',
        'cashier',
        'director',
        'member',
        'stranger',
        'southern officer',
        'southern clerk',
        'agency accountant of both',
      ],
      superior: [
        'administrator and officer',
        'administrator and inspector',
        'officer',
        'head',
        'inspector',
        'secretary',
        'leader',
      ],
    },
    officer: {
      yes: ['cashier', 'director', 'member'],
      superior: ['administrator and inspector', 'head', 'inspector', 'secretary', 'leader'],
    },
    head: {
      yes: ['officer', 'cashier', 'director', 'member'],
      superior: ['administrator and inspector', 'inspector', 'secretary', 'leader'],
    },
    inspector: { yes: [], superior: ['secretary', 'leader'] },
    secretary: { yes: ['inspector'], superior: ['leader'] },
    leader: {
      yes: ['head'],
      superior: ['administrator and inspector', 'inspector', 'secretary'],
    },
    cashier: {
      yes: [],
      superior: [
        'administrator and officer',
        'administrator and inspector',
        'officer',
        'head',
        'inspector',
        'secretary',
        'leader',
      ],
    },
    member: { yes: [], superior: [] },
    stranger: { yes: [], superior: [] },
    'southern officer': { yes: ['southern clerk'], superior: [] },
  }
  const manager = (name: string): Manager => {
    const person = people[name]
    if (person === undefined) throw new Error(`nobody is ${name}`)
    return { account: name, ...person }
  }
  test.each(Object.keys(rows))('%s', (actor) => {
    const row = rows[actor] ?? { yes: [], superior: [] }
    for (const target of Object.keys(people)) {
      const expected = row.yes.includes(target)
        ? undefined
        : target === actor
          ? 'ownAccount'
          : row.superior.includes(target)
            ? 'superior'
            : 'notYours'
      expect(mayManage(manager(actor), manager(target)), `${actor} → ${target}`).toBe(expected)
    }
  })
})

describe('every function', () => {
  let house: House
  let boss: Session
  let officer: Session
  let clerk: string
  let head: string
  beforeAll(async () => {
    house = await openHouse()
    await house.add('boss', { role: 'administrator' })
    const browser = house.browser()
    await browser.signIn('boss')
    await enrol(browser)
    boss = sessionIn(house, browser)
    for (const [name, kind] of [
      ['Officer01', 'centreOfficer'],
      ['Head01', 'centreHead'],
      ['Clerk01', 'reportingClerk'],
    ] as const) {
      house.standing.set(personOf(name), holding(kind))
    }
    await house.add('officer', { person: personOf('Officer01') })
    head = await house.add('head', { person: personOf('Head01') })
    const second = house.browser()
    await second.signIn('officer')
    officer = sessionIn(house, second)
  })
  beforeEach(async () => {
    clerk = await house.add('clerk', { person: personOf('Clerk01') })
    return () => house.open.accounts.remove(clerk)
  })
  afterAll(() => house.close())

  const acts: Readonly<
    Record<string, (session: Session, id: string) => Promise<Parameters<typeof codeOf>[0]>>
  > = {
    reset: (session, id) => house.identity.accounts.reset(session, id),
    suspend: (session, id) => house.identity.accounts.suspend(session, { id, reason: 'left' }),
    restore: (session, id) => house.identity.accounts.restore(session, id),
    remove: (session, id) => house.identity.accounts.remove(session, id),
  }
  test.each(Object.keys(acts))('%s asks who may, and for a fresh confirmation', async (name) => {
    const act = acts[name]
    if (act === undefined) throw new Error(name)
    expect(codeOf(await act(officer, head))).toBe('accountOfSuperior')
    expect(codeOf(await act(officer, boss.account))).toBe('accountNotYours')
    expect(codeOf(await act(officer, officer.account))).toBe('ownAccount')
    expect(codeOf(await act(officer, 'nobody'))).toBe('accountUnknown')
    const stale = { ...officer, confirmed: { at: Date.now() - 301_000, by: 'password' as const } }
    expect(codeOf(await act(stale, clerk))).toBe('reauthenticationNeeded')
    const { confirmed: _confirmed, ...never } = officer
    expect(codeOf(await act(never, clerk))).toBe('reauthenticationNeeded')
    const limited = { ...officer, limit: 'enrolmentNeeded' as const }
    expect(codeOf(await act(limited, clerk))).toBe('enrolmentNeeded')
    expect(await house.open.accounts.account(clerk)).toMatchObject({ suspended: false })
    expect(codeOf(await act(officer, clerk))).toBe('done')
  })

  test('a suspended account is restored as it was', async () => {
    const { accounts } = house.identity
    await accounts.suspend(boss, { id: clerk, reason: 'left' })
    expect((await house.browser().signIn('clerk')).status).toBe(403)
    await accounts.restore(boss, clerk)
    expect((await house.browser().signIn('clerk')).status).toBe(200)
  })

  test('a new account: its name, its person, its role', async () => {
    const { accounts } = house.identity
    const add = async (session: Session, wanted: Parameters<typeof accounts.add>[1]) =>
      codeOf(await accounts.add(session, wanted))
    house.standing.set(personOf('Member01'), holding())
    const person = personOf('Member01')
    expect(await add(officer, { username: 'x', person })).toBe('usernameInvalid')
    expect(await add(officer, { username: 'ＣＬＥＲＫ', person })).toBe('usernameTaken')
    expect(await add(officer, { username: 'other', person: personOf('Clerk01') })).toBe(
      'personHasAccount',
    )
    expect(await add(officer, { username: 'other', person: personOf('Nobody01') })).toBe(
      'accountNotYours',
    )
    expect(await add(officer, { username: 'other' })).toBe('accountNotYours')
    expect(await add(officer, { username: 'other', person, role: 'administrator' })).toBe(
      'accountNotYours',
    )
    house.standing.set(personOf('Leader01'), holding('townshipLeader'))
    expect(await add(officer, { username: 'other', person: personOf('Leader01') })).toBe(
      'accountOfSuperior',
    )
    expect(await add(officer, { username: '林阿婆', person })).toBe('done')
    expect(await add(boss, { username: 'second boss', role: 'administrator' })).toBe(
      'usernameInvalid',
    )
    expect(await add(boss, { username: 'boss2', role: 'administrator' })).toBe('done')
    const made = await house.open.accounts.byUsername('林阿婆')
    expect(made).toMatchObject({ person, role: 'none', ready: false, secondFactor: false })
  })

  test('the list holds whom one may manage', async () => {
    const named = async (session: Session) =>
      done(await house.identity.accounts.list(session, { limit: 50 })).rows.map(
        ({ username }) => username,
      )
    const listed = await named(officer)
    expect(listed).toContain('clerk')
    expect(listed).not.toContain('head')
    expect(listed).not.toContain('boss')
    const all = await named(boss)
    expect(all).toEqual(expect.arrayContaining(['boss', 'officer', 'head', 'clerk']))
    expect(all).toEqual(all.toSorted())
  })

  test('the list comes by pages, each account once, and is searched by name', async () => {
    for (let i = 0; i < 450; i += 1) await house.add(`member.${String(i).padStart(3, '0')}`)
    const list = (...asked: Parameters<typeof house.identity.accounts.list>) =>
      house.identity.accounts.list(...asked)
    const all = done(await list(boss, { limit: 1000 }))
    expect(all.rows.length).toBeGreaterThan(450)
    expect(all.next).toBeUndefined()
    const found: string[] = []
    let after: string | undefined
    do {
      const page = done(await list(boss, { limit: 100, after }))
      found.push(...page.rows.map(({ username }) => username))
      after = page.next?.[0]
    } while (after !== undefined)
    expect(found).toEqual(all.rows.map(({ username }) => username))
    const some = done(await list(boss, { limit: 10, named: 'member.44' }))
    expect(some.rows.map(({ username }) => username.slice(-1))).toEqual(
      Array.from({ length: 10 }, (_, i) => String(i)),
    )
    expect(some.next).toBeUndefined()
    // what is a pattern elsewhere is a letter here
    expect(done(await list(boss, { limit: 10, named: '%' })).rows).toEqual([])
    // of accounts that are not theirs an officer's page counts none
    const theirs = done(await list(officer, { limit: 1 }))
    expect(theirs.rows.map(({ username }) => username)).toEqual(['clerk'])
  })
})
