// The sample year, carried through the chain by simulated office-holders on a simulated calendar. Every act goes through
// perform; people act on what they see waiting, and nothing is decided for them but by the seed.
import { isWorkingDay } from '../../domain/calendar.ts'
import type { DraftStore } from '../../domain/draft.ts'
import { meetingIdSchema, type Origin } from '../../domain/ids.ts'
import { addDays, atShanghai, type LocalDate } from '../../domain/time.ts'
import { presentCalendar } from '../calendars.ts'
import { importRequests } from '../import/import-requests.ts'
import type { Voting } from '../cast-ballot.ts'
import type { Context } from '../perform.ts'
import { type Directory, openDirectory } from '../township/directory.ts'
import { type Founded, foundTownship } from '../township/found.ts'
import type { ValueVault } from '../township/vault.ts'
import { Stage } from './acting.ts'
import { Boards } from './boards.ts'
import { Bystanders } from './bystanders.ts'
import { Cases } from './cases.ts'
import { Ceilings } from './ceilings.ts'
import { bundledTownship, bundledYear } from './bundle.ts'
import { Clerks } from './clerking.ts'
import { Desks } from './desks.ts'
import { DrawingUp } from './drawing-up.ts'
import { Fates } from './fates.ts'
import { type Door, ownDoor } from './hands.ts'
import { Meetings } from './meetings.ts'
import { Members } from './members.ts'
import { Occasions } from './occasions.ts'
import { OrganCases } from './organ-cases.ts'
import { Plans } from './plans.ts'
import {
  companyMusts,
  countedBy,
  type DemoReport,
  type MonthLine,
  monthLine,
  Passed,
  totalOf,
  unfinished,
} from './report.ts'
import { Rounds } from './rounds.ts'
import { DEMO_FOUNDED, type DemoSources } from './sources.ts'
import { Watch } from './watch.ts'

export interface DemoPorts {
  /** Opened with the clock, nonces and keys of the sources. */
  readonly context: Context & Voting
  readonly drafts: DraftStore
  readonly vault: ValueVault
  /** Makes the key of a ledger from the sources' seed; returns its public half. */
  readonly vkey: (origin: Origin) => string
  /** What is done after the founding goes through it; through this process itself when left out. */
  readonly door?: (founded: Founded) => Promise<Door>
}

export interface DemoOptions {
  /** So many months of the sample year, 12 when left out; the flows they begin are carried to their end. */
  readonly months?: number
  readonly onMonth?: (line: MonthLine) => void
}

const LAST_DAY = '2026-04-30' as LocalDate
const YEAR_BEGINS = '2025-01-01' as LocalDate
const PLANS_CALLED = '2024-11-18' as LocalDate
const DRAFTS_AT_ONCE = 1000

/** @throws Error when the bundled files do not fit each other */
export async function runDemo(
  ports: DemoPorts,
  sources: DemoSources,
  options: DemoOptions = {},
): Promise<DemoReport> {
  const founded = await found(ports, sources)
  const [passed, cases] = [new Passed(), new Cases()]
  const organs = new OrganCases(cases)
  const { hands, entries } = (await ports.door?.(founded)) ?? ownDoor(ports.context)
  const watch = new Watch(entries, [founded.township, ...founded.villages], (entry) => {
    passed.note(entry)
    cases.note(entry)
    organs.note(entry)
  })
  await watch.catchUp()
  const directory = await openDirectory(ports.context.store, ports.vault, founded.villages)
  const imported = await importRequests(await bundledYear(), { directory, drafts: ports.drafts })
  if (imported.faults.length > 0)
    throw new Error(`the bundled sheet has faults: ${JSON.stringify(imported.faults)}`)
  const stage = new Stage(hands, { sources, watch, cases, ...founded })
  const year = await Year.begin(stage, ports, { directory, months: options.months ?? 12 })
  await year.run(options.onMonth ?? (() => {}), () => organs.day(stage))
  return {
    ...reportOf(stage, passed),
    imported: imported.added + imported.known,
    refusedDrafts: year.refusedDrafts,
  }
}

