// A world of law without a database: commands run through needs → decide → fold as the store runs
// them. Every entry passes through its canonical bytes, and every decision is taken twice, the
// second time from the re-created command (law §10).
import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { type Calendar, calendarText, statutoryYears } from '../../src/domain/calendar.ts'
import type { Command } from '../../src/domain/command.ts'
import { type By, type Entry, entrySchema, noEntry } from '../../src/domain/entry.ts'
import { recordFact } from '../../src/domain/fact-records.ts'
import {
  answerFacts,
  type FactAnswers,
  type FactName,
  factNames,
  type FactSource,
} from '../../src/domain/facts.ts'
import {
  commandIdSchema,
  type Origin,
  type Sha256Hex,
  sha256HexSchema,
  type StreamId,
  type StreamKind,
  streamKind,
} from '../../src/domain/ids.ts'
import { type Refusal, type RefusalCode, refuse } from '../../src/domain/refusal.ts'
import type { Deciding, Decision, Fold, Folded, Needs, Past } from '../../src/domain/store.ts'
import { type Instant, instantOf } from '../../src/domain/time.ts'
import { canonicalBytes, type Json, parseCanonical } from '../../src/ledger/canonical.ts'
import { ledgerFold, ledgerStream, RELIED_ON_GENESIS } from '../../workflows/ledger/v1/fold.ts'
import { commandOf, type Workflow } from '../../workflows/workflow.ts'
import { quietFacts } from './quiet-facts.ts'
import { requireTwin } from './twins.ts'

const hex = (data: string | Uint8Array): Sha256Hex =>
  sha256HexSchema.parse(createHash('sha256').update(data).digest('hex'))

/** What the papers of a cast say, by their digests: for doors that ask for the papers themselves. */
const texts = new Map<string, string>()
export const textOf = (sha256: string): string | undefined => texts.get(sha256)

export function digest(text: string): Sha256Hex {
  const made = hex(text)
  texts.set(made, text)
  return made
}
export const calendar: Calendar = {
  id: `cn-2026@${hex(calendarText(statutoryYears)).slice(0, 8)}`,
  years: statutoryYears,
}

interface Stream {
  readonly entries: readonly Entry[]
  readonly folded: Folded<unknown>
  readonly last: Sha256Hex
}

interface Ledger {
  size: number
  readonly streams: Map<StreamId, Stream>
}

/** What to ask: everything of a command but its id. */
export type Asking = Omit<Command, 'id'>

export type LawOutcome = { readonly entries: readonly Entry[] } | { readonly refused: Refusal }

export interface LawOptions {
  readonly workflows: readonly Workflow[]
  /** First instant; each command that commits moves the clock one millisecond on. */
  readonly now?: string
  readonly facts?: Partial<FactSource>
}

export class LawWorld {
  #now: number
  #commands = 0
  readonly #facts: Partial<FactSource>
  readonly #workflows: ReadonlyMap<StreamKind, Workflow>
  readonly #ledgers = new Map<Origin, Ledger>()

  constructor({ workflows, now = '2026-03-02T01:00:00.000Z', facts = {} }: LawOptions) {
    this.#workflows = new Map(workflows.map((workflow) => [workflow.kind, workflow]))
    this.#now = Date.parse(now)
    this.#facts = { ...facts }
  }

