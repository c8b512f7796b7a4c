// Re-deciding: every command is re-created from its entries and decided again under the workflow,
// policy, roster and calendar it was decided under. What comes out must be the same bytes: the
// lawfulness half of verify (law §10).
import {
  commandOf,
  CorruptHistory,
  MalformedCommand,
  type Workflow,
} from '../../workflows/workflow.ts'
import { RELIED_ON_GENESIS, ledgerFold, ledgerStream } from '../../workflows/ledger/v1/fold.ts'
import { type Calendar, CalendarMissing } from '../domain/calendar.ts'
import type { Command } from '../domain/command.ts'
import { enclose } from '../domain/envelope.ts'
import type { Entry, JsonObject } from '../domain/entry.ts'
import { recordFacts } from '../domain/fact-records.ts'
import { answerFacts } from '../domain/facts.ts'
import { type Origin, sha256HexSchema, type Sha256Hex, type StreamId } from '../domain/ids.ts'
import type { ProjectedRow } from '../domain/projection.ts'
import type { Refusal, RefusalCode } from '../domain/refusal.ts'
import type { Deciding, Needs, Workings } from '../domain/store.ts'
import type { Instant } from '../domain/time.ts'
import { toHex, utf8 } from '../ledger/bytes.ts'
import { canonicalText } from '../ledger/canonical.ts'
import type { LedgerCrypto } from '../ledger/crypto.ts'
import { type FactMemory, replayFacts } from './facts.ts'
import { sameTree } from './same-tree.ts'
import { LedgerReplay, type Relied, type Unfolded } from './replay-memory.ts'

/** What re-deciding can find, beside the refusal codes: a command the law refuses is reported under that code. */
export const unlawfulness = {
  commandUnknown: {
    zh: '不是任何操作的首条记录',
    en: 'Not the first entry of any known command',
  },
  commandMalformed: { zh: '操作内容不合格式', en: 'The command is not of its form' },
  commandRepeated: { zh: '操作编号重复', en: 'A command id was used twice' },
  calendarUnknown: { zh: '所依日历未知', en: 'Decided by a calendar nobody knows' },
  reliesWrong: { zh: '所依镇级账本或其位置不符', en: 'Relies on the wrong ledger or place' },
  reliesStale: {
    zh: '所依镇级账本位置过旧',
    en: 'Relies on the township as it was before changes already made',
  },
  factDiffers: {
    zh: '记录的事实与账本推得的不符',
    en: 'A recorded fact is not what the entries say',
  },
  decidedOtherwise: {
    zh: '依当时规则重新裁定的结果不同',
    en: 'Decided again under the same rules, it comes out otherwise',
  },
  historyImpossible: {
    zh: '此前的记录之后不可能发生',
    en: 'Cannot follow from the entries before it',
  },
  projectionDiffers: {
    zh: '读表与账本推得的不符',
    en: 'A read table is not what the entries fold to',
  },
} as const
export type Unlawful = keyof typeof unlawfulness | RefusalCode

export interface LawViolation {
  readonly code: Unlawful
  readonly ledger: Origin
  readonly seq: number
  readonly stream: StreamId
  readonly detail: string
  /** The refusal itself, where the command should have been refused. */
  readonly refused?: Refusal
}

export interface ReplayWorkings extends Workings {
  readonly workflows: readonly Workflow[]
  readonly calendars: ReadonlyMap<string, Calendar>
  readonly crypto: LedgerCrypto
  /**
   * How far the clocks of several writers may differ before reliance on an older township counts as stale, in milliseconds.
   * None where all ledgers are in one file: there each transaction has a later `at` than all before it.
   */
  readonly tolerance?: number
  /** A ledger's root at a size, from tree nodes already verified against its entries. */
  rootAt(ledger: Origin, size: number): Uint8Array
}

/** All ledgers of a township, re-decided together. Feed the commands of all of them in the order of their `at`. */
export class Replay {
  readonly #workings: ReplayWorkings
  readonly #ledgers = new Map<Origin, LedgerReplay>()
  readonly #elsewhere = new Map<Origin, ReadonlyMap<Origin, FactMemory>>()
  readonly #byEvent = new Map<
    string,
    { readonly workflow: Workflow; readonly commandType: string }
  >()

