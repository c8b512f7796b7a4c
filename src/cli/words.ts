// Single words of the command line, titles of columns above all, and how amounts and times are shown.
import type { Language } from '../domain/language.ts'
import { fromFen, grouped } from '../domain/money.ts'
import { dateAt, type Instant } from '../domain/time.ts'

const zh = {
  name: '名称',
  ledger: '账本',
  kind: '种类',
  township: '所属镇账本',
  entries: '记录数',
  newest: '最新记录',
  vkey: '公钥',
  root: '根',
  checkpoint: '检查点',
  sealed: '已封存',
  yes: '是',
  no: '否',
  number: '编号',
  date: '日期',
  company: '公司',
  purpose: '事由',
  category: '类别',
  amount: '金额（元）',
  payee: '收款人',
  state: '环节',
  route: '路线',
  total: '合计',
  more: '还有更多：用 --limit 增加条数',
  none: '没有',
  entry: '记录',
  file: '文件',
  files: '文件数',
  folder: '目录',
}

const en: typeof zh = {
  name: 'name',
  ledger: 'ledger',
  kind: 'kind',
  township: 'township ledger',
  entries: 'entries',
  newest: 'newest entry',
  vkey: 'verifier key',
  root: 'root',
  checkpoint: 'checkpoint',
  sealed: 'sealed',
  yes: 'yes',
  no: 'no',
  number: 'number',
  date: 'date',
  company: 'company',
  purpose: 'purpose',
  category: 'category',
  amount: 'amount (yuan)',
  payee: 'payee',
  state: 'state',
  route: 'route',
  total: 'total',
  more: 'There is more: raise --limit',
  none: 'none',
  entry: 'entry',
  file: 'file',
  files: 'files',
  folder: 'folder',
}

export type Words = typeof zh
export const words: Readonly<Record<Language, Words>> = { zh, en }

const SHANGHAI_MS = 8 * 3_600_000

/** Date and minute in Asia/Shanghai. */
export const clock = (at: Instant): string =>
  `${dateAt(at)} ${new Date(Date.parse(at) + SHANGHAI_MS).toISOString().slice(11, 16)}`

export const yuan = (fen: number): string => grouped(fromFen(fen))

const ledgerKinds = {
  township: { zh: '镇级账本', en: 'township' },
  village: { zh: '村级账本', en: 'village' },
} as const

export const ledgerKind = (kind: string, language: Language): string =>
  kind === 'township' || kind === 'village' ? ledgerKinds[kind][language] : kind
