// The sheet for the notice board (公开栏): a disclosed month as titles and tables in words, as a page prints them.
import { disclosureDays } from '../../domain/disclosure.ts'
import { categories } from '../../domain/expense.ts'
import { fill, type Language, type Sentence } from '../../domain/language.ts'
import { grouped, inCapitals, type Money, sum } from '../../domain/money.ts'
import { meetingKindNames } from '../../domain/places.ts'
import { requestKinds } from '../../domain/request.ts'
import { outcomeNames } from '../names.ts'
import type { DisclosedPage } from './disclosure.ts'
import type { DisclosedItem, DisclosedMonth } from './disclosure-month.ts'

export interface SheetTable {
  readonly title: string
  readonly head: readonly string[]
  /** Places of columns that are set to the right. */
  readonly right: readonly number[]
  readonly rows: readonly (readonly string[])[]
}

export interface Sheet {
  readonly heading: string
  readonly lines: readonly string[]
  readonly tables: readonly SheetTable[]
  readonly foot: readonly string[]
}

const words = {
  heading: {
    zh: '{village}{year}年{month}月财务公开表',
    en: '{village}: accounts of {year}-{month}',
  },
  major: {
    zh: '本月尚未结束：目前只公开重大事项，其余于{on}公开',
    en: 'This month still runs: only major matters are open yet, all else from {on}',
  },
  total: {
    zh: '支出合计{amount}元（{capitals}），共{count}笔',
    en: 'Spent in all: {amount} yuan in {count} payments',
  },
  unpaid: {
    zh: '未通过或撤回{count}笔，未付款',
    en: '{count} requests were rejected or withdrawn unpaid',
  },
  items: { zh: '支出明细', en: 'Payments' },
  categories: { zh: '分类合计', en: 'By category' },
  meetings: { zh: '表决结果', en: 'Decisions' },
  consents: { zh: '镇三资报备', en: 'Filed with the township' },
  number: { zh: '编号', en: 'number' },
  date: { zh: '日期', en: 'date' },
  company: { zh: '公司', en: 'company' },
  purpose: { zh: '事由', en: 'purpose' },
  category: { zh: '类别', en: 'category' },
  kind: { zh: '种类', en: 'kind' },
  payee: { zh: '收款人', en: 'payee' },
  amount: { zh: '金额（元）', en: 'amount (yuan)' },
  count: { zh: '笔数', en: 'payments' },
  meeting: { zh: '会议', en: 'meeting' },
  matter: { zh: '事项', en: 'matter' },
  votes: { zh: '赞成/反对/弃权（应计人数）', en: 'for/against/abstained (of)' },
  outcome: { zh: '结果', en: 'result' },
  decision: { zh: '意见', en: 'decision' },
  consented: { zh: '同意', en: 'consented' },
  refused: { zh: '不同意', en: 'refused' },
  person: { zh: '个人', en: 'a person' },
  unregistered: { zh: '个体商户', en: 'an unregistered seller' },
  list: { zh: '发放表，{count}人', en: 'payee list, {count} persons' },
  posted: {
    zh: '张贴不少于{posted}日；如有异议，请在{objection}日内向合作社监事会提出，应在{answer}日内答复。',
    en: 'Posted for at least {posted} days. Objections within {objection} days to the supervisors of the cooperative, who answer within {answer} days.',
  },
  head: {
    zh: '账本{origin}，第{size}条记录为止，树根{root}',
    en: 'Ledger {origin}, up to entry {size}, root {root}',
  },
  digest: { zh: '本表内容摘要（SHA-256）{digest}', en: 'Digest of this sheet (SHA-256) {digest}' },
} as const satisfies Record<string, Sentence>

type Word = keyof typeof words
type Say = (word: Word, params?: Readonly<Record<string, string>>) => string

export function sheetOf(
  { disclosed, digest, head }: DisclosedPage,
  { language, opensOn }: { readonly language: Language; readonly opensOn: string },
): Sheet {
  const say: Say = (word, params = {}) => fill(words[word][language], params)
  const { village, month, scope, items, total, unpaid } = disclosed
  const [year = '', number = ''] = month.split('-')
  const days = Object.fromEntries(
    Object.entries(disclosureDays).map(([name, count]) => [name, String(count)]),
  )
  return {
    heading: say('heading', { village, year, month: number }),
    lines: [
      ...(scope === 'major' ? [say('major', { on: opensOn })] : []),
      say('total', {
        amount: grouped(total),
        capitals: inCapitals(total),
        count: String(items.length),
      }),
      ...(unpaid === 0 ? [] : [say('unpaid', { count: String(unpaid) })]),
    ],
    tables: tablesOf(disclosed, { language, say }),
    foot: [
      say('posted', days),
      say('head', { origin: head.origin, size: String(head.size), root: head.root }),
      say('digest', { digest }),
    ],
  }
}

interface Saying {
  readonly language: Language
  readonly say: Say
}

const tablesOf = (month: DisclosedMonth, saying: Saying): readonly SheetTable[] =>
  [
    itemTable(month, saying),
    categoryTable(month, saying),
    meetingTable(month, saying),
    consentTable(month, saying),
  ].filter(({ rows }) => rows.length > 0)

const itemTable = ({ items }: DisclosedMonth, { language, say }: Saying): SheetTable => ({
  title: say('items'),
  head: (
    ['number', 'date', 'company', 'purpose', 'category', 'kind', 'payee', 'amount'] as const
  ).map((word) => say(word)),
  right: [7],
  rows: items.map((item) => [
    item.request,
    item.on,
    item.company,
    item.purpose,
    categories[item.category][language],
    requestKinds[item.kind][language],
    payeeIn(item, say),
    grouped(item.amount),
  ]),
})

export function payeeIn({ payeeKind, payee, persons }: DisclosedItem, say: Say): string {
  if (payeeKind === 'firm') return payee
  return say(payeeKind, { count: String(persons) })
}

function categoryTable({ items }: DisclosedMonth, { language, say }: Saying): SheetTable {
  const by = new Map<DisclosedItem['category'], Money[]>()
  for (const { category, amount } of items) by.set(category, [...(by.get(category) ?? []), amount])
  return {
    title: say('categories'),
    head: [say('category'), say('count'), say('amount')],
    right: [1, 2],
    rows: [...by].map(([category, amounts]) => [
      categories[category][language],
      String(amounts.length),
      grouped(sum(amounts)),
    ]),
  }
}

const meetingTable = ({ meetings }: DisclosedMonth, { language, say }: Saying): SheetTable => ({
  title: say('meetings'),
  head: (['date', 'meeting', 'matter', 'votes', 'outcome'] as const).map((word) => say(word)),
  right: [],
  rows: meetings.flatMap(({ kind, title, on, items }) =>
    items.map((item) => [
      on,
      `${meetingKindNames[kind]?.[language] ?? kind} ${title}`,
      item.title,
      `${item.for}/${item.against}/${item.abstain} (${item.base})`,
      outcomeNames[item.outcome as keyof typeof outcomeNames][language],
    ]),
  ),
})

const consentTable = ({ consents }: DisclosedMonth, { say }: Saying): SheetTable => ({
  title: say('consents'),
  head: (['number', 'date', 'matter', 'amount', 'decision'] as const).map((word) => say(word)),
  right: [3],
  rows: consents.map(({ number, on, title, amount, decision }) => [
    number,
    on,
    title,
    grouped(amount),
    say(decision),
  ]),
})
