// Handing out links and PINs. The law says who may and to whom, and its entry names who got one; the halves themselves are told
// once, to whoever hands them out, and are kept as digests alone (law 5.20, 5.21).
import { createHash } from 'node:crypto'
import type { MeetingState } from '../../workflows/meeting/v1/fold.ts'
import { meetingIdOf } from '../../workflows/meeting/v1/sitting.ts'
import type { RosterState } from '../../workflows/roster/v1/fold.ts'
import { membersAt } from '../../workflows/roster/v1/members.ts'
import { roll } from '../../workflows/roster/v1/roll.ts'
import type { BallotLinkStore } from '../domain/ballot-link.ts'
import type { BoxOf } from '../domain/ballot-box.ts'
import type { Command } from '../domain/command.ts'
import type { PersonId } from '../domain/ids.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Receipt } from '../domain/store.ts'
import type { LocalDate } from '../domain/time.ts'
import type { PinHashing } from './ballot-pin.ts'
import type { Voting } from './cast-ballot.ts'
import { InTurn } from './in-turn.ts'
import { isOver, meetingState } from './meeting-state.ts'
import { perform } from './perform.ts'

export interface LinkIssuing {
  readonly voting: Voting
  readonly links: BallotLinkStore
  readonly pins: PinHashing
  readonly random: (bytes: number) => Uint8Array
}

/** So many in one command, as the law has it. */
const AT_ONCE = 400
const TOKEN_BYTES = 32

export const digestOfToken = (token: string): string =>
  createHash('sha256').update(token).digest('hex')

/** One half, as it is printed on the slip of one person. */
export interface Slip {
  readonly person: PersonId
  /** A token, or a PIN. */
  readonly half: string
}

export type Issued =
  | { readonly refused: Refusal }
  /** Recorded and told before: nobody is told again. */
  | 'told'
  | { readonly receipt: Receipt; readonly slips: readonly Slip[] }

/** What was replaced must not come back: of one meeting one issuing after another. */
const issuing = new InTurn()

/**
 * Ledger first, then the halves. A crash in between leaves an entry of halves that nobody was told: the same command again
 * makes them, and once they were told it makes none.
 */
export const issueHalves = (
  world: LinkIssuing,
  part: 'links' | 'pins',
  command: Command,
): Promise<Issued> =>
  issuing.run(`${command.ledger} ${command.stream}`, async () => {
    const outcome = await perform(world.voting, command)
    if ('refused' in outcome) return outcome
    const { ledger, stream, id: issue } = command
    const { persons } = command.input as { readonly persons: readonly PersonId[] }
    const of = { ledger, meeting: meetingIdOf(stream), issue }
    const { slips, put } = await (part === 'links' ? linked : pinned)(world, of, persons)
    await erasePins(world)
    return put === 'told' ? put : { receipt: outcome.receipt, slips }
  })

type Of = BoxOf & { readonly issue: Command['id'] }

async function linked({ links, random }: LinkIssuing, of: Of, persons: readonly PersonId[]) {
  const slips = persons.map((person): Slip => {
    const half = Buffer.from(random(TOKEN_BYTES)).toString('base64url')
    return { person, half }
  })
  const halves = slips.map(({ person, half }) => ({ person, digest: digestOfToken(half) }))
  return { slips, put: await links.putLinks({ ...of, halves }) }
}

async function pinned({ links, pins }: LinkIssuing, of: Of, persons: readonly PersonId[]) {
  const slips = persons.map((person): Slip => ({ person, half: pins.make() }))
  const halves = await Promise.all(
    slips.map(async ({ person, half }) => ({ person, ...(await pins.keep(half)) })),
  )
  return { slips, put: await links.putPins({ ...of, halves }) }
}

/** Those on the roll who have no link (or PIN) yet and have not come: as many as one command takes, and how many are left. */
export function stillWithout(
  meeting: MeetingState,
  part: 'links' | 'pins',
  { roster, today }: { readonly roster: RosterState; readonly today: LocalDate },
): { readonly persons: readonly PersonId[]; readonly left: number } {
  const { convened, kind, openedOn: on = today } = meeting
  const then =
    convened?.as === 'members' ? (membersAt(roster, convened.rosterRevision) ?? roster) : roster
  const without = roll(then, { delegates: kind === 'delegate', on }).members.filter(
    (person) => !meeting[part].has(person) && !meeting.members.has(person),
  )
  return { persons: without.slice(0, AT_ONCE), left: Math.max(0, without.length - AT_ONCE) }
}

/** PINs of meetings that are over: a stolen file tells nothing of how anybody writes six digits. */
export async function erasePins({ voting, links }: Pick<LinkIssuing, 'voting' | 'links'>) {
  for (const of of await links.meetings()) {
    const state = await meetingState(voting.store, of)
    if (state === undefined || isOver(state)) await links.erasePins(of)
  }
}
