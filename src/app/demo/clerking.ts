// The reporting clerks: drafts become requests on their day, each with its papers, its list and what covers it.
import type { Request } from '../../../workflows/request/v1/fold.ts'
import { authorityKeys } from '../../../workflows/request/v1/judgement.ts'
import { roll } from '../../../workflows/roster/v1/roll.ts'
import { isWorkingDay } from '../../domain/calendar.ts'
import type { By } from '../../domain/entry.ts'
import {
  type Draft,
  type DraftStore,
  type Intent,
  type PayeeList,
  submissionOf,
} from '../../domain/draft.ts'
import {
  type AuthorityId,
  authorityIdSchema,
  type Origin,
  type RequestId,
  requestIdSchema,
  requestStream,
} from '../../domain/ids.ts'
import { fromFen, toFen } from '../../domain/money.ts'
import type { RefusalCode } from '../../domain/refusal.ts'
import type { Invoice, Submission } from '../../domain/request.ts'
import { addDays, type LocalDate } from '../../domain/time.ts'
import { presentCalendar } from '../calendars.ts'
import { keepList } from '../lists/keep.ts'
import type { Directory } from '../township/directory.ts'
import type { ValueVault } from '../township/vault.ts'
import type { Stage } from './acting.ts'
import type { Fates } from './fates.ts'
import { papersFor } from './papers.ts'

/** On a payroll of an invented village, the one who is away included. */
const CREW = 18

export interface RefusedDraft {
  readonly line: number
  readonly code: RefusalCode
}

/** A form on its way in. */
interface Sending {
  readonly ledger: Origin
  readonly by: By
  readonly form: Submission
  /** Invoices that are to be added later. */
  readonly coming: readonly Invoice[]
}

interface Office {
  readonly drafts: DraftStore
  readonly directory: Directory
  readonly vault: ValueVault
  readonly fates: Fates
}

export class Clerks {
  readonly refused: RefusedDraft[] = []
  /** Invoices of reported swipes (law 2.5), by ledger and request: they come in with the voucher papers. */
  readonly #coming = new Map<string, readonly Invoice[]>()
  readonly #stage: Stage
  readonly #office: Office
  /** By date and row, as the spreadsheet has them. */
  #waiting: readonly Draft[]
  readonly #numbers = new Map<string, number>()

  constructor(stage: Stage, waiting: readonly Draft[], office: Office) {
    this.#stage = stage
    this.#waiting = waiting
    this.#office = office
  }

  get left(): number {
    return this.#waiting.length
  }

  /** Today's drafts, and those of days off before; now and then one is left for tomorrow. */
  async submitDue(today: LocalDate): Promise<void> {
    const due = this.#waiting.filter((draft) => this.#isDue(draft, today))
    const done = new Set(due.map(({ id }) => id))
    this.#waiting = this.#waiting.filter(({ id }) => !done.has(id))
    for (const draft of due) await this.#submit(draft, today)
  }

