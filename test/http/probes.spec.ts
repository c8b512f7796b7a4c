// `can` and the door agree: what is said to be possible is taken, and what is refused is refused for the reason that was given.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { probes } from '../../src/app/can.ts'
import { commandForms } from '../../src/app/command-forms.ts'
import { instantOf } from '../../src/domain/time.ts'
import { rosterFold } from '../../workflows/roster/v1/fold.ts'
import { inspectionFold } from '../../workflows/inspection/v1/fold.ts'
import { meetingFold } from '../../workflows/meeting/v1/fold.ts'
import { requestFold } from '../../workflows/request/v1/fold.ts'
import type { Fold } from '../../src/domain/store.ts'
import type { StreamId } from '../../src/domain/ids.ts'
import { faultSchema } from '../../src/domain/finding.ts'
import { because } from '../support/request-cast.ts'
import { by, p, village } from '../support/law-cast.ts'
import { asking, consentedAlone, meeting, proposed, request, round, suspended } from './things.ts'
import { code, openTown, type Town } from './town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())
const here = `/villages/${code(village)}`

interface Can {
  readonly command: string
  readonly href: string
  readonly allowed: boolean
  readonly signature: boolean
  readonly no?: { readonly code: string }
}
const canOf = async (person: string, path: string): Promise<readonly Can[]> => {
  const page = await (await town.client(p(person))).get(`${here}/${path}`)
  expect(page.status).toBe(200)
  return page.body['can'] as readonly Can[]
}
const allowed = (can: readonly Can[]) =>
  can.filter((one) => one.allowed).map(({ command }) => command)

/** Paid on the word of one officer, and then not confirmed: a finding raises itself. */
const paidUnconfirmed = (today: string) =>
  [
    ['payment.order', 'cashier'],
    ['payment.record', 'cashier', { bankReference: 'HZ7', paidOn: today }],
    ['townshipFiling.refuseConfirmation', 'head', because],
  ] as const
const [fault] = faultSchema.options
const finding = { fault, kind: 'simple', text: '资料不全', followUps: ['rectification'] }
const raised = ['finding.raise', 'inspector1', finding] as const
const recovering = new Map([
  ['f-1', { id: 'f-1', what: { recover: '5.00' }, snapshot: { value: 'raised' } }],
])

/** Everything with a bare or reasoned form is put as the probe puts it. */
describe('what can be done', () => {
  const bodies: Readonly<Record<string, unknown>> = {
    'request.handle': {},
    'request.witness': {},
    'request.issue': {},
    'supervisorySignOff.sign': {},
    'townshipFiling.accept': {},
    'townshipFiling.consent': { reason: '同意' },
    'payment.order': {},
  }
  test.each([
    ['drawnUp', 'handler', 'request.handle'],
    ['handled', 'witness', 'request.witness'],
    ['witnessed', 'head', 'request.issue'],
    ['signOff', 'sup1', 'supervisorySignOff.sign'],
    ['filing', 'officer', 'townshipFiling.accept'],
    ['accepted', 'centrehead', 'townshipFiling.consent'],
    ['payable', 'cashier', 'payment.order'],
  ])('at %s by %s: %s, there and then', async (place, person, command) => {
    const id = await request(town, place)
    const can = await canOf(person, `requests/${id}`)
    const found = can.find((one) => one.command === command)
    expect(found).toMatchObject({ allowed: true, signature: true })
    const client = await town.client(p(person))
    const path = (found?.href ?? '').replace('/api/v1', '')
    expect((await client.command(path, bodies[command])).status).toBe(201)
    expect((await client.command(path, bodies[command])).status).not.toBe(201)
  })

  test('whoever may not is told why, by the code the door would give', async () => {
    const id = await request(town, 'witnessed')
    const can = await canOf('cashier', `requests/${id}`)
    const issue = can.find(({ command }) => command === 'request.issue')
    expect(issue).toMatchObject({ allowed: false, no: { code: 'officeNotHeld' } })
    const answer = await (
      await town.client(p('cashier'))
    ).command(`${here}/requests/${id}/issuing/head`)
    expect(answer.body['code']).toBe('officeNotHeld')
  })

  test('what is missing is named before anybody tries', async () => {
    const id = await request(town, 'papers')
    const can = await canOf('clerk', `requests/${id}`)
    expect(can.find(({ command }) => command === 'papers.complete')).toMatchObject({
      allowed: false,
      no: { code: 'papersIncomplete' },
    })
    // evidence can be added, though the probe's is none
    expect(allowed(can)).toEqual(expect.arrayContaining(['evidence.add', 'request.comment']))
  })

  test('asking leaves nothing behind', async () => {
    const id = await request(town, 'drawnUp')
    const before = await (await town.client(p('handler'))).get(`${here}/requests/${id}`)
    await canOf('handler', `requests/${id}`)
    const after = await (await town.client(p('clerk'))).get(`${here}/requests/${id}`)
    expect(after.body['revision']).toBe(before.body['revision'])
  })

  test('a member may vote online, and nothing else', async () => {
    const id = await meeting(town, 'member', 'open')
    expect(allowed(await canOf('m1', `meetings/${id}`))).toEqual(['ballot.take'])
  })

  test('an inspector leads a round, a clerk does not', async () => {
    const id = await round(town)
    expect(allowed(await canOf('inspector1', `inspections/${id}`))).toContain('inspection.notice')
    expect(allowed(await canOf('clerk', `inspections/${id}`))).toEqual([])
  })
})

