// Members' meetings in a town of forty, walked up to where ballots are cast, with their links and PINs handed out over HTTP.
import { expect } from 'vitest'
import type { PersonId } from '../../src/domain/ids.ts'
import { by, coop, h, o, p, village } from '../support/law-cast.ts'
import { type Asking, digest } from '../support/law.ts'
import { membersTo } from '../support/meeting-cast.ts'
import type { Answer, Client } from './client.ts'
import { code, type Town } from './town.ts'

/** m5 to m40 beside the four of the cast, four a household. */
export const fortyMembers = (): Asking => ({
  ledger: village,
  stream: 'roster',
  type: 'household.record',
  by: by('officer'),
  input: {
    households: Array.from({ length: 9 }, (_, i) => ({
      household: h(`${i + 2}`),
      members: Array.from({ length: 4 }, (_unused, j) => ({
        person: p(`m${i * 4 + j + 5}`),
        capacity: 'full',
      })),
    })),
  },
})

export const twoMatters = [
  { item: 'a1', title: '年度工作报告', power: 13 },
  { item: 'a2', title: '财务收支报告', power: 13 },
]

export interface Slip {
  readonly person: string
  readonly household: string
  readonly url?: string
  readonly pin?: string
}

export const slipsIn = ({ status, body, text }: Answer): readonly Slip[] => {
  expect(status, text).toBe(201)
  return body['slips'] as readonly Slip[]
}
export const tokenIn = ({ url = '' }: Slip): string => url.slice(url.indexOf('#') + 1)

export type Choice = 'for' | 'against' | 'abstain'
export const choosing = (a1: Choice, a2: Choice = 'for') => [
  { item: 'a1', choice: a1 },
  { item: 'a2', choice: a2 },
]

/** One meeting of the members. */
export class Assembly {
  readonly town: Town
  readonly id: string
  readonly path: string
  readonly heldAt: string
  readonly clerk: Client
  readonly watcher: Client

  private constructor(
    town: Town,
    { id, heldAt }: { readonly id: string; readonly heldAt: string },
    { clerk, watcher }: { readonly clerk: Client; readonly watcher: Client },
  ) {
    this.town = town
    this.id = id
    this.heldAt = heldAt
    this.path = `/villages/${code(village)}/meetings/${id}`
    this.clerk = clerk
    this.watcher = watcher
  }

  /** Planned, studied, and noticed for eleven days from now (sixteen where something must be open to comment). */
  static async noticed(town: Town, agenda: readonly object[] = twoMatters): Promise<Assembly> {
    const id = town.next('meeting')
    const one = (type: string, office: string, input: unknown): Asking => ({
      ledger: village,
      stream: `meeting/${id}`,
      type,
      by: by(office),
      input,
    })
    const reserved = agenda.flatMap((item) =>
      'request' in item && 'item' in item ? [String(item.item)] : [],
    )
    const heldAt = town.later(reserved.length === 0 ? 11 : 16)
    await town.given(
      one('meeting.plan', 'clerk', {
        kind: 'member',
        organisation: coop,
        title: '社员大会',
        agenda,
      }),
      one('prestudy.record', 'party', { opinion: '同意', minutes: digest('p') }),
    )
    if (reserved.length > 0)
      await town.given(
        one('consultation.post', 'clerk', {
          items: reserved,
          place: '公开栏',
          riskNote: digest('r'),
        }),
      )
    await town.given(one('meeting.notice', 'clerk', { heldAt, place: '村委会', online: true }))
    const clerk = await town.client(p('clerk'))
    const watcher = await town.client(p('watch1'))
    return new Assembly(town, { id, heldAt }, { clerk, watcher })
  }

  act(type: string, office: string, input: unknown = {}): Promise<void> {
    const stream = `meeting/${this.id}` as const
    return this.town.given({ ledger: village, stream, type, by: by(office), input })
  }

  async open(): Promise<this> {
    this.town.clock(this.heldAt)
    await this.act('meeting.open', 'clerk', { watcher: o('watch1') })
    return this
  }

  links(body: unknown = {}): Promise<Answer> {
    return this.clerk.command(`${this.path}/ballot-links`, body)
  }

  pins(body: unknown = {}): Promise<Answer> {
    return this.watcher.command(`${this.path}/ballot-pins`, body)
  }

  /** Both halves of each, as their members hold them. */
  async hand(persons: readonly PersonId[]): Promise<readonly Holder[]> {
    const linked = slipsIn(await this.links({ persons }))
    const pinned = slipsIn(await this.pins({ persons }))
    return persons.map((person) => {
      const link = linked.find((slip) => slip.person === person)
      const pin = pinned.find((slip) => slip.person === person)?.pin
      if (link === undefined || pin === undefined) throw new Error(`no slip of ${person}`)
      return new Holder(this.town.stranger(), { person, token: tokenIn(link), pin })
    })
  }

  /** So many who come and vote on paper. */
  onPaper(persons: readonly PersonId[]): Promise<void> {
    return this.act('attendance.record', 'clerk', {
      as: 'sheet',
      sheet: digest('sheet'),
      onSite: persons,
    })
  }

  /** What is counted of an item that so many voted for, against and abstaining on paper. */
  async count(item: string, [yes, no, none]: readonly [number, number, number]): Promise<Answer> {
    return this.clerk.command(`${this.path}/tallies`, {
      item,
      for: yes,
      against: no,
      abstain: none,
      tellers: [p('teller1'), p('teller2')],
      sheet: digest('tally'),
    })
  }

  async closed(): Promise<void> {
    for (const teller of ['teller1', 'teller2'])
      await this.act('tally.sign', teller, { items: ['a1', 'a2'] })
    await this.act('tally.countersign', 'watch1')
    await this.act('meeting.close', 'council1', { minutes: digest('minutes') })
  }
}

export const members = membersTo

/** A member with a link and a PIN, and no account. */
export class Holder {
  readonly #client: Client
  readonly person: PersonId
  readonly token: string
  readonly pin: string

  constructor(
    client: Client,
    {
      person,
      token,
      pin,
    }: { readonly person: PersonId; readonly token: string; readonly pin: string },
  ) {
    this.#client = client
    this.person = person
    this.token = token
    this.pin = pin
  }

  /** The same person with another half. */
  with(change: { readonly token?: string; readonly pin?: string }): Holder {
    const { person, token, pin } = this
    return new Holder(this.#client, { person, token, pin, ...change })
  }

  show(): Promise<Answer> {
    return this.#client.post('/ballot-links/showing', { token: this.token })
  }

  vote(choices: readonly object[] = choosing('for')): Promise<Answer> {
    const { token, pin } = this
    return this.#client.post('/ballot-links/ballots', { token, pin, choices })
  }

  async code(choices: readonly object[] = choosing('for')): Promise<string> {
    const { status, body } = await this.vote(choices)
    return status === 201 ? 'cast' : String(body['code'])
  }

  async state(): Promise<string> {
    const { status, body } = await this.show()
    return String(status === 200 ? body['state'] : body['code'])
  }
}
