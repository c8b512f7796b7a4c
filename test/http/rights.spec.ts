// Who may do what: every route asked by everybody. A route without a row fails, and so does a row without its route.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { workings } from '../../src/app/workings.ts'
import type { Route } from '../../src/http/route.ts'
import { checkLedger } from '../support/check-ledger.ts'
import { p } from '../support/law-cast.ts'
import { signerOf } from '../support/township-data.ts'
import type { Client } from './client.ts'
import { type Ask, asks } from './rights-asks.ts'
import { roles, rows } from './rights-rows.ts'
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
} as const

let town: Town
const clients = new Map<string, Client>()
beforeAll(async () => {
  town = await openTown()
  clients.set('out', town.stranger())
  for (const [role, person] of Object.entries(persons)) clients.set(role, await town.client(person))
})
afterAll(async () => {
  checkLedger(town.file, { workings, signer: signerOf })
  await town.close()
})

/** `ok`, or the code of the problem. */
async function answered(client: Client | undefined, route: Route, { params = {}, body }: Ask) {
  const path = route.path.replaceAll(/\{(\w+)\*?\}/g, (_whole, name: string) => params[name] ?? '')
  const place = route.root === true ? `~${path}` : path
  const answer =
    route.command === undefined
      ? await client?.ask(route.method.toUpperCase(), place, body === undefined ? {} : { body })
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

  // the clock moves on and a roster is told one thing after another: in the order of what is asked
  test.each(Object.keys(asks))('%s', async (id) => {
    const { cells = [], rightful } = rows[id] ?? {}
    const route = routeOf(id)
    const ask = (await asks[id]?.(town)) ?? {}
    const found = new Map<string, string>()
    const order = roles.map((role, i) => ({ role, cell: cells[i] ?? '' }))
    for (const { role } of order.toSorted((a, b) => Number(able(a.cell)) - Number(able(b.cell)))) {
      found.set(role, await answered(clients.get(role), route, ask))
    }
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(order.map(({ role, cell }) => [role, cell.replace('>', '')])),
    )
    if (rightful === undefined) return
    expect(await answered(await town.client(p(rightful)), route, ask)).toBe('ok')
  })
})