async function found(
  { context, vault, vkey }: DemoPorts,
  { mint, clock }: DemoSources,
): Promise<Founded> {
  const founded = await foundTownship(context, await bundledTownship(), {
    vault,
    mint,
    clock: clock.read,
    vkey,
  })
  if ('faults' in founded)
    throw new Error(`the bundled township was not founded: ${JSON.stringify(founded.faults)}`)
  return founded
}

interface Beginning {
  readonly directory: Directory
  readonly months: number
}

/** Everybody's day, one after another. */
class Year {
  readonly #stage: Stage
  readonly #directory: Directory
  readonly #clerks: Clerks
  readonly #drawingUp: DrawingUp
  readonly #ceilings: Ceilings
  readonly #bystanders: Bystanders
  readonly #desks: Desks
  readonly #boards: Boards
  readonly #members: Members
  readonly #plans: Plans
  readonly #rounds: Rounds
  readonly #occasions: Occasions
  #finalRound = false

  static async begin(
    stage: Stage,
    ports: DemoPorts,
    { directory, months }: Beginning,
  ): Promise<Year> {
    const kept = await ports.drafts.list({ state: 'waiting', limit: DRAFTS_AT_ONCE })
    const until = `2025-${String(months).padStart(2, '0')}-31`
    const drafts = kept.flatMap(({ draft }) =>
      draft === undefined || draft.submittedOn > until ? [] : [draft],
    )
    const fates = new Fates(stage.sources.random.of('fates'), drafts)
    const office = { drafts: ports.drafts, directory, vault: ports.vault, fates }
    const clerks = new Clerks(stage, drafts, office)
    return new Year(stage, directory, { fates, clerks, until })
  }

  private constructor(
    stage: Stage,
    directory: Directory,
    {
      fates,
      clerks,
      until,
    }: { readonly fates: Fates; readonly clerks: Clerks; readonly until: string },
  ) {
    const meetings = new Meetings(stage)
    this.#stage = stage
    this.#directory = directory
    this.#clerks = clerks
    this.#drawingUp = new DrawingUp(stage, { directory, clerks, fates }, until)
    this.#ceilings = new Ceilings(stage, meetings, { directory, until })
    this.#bystanders = new Bystanders(stage, fates)
    this.#desks = new Desks(stage, fates, clerks)
    this.#boards = new Boards(stage, meetings, fates)
    this.#members = new Members(stage, meetings, fates)
    this.#plans = new Plans(stage)
    this.#rounds = new Rounds(stage, until)
    const office = { boards: this.#boards, members: this.#members, meetings }
    this.#occasions = new Occasions(stage, { ...office, clerks, directory, fates }, until)
  }

  get refusedDrafts() {
    return this.#clerks.refused
  }

  async run(onMonth: (line: MonthLine) => void, onWorkingDay: () => void): Promise<void> {
    const { watch } = this.#stage
    for (let day = DEMO_FOUNDED; day <= LAST_DAY; day = addDays(day, 1)) {
      await this.#day(day)
      if (isWorkingDay(presentCalendar, day)) onWorkingDay()
      const month = day.slice(0, 7)
      const over = this.#isOver()
      if (!addDays(day, 1).startsWith(month) || over) onMonth(monthLine(watch, month))
      if (over) return
    }
  }

  async #day(day: LocalDate): Promise<void> {
    if (isWorkingDay(presentCalendar, day)) await this.#workingDay(day)
    await this.#at(day, '18:30', () => this.#members.hold())
  }

