// A closed small world explored breadth first (design §9): every state its commands lead to, each looked at once.
// What decide and fold are asked is what the store asks them; bytes, chain and signatures are left to LawWorld.
// A decision is a function of what it read, so each is taken once for everything read and then looked up.
import type { Command } from '../../src/domain/command.ts'
import type { Entry } from '../../src/domain/entry.ts'
import { noEntry } from '../../src/domain/entry.ts'
import { answerFacts, type FactSource } from '../../src/domain/facts.ts'
import { commandIdSchema, type StreamId, streamKind } from '../../src/domain/ids.ts'
import type { RefusalCode } from '../../src/domain/refusal.ts'
import type { Decision, Deciding, EventDraft, Fold, Folded, Past } from '../../src/domain/store.ts'
import type { Instant } from '../../src/domain/time.ts'
import { folds, workflowOfCommand } from '../../workflows/versions.ts'
import type { Workflow } from '../../workflows/workflow.ts'
import { Keys, type Leaving } from './explore-keys.ts'
import { type Asking, calendar, digest } from './law.ts'
import { village } from './law-cast.ts'

/** Each move its own: what a command does is told apart from what the next one does. */
const idOf = (move: number) =>
  commandIdSchema.parse(`01970000-0000-7000-8000-${String(move).padStart(12, '0')}`)

/** A folded stream with the number of its content. */
interface Kept {
  readonly folded: Folded<unknown>
  readonly key: number
}

/** What one can look at of a state of the world. */
export interface Glance {
  readonly day: number
  /** The folded state of a stream; undefined before its first entry. */
  state(stream: StreamId): unknown
}

/** One thing that may be tried in every state where `when` holds: a command, or the day that passes. */
export interface Move {
  readonly name: string
  readonly asking?: Asking
  /** Bounds the world, never the law: what is left untried where it does not hold. */
  readonly when?: (glance: Glance) => boolean
}

/** What happened in a step: the recorded events, by whom, and the world on both sides of it. */
export interface Happening {
  readonly events: readonly EventDraft[]
  readonly asking: Asking
  readonly before: Glance
  readonly after: Glance
}

/**
 * Watches over every step with a memory of its own, kept from events alone and never from folded state: what the
 * law says in its own words, so that a fold or guard that forgets is found out.
 */
export interface Watch<G> {
  readonly initial: G
  /** What is remembered after a step; `complain` names each rule the step breaks. */
  follow(memory: G, happening: Happening, complain: (rule: string) => void): G
}

/** Decides in place of the workflow: how a negative control takes a guard out. */
export type Decider = (
  command: Command,
  deciding: Deciding,
  lawful: (command: Command, deciding: Deciding) => Decision,
) => Decision

export interface ClosedWorld<G> {
  readonly village: ReadonlyMap<StreamId, Folded<unknown>>
  /** Streams of the township that are relied on: nothing moves there. */
  readonly town: ReadonlyMap<StreamId, Folded<unknown>>
  /** The instants the days of this world stand for. */
  readonly days: readonly Instant[]
  readonly moves: readonly Move[]
  readonly watch: Watch<G>
  readonly facts: (glance: Glance) => FactSource
  readonly decide?: Decider
  /** A fold in place of the law's own: how a negative control lets it forget. */
  readonly fold?: Fold<unknown>
  /** What of folded state no decide reads back. */
  readonly leaving?: Leaving
  readonly most?: number
  /** Of so many steps one that led to a known state is gone on from both. */
  readonly mergedEvery?: number
}

export interface Explored {
  readonly states: number
  readonly steps: number
  /** Shortest ways to each kind of breach, as the names of their moves. */
  readonly breaches: ReadonlyMap<string, readonly string[]>
  /** Refusals met, by command type. */
  readonly refused: ReadonlyMap<string, ReadonlySet<RefusalCode>>
  /** Commands that were recorded at least once. */
  readonly done: ReadonlySet<string>
  /** States from which no state that is a `goal` can be reached, as the shortest ways to them. */
  stuck(goal: (glance: Glance) => boolean): readonly (readonly string[])[]
  /** Every state, in the order found. */
  each(look: (glance: Glance, way: () => readonly string[]) => void): void
  /**
   * Of states that were taken for equal, how many were found to go on differently when both were gone on from: what the
   * left-out fields are worth. `asked` says how many pairs were.
   */
  readonly merged: { readonly asked: number; readonly differing: readonly string[] }
}

