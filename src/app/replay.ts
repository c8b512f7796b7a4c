// Re-deciding: every command is re-created from its entries and decided again under the workflow, policy, roster and calendar
// it was decided under. What comes out must be the same bytes: the lawfulness half of verify (law §10).
import { commandOf, CorruptHistory, MalformedCommand, type Workflow } from '../../workflows/workflow.ts'
import { RELIED_ON_GENESIS, ledgerFold, ledgerStream } from '../../workflows/ledger/v1/fold.ts'
import { type Calendar, CalendarMissing } from '../domain/calendar.ts'
import type { Command } from '../domain/command.ts'
import { enclose } from '../domain/envelope.ts'
import { type Entry, type JsonObject, noEntry } from '../domain/entry.ts'
import { answerFacts, recordFacts } from '../domain/facts.ts'
import { type Origin, sha256HexSchema, type Sha256Hex, type StreamId, streamKind } from '../domain/ids.ts'
import type { ProjectedRow } from '../domain/projection.ts'
import type { RefusalCode } from '../domain/refusal.ts'
import type { Deciding, Fold, Folded, Needs, Past, Workings } from '../domain/store.ts'
import type { Instant } from '../domain/time.ts'
import { toHex, utf8 } from '../ledger/bytes.ts'
import { canonicalText } from '../ledger/canonical.ts'
import type { LedgerCrypto } from '../ledger/crypto.ts'
import { FactMemory, replayFacts } from './facts.ts'

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
  factDiffers: { zh: '记录的事实与账本推得的不符', en: 'A recorded fact is not what the entries say' },
  decidedOtherwise: {
    zh: '依当时规则重新裁定的结果不同',
    en: 'Decided again under the same rules, it comes out otherwise',
  },
  historyImpossible: { zh: '此前的记录之后不可能发生', en: 'Cannot follow from the entries before it' },
  projectionDiffers: { zh: '读表与账本推得的不符', en: 'A read table is not what the entries fold to' },
} as const
export type Unlawful = keyof typeof unlawfulness | RefusalCode

export interface LawViolation {
  readonly code: Unlawful
  readonly ledger: Origin
  readonly seq: number
  readonly stream: StreamId
  readonly detail: string
}

export interface ReplayWorkings extends Workings {
  readonly workflows: readonly Workflow[]
  readonly calendars: ReadonlyMap<string, Calendar>
  readonly crypto: LedgerCrypto
  /** A ledger's root at a size, from tree nodes already verified against its entries. */
  rootAt(ledger: Origin, size: number): Uint8Array
}

/** Clocks of two processes may differ this much before reliance on an older township counts as stale. */
const STALE_MS = 60_000

interface Head {
  readonly revision: number
  readonly state: unknown
  readonly prev: Sha256Hex
}
const initialHead = { revision: -1, prev: noEntry }

class LedgerReplay {
  readonly heads = new Map<StreamId, Head>()
  readonly facts = new FactMemory()
  readonly commands = new Set<string>()
  /** Township streams as they were after each of their entries: villages rely on them at a size. */
  readonly history = new Map<StreamId, { readonly size: number; readonly head: Head }[]>()
  /** `at` and size after each commit, ascending. */
  readonly boundaries: { at: Instant; size: number }[] = []
  size = 0
}

/** All ledgers of a township, re-decided together. Feed the commands of all of them in the order of their `at`. */
export class Replay {
  readonly #workings: ReplayWorkings
  readonly #ledgers = new Map<Origin, LedgerReplay>()
  readonly #byEvent = new Map<string, { readonly workflow: Workflow; readonly commandType: string }>()

  constructor(workings: ReplayWorkings) {
    this.#workings = workings
    for (const workflow of workings.workflows) {
      for (const [commandType, eventType] of workflow.acts) this.#byEvent.set(eventType, { workflow, commandType })
    }
  }