  async #workingDay(day: LocalDate): Promise<void> {
    await this.#at(day, '08:40', () => this.#submit(day))
    await this.#at(day, '09:10', () => this.#arrange(day))
    await this.#at(day, '09:40', () => this.#desks.work())
    await this.#at(day, '11:00', () => this.#bystanders.work())
    await this.#at(day, '14:00', () => this.#boards.hold())
    await this.#at(day, '15:20', () => this.#desks.work())
  }

  async #submit(day: LocalDate): Promise<void> {
    await this.#drawingUp.submitDue(day)
    await this.#clerks.submitDue(day)
  }

  async #arrange(day: LocalDate): Promise<void> {
    await this.#members.prepare()
    await this.#plans.enter()
    await this.#ceilings.work()
    await this.#occasions.work()
    await this.#boards.plan()
    await this.#announceRounds(day)
    await this.#rounds.work()
    if (day === PLANS_CALLED) await this.#plans.call(this.#members, this.#directory)
  }

  /** A round a quarter while there is more to come, and one over all the rest once every flow has ended. */
  async #announceRounds(day: LocalDate): Promise<void> {
    if (this.#finalRound) return
    const before = this.#rounds.coveredTo
    const from = before === undefined ? YEAR_BEGINS : addDays(before, 1)
    if (this.#clerks.left + this.#drawingUp.left + this.#occasions.left === 0)
      return this.#announceLast(day, from)
    const quarterEnd = quarterEnds.find((end) => end >= from)
    if (quarterEnd !== undefined && addDays(quarterEnd, 3) <= day)
      await this.#rounds.plan(from, quarterEnd)
  }

  async #announceLast(day: LocalDate, from: LocalDate): Promise<void> {
    const ends = this.#stage.watch.rows('request').map(({ endedOn }) => endedOn)
    const last = ends.reduce((a, b) => (a > b ? a : b), '') as LocalDate
    if (ends.includes('') || last >= day || ends.length === 0) return
    this.#finalRound = true
    await this.#rounds.plan(from, last)
    await this.#plans.review(this.#members)
  }

  #isOver(): boolean {
    return this.#finalRound && unfinished(this.#stage.watch).length === 0
  }

  async #at(day: LocalDate, time: string, happens: () => Promise<void>): Promise<void> {
    this.#stage.sources.clock.wind(atShanghai(day, time))
    await happens()
    await this.#stage.watch.catchUp()
  }
}

const quarterEnds = ['2025-03-31', '2025-06-30', '2025-09-30'].map((date) => date as LocalDate)

function reportOf(
  { watch, cases, villages, refused, surprises }: Stage,
  passed: Passed,
): Omit<DemoReport, 'imported' | 'refusedDrafts'> {
  const rows = watch.rows('request')
  const named = Object.keys(countedBy(rows, ({ outcome }) => outcome))
  const byOutcome = named.map((outcome) => {
    const some = rows.filter((row) => row.outcome === outcome)
    return [outcome, { requests: some.length, amount: totalOf(some) }] as const
  })
  const decided = watch.rows('meeting').flatMap(({ ledger, meeting, kind }) => {
    const { outcomes } = watch.meeting(ledger, meetingIdSchema.parse(meeting))
    return outcomes.map(({ outcome }) => `${kind} ${outcome}`)
  })
  return {
    ledgers: watch.ledgers.map((origin) => ({ origin, entries: watch.size(origin) })),
    requests: rows.length,
    amount: totalOf(rows),
    byState: countedBy(rows, ({ state }) => state),
    byOutcome: Object.fromEntries(byOutcome),
    companies: companyMusts(watch, passed, villages),
    meetings: countedBy(watch.rows('meeting'), ({ kind, state }) => `${kind} ${state}`),
    decisions: countedBy(decided, (one) => one),
    inspections: watch.rows('inspection').length,
    findings: watch.rows('finding').length,
    cases: cases.counts(refused),
    refused: Object.fromEntries([...refused].sort(([a], [b]) => (a < b ? -1 : 1))),
    unfinished: unfinished(watch),
    surprises,
  }
}