  #command: Command | undefined
  /** Entries of the present command as re-decided, each the same tree as the one read. */
  #again: Entry[] = []

  constructor(workings: ReplayWorkings) {
    this.#workings = workings
    for (const workflow of workings.workflows) {
      for (const [commandType, eventType] of workflow.acts)
        this.#byEvent.set(eventType, { workflow, commandType })
    }
  }

  /** What a stream folds to so far; undefined where no entry of it was read. For comparing projections. */
  rowsOf(ledger: Origin, stream: StreamId): readonly ProjectedRow[] | undefined {
    const head = this.#ledgers.get(ledger)?.heads.get(stream)
    return head === undefined ? undefined : this.#workings.project(ledger, stream, head.state)
  }

  *streams(): Generator<{ readonly ledger: Origin; readonly stream: StreamId }> {
    for (const [ledger, { heads }] of this.#ledgers) {
      for (const stream of heads.keys()) yield { ledger, stream }
    }
  }

  /** The entries of one command, in order. Whatever is wrong with them, they are folded, so that one fault is told once. */
  next(entries: readonly [Entry, ...Entry[]]): readonly LawViolation[] {
    const [first] = entries
    const ledger = this.#ledger(first.ledger)
    this.#command = undefined
    this.#again = []
    const found = this.#judge(entries, ledger)
    // Entries decided again to the same tree are folded as they were decided: their input is parsed
    // already. Anything else is folded as it was read.
    const read = found.length === 0 && this.#again.length === entries.length ? this.#again : entries
    const broken = ledger.fold(read, this.#workings).map(impossible)
    // a command that should not have been is not told a second time because its events do not fit
    return found.length > 0 ? found : broken
  }

  /** The command re-created last, as it was asked; undefined where its first entry answers none. */
  get command(): Command | undefined {
    return this.#command
  }

  #ledger(origin: Origin): LedgerReplay {
    const known = this.#ledgers.get(origin)
    if (known !== undefined) return known
    const made = new LedgerReplay()
    this.#ledgers.set(origin, made)
    this.#elsewhere.clear()
    return made
  }

  /** The facts of all other ledgers, by origin: live answers come in that order. */
  #others(origin: Origin): ReadonlyMap<Origin, FactMemory> {
    const known = this.#elsewhere.get(origin)
    if (known !== undefined) return known
    const others = [...this.#ledgers].filter(([other]) => other !== origin)
    const made = new Map(
      others.sort(([a], [b]) => (a < b ? -1 : 1)).map(([other, { facts }]) => [other, facts]),
    )
    this.#elsewhere.set(origin, made)
    return made
  }

