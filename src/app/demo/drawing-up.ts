// The clerks draw up what the year has beside its sheet, each request on its day, and tell it what befalls it.
import { isWorkingDay } from '../../domain/calendar.ts'
import type { By } from '../../domain/entry.ts'
import {
  type OrganisationId,
  type Origin,
  type RequestId,
  requestIdSchema,
} from '../../domain/ids.ts'
import { moneySchema } from '../../domain/money.ts'
import { type Invoice, invoiceSchema, type Submission } from '../../domain/request.ts'
import { addDays, type LocalDate } from '../../domain/time.ts'
import { presentCalendar } from '../calendars.ts'
import type { Directory } from '../township/directory.ts'
import type { Stage } from './acting.ts'
import type { Clerks } from './clerking.ts'
import { companies, type Extra } from './extra.ts'
import { extras } from './extras.ts'
import type { Fates } from './fates.ts'
import { firms } from './firms.ts'
import { digestOf, pageOf, papersFor } from './papers.ts'

interface Office {
  readonly directory: Directory
  readonly clerks: Clerks
  readonly fates: Fates
}

/** Where a request is drawn up, and by whom. */
interface Desk {
  readonly ledger: Origin
  readonly company: OrganisationId
  readonly clerk: By
  readonly handler: By
  readonly witness: By
  readonly today: LocalDate
}

/** Digits of an invoice that its seller did not number in a row: 20 in all. */
const SERIES = '25330'
const DIGITS = 15

export class DrawingUp {
  readonly #stage: Stage
  readonly #office: Office
  #waiting: readonly Extra[]

  /** `until`: the last day anything is drawn up. */
  constructor(stage: Stage, office: Office, until: string) {
    this.#stage = stage
    this.#office = office
    this.#waiting = extras.filter(({ on }) => on <= until)
  }

  get left(): number {
    return this.#waiting.length
  }

  async submitDue(today: LocalDate): Promise<void> {
    const waiting: Extra[] = []
    for (const extra of this.#waiting) {
      const form = extra.on > today ? undefined : this.#form(extra, today)
      if (form === undefined) waiting.push(extra)
      else await this.#submit(extra, form)
    }
    this.#waiting = waiting
  }

