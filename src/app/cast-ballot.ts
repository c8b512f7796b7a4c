// A member votes online: the ledger learns that they take part, the ballot box what was chosen, and neither learns both.
import { memberOffice } from '../../workflows/meeting/v1/acts/online.ts'
import { meetingFold } from '../../workflows/meeting/v1/fold.ts'
import type { BallotBox, BoxChoice, BoxOf } from '../domain/ballot-box.ts'
import type { By } from '../domain/entry.ts'
import { type CommandId, meetingStream, type PersonId } from '../domain/ids.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import type { Outcome, Store } from '../domain/store.ts'
import { clockText } from './clock-text.ts'
import { InTurn } from './in-turn.ts'
import { meetingState } from './meeting-state.ts'
import { perform } from './perform.ts'

export interface Voting {
  readonly store: Store
  readonly ballots: BallotBox
}

/** A member's ballot. Its choices go into the box and nowhere else: no command, no entry, no operator's log holds them. */
export interface Ballot extends BoxOf {
  /** Minted by the client; sent again with the same one after a failure, nothing is counted twice. */
  readonly id: CommandId
  readonly person: PersonId
  /** How they signed in. */
  readonly auth: By['auth']
  readonly choices: readonly BoxChoice[]
}

/** Of one person one ballot after another: of two sent at once the second must be told that it is not counted. */
const casting = new InTurn()

/**
 * Ledger first, then the box; the answer comes when both are durable. Without an answer the person sends the same command
 * again: a crash in between leaves somebody who takes part and has chosen nothing yet. One ballot a person: another one is
 * refused by the ledger, and the box changes nothing it holds.
 */
export function castBallot(voting: Voting, ballot: Ballot): Promise<Outcome> {
  const { ledger, meeting, person } = ballot
  return casting.run(`${ledger} ${meeting} ${person}`, () => cast(voting, ballot))
}

async function cast(voting: Voting, ballot: Ballot): Promise<Outcome> {
  const { store, ballots } = voting
  const { id, ledger, meeting, person, auth, choices } = ballot
  const items = await itemsOf(store, { ledger, meeting })
  // before anything is recorded: half a ballot must not use up the one there is
  if (!isWhole(items, choices)) return refuse('ballotIncomplete', { items: items.join(' ') })
  const by = { auth, office: memberOffice, person }
  const asked = { type: 'ballot.take', ledger, stream: meetingStream(meeting), input: {} }
  const first = await perform(voting, { ...asked, id, by })
  const outcome = 'refused' in first ? await takenBefore(voting, ballot, first) : first
  if ('refused' in outcome) return { refused: await whenOpen(store, ballot, outcome.refused) }
  const dropped = await ballots.drop({ ledger, meeting }, person, choices)
  if (dropped === 'sealed') return refuse('ballotTooLate')
  // whatever was chosen now is not counted, and must not be taken for counted
  return dropped === 'known' ? first : outcome
}

/** Of a meeting that is called and not open yet: when it will be, instead of the state it is in. */
export async function whenOpen(
  store: Pick<Store, 'read'>,
  of: BoxOf,
  refused: Refusal,
): Promise<Refusal> {
  if (refused.code !== 'notOpen') return refused
  const state = await meetingState(store, of)
  const heldAt = state?.snapshot.value === 'noticed' ? state.notice?.heldAt : undefined
  return heldAt === undefined
    ? refused
    : refuse('ballotTooEarly', { heldAt: clockText(heldAt) }).refused
}

/**
 * Who takes part already and lost the id of that command still has a choice to drop: the first command is asked again by
 * the id its entry names. The box knows who has dropped one, and changes nothing for them.
 */
async function takenBefore(
  voting: Voting,
  { ledger, meeting, person }: Ballot,
  refused: Outcome,
): Promise<Outcome> {
  if (!('refused' in refused) || refused.refused.code !== 'alreadyPresent') return refused
  const stream = meetingStream(meeting)
  const entries = await voting.store.read(ledger, stream)
  const taken = entries.find(({ type, by }) => type === 'ballot.taken' && by.person === person)
  if (taken === undefined) return refused
  const { by, command: id } = taken
  return perform(voting, { id, type: 'ballot.take', ledger, stream, by, input: {} })
}

/** Every item once, in whatever order. */
const isWhole = (items: readonly string[], choices: readonly BoxChoice[]): boolean =>
  choices.length === items.length &&
  items.every((item) => choices.some((choice) => choice.item === item))

/** An agenda is fixed with the plan: one look lasts as long as the process. */
const agendas = new WeakMap<Store, Map<string, readonly string[]>>()

async function itemsOf(store: Store, { ledger, meeting }: BoxOf): Promise<readonly string[]> {
  const key = `${ledger} ${meeting}`
  const known = agendas.get(store) ?? new Map<string, readonly string[]>()
  agendas.set(store, known)
  const found = known.get(key)
  if (found !== undefined) return found
  const [planned] = await store.read(ledger, meetingStream(meeting))
  // not yet planned: the ledger will refuse, and the answer must not be remembered
  if (planned === undefined) return []
  const items = meetingFold.apply(undefined, planned)?.agenda.map(({ item }) => item) ?? []
  known.set(key, items)
  return items
}
