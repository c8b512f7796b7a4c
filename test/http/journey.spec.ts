// One request from its submission to its close, by seven people over real HTTP.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { p, village } from '../support/law-cast.ts'
import { code, openTown, type Town } from './town.ts'

let townNow: Town
beforeAll(async () => {
  townNow = await openTown()
})
afterAll(() => townNow.close())

describe('me', () => {
  test('who I am', async () => {
    const clerk = await townNow.client(p('clerk'))
    const me = await clerk.get('/me')
    expect([me.status, me.body]).toEqual([200, {}])
  })
})
