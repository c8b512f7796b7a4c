// Who may do what: every route asked by everybody. A route without a row fails, and so does a row without its route.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Verifier } from '../../src/app/verify/apart.ts'
import { type OfficeKind, officeKinds } from '../../src/domain/office.ts'
import { workings } from '../../src/app/workings.ts'
import type { Route } from '../../src/http/route.ts'
import { checkLedger } from '../support/check-ledger.ts'
import { p } from '../support/law-cast.ts'
import { signerOf } from '../support/township-data.ts'
import type { Client } from './client.ts'
import { type Ask, asks } from './rights-asks.ts'
import { answerOf, listed, roles, rows, unlistedKinds } from './rights-rows.ts'
import { openTown, type Town } from './town.ts'

const persons = {
  member: p('m1'),
  clerk: p('clerk'),
  head: p('head'),
  supervisor: p('sup1'),
  cashier: p('cashier'),
  officer: p('officer'),
  centreHead: p('centrehead'),
  inspector: p('inspector1'),
  administrator: 'administrator',
  otherVillage: p('bclerk'),
  otherTown: p('bofficer'),
  director: p('dir1'),
  handler: p('handler'),
  witness: p('witness'),
  bookkeeper: p('bookkeeper'),
  councillor: p('council1'),
  coopSupervisor: p('watch1'),
  legalRepresentative: p('legal'),
  partySecretary: p('party'),
  teller: p('teller1'),
  disciplineSecretary: p('secretary'),
  townshipLeader: p('leader'),
} as const
/** Brings the papers that a command names, is asked first, and may give none. */
const carrier = 'administrator'
const everyone = [...roles, ...unlistedKinds]

/** A verification that runs until it is cancelled: who may do that is asked one after another. */
const endless: Verifier = (_ledger, { signal }) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('cancelled')), { once: true })
  })

let town: Town
const clients = new Map<string, Client>()
beforeAll(async () => {
  town = await openTown({ verify: endless })
  clients.set('out', town.stranger())
  for (const [role, person] of Object.entries(persons))
    clients.set(role, await town.client(person, { papers: role === carrier }))
})
afterAll(async () => {
  checkLedger(town.file, { workings, signer: signerOf })
  await town.close()
})

/** `ok`, or the code of the problem. */
async function answered(client: Client | undefined, route: Route, ask: Ask) {
  const { params = {}, query = '', body, sent } = ask
  const path = route.path.replaceAll(/\{(\w+)\*?\}/g, (_whole, name: string) => params[name] ?? '')
  const place = `${route.root === true ? '~' : ''}${path}${query}`
  const answer =
    route.command === undefined
      ? await client?.ask(
          route.method.toUpperCase(),
          place,
          sent ?? (body === undefined ? {} : { body }),
        )
      : await client?.command(place, body)
  if (answer === undefined) throw new Error('nobody asked')
  return answer.status < 300 ? 'ok' : String(answer.body['code'])
}

const routeOf = (id: string): Route => {
  const found = town.routes.find((route) => route.id === id)
  if (found === undefined) throw new Error(`no route ${id}`)
  return found
}

/** Whoever it works for comes last: it changes what the others would meet. */
const able = (cell: string): boolean => cell === 'ok' || cell.startsWith('>')

describe('every route answers everybody as the table says', () => {
  test('every route has its row, and every row its route', () => {
    const ids = town.routes.map(({ id }) => id).sort()
    expect(Object.keys(rows).sort()).toEqual(ids)
    expect(Object.keys(asks).sort()).toEqual(ids)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('every kind of office asks, as nobody else', async () => {
    const columns: Readonly<Partial<Record<string, OfficeKind>>> = listed
    const asking = everyone.filter((who) => who in columns || unlistedKinds.some((x) => x === who))
    expect(asking.map((who) => columns[who] ?? who).sort()).toEqual(Object.keys(officeKinds).sort())
    for (const who of asking) {
      const { body } = (await clients.get(who)?.get('/me')) ?? {}
      expect(body?.['offices'], who).toMatchObject([{ kind: columns[who] ?? who }])
    }
  })

  // a row in which all are told the same would not see the check of the office go
  test('every command works for somebody, or is said to work for nobody, and answers not all alike', () => {
    const outside = ['out', 'administrator', 'otherVillage', 'otherTown']
    const within = everyone.filter((who) => !outside.includes(who))
    for (const { id, command } of town.routes) {
      const row = rows[id]
      if (command === undefined || row === undefined) continue
      const answers = within.map((who) => answerOf(row, who))
      const works = answers.includes('ok') || row.rightful !== undefined
      expect(works, `${id}: ${row.nobody ?? 'for nobody, and no reason'}`).toBe(
        row.nobody === undefined,
      )
      expect(
        new Set([...answers, ...(row.rightful === undefined ? [] : ['ok'])]).size,
        id,
      ).toBeGreaterThan(1)
    }
  })

  // the clock moves on and a roster is told one thing after another: in the order of what is asked
  test.each(Object.keys(asks))('%s', async (id) => {
    const row = rows[id] ?? { cells: [] }
    const route = routeOf(id)
    const ask = (await asks[id]?.(town)) ?? {}
    const found = new Map<string, string>()
    const order = everyone.map((role) => ({ role, cell: answerOf(row, role) }))
    const turn = (one: (typeof order)[number]): number =>
      route.command !== undefined && one.role === carrier ? -1 : Number(able(one.cell))
    for (const { role } of order.toSorted((a, b) => turn(a) - turn(b))) {
      found.set(role, await answered(clients.get(role), route, ask))
    }
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(order.map(({ role, cell }) => [role, cell.replace('>', '')])),
    )
    if (row.rightful === undefined) return
    expect(await answered(await town.client(p(row.rightful)), route, ask)).toBe('ok')
  })
})