describe('every probe is of its form', () => {
  const folded = async (stream: StreamId, fold: Fold<unknown>): Promise<unknown> => {
    let state = fold.initial
    for (const entry of await town.read(stream)) state = fold.apply(state, entry)
    return state
  }
  test('over things in many states', async () => {
    const roster = (await folded('roster', rosterFold)) as typeof rosterFold.initial
    const states: readonly (readonly [kind: string, state: unknown])[] = [
      ...(await Promise.all(
        [
          await request(town, 'drawnUp'),
          await request(town, 'papers', proposed, suspended),
          await request(town, 'papers', asking),
          await request(town, 'filing', consentedAlone, ...paidUnconfirmed(town.today())),
        ].map(async (id) => ['request', await folded(`request/${id}`, requestFold)] as const),
      )),
      ['meeting', await folded(`meeting/${await meeting(town, 'board', 'attended')}`, meetingFold)],
      [
        'meeting',
        await folded(`meeting/${await meeting(town, 'member', 'attended')}`, meetingFold),
      ],
      [
        'inspection',
        await folded(`inspection/${await round(town, 'underway', raised)}`, inspectionFold),
      ],
      ['inspection', { plan: {}, team: new Map([['p_team', 'o_team']]), findings: recovering }],
      // a follow-up and a mandate each take weeks to come by: of these states the probes look at this alone
      [
        'inspection',
        {
          plan: { kind: 'followUp', follows: 'i-2026-01' },
          team: new Map([['p_team', 'o_team']]),
          findings: new Map(),
        },
      ],
      ['roster', { ...roster, mandates: new Map([['d_one1', { id: 'd_one1', revoked: false }]]) }],
      ['roster', roster],
      ['authority', {}],
      ['policy', {}],
    ]
    const now = instantOf(Date.parse('2026-04-01T01:00:00.000Z'))
    const ground = { by: by('clerk'), roster, now, today: town.today() }
    const tried = new Set<string>()
    for (const [kind, state] of states) {
      for (const [type, probe] of probes) {
        const form = commandForms.get(type)
        if (form?.kind !== kind) continue
        const input = probe.input(state as never, ground)
        if (input === undefined) continue
        tried.add(type)
        expect(form.input.safeParse(input).error?.issues ?? [], type).toEqual([])
      }
    }
    expect([...probes.keys()].filter((type) => !tried.has(type))).toEqual([])
  })
})