  #judge(entries: readonly [Entry, ...Entry[]], ledger: LedgerReplay): readonly LawViolation[] {
    const [first] = entries
    const report = (code: Unlawful, detail: string, entry: Entry = first): LawViolation[] => [
      { code, ledger: entry.ledger, seq: entry.seq, stream: entry.stream, detail },
    ]
    if (ledger.commands.has(first.command)) return report('commandRepeated', first.command)
    ledger.commands.add(first.command)
    const known = this.#byEvent.get(first.type)
    if (known === undefined || !('given' in first.body)) return report('commandUnknown', first.type)
    const revision = ledger.revision(first.stream)
    if (first.seen !== undefined && first.seen !== revision) {
      return refusedAs(first, { code: 'staleView', params: { revision: String(revision) } })
    }
    const calendar = this.#workings.calendars.get(first.calendar)
    if (calendar === undefined) return report('calendarUnknown', first.calendar)
    try {
      const command = known.workflow.parse(commandOf(first, known.commandType))
      this.#command = command
      const needs = known.workflow.needs(command)
      const relied = this.#relied(first, ledger, needs)
      if (typeof relied === 'string') return report(relied, JSON.stringify(first.relies ?? null))
      return this.#redecide(
        entries,
        { ledger, workflow: known.workflow, command, needs, calendar, relied },
        report,
      )
    } catch (error) {
      if (error instanceof MalformedCommand) return report('commandMalformed', error.message)
      if (error instanceof CalendarMissing) return report('calendarMissing', String(error.year))
      if (error instanceof CorruptHistory || error instanceof Error) {
        return report('historyImpossible', error.message)
      }
      throw error
    }
  }

  /** The township as relied on: named by the genesis, not shorter than recorded, not older than what was already there. */
  #relied(
    first: Entry,
    ledger: LedgerReplay,
    { relied }: Needs,
  ): Relied | undefined | 'reliesWrong' | 'reliesStale' {
    const { township } = ledger.state(ledgerFold, ledgerStream)
    const expected = relied?.origin === RELIED_ON_GENESIS ? township : relied?.origin
    if (expected !== first.relies?.origin) return 'reliesWrong'
    if (expected === undefined || first.relies === undefined) return undefined
    const { size } = first.relies
    const other = this.#ledger(expected)
    // read in a transaction, the township ended with a commit
    if (other.boundaries.findLast((commit) => commit.size <= size)?.size !== size) {
      return 'reliesWrong'
    }
    const floor = Date.parse(first.at) - (this.#workings.tolerance ?? 0)
    const known = other.boundaries.findLast(({ at }) => Date.parse(at) <= floor)
    if (known !== undefined && size < known.size) return 'reliesStale'
    return { other, size }
  }

  #redecide(
    entries: readonly [Entry, ...Entry[]],
    { ledger, workflow, command, needs, calendar, relied }: Case,
    report: (code: Unlawful, detail: string, entry?: Entry) => LawViolation[],
  ): readonly LawViolation[] {
    const [first] = entries
    const past = ledger.past(first.ledger, relied)
    const queries = needs.facts?.(past, first.at) ?? {}
    const elsewhere = this.#others(first.ledger)
    const rootAfter = (after: Instant) => this.#rootAfter(first, ledger, after)
    const source = replayFacts(ledger.facts, { origin: first.ledger, elsewhere, rootAfter })
    const facts = answerFacts(source, queries)
    const recorded = recordFacts(facts, this.#digest)
    if (!sameTree(recorded, first.facts))
      return report('factDiffers', `${text(first.facts)} ≠ ${text(recorded)}`)
    const deciding: Deciding = { at: first.at, calendar, past, facts, digest: this.#digest }
    const decision = workflow.decide(command, deciding)
    if ('refused' in decision) return refusedAs(first, decision.refused)
    const { events, policy } = decision
    for (const [place, entry] of entries.entries()) {
      const draft = events[place]
      if (draft === undefined)
        return report('decidedOtherwise', `${entry.type} does not follow`, entry)
      const { at, calendar: named, relies } = first
      const again = enclose(command, draft, {
        ...entry,
        at,
        calendar: named,
        policy,
        relies,
        first: place === 0,
        facts: recorded,
      })
      if (!sameTree(again, entry)) {
        return report('decidedOtherwise', `${draft.type} ≠ ${entry.type}`, entry)
      }
      this.#again.push(again)
    }
    const left = events[entries.length]
    return left === undefined ? [] : report('decidedOtherwise', `${left.type} is missing`)
  }

  /** The head of the group that is being decided is signed only when all of it is: it does not count yet. */
  #rootAfter({ ledger: origin, at: now }: Entry, ledger: LedgerReplay, after: Instant) {
    const found = ledger.boundaries.find(({ at }) => at > after)
    if (found === undefined || found.at >= now) return undefined
    const root = sha256HexSchema.parse(toHex(this.#workings.rootAt(origin, found.size)))
    return { size: found.size, root }
  }

  readonly #digest = (message: string): Sha256Hex =>
    sha256HexSchema.parse(toHex(this.#workings.crypto.sha256(utf8(message))))
}

function impossible({ entry: { ledger, seq, stream }, why }: Unfolded): LawViolation {
  return { code: 'historyImpossible', ledger, seq, stream, detail: why }
}

/** The first entry of a command that the law refuses, under the refusal's own code. */
function refusedAs({ ledger, seq, stream }: Entry, refused: Refusal): readonly LawViolation[] {
  const detail = Object.values(refused.params).join(', ')
  return [{ code: refused.code, ledger, seq, stream, detail, refused }]
}

interface Case {
  readonly ledger: LedgerReplay
  readonly workflow: Workflow
  readonly command: Command
  readonly needs: Needs
  readonly calendar: Calendar
  readonly relied: Relied | undefined
}

const text = (value: JsonObject | undefined): string =>
  value === undefined ? '—' : canonicalText(value)
