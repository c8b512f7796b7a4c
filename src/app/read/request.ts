// One request as a page: the form, the route with its reasons, who is waited for, and everything that happened.
import { placeOf, type Request } from '../../../workflows/request/v1/fold.ts'
import type { RosterState } from '../../../workflows/roster/v1/fold.ts'
import { emergencyCauses } from '../../domain/emergency.ts'
import { categories, matters, papers } from '../../domain/expense.ts'
import {
  type Origin,
  type RequestId,
  requestIdSchema,
  meetingStream,
  requestStream,
} from '../../domain/ids.ts'
import type { Language } from '../../domain/language.ts'
import { grouped, inCapitals, type Money } from '../../domain/money.ts'
import { mustNames } from '../../domain/must.ts'
import { fundSources, requestKinds } from '../../domain/request.ts'
import type { LocalDate } from '../../domain/time.ts'
import { demandNames, methodNames } from '../names.ts'
import { requestPlaces } from '../../domain/places.ts'
import { tellAll, type Told } from '../sentences.ts'
import { manning } from './desks.ts'
import type { Names } from './names.ts'
import { type ListView, listView } from './list.ts'
import { payeeInFull } from './payee.ts'
import type { Reading } from './port.ts'
import type { ReadRequest } from './request-folded.ts'

export interface RequestView {
  readonly ledger: Origin
  readonly request: RequestId
  readonly state: string
  readonly form: Readonly<Record<string, string>>
  readonly route: readonly {
    readonly must: string
    readonly demand: string
    readonly rule: string
    readonly reason: string
  }[]
  readonly waiting: readonly {
    readonly act: string
    readonly desk: string
    readonly dueAt: string
    /** Who must fill the desk where nobody is; `''` while somebody is there. */
    readonly vacantFor: string
  }[]
  /** Of a payee list: beside the one of the month before. */
  readonly list?: ListView
  readonly trail: readonly Told[]
}

interface How {
  readonly names: Names
  readonly language: Language
}

export interface WantedRequest {
  readonly ledger: Origin
  readonly id: string
  readonly on: LocalDate
  /** Of the township and of the ledger, as `rostersOf` gives them. */
  readonly rosters: readonly RosterState[]
  readonly read: ReadRequest
}

export async function requestView(
  reading: Reading,
  { ledger, id, on, rosters, read }: WantedRequest,
  how: How,
): Promise<RequestView> {
  const { entries, request: folded } = read
  const request = requestIdSchema.parse(id)
  const own = await reading.tasks(ledger, requestStream(request))
  const { underVote } = folded
  // the meeting that has taken it up: who is waited for there keeps the request waiting
  const met = underVote === undefined ? [] : await reading.tasks(ledger, meetingStream(underVote))
  const tasks = [...own, ...met]
  const list = await listView(reading, { ledger, id, request: folded }, how)
  const { names, language } = how
  const { vacantFor } = manning(rosters, on)
  return {
    ledger,
    request,
    state: requestPlaces[placeOf(folded)]?.[language] ?? placeOf(folded),
    form: form(folded, how),
    route: folded.route.map(({ must, demand, rule, reason }) => ({
      must: mustNames[must][language],
      demand: demandNames[demand][language],
      rule,
      reason: reason[language],
    })),
    waiting: tasks.map(({ act, desk, dueAt }) => ({
      act,
      desk: names.desk(desk),
      dueAt,
      vacantFor: fillerOf(vacantFor(desk), names),
    })),
    ...(list === undefined ? {} : { list }),
    trail: tellAll(entries, how),
  }
}

const fillerOf = (desk: string | undefined, names: Names): string =>
  desk === undefined ? '' : names.desk(desk)

const titles = {
  company: { zh: '公司', en: 'company' },
  purpose: { zh: '事由', en: 'purpose' },
  supplements: { zh: '补充申请', en: 'supplements' },
  fundSource: { zh: '资金来源', en: 'funds' },
  project: { zh: '项目编号', en: 'project' },
  contract: { zh: '合同编号', en: 'contract' },
  debit: { zh: '代扣', en: 'debited' },
  emergency: { zh: '应急情形', en: 'emergency' },
  suspended: { zh: '暂缓支付至', en: 'suspended until' },
  kind: { zh: '申请种类', en: 'kind' },
  category: { zh: '支出类别', en: 'category' },
  matter: { zh: '事项', en: 'matter' },
  amount: { zh: '金额', en: 'amount' },
  capitals: { zh: '大写', en: 'in capitals' },
  payee: { zh: '收款人', en: 'payee' },
  method: { zh: '支付方式', en: 'paid by' },
  handler: { zh: '经办人', en: 'handler' },
  witness: { zh: '证明人', en: 'witness' },
  head: { zh: '负责人', en: 'company head' },
  invoices: { zh: '发票', en: 'invoices' },
  papers: { zh: '资料', en: 'papers' },
  budgetLine: { zh: '预算科目', en: 'budget line' },
  rolling: { zh: '同一收款人累计', en: 'to this payee in the window' },
} as const

/** Titles of the form's lines in one language. */
export const formTitle = (field: string, language: Language): string =>
  field in titles ? titles[field as keyof typeof titles][language] : field

function form(folded: Request, { names, language }: How): RequestView['form'] {
  const { submission, evidence, invoices, rolling, issued } = folded
  const comma = language === 'zh' ? '、' : ', '
  return {
    company: names.organisation(submission.company),
    purpose: submission.purpose,
    ...saidOnly(submission, language),
    // its limit is told before anybody has to ask whether it is over (law 2.34)
    ...(folded.suspendedUntil === '' ? {} : { suspended: folded.suspendedUntil }),
    kind: requestKinds[submission.kind][language],
    category: categories[submission.category][language],
    matter: matters[submission.matter][language],
    amount: amountText(submission.amount, language),
    capitals: inCapitals(submission.amount),
    payee: payeeInFull(submission.payee, { names, language }),
    method: methodNames[submission.method][language],
    handler: names.person(submission.handler),
    witness: names.person(submission.witness),
    head: issued === undefined ? names.headOf(submission.company) : names.person(issued),
    invoices: invoices.map(({ number }) => number).join(comma),
    papers: evidence.map(({ paper }) => papers[paper][language]).join(comma),
    budgetLine: submission.budgetLine,
    rolling: amountText(rolling.sum, language),
  }
}

/** What few forms say. */
function saidOnly(
  { supplements, fundSource, project, contract, debit, emergency }: Request['submission'],
  language: Language,
) {
  return {
    ...(supplements === undefined ? {} : { supplements }),
    ...(fundSource === undefined ? {} : { fundSource: fundSources[fundSource][language] }),
    ...(project === undefined ? {} : { project }),
    ...(contract === undefined ? {} : { contract }),
    ...(debit === undefined ? {} : { debit: `${debit.on} ${debit.bankReference}` }),
    ...(emergency === undefined ? {} : { emergency: emergencyCauses[emergency.cause][language] }),
  }
}

const amountText = (amount: Money, language: Language): string =>
  language === 'zh' ? `${grouped(amount)}元` : `${grouped(amount)} yuan`
