// A village of 2,400 that votes, in a data directory as the command line leaves one: ledgers, heads, vault and ballot box.
// Keys, nonces, ids and time are fixed, so that two such votes differ in nothing but what was chosen.
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openBallotBox } from '../../db/ballots/box.ts'
import { openHeads } from '../../db/heads.ts'
import { openSqlite, type OpenStore } from '../../db/open.ts'
import { openVault } from '../../db/vault/vault.ts'
import { presentCalendar } from '../../src/app/calendars.ts'
import { castBallot, type Voting } from '../../src/app/cast-ballot.ts'
import { countBallots } from '../../src/app/count-ballots.ts'
import { nodeCrypto } from '../../src/app/crypto.ts'
import { exportLedger } from '../../src/app/export.ts'
import { perform } from '../../src/app/perform.ts'
import { workings } from '../../src/app/workings.ts'
import type { BoxChoice } from '../../src/domain/ballot-box.ts'
import type { Command } from '../../src/domain/command.ts'
import type { Entry } from '../../src/domain/entry.ts'
import { commandIdSchema, meetingIdSchema, type PersonId } from '../../src/domain/ids.ts'
import type { Outcome } from '../../src/domain/store.ts'
import { workflows } from '../../workflows/versions.ts'
import { commandOf } from '../../workflows/workflow.ts'
import { p, town, village } from './law-cast.ts'
import { type Asking, digest } from './law.ts'
import {
  act,
  close,
  closeVoting,
  countersign,
  matter,
  meetingWorld,
  membersTo,
  openMembers,
  post,
  proxies,
  sheet,
  signTally,
} from './meeting-cast.ts'
import { signerOf, vkeyOfLedger } from './township-data.ts'

export const box = { ledger: village, meeting: meetingIdSchema.parse('m-2026-0001') }
export const roll = 2400
/** m1 … m400 vote online; m401 … m1660 come, twenty of them with the proxy of one of their household. */
export const online = membersTo(400)
const paper = membersTo(1660).slice(400)
const represented = Array.from(
  { length: 20 },
  (_, i) => [`m${1664 + 4 * i}`, `m${1661 + 4 * i}`] as const,
)

export type Choice = BoxChoice['choice']
export type Choosing = (person: PersonId, at: number) => readonly [a1: Choice, a2: Choice]

/** What was founded, up to the meeting being open, read back from the entries of a world of law. */
const opened: readonly Entry[] = (() => {
  const world = meetingWorld({ members: roll })
  openMembers(world, [matter('a1'), matter('a2')])
  return world.history()
})()

const typeOf = new Map(
  workflows.flatMap(({ acts }) => [...acts].map(([command, event]) => [event, command])),
)

/** The command an entry answers; the toy key in a genesis gives way to the real one. */
function replayed(entry: Entry): Command {
  const command = commandOf(entry, typeOf.get(entry.type) ?? '')
  if (command.type !== 'ledger.open' || typeof command.input !== 'object') return command
  return { ...command, input: { ...command.input, vkey: vkeyOfLedger(command.ledger) } }
}

export class VotingData {
  readonly path: string
  #now = Date.parse('2026-03-01T00:00:00.000Z')
  #nonces = 0
  #ids = 0
  #open: { readonly store: OpenStore; readonly voting: Voting } | undefined

  constructor(path: string) {
    this.path = path
  }