  /** A copy that goes on by itself: given once, tried in many ways. Costs next to nothing. */
  fork(): LawWorld {
    const copy = new LawWorld({
      workflows: [...this.#workflows.values()],
      now: this.now,
      facts: this.#facts,
    })
    copy.#commands = this.#commands
    for (const [origin, { size, streams }] of this.#ledgers) {
      copy.#ledgers.set(origin, { size, streams: new Map(streams) })
    }
    return copy
  }

  get now(): Instant {
    return instantOf(this.#now)
  }

  /** Moves the clock forward, never back. */
  clock(to: string): this {
    if (Date.parse(to) < this.#now) throw new Error(`the clock stands at ${this.now}`)
    this.#now = Date.parse(to)
    return this
  }

  /** From now on this fact is answered so. */
  fact<N extends FactName>(name: N, source: FactSource[N]): this {
    this.#facts[name] = source
    return this
  }

  /** One command, as the store would commit it. Throws where the store would throw. */
  ask(asking: Asking): LawOutcome {
    this.#commands += 1
    const id = commandIdSchema.parse(
      `01970000-0000-7000-8000-${this.#commands.toString(16).padStart(12, '0')}`,
    )
    const workflow = this.#answering(asking.type)
    const command = workflow.parse({ ...asking, id })
    const ledger = this.#ledger(asking.ledger)
    const revision = (ledger.streams.get(asking.stream)?.folded.revision ?? -1).toString()
    if (asking.seen !== undefined && String(asking.seen) !== revision)
      return refuse('staleView', { revision })
    const needs = this.#needs(workflow, command)
    const deciding = this.#deciding(command, needs)
    const decision = workflow.decide(command, deciding)
    if ('refused' in decision) {
      requireTwin({ world: this, command, code: decision.refused.code })
      return decision
    }
    const { entries, streams } = this.#entries(command, { decision, deciding, needs })
    redecide(workflow, entries, { decision, deciding })
    ledger.size += entries.length
    for (const [stream, grown] of streams) ledger.streams.set(stream, grown)
    this.#now += 1
    return { entries }
  }

  /** Asks, and throws unless it was recorded: for what is given. */
  given(asking: Asking): readonly Entry[] {
    const outcome = this.ask(asking)
    if ('refused' in outcome) throw new Error(`${asking.type}: ${JSON.stringify(outcome.refused)}`)
    return outcome.entries
  }

  /** Asks, and says by which code it was refused, or undefined when it was recorded. */
  refusal(asking: Asking): RefusalCode | undefined {
    const outcome = this.ask(asking)
    return 'refused' in outcome ? outcome.refused.code : undefined
  }

  /** The folded state of a stream. */
  state<S>(fold: Fold<S>, ledger: Origin, stream: StreamId): S {
    return (
      (this.#ledgers.get(ledger)?.streams.get(stream)?.folded.state as S | undefined) ??
      fold.initial
    )
  }

  /** Everything recorded, in all ledgers, in the order it was. */
  history(): readonly Entry[] {
    return [...this.#ledgers.values()]
      .flatMap(({ streams }) => [...streams.values()].flatMap(({ entries }) => entries))
      .sort((a, b) => (a.at === b.at ? a.seq - b.seq : a.at < b.at ? -1 : 1))
  }

  entries(ledger: Origin, stream: StreamId): readonly Entry[] {
    return this.#ledgers.get(ledger)?.streams.get(stream)?.entries ?? []
  }

  /** As the app chooses: by the command's type, whatever stream it names. */
  #answering(type: string): Workflow {
    const workflow = [...this.#workflows.values()].find(({ acts }) => acts.has(type))
    if (workflow === undefined) throw new Error(`nobody answers ${type} in this world`)
    return workflow
  }

  #workflowOf(stream: StreamId): Workflow {
    const workflow = this.#workflows.get(streamKind(stream))
    if (workflow === undefined) throw new Error(`no workflow for ${stream} in this world`)
    return workflow
  }

  #ledger(origin: Origin): Ledger {
    const known = this.#ledgers.get(origin)
    if (known !== undefined) return known
    const made = { size: 0, streams: new Map<StreamId, Stream>() }
    this.#ledgers.set(origin, made)
    return made
  }

  /**
   * As the app does: the township is the one in the genesis; a township's own ledger relies on
   * none.
   */
  #needs(workflow: Workflow, command: Command): Needs {
    const { relied, ...needs } = workflow.needs(command)
    if (relied === undefined) return needs
    if (relied.origin !== RELIED_ON_GENESIS) return { ...needs, relied }
    const { township } = this.state(ledgerFold, command.ledger, ledgerStream)
    return township === undefined ? needs : { ...needs, relied: { ...relied, origin: township } }
  }

  #deciding({ ledger }: Command, needs: Needs): Deciding {
    const named = new Set(needs.streams)
    const folded = <S>(origin: Origin, fold: Fold<S>, id: StreamId): Folded<S> => ({
      revision: this.#ledgers.get(origin)?.streams.get(id)?.folded.revision ?? -1,
      state: this.state(fold, origin, id),
    })
    const past: Past = {
      ledger,
      stream(fold, id) {
        if (!named.has(id)) throw new Error(`${id} was not named in needs`)
        return folded(ledger, fold, id)
      },
      relied(fold, id) {
        if (needs.relied?.streams.includes(id) !== true) throw new Error(`${id} was not relied on`)
        return folded(needs.relied.origin, fold, id)
      },
    }
    for (const id of needs.follow?.(past) ?? []) named.add(id)
    const source: FactSource = { ...unanswered, ...this.#facts }
    const facts = answerFacts(source, needs.facts?.(past, this.now) ?? {})
    return { at: this.now, calendar, past, facts, digest: hex }
  }

  /**
   * The entries of one command and the streams they grow; nothing is changed before all of it has
   * worked.
   */
  #entries(
    command: Command,
    { decision, deciding, needs }: { decision: Recorded; deciding: Deciding; needs: Needs },
  ): { readonly entries: readonly Entry[]; readonly streams: ReadonlyMap<StreamId, Stream> } {
    const ledger = this.#ledger(command.ledger)
    const streams = new Map<StreamId, Stream>()
    const entries = decision.events.map(({ stream, workflow, type, body, sd }, i): Entry => {
      const {
        entries: before,
        folded,
        last,
      } = streams.get(stream) ?? ledger.streams.get(stream) ?? this.#empty(stream)
      const facts = i === 0 ? recordedFacts(deciding.facts) : undefined
      const bytes = canonicalBytes({
        at: deciding.at,
        body,
        by: plainBy(command.by),
        calendar: deciding.calendar.id,
        command: command.id,
        ...(facts === undefined ? {} : { facts }),
        ...(i === 0 && command.files !== undefined
          ? { files: command.files.map((file) => ({ ...file })) }
          : {}),
        ledger: command.ledger,
        nonce: 'AAAAAAAAAAAAAAAAAAAAAA',
        ...(decision.policy === undefined ? {} : { policy: decision.policy }),
        prev: last,
        ...(needs.relied === undefined ? {} : { relies: this.#relies(needs.relied.origin) }),
        revision: folded.revision + 1,
        ...(sd === undefined ? {} : { sd }),
        ...(command.seen === undefined || i > 0 ? {} : { seen: command.seen }),
        seq: ledger.size + i,
        stream,
        type,
        v: 1,
        workflow,
      })
      const entry = entrySchema.parse(parseCanonical(bytes))
      const { fold } = this.#workflowOf(stream)
      streams.set(stream, {
        entries: [...before, entry],
        folded: { revision: entry.revision, state: fold.apply(folded.state, entry) },
        last: hex(Uint8Array.of(0, ...bytes)),
      })
      return entry
    })
    return { entries, streams }
  }

  #empty(stream: StreamId): Stream {
    return {
      entries: [],
      folded: { revision: -1, state: this.#workflowOf(stream).fold.initial },
      last: noEntry,
    }
  }

  #relies(origin: Origin): { [key: string]: Json } {
    const size = this.#ledgers.get(origin)?.size ?? 0
    if (size === 0) throw new Error(`${origin} has no entries to rely on`)
    return { origin, size }
  }
}

type Recorded = Extract<Decision, { readonly events: unknown }>

const noAnswer = (name: FactName) => (): never => {
  throw new Error(`this world has no answer for the fact ${name}`)
}
/** What routes and rounds hang on a test must say; what alerts ask is quiet unless it says otherwise. */
export const unanswered: FactSource = {
  ...quietFacts,
  payeeWindow: noAnswer('payeeWindow'),
  invoiceUse: noAnswer('invoiceUse'),
  openAdvances: noAnswer('openAdvances'),
  population: noAnswer('population'),
  rootAfter: noAnswer('rootAfter'),
}

/**
 * verify's half: the command re-created from its first entry decides the same, over the same past.
 */
function redecide(
  workflow: Workflow,
  [first]: readonly Entry[],
  { decision, deciding }: { decision: Recorded; deciding: Deciding },
): void {
  const type = [...workflow.acts].find(([, event]) => event === first?.type)?.[0]
  if (first === undefined || type === undefined)
    throw new Error(`no command is recorded as ${first?.type}`)
  const again = workflow.decide(commandOf(first, type), deciding)
  if (!isDeepStrictEqual(again, decision)) {
    throw new Error(`${type} is re-decided otherwise: ${JSON.stringify([decision, again])}`)
  }
}

function recordedFacts(answers: FactAnswers): { [key: string]: Json } | undefined {
  const recorded: { [key: string]: Json } = {}
  const one = <N extends FactName>(name: N): void => {
    const answer = answers[name]
    if (answer !== undefined) recorded[name] = recordFact[name](answer, hex)
  }
  for (const name of factNames) one(name)
  return Object.keys(recorded).length === 0 ? undefined : recorded
}

const plainBy = ({ auth, mandate, office, person }: By): { [key: string]: Json } => ({
  auth,
  ...(mandate === undefined ? {} : { mandate }),
  office,
  person,
})