  /** Final states, for comparing projections. */
  *rows(ledger: Origin): Generator<{ stream: StreamId; rows: readonly ProjectedRow[] }> {
    for (const [stream, { state }] of this.#ledger(ledger).heads) {
      yield { stream, rows: this.#workings.project(ledger, stream, state) }
    }
  }

  /** The entries of one command, in order. Whatever is wrong with them, they are folded, so that one fault is told once. */
  next(entries: readonly [Entry, ...Entry[]]): readonly LawViolation[] {
    const [first] = entries
    const ledger = this.#ledger(first.ledger)
    const found = this.#judge(entries, ledger)
    const broken = this.#fold(entries, ledger)
    if (ledger.boundaries.at(-1)?.at === first.at) ledger.boundaries.pop()
    ledger.boundaries.push({ at: first.at, size: ledger.size })
    return [...found, ...broken]
  }

  #ledger(origin: Origin): LedgerReplay {
    const known = this.#ledgers.get(origin)
    if (known !== undefined) return known
    const made = new LedgerReplay()
    this.#ledgers.set(origin, made)
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
    const calendar = this.#workings.calendars.get(first.calendar)
    if (calendar === undefined) return report('calendarUnknown', first.calendar)
    try {
      const command = known.workflow.parse(commandOf(first, known.commandType))
      const needs = known.workflow.needs(command)
      const relied = this.#relied(first, ledger, needs)
      if (typeof relied === 'string') return report(relied, JSON.stringify(first.relies ?? null))
      return this.#redecide(entries, { ledger, workflow: known.workflow, command, needs, calendar, relied }, report)
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
  #relied(first: Entry, ledger: LedgerReplay, { relied }: Needs): Relied | undefined | 'reliesWrong' | 'reliesStale' {
    const genesis = ledger.heads.get(ledgerStream)?.state
    const township = genesis === undefined ? undefined : stateOf(ledgerFold, genesis).township
    const expected = relied?.origin === RELIED_ON_GENESIS ? township : relied?.origin
    if (expected !== first.relies?.origin) return 'reliesWrong'
    if (expected === undefined || first.relies === undefined) return undefined
    const { size } = first.relies
    const other = this.#ledger(expected)
    if (size > other.size) return 'reliesWrong'
    const floor = Date.parse(first.at) - STALE_MS
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
    const past = this.#past(first.ledger, ledger, relied)
    const queries = needs.facts?.(past, first.at) ?? {}
    const elsewhere = new Map([...this.#ledgers].filter(([origin]) => origin !== first.ledger).map(([o, l]) => [o, l.facts]))
    const facts = answerFacts(
      replayFacts(ledger.facts, { elsewhere, rootAfter: (after) => this.#rootAfter(first.ledger, ledger, after) }),
      queries,
    )
    const recorded = recordFacts(facts, this.#digest)
    if (text(recorded) !== text(first.facts)) return report('factDiffers', `${text(first.facts)} ≠ ${text(recorded)}`)
    const deciding: Deciding = { at: first.at, calendar, past, facts, digest: this.#digest }
    const decision = workflow.decide(command, deciding)
    if ('refused' in decision) {
      return report(decision.refused.code, Object.values(decision.refused.params).join(', '))
    }
    const { events, policy } = decision
    for (const [place, entry] of entries.entries()) {
      const draft = events[place]
      if (draft === undefined) return report('decidedOtherwise', `${entry.type} does not follow`, entry)
      const again = enclose(command, draft, { ...entry, policy, relies: first.relies, first: place === 0, facts: recorded })
      if (canonicalText(asJson(again)) !== canonicalText(asJson(entry))) {
        return report('decidedOtherwise', `${draft.type} ≠ ${entry.type}`, entry)
      }
    }
    const left = events[entries.length]
    return left === undefined ? [] : report('decidedOtherwise', `${left.type} is missing`)
  }

  #past(origin: Origin, ledger: LedgerReplay, relied: Relied | undefined): Past {
    return {
      ledger: origin,
      stream: (fold, id) => folded(fold, ledger.heads.get(id)),
      relied: (fold, id) => {
        const at = relied?.other.history.get(id)?.findLast(({ size }) => size <= relied.size)
        return folded(fold, at?.head)
      },
    }
  }

  #rootAfter(origin: Origin, ledger: LedgerReplay, after: Instant) {
    const found = ledger.boundaries.find(({ at }) => at > after)
    if (found === undefined) return undefined
    const root = sha256HexSchema.parse(toHex(this.#workings.rootAt(origin, found.size)))
    return { size: found.size, root }
  }

  #fold(entries: readonly Entry[], ledger: LedgerReplay): readonly LawViolation[] {
    const touched = new Set<StreamId>()
    const found: LawViolation[] = []
    for (const entry of entries) {
      const { stream, seq } = entry
      ledger.size = seq + 1
      const fold = this.#workings.folds.get(streamKind(stream))
      const before = ledger.heads.get(stream) ?? { ...initialHead, state: fold?.initial }
      try {
        if (fold === undefined) throw new Error(`no fold for ${stream}`)
        const state = fold.apply(before.state, entry)
        const head = { revision: entry.revision, state, prev: entry.prev }
        ledger.heads.set(stream, head)
        if (isRelied(stream)) remember(ledger.history, stream, { size: ledger.size, head })
        touched.add(stream)
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error)
        found.push({ code: 'historyImpossible', ledger: entry.ledger, seq, stream, detail })
      }
    }
    for (const stream of touched) {
      const rows = this.#workings.project(entries[0]?.ledger ?? never(), stream, ledger.heads.get(stream)?.state)
      ledger.facts.replace(stream, rows)
    }
    return found
  }

  readonly #digest = (message: string): Sha256Hex =>
    sha256HexSchema.parse(toHex(this.#workings.crypto.sha256(utf8(message))))
}

interface Relied {
  readonly other: LedgerReplay
  readonly size: number
}
interface Case {
  readonly ledger: LedgerReplay
  readonly workflow: Workflow
  readonly command: Command
  readonly needs: Needs
  readonly calendar: Calendar
  readonly relied: Relied | undefined
}

const isRelied = (stream: StreamId): boolean => stream === 'roster' || stream === 'policy' || stream === 'ledger'

function remember<T>(history: Map<StreamId, T[]>, stream: StreamId, version: T): void {
  const known = history.get(stream)
  if (known === undefined) history.set(stream, [version])
  else known.push(version)
}

// heads hold what this very fold made: the stream's kind chose it
const stateOf = <S>(_fold: Fold<S>, state: unknown): S => state as S
const folded = <S>(fold: Fold<S>, head: Head | undefined): Folded<S> =>
  head === undefined
    ? { revision: -1, state: fold.initial }
    : { revision: head.revision, state: stateOf(fold, head.state) }

const asJson = (entry: Entry): JsonObject => entry as unknown as JsonObject
const text = (value: JsonObject | undefined): string => (value === undefined ? '—' : canonicalText(value))
const never = (): never => {
  throw new Error('a command without entries')
}