  async #submit(
    { fate, daring, invoice }: Extra,
    { desk, form }: { readonly desk: Desk; readonly form: Submission },
  ): Promise<void> {
    const { ledger, clerk } = desk
    const { clerks, fates } = this.#office
    const coming = invoice === 'toCome' ? [this.#invoice(form, { age: 0, today: desk.today })] : []
    const sent = await clerks.send({ ledger, by: clerk, form, coming })
    if (sent.code === undefined) fates.destined(ledger, sent.request, fate)
    else if (daring !== true) {
      const { code } = sent
      this.#stage.surprises.push({ act: form.purpose, stream: `request/${sent.request}`, code })
    }
  }

  /** Undefined while something it needs is not there yet. */
  #form(
    extra: Extra,
    today: LocalDate,
  ): { readonly desk: Desk; readonly form: Submission } | undefined {
    const desk = this.#desk(extra, today)
    if (desk === undefined) return undefined
    const supplements = extra.supplements === true ? this.#closed(desk) : undefined
    if (extra.supplements === true && supplements === undefined) return undefined
    const plain: Submission = {
      ...this.#plain(extra, desk),
      ...(supplements === undefined ? {} : { supplements }),
    }
    const { clerks } = this.#office
    const authority =
      extra.covered === true ? clerks.covering(desk.ledger, plain, today) : undefined
    if (extra.covered === true && authority === undefined) return undefined
    const covered = authority === undefined ? plain : { ...plain, authority }
    const evidence = [...papersFor(covered, 'decision'), ...shown(extra, covered)]
    return { desk, form: { ...covered, evidence } }
  }

  #desk({ company: name, kind, purpose }: Extra, today: LocalDate): Desk | undefined {
    const { directory } = this.#office
    const company = directory.company(companies[name])
    const village = company === undefined ? undefined : directory.ledgerOf(company)
    if (company === undefined || village === undefined)
      throw new Error(`no company ${companies[name]}`)
    const random = this.#stage.sources.random.of('extra', purpose)
    const [clerk] = this.#stage.holders(village, company, 'reportingClerk')
    const handlers = this.#stage.holders(village, company, 'handler')
    const witnesses = this.#stage.holders(village, company, 'witness')
    if (clerk === undefined || handlers.length === 0 || witnesses.length === 0) return undefined
    // advances are one person's, so that a second one meets the first
    const handler = kind === 'advance' ? handlers[0] : random.pick(handlers)
    if (handler === undefined) return undefined
    return { ledger: village, company, clerk, handler, witness: random.pick(witnesses), today }
  }

  #plain(extra: Extra, desk: Desk): Submission {
    const { kind = 'single', category, purpose, invoice, debit, emergency } = extra
    const { contract, project } = extra
    const amount = moneySchema.parse(extra.yuan)
    const payee = payeeOf(extra, desk)
    const comes = invoice === 'toCome'
    const bare = invoice === 'none' || comes || kind === 'advance'
    const form: Submission = {
      company: desk.company,
      kind,
      category,
      matter: 'ordinary',
      purpose,
      amount,
      method: methodOf(extra),
      payee,
      invoices: [],
      budgetLine: purpose.slice(0, 40),
      handler: desk.handler.person,
      witness: desk.witness.person,
      relation: 'none',
      evidence: [],
      ...(comes ? { invoicesToCome: true } : {}),
      ...(debit === true
        ? { debit: debited(desk.today, purpose), voucherException: 'bankSlip' }
        : {}),
      ...(contract === undefined ? {} : { contract }),
      ...(project === undefined ? {} : { project }),
      ...(emergency === undefined
        ? {}
        : { emergency: { cause: emergency, declaration: pageOf(`${purpose} 应急说明`) } }),
    }
    if (bare) return form
    const run = typeof invoice === 'object' ? invoice.run : undefined
    const age = extra.invoiceAge ?? 0
    return { ...form, invoices: [this.#invoice(form, { age, today: desk.today, run })] }
  }

  #invoice(
    { purpose, amount, payee, company, kind }: Submission,
    {
      age,
      today,
      run,
    }: { readonly age: number; readonly today: LocalDate; readonly run?: number | undefined },
  ): Invoice {
    const { random } = this.#stage.sources
    // the same first number for a run, whatever each of them is for
    const label = run === undefined ? purpose : 'run'
    const first = random.of('invoice', company, label).below(10 ** 9)
    const number = `${SERIES}${String(first + (run ?? 0)).padStart(DIGITS, '0')}`
    return invoiceSchema.parse({
      number,
      date: addDays(today, -age),
      total: amount,
      ...(payee.type === 'firm' && kind === 'single' ? { sellerAccount: payee.account } : {}),
    })
  }

  #closed({ ledger: village, company }: Desk): RequestId | undefined {
    const [first] = this.#stage.watch
      .rows('request', [village])
      .filter((row) => row.company === company && row.state === 'closed')
      .map(({ request }) => request)
      .sort()
    return first === undefined ? undefined : requestIdSchema.parse(first)
  }
}

function payeeOf({ payee }: Extra, { handler }: Desk): Submission['payee'] {
  if (payee === undefined) return { type: 'person', person: handler.person }
  if (typeof payee === 'object') return { type: 'unregistered', name: payee.unregistered }
  return firms[payee]
}

function methodOf({ cash, debit }: Extra): Submission['method'] {
  if (cash === true) return 'cash'
  return debit === true ? 'debit' : 'transfer'
}

function debited(today: LocalDate, purpose: string): NonNullable<Submission['debit']> {
  let on = addDays(today, -1)
  while (!isWorkingDay(presentCalendar, on)) on = addDays(on, -1)
  return { on, bankReference: `DK${on.replaceAll('-', '')}${digestOf(purpose).slice(0, 6)}` }
}

/** The paper that draws the eye. */
function shown({ paper }: Extra, { purpose, invoices }: Submission): Submission['evidence'] {
  if (paper === undefined) return []
  const sha256 = pageOf(paper.text ?? `${purpose} 附件`)
  const [invoice] = invoices
  const dated =
    paper.datedAfter === undefined || invoice === undefined
      ? {}
      : { dated: addDays(invoice.date, paper.datedAfter) }
  return [{ paper: paper.paper, sha256, ...dated }]
}
