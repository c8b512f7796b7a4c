// Numbers are the server's to give: many at once get them in a row, none left out, whoever of them is refused.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { workings } from '../../src/app/workings.ts'
import { checkLedger } from '../support/check-ledger.ts'
import { p, village } from '../support/law-cast.ts'
import { signerOf } from '../support/township-data.ts'
import { commandKey } from './client.ts'
import { formOf } from './things.ts'
import { code, openTown, type Town } from './town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(async () => {
  checkLedger(town.file, { workings, signer: signerOf })
  await town.close()
})

const path = `/villages/${code(village)}/requests`
const numbersFrom = (first: string, count: number): readonly string[] =>
  Array.from(
    { length: count },
    (_, i) => `2026-${String(Number(first.slice(5)) + i).padStart(6, '0')}`,
  )

test('a hundred at once, a third of them refused: no gap, and nobody is told that the number exists', async () => {
  const first = town.next('request')
  const clerk = await town.client(p('clerk'))
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, n) =>
      // the handler may not be the witness too
      clerk.command(path, formOf(9000 + n, '20.00', n % 3 === 0 ? { witness: p('handler') } : {})),
    ),
  )
  const done = answers.filter(({ status }) => status === 201)
  const refused = answers.filter(({ status }) => status !== 201)
  expect(done).toHaveLength(66)
  expect(new Set(refused.map(({ body }) => body['code']))).toEqual(new Set(['issuersNotThree']))
  expect(done.map(({ body }) => String(body['id'])).sort()).toEqual(numbersFrom(first, 66))
  expect(town.next('request')).toBe(numbersFrom(first, 67)[66])
})

test('the same command ten times at once is one request', async () => {
  const first = town.next('request')
  const clerk = await town.client(p('clerk'))
  const key = { 'idempotency-key': commandKey() }
  const form = formOf(9900, '20.00')
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => clerk.command(path, form, key)),
  )
  expect(
    new Set(
      answers.map(
        ({ status, body }) =>
          `${status} ${typeof body['id'] === 'string' ? body['id'] : JSON.stringify(body)}`,
      ),
    ),
  ).toEqual(new Set([`201 ${first}`]))
  expect(town.next('request')).toBe(numbersFrom(first, 2)[1])
})