  #isDue({ id, submittedOn }: Draft, today: LocalDate): boolean {
    if (submittedOn > today) return false
    const late = this.#stage.sources.random.of('late', id).perMille(200)
    if (!late) return true
    let next = addDays(submittedOn, 1)
    while (!isWorkingDay(presentCalendar, next)) next = addDays(next, 1)
    return next <= today
  }

  async #submit(draft: Draft, today: LocalDate): Promise<void> {
    const ledger = this.#office.directory.ledgerOf(draft.submission.company)
    if (ledger === undefined) throw new Error(`row ${draft.line}: a company of no ledger`)
    const form = this.#form(draft, ledger)
    const covering = this.covering(ledger, form, today)
    if (covering === undefined) return this.#send(draft, ledger, form)
    const covered = await this.#try(draft, ledger, { ...form, authority: covering })
    // over its ceiling it needs the decisions the authority stood for
    if (covered === 'authorityExceeded') return this.#send(draft, ledger, form)
    return this.#note(draft, covered)
  }

  async #send(draft: Draft, ledger: Origin, form: Submission): Promise<void> {
    this.#note(draft, await this.#try(draft, ledger, form))
  }

  #note({ line }: Draft, refused: RefusalCode | undefined): void {
    if (refused !== undefined) this.refused.push({ line, code: refused })
  }

  /** One try: a refused draft waits again, its number is used for the next. */
  async #try(draft: Draft, ledger: Origin, form: Submission): Promise<RefusalCode | undefined> {
    const stage = this.#stage
    const { drafts, fates } = this.#office
    const by = stage.person(ledger, draft.clerk)
    if (by === undefined) throw new Error(`row ${draft.line}: the clerk holds no office`)
    const intent = this.#intent(ledger)
    await drafts.take(draft.id, intent)
    const coming = draft.invoicesComing ?? []
    const sent = await this.send({ ledger, by, form, coming }, intent)
    if (sent.code !== undefined) {
      await drafts.release(draft.id)
      return sent.code
    }
    await drafts.markSubmitted(draft.id)
    fates.submitted(ledger, intent.request, draft)
    return undefined
  }

  /** Submits a form under the next number of its ledger. */
  async send(
    { ledger, by, form, coming }: Sending,
    intent: Intent = this.#intent(ledger),
  ): Promise<{ readonly request: RequestId; readonly code?: RefusalCode }> {
    const { request } = intent
    const act = { ledger, stream: requestStream(request), type: 'request.submit', by, input: form }
    this.#stage.pause()
    const outcome = await this.#stage.attempt(act, intent.command)
    if ('refused' in outcome) return { request, code: outcome.refused.code }
    this.#numbers.set(this.#series(ledger), Number(request.slice(5)))
    this.#coming.set(`${ledger} ${request}`, coming)
    return { request }
  }

  #intent(ledger: Origin): Intent {
    return { command: this.#stage.sources.mint.command(), request: this.#nextNumber(ledger) }
  }

  /** The invoices still to be added, dated no earlier than the report they follow. */
  coming(ledger: Origin, id: RequestId, { reportedOn, invoices }: Request): readonly Invoice[] {
    const held = new Set(invoices.map(({ number }) => number))
    return (this.#coming.get(`${ledger} ${id}`) ?? [])
      .filter(({ number }) => !held.has(number))
      .map((invoice) => (invoice.date < reportedOn ? { ...invoice, date: reportedOn } : invoice))
  }

  #series(ledger: Origin): string {
    const year = new Date(this.#stage.sources.clock.read()).getUTCFullYear()
    return `${ledger} ${year}`
  }

  #nextNumber(ledger: Origin): RequestId {
    const series = this.#series(ledger)
    const number = (this.#numbers.get(series) ?? 0) + 1
    return requestIdSchema.parse(`${series.slice(-4)}-${String(number).padStart(6, '0')}`)
  }

  #form(draft: Draft, ledger: Origin): Submission {
    const evidence = papersFor(draft.submission, 'decision')
    const list = draft.needsList ? this.#list(draft, ledger) : undefined
    const form = submissionOf(draft, { evidence, ...(list === undefined ? {} : { list }) })
    if (form === undefined) throw new Error(`row ${draft.line}: no list`)
    return form
  }

  /** The list the row speaks of: members whose amounts add up to it. Its rows are kept in the vault alone. */
  #list({ id, submission, submittedOn, line }: Draft, ledger: Origin): PayeeList {
    const { random, vaultBytes } = this.#stage.sources
    const { company, category, amount } = submission
    const { members } = roll(this.#stage.watch.roster(ledger))
    // the same people month by month, but for one who is away
    const crew = random.of('crew', company, category).shuffled(members).slice(0, CREW)
    const away = random.of('list', id).below(crew.length)
    const people = crew.filter((_, at) => at !== away)
    const amounts = shares(toFen(amount), people.length)
    const rows = people.map((person, at) => ({ person, amount: fromFen(amounts[at] ?? 0) }))
    const place = { ledger, company, category, month: submittedOn.slice(0, 7) }
    const { vault } = this.#office
    const kept = keepList(rows, { place, amount }, { vault, random: vaultBytes })
    if ('faults' in kept)
      throw new Error(`row ${line}: ${kept.faults.map(({ code }) => code).join(' ')}`)
    return kept.list
  }

  /** An authority of the company for this payee, whether or not enough of it is left: that is for the law to say. */
  covering(ledger: Origin, form: Submission, today: LocalDate): AuthorityId | undefined {
    const { watch } = this.#stage
    const keys = authorityKeys(form)
    return watch
      .rows('authority', [ledger])
      .filter((row) => row.company === form.company)
      .map(({ authority }) => authorityIdSchema.parse(authority))
      .find((id) => {
        const { terms, place } = watch.authority(ledger, id)
        if (place !== 'open') return false
        const named = terms.payees.some((key) => keys.includes(key))
        return named && terms.from <= today && today <= terms.to
      })
  }
}

/** Equal shares in fen; the first take what does not divide. */
function shares(fen: number, among: number): readonly number[] {
  const each = Math.floor(fen / among)
  const rest = fen - each * among
  return Array.from({ length: among }, (_, at) => each + (at < rest ? 1 : 0))
}