  get voting(): Voting {
    if (this.#open === undefined) throw new Error('not open')
    return this.#open.voting
  }

  async open(): Promise<void> {
    const store = await openSqlite({
      file: join(this.path, 'ledger.db'),
      workings,
      crypto: nodeCrypto,
      signer: signerOf,
      clock: () => (this.#now += 1000),
      nonce: () => `${String((this.#nonces += 1)).padStart(21, '0')}A`,
      calendar: presentCalendar,
      heads: openHeads(join(this.path, 'heads'), (error) => {
        throw error
      }),
    })
    const file = join(this.path, 'ballots.db')
    const ballots = openBallotBox({ file, key: new Uint8Array(32).fill(7) })
    this.#open = { store, voting: { store: store.store, ballots } }
  }

  async close(): Promise<void> {
    await this.#open?.store.store.close()
    await this.#open?.voting.ballots.close()
    this.#open = undefined
  }

  id(): Command['id'] {
    const tail = (this.#ids += 1).toString(16).padStart(12, '0')
    return commandIdSchema.parse(`01980000-0000-7000-8000-${tail}`)
  }

  /** Founds it, names its members in the vault, and holds the meeting up to its being open. */
  async found(): Promise<void> {
    let counted = 0
    const vault = openVault({
      file: join(this.path, 'vault.db'),
      keysFile: join(this.path, 'vault-keys.db'),
      key: new Uint8Array(32).fill(9),
      random: (bytes) => new Uint8Array(bytes).fill((counted += 1) % 251),
    })
    for (const person of online) vault.put(person, { name: `社员${person}` })
    vault.close()
    for (const entry of opened) {
      if (!('given' in entry.body)) continue
      this.#now = Math.max(this.#now, Date.parse(entry.at) - 1000)
      await must(perform(this.voting, replayed(entry)))
    }
  }

  ask(asking: Asking): Promise<Outcome> {
    return perform(this.voting, { ...asking, id: this.id() })
  }

  async given(...askings: readonly Asking[]): Promise<void> {
    for (const asking of askings) await must(this.ask(asking))
  }

  cast(person: PersonId, [a1, a2]: readonly [Choice, Choice], id = this.id()): Promise<Outcome> {
    const choices = [
      { item: 'a1', choice: a1 },
      { item: 'a2', choice: a2 },
    ]
    return castBallot(this.voting, { ...box, id, person, auth: 'password+totp', choices })
  }

  /** Everybody votes: online in this order, then on paper, in bulk. */
  async vote(choose: Choosing): Promise<void> {
    for (const [at, person] of online.entries()) await must(this.cast(person, choose(person, at)))
    for (let i = 0; i < paper.length; i += 390) await this.given(sheet(paper.slice(i, i + 390)))
    await this.given(
      sheet(
        represented.map(([, holder]) => p(holder)),
        proxies(...represented),
      ),
    )
  }

  /** The count, signed for, and the meeting closed and posted. */
  async count(): Promise<void> {
    await this.given(closeVoting())
    const { by } = closeVoting()
    const ofPaper = paper.length + 2 * represented.length
    for (const item of ['a1', 'a2']) {
      const counting = {
        ...box,
        id: this.id(),
        by,
        paper: { item, for: ofPaper - 30, against: 20, abstain: 10 },
        tellers: [p('teller1'), p('teller2')] as const,
        sheet: digest('tally'),
      }
      await must(countBallots(this.voting, counting))
    }
    await this.given(
      signTally('teller1', 'a1', 'a2'),
      signTally('teller2', 'a1', 'a2'),
      countersign(),
    )
  }

  async end(how: 'closed' | 'adjourned' = 'closed'): Promise<void> {
    if (how === 'closed') await this.given(close(), post())
    else await this.given(act('meeting.adjourn', 'clerk', { reason: '停电' }))
  }

  /** What others are given to verify. */
  async export(): Promise<void> {
    if (this.#open === undefined) throw new Error('not open')
    const { ledgers: reads } = this.#open.store
    for (const origin of [town, village]) {
      const folder = join(this.path, 'exports', origin.slice(-12))
      const vkey = vkeyOfLedger(origin)
      await exportLedger({ crypto: nodeCrypto, reads, origin, vkey, folder })
    }
  }

  /** The write-ahead log as it lies there while the database is open. */
  keepLog(): void {
    const log = join(this.path, 'ledger.db-wal')
    if (!existsSync(log)) throw new Error('there is no log to keep')
    mkdirSync(join(this.path, 'kept'), { recursive: true })
    copyFileSync(log, join(this.path, 'kept', 'ledger.db-wal'))
  }
}

export async function must(outcome: Promise<Outcome>): Promise<void> {
  const answer = await outcome
  if ('refused' in answer) throw new Error(JSON.stringify(answer.refused))
}
