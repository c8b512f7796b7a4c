// verify: was nothing changed, and was everything lawful? Both halves in one pass over all ledgers in the order of their
// commits; memory grows with streams and commands, and by a nonce an entry.
import { type Origin, originSchema, streamIdSchema } from '../domain/ids.ts'
import type { Entry } from '../domain/entry.ts'
import type { LedgerCrypto } from '../ledger/crypto.ts'
import { FormatError } from '../ledger/error.ts'
import { rootFromNodes } from '../ledger/merkle.ts'
import { splitNote } from '../ledger/note.ts'
import { type Checkpoint, parseCheckpointText } from '../ledger/checkpoint.ts'
import { Replay, type ReplayWorkings } from './replay.ts'
import { type Finding, type Violation, violationOf } from './verify/codes.ts'
import { byCommand, CommandsAudit } from './verify/commands-audit.ts'
import type { OutsideHead, SizedHead } from './verify/outside-audit.ts'
import { LedgerAudit } from './verify/ledger-audit.ts'
import { auditProjections } from './verify/projections-audit.ts'
import type { LedgerSource, StoredLedger } from './verify/source.ts'

export interface VerifyOptions {
  readonly source: LedgerSource
  readonly crypto: LedgerCrypto
  readonly workings: Omit<ReplayWorkings, 'rootAt' | 'crypto'>
  /** Public keys known from elsewhere, by origin: their ledgers must be there and signed by them. */
  readonly pinned: ReadonlyMap<string, string>
  /** Checkpoints kept outside the database. */
  readonly outside: readonly OutsideHead[]
  /** Report this ledger alone. All are read: a village is decided under its township. */
  readonly only?: Origin
  readonly onViolation: (violation: Violation) => void
  readonly onProgress?: (progress: VerifyProgress) => void
}

export interface VerifyProgress {
  readonly read: number
  /** Entries the ledger tables speak of. */
  readonly of: number
}

export interface VerifySummary {
  readonly ledgers: readonly { readonly origin: string; readonly entries: number }[]
  readonly entries: number
  readonly commands: number
  /** Checkpoint signatures checked. */
  readonly signatures: number
  /** Rows of read tables compared. */
  readonly rows: number
  readonly violations: number
}

/** Checks everything and reports every violation. Throws what the source throws for reasons other than damage. */
export async function verify(options: VerifyOptions): Promise<VerifySummary> {
  return new Verification(options).run()
}

/** One ledger on its way: its next command, and where the others come from. */
interface Course {
  readonly audit: LedgerAudit
  readonly commands: CommandsAudit
  readonly rest: Iterator<readonly [Entry, ...Entry[]], void>
  next: readonly [Entry, ...Entry[]] | undefined
}

const TURN = 256

class Verification {
  readonly #with: VerifyOptions
  readonly #replay: Replay
  /** Checkpoints kept outside, by the ledger they name. */
  readonly #outside = new Map<string, SizedHead[]>()
  #violations = 0

