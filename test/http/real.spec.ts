// A town that is no demonstration: one-time codes before anything else, signatures that are fresh, the first administrator's link.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { p, village } from '../support/law-cast.ts'
import { request } from './things.ts'
import { code, openTown, type Town } from './town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown({ demo: false })
})
afterAll(() => town.close())
const here = `/villages/${code(village)}`

test('whoever must set up a one-time code may do nothing else', async () => {
  const officer = await town.client(p('officer'), { confirm: false })
  const me = await officer.get('/me')
  expect([me.status, me.body['limit']]).toEqual([200, 'enrolmentNeeded'])
  for (const path of ['/inbox', `${here}/requests`, '/sessions', '/accounts']) {
    const { status, body } = await officer.get(path)
    expect([path, status, body['code']]).toEqual([path, 403, 'enrolmentNeeded'])
  }
  const id = await request(town, 'filing')
  const { body } = await officer.command(`${here}/requests/${id}/filing/acceptance`)
  expect(body['code']).toBe('enrolmentNeeded')
})

test('a village clerk needs none', async () => {
  const clerk = await town.client(p('clerk'))
  expect((await clerk.get('/me')).body['limit']).toBeUndefined()
})

describe('a signature', () => {
  test('needs a confirmation of the last five minutes; other acts do not', async () => {
    const head = await town.client(p('head'))
    const id = await request(town, 'witnessed')
    const path = `${here}/requests/${id}`
    town.doorClock(Date.now() + 5 * 60_000 + 5_000)
    const late = await head.command(`${path}/issuing/head`)
    expect([late.status, late.body['code']]).toEqual([403, 'reauthenticationNeeded'])
    expect((await head.command(`${path}/comments`, { text: '已看' })).status).toBe(201)
    const wrong = await head.post('/reauthentication', { password: 'sluice gate at noon' })
    expect([wrong.status, wrong.body['code']]).toEqual([401, 'reauthenticationFailed'])
    expect((await head.command(`${path}/issuing/head`)).status).toBe(403)
    expect((await head.post('/reauthentication', { password: town.password })).status).toBe(200)
    expect((await head.command(`${path}/issuing/head`)).status).toBe(201)
    const issued = (await town.read(`request/${id}`)).find(({ type }) => type === 'request.issued')
    expect(issued?.by).toMatchObject({ auth: 'password', person: p('head') })
    town.doorClock(undefined)
  })
})

test('the first administrator opens the house by the link', async () => {
  const link = town.running.firstLink
  expect(link?.url).toMatch(/\/set-up#[A-Za-z0-9_-]{43}$/)
  const token = link?.token ?? ''
  const stranger = town.stranger()
  const shown = await stranger.post('/set-up-links/showing', { token })
  expect(shown.body).toMatchObject({ username: 'administrator', enrols: true })
  const used = await stranger.post('/set-up-links/use', { token, password: 'sluice gate at dawn' })
  expect([used.status, used.body]).toEqual([200, { next: 'enrolment' }])
  expect((await stranger.get('/me')).body).toMatchObject({
    administrator: true,
    limit: 'enrolmentNeeded',
  })
  const again = await stranger.post('/set-up-links/use', { token, password: 'sluice gate at dusk' })
  expect([again.status, again.body['code']]).toEqual([404, 'setupLinkInvalid'])
})

test('nothing says demonstration', async () => {
  const answer = await fetch(`${town.url}/api/v1/demo/accounts`)
  expect(answer.status).toBe(404)
  expect(answer.headers.get('x-five-musts-demo')).toBeNull()
})