type Answer =
  | { readonly refused: RefusalCode }
  | {
      readonly events: readonly EventDraft[]
      readonly changes: readonly (readonly [number, Kept])[]
    }

/** What was read before an answer was certain, as a tree: which stream, then by its content. */
type Known =
  | { readonly answer: Answer }
  | { readonly slot: number; readonly by: Map<number, Known> }

interface State<G> {
  readonly day: number
  readonly streams: readonly (Kept | undefined)[]
  readonly memory: G
  readonly from: number
  readonly move: number
}

const NOTHING = -1
const MERGED_EVERY = 997

export class Explorer<G> implements Explored {
  readonly #world: ClosedWorld<G>
  readonly #keys: Keys
  readonly #slots = new Map<StreamId, number>()
  readonly #known: (Known | undefined)[] = []
  readonly #states: State<G>[] = []
  readonly #numbers = new Map<string, number>()
  readonly #froms: number[] = []
  readonly #tos: number[] = []
  readonly #commands: readonly (Command | undefined)[]
  /** Streams no move of this world writes to: what is read there is always the same. */
  readonly #still: ReadonlySet<StreamId>
  readonly refused = new Map<string, Set<RefusalCode>>()
  readonly done = new Set<string>()
  readonly breaches = new Map<string, readonly string[]>()
  readonly merged = { asked: 0, differing: [] as string[] }

  constructor(world: ClosedWorld<G>) {
    this.#world = world
    this.#keys = new Keys(world.leaving)
    const rosterMoves = world.moves.some(({ asking }) => asking?.stream === 'roster')
    this.#still = new Set(rosterMoves ? ['ledger'] : ['ledger', 'roster'])
    this.#commands = world.moves.map(({ asking }, move) =>
      asking === undefined
        ? undefined
        : answering(asking.type).parse({ ...asking, id: idOf(move) }),
    )
    const streams: Kept[] = []
    for (const [stream, folded] of world.village) streams[this.#slot(stream)] = this.#keep(folded)
    this.#find({ day: 0, streams, memory: world.watch.initial, from: NOTHING, move: NOTHING })
    const most = world.most ?? Number.POSITIVE_INFINITY
    for (let at = 0; at < this.#states.length && this.#states.length < most; at += 1)
      this.#expand(at)
  }

  get states(): number {
    return this.#states.length
  }

  get steps(): number {
    return this.#froms.length
  }

  stuck(goal: (glance: Glance) => boolean): readonly (readonly string[])[] {
    const into: number[][] = this.#states.map(() => [])
    for (const [edge, to] of this.#tos.entries()) into[to]?.push(this.#froms[edge] ?? NOTHING)
    const reaches = new Uint8Array(this.#states.length)
    const queue = this.#states.flatMap((state, at) => (goal(this.#glance(state)) ? [at] : []))
    for (const at of queue) reaches[at] = 1
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (const before of into[at] ?? []) {
        if (reaches[before] === 1) continue
        reaches[before] = 1
        queue.push(before)
      }
    }
    return this.#states.flatMap((_, at) => (reaches[at] === 1 ? [] : [this.#way(at)]))
  }

  each(look: (glance: Glance, way: () => readonly string[]) => void): void {
    for (const [at, state] of this.#states.entries()) look(this.#glance(state), () => this.#way(at))
  }

  #expand(at: number): void {
    const state = this.#at(at)
    const glance = this.#glance(state)
    for (const [move, { asking, when }] of this.#world.moves.entries()) {
      if (when !== undefined && !when(glance)) continue
      const next = asking === undefined ? this.#tomorrow(state) : this.#step(state, move, at)
      if (next === undefined) continue
      const to = this.#find({ ...next, from: at, move })
      this.#froms.push(at)
      this.#tos.push(to)
    }
  }

  #tomorrow(state: State<G>): State<G> | undefined {
    return state.day + 1 < this.#world.days.length ? { ...state, day: state.day + 1 } : undefined
  }

  /** The state after a command, or undefined where it was refused; what it breaks is noted on the way. */
  #step(state: State<G>, move: number, at: number): State<G> | undefined {
    const { asking } = this.#move(move)
    const answer = this.#answer(state, move)
    if (asking === undefined) return undefined
    if ('refused' in answer) {
      put(this.refused, asking.type).add(answer.refused)
      return undefined
    }
    this.done.add(asking.type)
    const streams = [...state.streams]
    for (const [slot, kept] of answer.changes) streams[slot] = kept
    const stepped = { ...state, streams }
    const happening = {
      events: answer.events,
      asking,
      before: this.#glance(state),
      after: this.#glance(stepped),
    }
    const memory = this.#world.watch.follow(state.memory, happening, (rule) => {
      if (!this.breaches.has(rule))
        this.breaches.set(rule, [...this.#way(at), this.#move(move).name])
    })
    return { ...stepped, memory }
  }

