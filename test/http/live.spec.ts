// Changes as they happen, over real HTTP: who hears what, that nothing is lost when the line is cut, and that nobody hears a
// moment longer than they may.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { nodeCrypto } from '../../src/app/crypto.ts'
import { openCheckpoint } from '../../src/ledger/checkpoint.ts'
import { parseVkey } from '../../src/ledger/note.ts'
import { by, company, found, o, p, town as township, village } from '../support/law-cast.ts'
import type { Asking } from '../support/law.ts'
import { vkeyOfLedger } from '../support/township-data.ts'
import { takesSteps } from './events-steps.ts'
import { Events, type SentEvent } from './events.ts'
import { givenElsewhere } from './elsewhere.ts'
import { request } from './things.ts'
import { code, openTown, otherVillage, type Town } from './town.ts'

/** Another process takes its time on a busy machine. */
const PATIENT = { timeout: 90_000 }

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

const opened: Events[] = []
afterEach(async () => {
  for (const events of opened.splice(0)) await events.cut()
})

const here = `/villages/${code(village)}`
interface How {
  readonly query?: string
  readonly lastId?: string | undefined
}

/** Somebody listening, past the first event. */
async function listening(person: string, how: How = {}) {
  const client = await town.client(p(person))
  const events = await Events.open(town.url, client, how)
  opened.push(events)
  return { client, events, first: await events.until('open') }
}
const named = (events: readonly SentEvent[], name: string) =>
  events.filter(({ event }) => event === name).map(({ data }) => data)

const inOther = (type: string, input: object): Asking => ({
  ...found(otherVillage, type, input),
  by: by('officer'),
})
let offices = 0
/** An office in the other village that nobody had before. */
const opensThere = (): Asking =>
  inOther('office.open', {
    office: o(`live${++offices}`),
    kind: 'handler',
    organisation: 'g_bcompany',
  })