  constructor(options: VerifyOptions) {
    const { source, crypto, workings } = options
    this.#with = options
    this.#replay = new Replay({
      ...workings,
      crypto,
      rootAt: (ledger, size) => rootFromNodes(crypto, size, nodesOf(source, ledger)),
    })
  }

  async run(): Promise<VerifySummary> {
    const { source, only } = this.#with
    const stored = source.ledgers()
    this.#file(stored)
    const courses = stored.map((ledger) => this.#course(ledger))
    await this.#read(courses, total(stored.map(({ size }) => size)))
    const rows = this.#projections()
    const shown = courses.filter(({ audit }) => only === undefined || audit.ledger === only)
    return {
      ledgers: shown.map(({ audit }) => ({ origin: audit.ledger, entries: audit.read })),
      entries: total(courses.map(({ audit }) => audit.read)),
      commands: total(courses.map(({ commands }) => commands.read)),
      signatures: total(courses.map(({ audit }) => audit.signatures)),
      rows,
      violations: this.#violations,
    }
  }

  readonly #report = (finding: Finding): void => {
    const { only, onViolation } = this.#with
    if (only !== undefined && finding.ledger !== only && finding.ledger !== '') return
    this.#violations++
    onViolation(violationOf(finding))
  }

  /** What concerns the file as a whole. */
  #file(stored: readonly StoredLedger[]): void {
    const { source, pinned, outside } = this.#with
    for (const head of outside) {
      const named = checkpointOf(head)
      if (named === undefined) {
        this.#report({ code: 'outsideInvalid', ledger: '', detail: head.from })
        continue
      }
      const { origin, size } = named
      const known = this.#outside.get(origin)
      if (known === undefined) this.#outside.set(origin, [{ ...head, size }])
      else known.push({ ...head, size })
    }
    for (const detail of source.damage()) {
      this.#report({ code: 'storageDamaged', ledger: '', detail })
    }
    for (const detail of source.schema()) {
      this.#report({ code: 'schemaDiffers', ledger: '', detail })
    }
    for (const { table, ledger } of source.strays()) {
      this.#report({ code: 'ledgerUnknown', ledger, detail: table })
    }
    const here = new Set(stored.map(({ origin }) => origin))
    for (const ledger of pinned.keys()) {
      if (!here.has(ledger)) this.#report({ code: 'ledgerMissing', ledger, detail: 'key' })
    }
    for (const [ledger, heads] of this.#outside) {
      if (here.has(ledger)) continue
      for (const from of new Set(heads.map((head) => head.from))) {
        this.#report({ code: 'ledgerMissing', ledger, detail: from })
      }
    }
  }

  #course(stored: StoredLedger): Course {
    const { source, crypto, pinned } = this.#with
    const { origin } = stored
    if (!originSchema.safeParse(origin).success) {
      this.#report({ code: 'ledgerUnknown', ledger: origin, detail: origin })
    }
    const audit = new LedgerAudit({
      crypto,
      source,
      stored,
      pinned: pinned.get(origin),
      outside: this.#outside.get(origin) ?? [],
      report: this.#report,
    })
    const commands = new CommandsAudit({
      crypto,
      source,
      report: this.#report,
    })
    return { audit, commands, rest: byCommand(audit.entries()), next: undefined }
  }

  /** In the order of `at`, which is the order of commits: a fact may rest on every ledger as it was then. */
  async #read(courses: readonly Course[], of: number): Promise<void> {
    const open = new Set(courses.filter((course) => this.#advance(course)))
    for (let turn = 1; open.size > 0; turn++) {
      const course = earliest(open)
      const { next, commands } = course
      if (next === undefined) throw new Error('a ledger on its way without a command')
      for (const { refused, ...found } of this.#replay.next(next)) {
        this.#report(refused === undefined ? found : { ...found, refused })
      }
      const { command } = this.#replay
      this.#guarded(course, () => commands.next(next, command))
      if (!this.#advance(course)) open.delete(course)
      if (turn % TURN !== 0) continue
      this.#with.onProgress?.({ read: total(courses.map(({ audit }) => audit.read)), of })
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
    }
    for (const course of courses) {
      this.#guarded(course, () => course.commands.finish(course.audit.ledger))
    }
    this.#with.onProgress?.({ read: total(courses.map(({ audit }) => audit.read)), of })
  }

  /** False when the ledger has been read to its end, or cannot be read on. */
  #advance(course: Course): boolean {
    course.next = this.#guarded(course, () => {
      const step = course.rest.next()
      return step.done === true ? undefined : step.value
    })
    return course.next !== undefined
  }

  #projections(): number {
    const { source } = this.#with
    try {
      return auditProjections({
        stored: source.projections(),
        rowsOf: (ledger, stream) => {
          const [origin, id] = [originSchema.safeParse(ledger), streamIdSchema.safeParse(stream)]
          if (!origin.success || !id.success) return undefined
          return this.#replay.rowsOf(origin.data, id.data)
        },
        streams: () => this.#replay.streams(),
        report: this.#report,
      })
    } catch (error) {
      this.#damaged('', error)
      return 0
    }
  }

  /** A damaged page ends the reading of its ledger, not that of the others. */
  #guarded<T>({ audit }: Course, read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      this.#damaged(audit.ledger, error, audit.read)
      return undefined
    }
  }

  #damaged(ledger: string, error: unknown, seq?: number): void {
    const detail = this.#with.source.damageOf(error)
    if (detail === undefined) throw error
    this.#report({ code: 'storageDamaged', ledger, ...(seq === undefined ? {} : { seq }), detail })
  }
}

function earliest(open: Iterable<Course>): Course {
  let first: Course | undefined
  for (const course of open) {
    if (first === undefined || atOf(course) < atOf(first)) first = course
  }
  if (first === undefined) throw new Error('no ledger is open')
  return first
}

const atOf = ({ next }: Course): string => next?.[0].at ?? ''

const total = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + (Number.isFinite(number) ? number : 0), 0)

function nodesOf(source: LedgerSource, ledger: string) {
  return (level: number, index: number): Uint8Array => {
    const hash = source.node(ledger, level, index)
    if (hash === undefined) throw new Error(`${ledger}: no node ${level}/${index}`)
    return hash
  }
}

/** What a note speaks of, nothing of it verified. */
function checkpointOf({ note }: OutsideHead): Checkpoint | undefined {
  try {
    return parseCheckpointText(splitNote(note).text)
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}
