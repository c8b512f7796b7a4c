// What a meeting's page says can be done is what the law would answer, for every office, in every state of either kind: nothing is
// offered that the state, the kind or the office stands against, and nothing kept back that would be taken.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { probes } from '../../src/app/can.ts'
import { commandForms } from '../../src/app/command-forms.ts'
import { consider } from '../../src/app/consider.ts'
import { perform } from '../../src/app/perform.ts'
import { memberOffice } from '../../workflows/meeting/v1/acts/online.ts'
import { meetingFold, type MeetingState } from '../../workflows/meeting/v1/fold.ts'
import { rosterFold, type RosterState } from '../../workflows/roster/v1/fold.ts'
import type { By } from '../../src/domain/entry.ts'
import { commandIdSchema, type StreamId } from '../../src/domain/ids.ts'
import { faultSchema } from '../../src/domain/finding.ts'
import { instantOf } from '../../src/domain/time.ts'
import { by, p, village } from '../support/law-cast.ts'
import { type Client, commandKey } from './client.ts'
import { formOf, meeting, round } from './things.ts'
import { code, openTown, type Town } from './town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())
const here = `/villages/${code(village)}`

/** By hand: what of a meeting's forms only a person can fill in. Anything else is about the state, the kind or the office. */
const aboutContent: Readonly<Record<string, readonly string[]>> = {
  'meeting.notice': ['noticeTooShort', 'consultationTooShort', 'calendarMissing'],
  'attendance.record': ['notOnRoll'],
  'attendance.correct': ['proxyHolderAbsent'],
  'ballotLink.issue': ['notOnRoll'],
  'ballotPin.issue': ['notOnRoll'],
  'tally.record': ['recountOnline'],
}
/** Acts of the one kind that the other never has (law 5.3–5.14). */
const never = {
  board: [
    'prestudy.record',
    'consultation.post',
    'attendance.correct',
    'ballotLink.issue',
    'ballotPin.issue',
    'ballot.take',
    'voting.close',
    'tally.record',
    'tally.sign',
    'tally.countersign',
    'shareholderDecision.sign',
    'result.post',
  ],
  member: ['recusal.declare', 'ballot.cast', 'representation.record', 'minutes.sign'],
} as const

const offices = [
  'clerk',
  'chead',
  'dir1',
  'dir2',
  'council1',
  'watch1',
  'teller1',
  'legal',
  'party',
  'sup1',
  'officer',
  'inspector1',
]
const acting: readonly By[] = [
  ...offices.map((office) => by(office)),
  { auth: 'password+totp', office: memberOffice, person: p('m1') },
]

interface Can {
  readonly command: string
  readonly allowed: boolean
  readonly no?: { readonly code: string }
}

const clients = new Map<string, Client>()
async function canOf({ person }: By, id: string): Promise<readonly Can[]> {
  const client = clients.get(person) ?? (await town.client(person))
  clients.set(person, client)
  return (await client.get(`${here}/meetings/${id}`)).body['can'] as readonly Can[]
}

async function fold<S>(
  stream: StreamId,
  { initial, apply }: { initial: S; apply: (state: S, entry: never) => S },
): Promise<S> {
  let state = initial
  for (const entry of await town.read(stream)) state = apply(state, entry as never)
  return state
}

/** The forms the law is asked about: the probe's own, from the state as it stands. */
function formsOf(command: string, state: MeetingState, ground: { by: By; roster: RosterState }) {
  const probe = probes.get(command)
  const all = {
    ...ground,
    today: town.today(),
    now: instantOf(Date.parse(town.later(0))),
  }
  const first = probe?.input(state as never, all)
  return first === undefined ? [] : [first, ...(probe?.others?.(state as never, all) ?? [])]
}

const commands = [...commandForms.values()].filter(
  ({ type, kind }) => kind === 'meeting' && probes.has(type),
)

const stages = [
  ['board', 'planned'],
  ['board', 'noticed'],
  ['board', 'open'],
  ['board', 'attended'],
  ['board', 'voted'],
  ['board', 'signed'],
  ['member', 'planned'],
  ['member', 'noticed'],
  ['member', 'open'],
  ['member', 'attended'],
  ['member', 'voted'],
  ['member', 'signed'],
  ['member', 'closed'],
] as const