  #answer(state: State<G>, move: number): Answer {
    const root = state.day * this.#world.moves.length + move
    let known = this.#known[root]
    while (known !== undefined && 'by' in known)
      known = known.by.get(state.streams[known.slot]?.key ?? NOTHING)
    if (known !== undefined) return known.answer
    const reads = new Map<number, number>()
    const answer = this.#decide(state, move, reads)
    this.#remember(root, reads, answer)
    return answer
  }

  #remember(root: number, reads: ReadonlyMap<number, number>, answer: Answer): void {
    let leaf: Known = { answer }
    const path = [...reads]
    let node = this.#known[root]
    let depth = 0
    // down to where this answer's reads leave what is known already
    let parent: Extract<Known, { by: unknown }> | undefined
    while (node !== undefined && 'by' in node) {
      parent = node
      node = node.by.get(path[depth]?.[1] ?? NOTHING)
      depth += 1
    }
    for (const [slot, key] of path.slice(depth).toReversed())
      leaf = { slot, by: new Map([[key, leaf]]) }
    if (parent === undefined) this.#known[root] = leaf
    else parent.by.set(path[depth - 1]?.[1] ?? NOTHING, leaf)
  }

  /** As the store does it: needs, facts, decide, fold. Every stream looked at is noted in `reads`. */
  #decide(state: State<G>, move: number, reads: Map<number, number>): Answer {
    const command = this.#commands[move]
    if (command === undefined) throw new Error('a day decides nothing')
    const { town, days, facts, decide } = this.#world
    const at = days[state.day]
    if (at === undefined) throw new Error(`no day ${state.day}`)
    const workflow = answering(command.type)
    const needs = workflow.needs(command)
    const named = new Set(needs.streams)
    const past: Past = {
      ledger: village,
      stream: (fold, stream) => {
        if (!named.has(stream)) throw new Error(`${stream} was not named in needs`)
        const kept = this.#read(state, stream, reads)
        return {
          revision: kept?.folded.revision ?? -1,
          state: (kept?.folded.state ?? fold.initial) as typeof fold.initial,
        }
      },
      relied: (fold, stream) => {
        const kept = town.get(stream)
        return {
          revision: kept?.revision ?? -1,
          state: (kept?.state ?? fold.initial) as typeof fold.initial,
        }
      },
    }
    for (const stream of needs.follow?.(past) ?? []) named.add(stream)
    const glance: Glance = {
      day: state.day,
      state: (stream) => this.#read(state, stream, reads)?.folded.state,
    }
    const asked = needs.facts?.(past, at) ?? {}
    const deciding = { at, calendar, past, facts: answerFacts(facts(glance), asked), digest }
    const lawful = (one: Command, told: Deciding): Decision => workflow.decide(one, told)
    const decision = decide?.(command, deciding, lawful) ?? lawful(command, deciding)
    if ('refused' in decision) return { refused: decision.refused.code }
    return {
      events: decision.events,
      changes: this.#folded(state, { command, decision, at, reads }),
    }
  }

  #folded(
    state: State<G>,
    {
      command,
      decision,
      at,
      reads,
    }: {
      command: Command
      decision: Extract<Decision, { events: unknown }>
      at: Instant
      reads: Map<number, number>
    },
  ): readonly (readonly [number, Kept])[] {
    const grown = new Map<StreamId, Folded<unknown>>()
    for (const event of decision.events) {
      const { stream } = event
      const kind = streamKind(stream)
      const { fold: other } = this.#world
      const fold = other?.kind === kind ? other : folds.get(kind)
      if (fold === undefined) throw new Error(`no fold for ${stream}`)
      const before = grown.get(stream) ??
        this.#read(state, stream, reads)?.folded ?? { revision: -1, state: fold.initial }
      const entry = entryOf(event, {
        command,
        policy: decision.policy,
        at,
        revision: before.revision + 1,
      })
      grown.set(stream, { revision: entry.revision, state: fold.apply(before.state, entry) })
    }
    return [...grown].map(([stream, folded]) => [this.#slot(stream), this.#keep(folded)])
  }

  #read(state: State<G>, stream: StreamId, reads: Map<number, number>): Kept | undefined {
    const slot = this.#slot(stream)
    const kept = state.streams[slot]
    if (!this.#still.has(stream)) reads.set(slot, kept?.key ?? NOTHING)
    return kept
  }

  /** The number of a state, a new one where its content was not met before. */
  #find(state: State<G>): number {
    const key = this.#keyOf(state)
    const known = this.#numbers.get(key)
    if (known !== undefined) {
      const { mergedEvery = MERGED_EVERY } = this.#world
      if (this.#froms.length % mergedEvery === 0) this.#compare(known, state)
      return known
    }
    const number = this.#states.length
    this.#numbers.set(key, number)
    this.#states.push(state)
    return number
  }

  #keyOf({ day, streams, memory }: State<G>): string {
    let key = `${day} ${this.#keys.of(memory)}`
    for (let slot = 0; slot < this.#slots.size; slot += 1) key += ` ${streams[slot]?.key ?? ''}`
    // a slot that is opened later is empty before: trailing ones are no difference
    return key.trimEnd()
  }

  /** Goes on from both without any memory of decisions: the same moves must be refused alike and lead to the same. */
  #compare(known: number, other: State<G>): void {
    this.merged.asked += 1
    for (const [move, { asking, name }] of this.#world.moves.entries()) {
      if (asking === undefined) continue
      const ends = [this.#at(known), other].map((state) => {
        const answer = this.#decide(state, move, new Map())
        if ('refused' in answer) return answer.refused
        return answer.changes.map(([slot, { key }]) => `${slot}:${key}`).join(' ')
      })
      if (ends[0] !== ends[1]) this.merged.differing.push(`${name}: ${ends.join(' ≠ ')}`)
    }
  }

  #way(at: number): readonly string[] {
    const way: string[] = []
    for (let state = this.#at(at); state.from !== NOTHING; state = this.#at(state.from))
      way.push(this.#move(state.move).name)
    return way.toReversed()
  }

  #glance(state: State<G>): Glance {
    return {
      day: state.day,
      state: (stream) => {
        const slot = this.#slots.get(stream)
        return slot === undefined ? undefined : state.streams[slot]?.folded.state
      },
    }
  }

  #at(number: number): State<G> {
    const state = this.#states[number]
    if (state === undefined) throw new Error(`no state ${number}`)
    return state
  }

  #move(number: number): Move {
    const move = this.#world.moves[number]
    if (move === undefined) throw new Error(`no move ${number}`)
    return move
  }

  #keep(folded: Folded<unknown>): Kept {
    return { folded, key: this.#keys.of(folded.state) }
  }

  #slot(stream: StreamId): number {
    const known = this.#slots.get(stream)
    if (known !== undefined) return known
    this.#slots.set(stream, this.#slots.size)
    return this.#slots.size - 1
  }
}

function answering(type: string): Workflow {
  const workflow = workflowOfCommand(type)
  if (workflow === undefined) throw new Error(`nobody answers ${type}`)
  return workflow
}

function put<K, V>(map: Map<K, Set<V>>, key: K): Set<V> {
  const known = map.get(key) ?? new Set<V>()
  map.set(key, known)
  return known
}

function entryOf(
  { stream, workflow, type, body }: EventDraft,
  {
    command,
    policy,
    at,
    revision,
  }: { command: Command; policy: string | undefined; at: Instant; revision: number },
): Entry {
  return {
    at,
    body,
    by: command.by,
    calendar: calendar.id,
    command: command.id,
    ledger: village,
    nonce: 'AAAAAAAAAAAAAAAAAAAAAA',
    ...(policy === undefined ? {} : { policy }),
    prev: noEntry,
    revision,
    seq: 0,
    stream,
    type,
    v: 1,
    workflow,
  }
}
