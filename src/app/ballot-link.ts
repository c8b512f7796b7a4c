// Voting by a link and a PIN: what the holder of a link is shown, and how their ballot is cast. The link alone shows what is
// asked and whether its member takes part; with the PIN it casts one ballot, as whoever signs in does, and nothing more
// (law 5.20).
import { memberOffice } from '../../workflows/meeting/v1/acts/online.ts'
import type { MeetingState } from '../../workflows/meeting/v1/fold.ts'
import type { LinkFound, PinPatience } from '../domain/ballot-link.ts'
import type { BoxChoice } from '../domain/ballot-box.ts'
import type { By } from '../domain/entry.ts'
import { type CommandId, meetingStream } from '../domain/ids.ts'
import { refuse } from '../domain/refusal.ts'
import type { Outcome, Receipt } from '../domain/store.ts'
import { digestOfToken, type LinkIssuing } from './ballot-links.ts'
import { castBallot, whenOpen } from './cast-ballot.ts'
import { consider } from './consider.ts'
import { meetingState } from './meeting-state.ts'
import { perform } from './perform.ts'

export interface LinkVoting extends Pick<LinkIssuing, 'voting' | 'links' | 'pins'> {
  readonly freshId: () => CommandId
  /** Milliseconds since 1970: what the ledgers are stamped by. */
  readonly clock: () => number
  /** Milliseconds since 1970: how long a wrong PIN waits. */
  readonly doorClock: () => number
}

/**
 * `early`: the meeting is not open yet. `open`: a ballot can be cast. `unfinished`: the member is recorded as taking part, but
 * the choice was lost on its way: it can be cast again. `taken`: they take part online. `elsewhere`: on paper, themselves or by
 * proxy. `closed`: the voting is over.
 */
export const linkStates = ['early', 'open', 'unfinished', 'taken', 'elsewhere', 'closed'] as const
export type LinkState = (typeof linkStates)[number]

export interface LinkShown extends LinkFound {
  readonly state: LinkState
  readonly meetingState: MeetingState
  /** After this nothing is cast by the link, however long the voting stays open. */
  readonly until: number
  /** That the member takes part online. How they chose stands nowhere. */
  readonly receipt?: Receipt
}

/** Once the meeting has been held. Voting is closed within days; a link forgotten in a drawer is dead all the same. */
const OPENS_FOR_MS = 7 * 86_400_000

const PATIENCE: PinPatience = { free: 4, wait: 60_000, longest: 15 * 60_000, most: 10 }

/** What a link shows; undefined for one that never was, was replaced, or is out of date. */
export async function showLink(
  world: Pick<LinkVoting, 'voting' | 'links' | 'clock'>,
  token: string,
): Promise<LinkShown | undefined> {
  const { voting, links, clock } = world
  const found = await links.find(digestOfToken(token))
  if (found === undefined) return undefined
  const state = await meetingState(voting.store, found)
  const heldAt = state?.notice?.heldAt
  if (state === undefined || heldAt === undefined) return undefined
  const until = Date.parse(heldAt) + OPENS_FOR_MS
  const stands = await standing(world, found, state)
  const shown = { ...found, state: stands, meetingState: state, until }
  if (state.members.get(found.person)?.method === 'online')
    return { ...shown, receipt: await receiptOf(world, found) }
  return clock() > until ? undefined : shown
}

async function standing(
  { voting }: Pick<LinkVoting, 'voting'>,
  found: LinkFound,
  { snapshot, members, tallies, votingClosed }: MeetingState,
): Promise<LinkState> {
  const attendance = members.get(found.person)
  if (attendance !== undefined && attendance.method !== 'online') return 'elsewhere'
  const open = snapshot.value === 'open' && !votingClosed && tallies.size === 0
  if (attendance === undefined)
    return open ? 'open' : snapshot.value === 'noticed' ? 'early' : 'closed'
  return open && !(await voting.ballots.holds(found, found.person)) ? 'unfinished' : 'taken'
}

/** The command that recorded it, asked again: it is answered as it first was. */
async function receiptOf(
  { voting }: Pick<LinkVoting, 'voting'>,
  { ledger, meeting, person }: LinkFound,
): Promise<Receipt> {
  const stream = meetingStream(meeting)
  const entries = await voting.store.read(ledger, stream)
  const taken = entries.find(({ type, by }) => type === 'ballot.taken' && by.person === person)
  if (taken === undefined) throw new Error(`nobody ${person} takes part in ${meeting}`)
  const { command: id, by } = taken
  const outcome = await perform(voting, { id, type: 'ballot.take', ledger, stream, by, input: {} })
  if ('refused' in outcome) throw new Error(`${id}: ${outcome.refused.code}`)
  return outcome.receipt
}

export interface LinkBallot {
  readonly token: string
  readonly pin: string
  readonly choices: readonly BoxChoice[]
}

export type LinkCast =
  | Outcome
  /** No such link, or no longer. */
  | 'invalid'
  /** No PIN opens it any more: another one must be handed out. */
  | 'dead'
  | { readonly wrong: number }
  | { readonly waits: number }

/**
 * Casts the ballot of the link's member. The law is asked first, so that a PIN is tried only where it could open something, and
 * every attempt is counted before it is checked. A crash on the way leaves what castBallot leaves: the same link casts again.
 */
export async function voteByLink(
  world: LinkVoting,
  { token, pin, choices }: LinkBallot,
): Promise<LinkCast> {
  const { voting, links, pins, freshId, doorClock, clock } = world
  const shown = await showLink(world, token)
  if (shown === undefined || clock() > shown.until) return 'invalid'
  const { ledger, meeting, person, state } = shown
  if (state === 'taken') return refuse('alreadyPresent', { person })
  const by: By = { auth: 'ballotLink', office: memberOffice, person }
  const stream = meetingStream(meeting)
  const command = { id: freshId(), type: 'ballot.take', ledger, stream, by, input: {} }
  const refused = state === 'unfinished' ? undefined : await consider(voting, command)
  const of = { ledger, meeting, person }
  if (refused !== undefined) return { refused: await whenOpen(voting.store, of, refused) }
  const claim = await links.claim(of, PATIENCE, doorClock())
  if (claim === 'dead' || claim === 'none') return 'dead'
  if ('waits' in claim) return claim
  if (!(await pins.is(pin, claim.claimed))) return claim.left === 0 ? 'dead' : { wrong: claim.left }
  await links.forgive(of)
  // replaced while the PIN was tried: the one before is void at once (law 5.21)
  if ((await links.find(digestOfToken(token))) === undefined) return 'invalid'
  return castBallot(voting, { ...of, id: command.id, auth: by.auth, choices })
}