describe('what a meeting says can be done', () => {
  test.each(stages)('%s, %s: is what the law answers', async (kind, upTo) => {
    const id = await meeting(town, kind, upTo)
    const stream = `meeting/${id}` as const
    const state = await fold<MeetingState | undefined>(stream, meetingFold)
    const roster = await fold<RosterState>('roster', rosterFold)
    if (state === undefined) throw new Error('not planned')
    const lies: string[] = []
    for (const who of acting) {
      const can = await canOf(who, id)
      for (const { type } of commands) {
        const said = can.find(({ command }) => command === type)
        // an online ballot is everybody's as a member, whatever office they hold
        const seat = type === 'ballot.take' ? { ...who, office: memberOffice } : who
        const asked = { type, ledger: village, stream, by: seat }
        const answers: (string | undefined)[] = []
        for (const input of formsOf(type, state, { by: who, roster })) {
          const command = { ...asked, id: commandIdSchema.parse(commandKey()), input }
          // what is said to be refused is done in earnest: nothing must come of it
          const refused =
            said?.allowed === true
              ? await consider(town.context, command)
              : await perform(town.context, command).then((outcome) =>
                  'refused' in outcome ? outcome.refused : undefined,
                )
          answers.push(refused?.code)
        }
        const content = aboutContent[type] ?? []
        const open = answers.some((one) => one === undefined || content.includes(one))
        if (open !== (said?.allowed === true))
          lies.push(`${who.office} ${type}: said ${JSON.stringify(said)}, is ${answers.join(' ')}`)
        else if (said?.no !== undefined && !answers.includes(said.no.code))
          lies.push(`${who.office} ${type}: said ${said.no.code}, is ${answers.join(' ')}`)
      }
      expect(
        can.filter(({ command }) => (never[kind] as readonly string[]).includes(command)),
        who.office,
      ).toEqual([])
    }
    expect(lies).toEqual([])
  })

  test('and somebody can do the next thing in every one of them', async () => {
    const next = [
      ['board', 'planned', 'clerk', 'meeting.notice'],
      ['board', 'open', 'dir1', 'attendance.record'],
      ['board', 'attended', 'dir2', 'ballot.cast'],
      ['board', 'voted', 'dir2', 'minutes.sign'],
      ['board', 'signed', 'dir1', 'meeting.close'],
      ['member', 'planned', 'party', 'prestudy.record'],
      ['member', 'noticed', 'watch1', 'ballotPin.issue'],
      ['member', 'open', 'clerk', 'attendance.record'],
      ['member', 'attended', 'teller1', 'tally.record'],
      ['member', 'voted', 'teller1', 'tally.sign'],
      ['member', 'signed', 'watch1', 'tally.countersign'],
      ['member', 'closed', 'clerk', 'result.post'],
    ] as const
    for (const [kind, upTo, office, command] of next) {
      const id = await meeting(town, kind, upTo)
      expect(await canOf(by(office), id), `${kind} ${upTo} ${command}`).toContainEqual(
        expect.objectContaining({ command, allowed: true }),
      )
    }
  })
})

test('a lot whose time has not come is not said to be drawn', async () => {
  const id = await round(town, 'noticed')
  const client = await town.client(by('inspector2').person)
  const page = await client.get(`${here}/inspections/${id}`)
  expect(page.body['can']).toContainEqual(
    expect.objectContaining({
      command: 'inspection.draw',
      allowed: false,
      no: expect.objectContaining({ code: 'drawTooEarly' }) as unknown,
    }),
  )
})

describe('a task in the inbox', () => {
  const rowsOf = async (office: string) => {
    const client = await town.client(by(office).person)
    return (await client.get('/inbox?limit=100')).body['rows'] as readonly {
      readonly thing: { readonly href: string }
    }[]
  }

  test('of a meeting says which, what it is called and where it is, to who is called as well', async () => {
    const id = await meeting(town, 'board', 'noticed')
    const thing = { kind: 'meeting', id, title: '会议', href: `/api/v1${here}/meetings/${id}` }
    for (const [office, act] of [
      ['clerk', 'meeting.open'],
      ['dir2', 'attendance.record'],
    ] as const) {
      const rows = await rowsOf(office)
      expect(rows, office).toContainEqual(expect.objectContaining({ act, thing }))
      const client = await town.client(by(office).person)
      expect((await client.get(thing.href.replace('/api/v1', ''))).body['meeting']).toBe(id)
    }
  })

  test('of a round and of a finding as well', async () => {
    const [fault] = faultSchema.options
    const what = { fault, kind: 'simple', text: '资料不全', followUps: ['rectification'] }
    const id = await round(town, 'underway', ['finding.raise', 'inspector1', what])
    const href = `/api/v1${here}/inspections/${id}`
    const thing = expect.objectContaining({ kind: 'inspection', id, href }) as unknown
    expect(await rowsOf('clerk')).toContainEqual(
      expect.objectContaining({ act: 'finding.answer', about: 'f-1', thing }),
    )
    expect(await rowsOf('inspector1')).toContainEqual(
      expect.objectContaining({ act: 'inspection.conclude', thing }),
    )
  })

  test('for a board that is not called yet waits at who calls it', async () => {
    const { emergency: _, ...plain } = formOf(900, '6000.00')
    const board = town.next('request')
    const one = (type: string, office: string, input: unknown = {}) => ({
      ledger: village,
      stream: `request/${board}` as const,
      type,
      by: by(office),
      input,
    })
    await town.given(
      one('request.submit', 'clerk', plain),
      one('request.handle', 'handler'),
      one('request.witness', 'witness'),
      one('request.issue', 'chead'),
    )
    const href = `/api/v1${here}/requests/${board}`
    const thing = expect.objectContaining({ kind: 'request', id: board, href }) as unknown
    expect(await rowsOf('clerk')).toContainEqual(
      expect.objectContaining({ act: 'meeting.plan', thing }),
    )
    expect((await rowsOf('dir1')).filter((row) => row.thing.href === href)).toEqual([])
  })
})