describe('whoever listens', () => {
  test('is told first how far each of their ledgers is, and no other', async () => {
    const { events, first } = await listening('clerk')
    expect(events.status).toBe(200)
    expect(events.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(events.headers.get('cache-control')).toMatch(/no-transform/)
    expect(named(first, 'open')).toEqual([
      {
        ledgers: [{ village: code(village), ledger: village, size: expect.any(Number) as number }],
      },
    ])
    const officer = await listening('officer')
    const [open] = named(officer.first, 'open')
    const seen = ((open?.['ledgers'] ?? []) as readonly { readonly ledger: string }[]).map(
      ({ ledger }) => ledger,
    )
    expect(seen.sort()).toEqual([township, village, otherVillage].sort())
  })

  test('hears of what happened in their village, with a checkpoint that is signed', async () => {
    const { events } = await listening('cashier')
    const id = await request(town, 'drawnUp')
    const heard = await events.until('checkpoint')
    expect(named(heard, 'village')).toEqual([
      expect.objectContaining({
        village: code(village),
        steps: expect.arrayContaining([
          expect.objectContaining({ stream: `request/${id}`, type: 'request.submitted' }),
        ]) as unknown,
      }),
    ])
    const [checkpoint] = named(heard, 'checkpoint')
    const key = parseVkey(nodeCrypto, vkeyOfLedger(village))
    const { size } = openCheckpoint(nodeCrypto, String(checkpoint?.['note']), key)
    expect(size).toBe(checkpoint?.['size'])
    expect(heard.at(-1)?.id).toBe(`${village}:${size}`)
    // no line of it holds what was asked for
    expect(JSON.stringify(heard)).not.toMatch(/12000|供应商/)
  })

  test('hears of their inbox when a task comes, and when another does it; others do not', async () => {
    const handler = await listening('handler')
    const cashier = await listening('cashier')
    const id = await request(town, 'drawnUp')
    expect(named(await handler.events.until('checkpoint'), 'inbox')).toHaveLength(1)
    expect(named(await cashier.events.until('checkpoint'), 'inbox')).toEqual([])
    const signed = await handler.client.command(`${here}/requests/${id}/issuing/handler`)
    expect(signed.status).toBe(201)
    expect(named(await handler.events.until('checkpoint'), 'inbox')).toHaveLength(1)
    expect(named(await cashier.events.until('checkpoint'), 'inbox')).toEqual([])
  })

  test('hears every step of the requests they have open, in words, and of no other', async () => {
    const [mine, other] = [await request(town, 'drawnUp'), await request(town, 'drawnUp')]
    const { events } = await listening('clerk', { query: `?watch=${code(village)}/${mine}` })
    await takesSteps(town, other, 1)
    await takesSteps(town, mine, 2)
    const heard: SentEvent[] = []
    while (named(heard, 'request').length < 2) heard.push(...(await events.until('checkpoint')))
    expect(named(heard, 'request')).toEqual([
      expect.objectContaining({ request: mine, type: 'request.handled', what: '作为经办人签字' }),
      expect.objectContaining({ request: mine, type: 'request.witnessed' }),
    ])
  })

  test('hears of what another process commits', PATIENT, async () => {
    const { events } = await listening('bclerk')
    await givenElsewhere(town, opensThere())
    const heard = await events.until('checkpoint')
    expect(named(heard, 'village')).toEqual([
      expect.objectContaining({ village: code(otherVillage) }),
    ])
  })

  test('never hears of another village, whatever happens there', async () => {
    const ours = await listening('clerk')
    const theirs = await listening('bclerk')
    await town.given(opensThere())
    await theirs.events.until('checkpoint')
    await request(town, 'drawnUp')
    // the first thing heard is of their own: that of the other village came before it
    const heard = await ours.events.until('checkpoint')
    expect(JSON.stringify(heard)).not.toContain(code(otherVillage))
    expect(named(heard, 'village')).toEqual([expect.objectContaining({ village: code(village) })])
  })

  test('may not have a request of another village open: it does not exist', async () => {
    const id = await request(town, 'drawnUp')
    const client = await town.client(p('bclerk'))
    const no = await client.get(`/me/events?watch=${code(village)}/${id}`)
    expect([no.status, no.body['code']]).toEqual([404, 'noSuchThing'])
    const nowhere = await client.get(`/me/events?watch=${code(otherVillage)}/2026-999999`)
    expect(nowhere.status).toBe(404)
  })

  test('needs to be signed in', async () => {
    expect((await town.stranger().get('/me/events')).body['code']).toBe('notSignedIn')
  })

  test('listens on six pages at once, and on a seventh when one is closed', async () => {
    const client = await town.client(p('dir3'))
    const streams: Events[] = []
    for (let n = 0; n < 6; n++) {
      const events = await Events.open(town.url, client)
      opened.push(events)
      streams.push(events)
      await events.until('open')
    }
    const no = await client.get('/me/events')
    expect([no.status, no.body['code']]).toEqual([429, 'streamsTooMany'])
    await streams[0]?.cut()
    const status = async () => (await client.get('/me/events')).status
    await expect.poll(status, { timeout: 20_000 }).toBe(200)
  })
})

describe('a line that was cut', () => {
  test('is taken up by its last place, and nothing is lost', async () => {
    const id = await request(town, 'drawnUp')
    const query = `?watch=${code(village)}/${id}`
    const { events } = await listening('clerk', { query })
    await takesSteps(town, id, 1)
    await events.until('checkpoint')
    const { lastId } = events
    await events.cut()
    await takesSteps(town, id, 3)
    const others = [await request(town, 'drawnUp'), await request(town, 'drawnUp')]
    const again = await listening('clerk', { query, lastId })
    expect(named(again.first, 'request').map(({ type }) => type)).toEqual([
      'request.witnessed',
      'request.issued',
      ...named(again.first, 'request')
        .slice(2)
        .map(({ type }) => type),
    ])
    expect(named(again.first, 'request').length).toBeGreaterThanOrEqual(2)
    const steps = JSON.stringify(named(again.first, 'village'))
    for (const other of others) expect(steps).toContain(`request/${other}`)
    expect(named(again.first, 'inbox')).toHaveLength(1)
    expect(again.first.some(({ event }) => event === 'reset')).toBe(false)
    // and on it goes
    await request(town, 'drawnUp')
    expect(named(await again.events.until('checkpoint'), 'village')).toHaveLength(1)
  })

  test('begun anew without a place tells nothing of what was', async () => {
    const { events } = await listening('clerk')
    await events.cut()
    await request(town, 'drawnUp')
    const again = await listening('clerk')
    expect(again.first.map(({ event }) => event)).toEqual(['open'])
  })

  test('of an officer is one place for all their ledgers', async () => {
    const { events } = await listening('officer')
    await town.given(opensThere())
    await events.until('checkpoint')
    const { lastId } = events
    expect(lastId).toContain(otherVillage)
    await events.cut()
    const id = await request(town, 'drawnUp')
    await town.given(opensThere())
    const again = await listening('officer', { lastId })
    const villages = named(again.first, 'village')
    expect(villages.map(({ village: where }) => where)).toEqual([code(village), code(otherVillage)])
    expect(JSON.stringify(villages[0])).toContain(`request/${id}`)
  })

  test.each([
    ['a ledger of others', () => `${otherVillage}:1`],
    ['a size that was never signed', () => `${village}:999999`],
    ['what is no place', () => 'yesterday'],
  ])('with %s as its place is told to read everything anew', async (_what, lastId) => {
    const { first } = await listening('clerk', { lastId: lastId() })
    expect(first.map(({ event }) => event)).toEqual(['reset', 'open'])
  })
})

describe('the stream ends', () => {
  test('with the session it was opened by, and with no other', async () => {
    const one = await listening('clerk')
    const other = await listening('clerk')
    const out = await fetch(`${town.url}/api/auth/sign-out`, {
      method: 'POST',
      headers: { cookie: one.client.cookie, 'content-type': 'application/json' },
      body: '{}',
    })
    expect(out.status).toBe(200)
    const rest = await one.events.rest()
    expect(rest.map(({ event, data }) => [event, data['why']])).toEqual([['end', 'signedOut']])
    await request(town, 'drawnUp')
    expect(named(await other.events.until('checkpoint'), 'village')).toHaveLength(1)
  })

  test('with the office it was seen by, before another word', PATIENT, async () => {
    const office = o('livecouncil')
    const seat = (type: string, input: object): Asking => ({
      ...found(village, type, input),
      by: by('officer'),
    })
    await town.given(
      seat('office.open', { office, kind: 'handler', organisation: company }),
      seat('office.appoint', { office, person: p('guest'), from: '2026-01-05' }),
    )
    const guest = await listening('guest')
    const clerk = await listening('clerk')
    await givenElsewhere(town, seat('office.vacate', { office, reason: '离任' }))
    const rest = await guest.events.rest()
    expect(rest.map(({ event, data }) => [event, data['why']])).toEqual([['end', 'rightsChanged']])
    // whoever stays hears of it
    expect(named(await clerk.events.until('checkpoint'), 'village')).toHaveLength(1)
    const gone = await guest.client.get(`${here}/requests`)
    expect(gone.status).toBe(404)
  })

  test('when the house stops, at once', async () => {
    const house = await openTown()
    try {
      const events = await Events.open(house.url, await house.client(p('clerk')))
      await events.until('open')
      const closed = house.running.close()
      const rest = await events.rest()
      expect(rest.map(({ event, data }) => [event, data['why']])).toEqual([['end', 'stopping']])
      await closed
    } finally {
      await house.close()
    }
  })
})
