// One request as a page: the form, the route with its reasons, who is waited for, and everything that happened.
import { placeOf, type Request, requestFold } from '../../../workflows/request/v1/fold.ts'
import { categories, matters, papers } from '../../domain/expense.ts'
import { type Origin, type RequestId, requestIdSchema, requestStream } from '../../domain/ids.ts'
import type { Language } from '../../domain/language.ts'
import { grouped, inCapitals, type Money } from '../../domain/money.ts'
import { mustNames } from '../../domain/must.ts'
import { requestKinds } from '../../domain/request.ts'
import { demandNames, methodNames, requestPlaces } from '../names.ts'
import { tellAll, type Told } from '../sentences.ts'
import type { Names } from './names.ts'
import { payeeInFull } from './payee.ts'
import type { Reading } from './port.ts'

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
  }[]
  readonly trail: readonly Told[]
}

interface How {
  readonly names: Names
  readonly language: Language
}

/** As its entries fold; undefined when this ledger has no such request. */
export function requestOf(
  reading: Reading,
  { ledger, id }: { readonly ledger: Origin; readonly id: string },
): Request | undefined {
  const parsed = requestIdSchema.safeParse(id)
  if (!parsed.success) return undefined
  let folded: Request | undefined
  for (const entry of reading.stream(ledger, requestStream(parsed.data))) {
    folded = requestFold.apply(folded, entry)
  }
  return folded
}

/** Undefined when this ledger has no such request. */
export async function requestView(
  reading: Reading,
  { ledger, id }: { readonly ledger: Origin; readonly id: string },
  how: How,
): Promise<RequestView | undefined> {
  const folded = requestOf(reading, { ledger, id })
  if (folded === undefined) return undefined
  const request = requestIdSchema.parse(id)
  const entries = reading.stream(ledger, requestStream(request))
  const tasks = await reading.tasks(ledger, requestStream(request))
  const { names, language } = how
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
    waiting: tasks.map(({ act, desk, dueAt }) => ({ act, desk: names.desk(desk), dueAt })),
    trail: tellAll(entries, how),
  }
}

const titles = {
  company: { zh: '公司', en: 'company' },
  purpose: { zh: '事由', en: 'purpose' },
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
  const { submission, evidence, rolling, issued } = folded
  const comma = language === 'zh' ? '、' : ', '
  return {
    company: names.organisation(submission.company),
    purpose: submission.purpose,
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
    invoices: submission.invoices.map(({ number }) => number).join(comma),
    papers: evidence.map(({ paper }) => papers[paper][language]).join(comma),
    budgetLine: submission.budgetLine,
    rolling: amountText(rolling.sum, language),
  }
}

const amountText = (amount: Money, language: Language): string =>
  language === 'zh' ? `${grouped(amount)}元` : `${grouped(amount)} yuan`
