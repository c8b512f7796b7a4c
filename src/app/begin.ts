// Beginning something new: a request, meeting, inspection or authority gets the next free number of its year in its ledger.
// Whoever sends the same command again is answered from the stream it began.
import { approved } from '../../workflows/authority/v1/events.ts'
import { meetingFold } from '../../workflows/meeting/v1/fold.ts'
import type { Command } from '../domain/command.ts'
import { authorityStream, meetingStream, type Origin, type StreamId } from '../domain/ids.ts'
import { refuse } from '../domain/refusal.ts'
import type { Decision, Outcome, Store } from '../domain/store.ts'
import { dateAt, instantOf } from '../domain/time.ts'
import { type Context, perform, ready } from './perform.ts'
import type { LedgerReads } from './read/port.ts'

/** How each kind of thing is numbered: `request/2026-000001`, `meeting/m-2026-0001`. */
const numbering = {
  request: { before: '', digits: 6 },
  meeting: { before: 'm-', digits: 4 },
  inspection: { before: 'i-', digits: 2 },
  authority: { before: 'a-', digits: 4 },
} as const
export type Numbered = keyof typeof numbering

export const isNumbered = (kind: string): kind is Numbered => Object.hasOwn(numbering, kind)

export interface Numbers {
  readonly ledgers: Pick<LedgerReads, 'newestStream' | 'answerTo'>
  /** Milliseconds since 1970. */
  readonly clock: () => number
}

/** The stream after the newest of this year. */
export function nextStream({ ledgers, clock }: Numbers, ledger: Origin, kind: Numbered): StreamId {
  const { before, digits } = numbering[kind]
  const beginning = `${kind}/${before}${dateAt(instantOf(clock())).slice(0, 4)}-`
  const newest = ledgers.newestStream(ledger, beginning)
  const number = newest === undefined ? 0 : Number(newest.slice(beginning.length))
  return streamOf(beginning, number + 1, digits)
}

const streamOf = (beginning: string, number: number, digits: number): StreamId =>
  `${beginning}${String(number).padStart(digits, '0')}` as StreamId

/** A command on a thing that is not there yet. */
export type Beginning = Omit<Command, 'stream'>

/** So often another process may take a number between our looking and our writing it. */
const TRIES = 50

/**
 * Carries out a command that begins something, under a number of its own. Many at once get numbers in a row and share a
 * transaction; none is left out, for who gets one is not admitted before the number below it is taken.
 * @throws MalformedCommand
 */
export async function begin(
  context: Context,
  numbers: Numbers,
  command: Beginning,
  kind: Numbered,
): Promise<Outcome> {
  const { ledgers } = numbers
  const { ledger, id } = command
  const fixed =
    ledgers.answerTo(ledger, id)?.stream ??
    (kind === 'authority' ? await votedOn(context, command) : undefined)
  if (fixed !== undefined) return perform(context, { ...command, stream: fixed })
  const free = (): StreamId => nextStream(numbers, ledger, kind)
  const commit = await ready(context, { ...command, stream: free() })
  if ('refused' in commit) return commit
  const row = rowOf(context.store, `${ledger} ${kind}`)
  for (let tries = 1; ;) {
    const ticket = row.take(free())
    const { stream, before } = ticket
    const outcome = await commit(stream, (decision) => ticket.admit(decision)).finally(() =>
      row.leave(ticket),
    )
    if (!('refused' in outcome)) return outcome
    const { code, params } = outcome.refused
    const answered = ledgers.answerTo(ledger, id)?.stream
    // the same command came twice at once: the other one was first
    if (code === 'commandReused' && answered !== undefined && answered !== stream)
      return perform(context, { ...command, stream: answered })
    // whatever else exists is not cured by another number
    if (code !== 'alreadyExists' || params['what'] !== stream) return outcome
    // whoever stands before us goes first, so our turn comes; another process may be first for ever
    if (ticket.waits) await before?.gone
    else if (tries++ === TRIES) return outcome
  }
}

/** A number that is asked for and not yet written. */
class Ticket {
  readonly stream: StreamId
  readonly gone: Promise<void>
  /** Who has the number below; let go of with our own, or under steady work the row would never end. */
  #before: Ticket | undefined
  /** The number below was not taken when it was our turn. */
  waits = false
  /** The number is written, unless the whole transaction fails. */
  #taken = false
  #go: () => void = () => {}

  constructor(stream: StreamId, before: Ticket | undefined) {
    this.stream = stream
    this.#before = before
    this.gone = new Promise((resolve) => {
      this.#go = resolve
    })
  }

  /** A number above one that nobody took would leave a gap, and a gap looks like something that was removed. */
  admit(decision: Decision): Decision {
    if ('refused' in decision) return decision
    const below = this.#before
    this.waits = below !== undefined && !below.#taken
    if (this.waits) return refuse('alreadyExists', { what: this.stream })
    this.#taken = true
    return decision
  }

  get before(): Ticket | undefined {
    return this.#before
  }

  leave(): void {
    this.#before = undefined
    this.#go()
  }
}

/** Those who ask for a number of one kind in one ledger, in the order they came. */
class Row {
  readonly #waiting: Ticket[] = []

  /** `free` is the first number nobody has; those who wait have the next. */
  take(free: StreamId): Ticket {
    const last = this.#waiting.at(-1)
    const behind = last !== undefined && last.stream >= free ? last : undefined
    const ticket = new Ticket(behind === undefined ? free : following(behind.stream), behind)
    this.#waiting.push(ticket)
    return ticket
  }

  leave(ticket: Ticket): void {
    this.#waiting.splice(this.#waiting.indexOf(ticket), 1)
    ticket.leave()
  }
}

const rows = new WeakMap<Store, Map<string, Row>>()

function rowOf(store: Store, key: string): Row {
  const own = rows.get(store) ?? new Map<string, Row>()
  rows.set(store, own)
  const known = own.get(key) ?? new Row()
  own.set(key, known)
  return known
}

function following(stream: StreamId): StreamId {
  const cut = stream.lastIndexOf('-') + 1
  const digits = stream.slice(cut)
  return streamOf(stream.slice(0, cut), Number(digits) + 1, digits.length)
}

/** An authority has the number that was voted on; without such an item the law will say what is missing. */
async function votedOn(
  { store }: Context,
  { ledger, input }: Beginning,
): Promise<StreamId | undefined> {
  const parsed = approved.command.shape.input.safeParse(input)
  if (!parsed.success || parsed.data.ground.type !== 'meeting') return undefined
  const { meeting, item } = parsed.data.ground
  const [planned] = await store.read(ledger, meetingStream(meeting))
  if (planned === undefined) return undefined
  const found = meetingFold.apply(undefined, planned)?.agenda.find((one) => one.item === item)
  const voted = found === undefined || 'request' in found ? undefined : found.authority
  return voted === undefined ? undefined : authorityStream(voted.id)
}
