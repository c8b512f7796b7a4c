// Tables that are part of a page: a trail, a roster's seats, the lines of a policy, figures, a disclosed month.
import { categories } from '../../domain/expense.ts'
import type { Sentence } from '../../domain/language.ts'
import { requestKinds } from '../../domain/request.ts'
import {
  amount,
  count,
  flag,
  named,
  organisation,
  type Row,
  text,
  time,
} from './exports-columns.ts'
import type { ExportTable } from './exports-tables.ts'

const listIn = (body: Row, key: string): readonly Row[] => (body[key] ?? []) as readonly Row[]

/** Rows of a part, which know their ledger as the page does. */
const partOf =
  (key: string) =>
  (body: Row): readonly Row[] =>
    listIn(body, key).map((row) => ({ ledger: body['ledger'], ...row }))

export const trailTable = (name: Sentence): ExportTable => ({
  name,
  columns: [
    count('seq', ['记录序号', 'entry']),
    time('at', ['时间', 'time']),
    text('who', ['何人', 'who']),
    text('what', ['何事', 'what']),
    text('type', ['类型', 'type']),
  ],
  rows: partOf('trail'),
})

export const rosterTable: ExportTable = {
  name: { zh: '职务名册', en: 'roster' },
  columns: [
    text('office', ['职务编号', 'office']),
    text('title', ['职务', 'title']),
    organisation('organisation', ['单位', 'organisation']),
    flag('chair', ['负责人', 'chair']),
    text('holder.name', ['任职人', 'holder']),
    text('holder.from', ['自', 'from']),
    text('holder.to', ['至', 'to']),
  ],
  rows: partOf('offices'),
}

export const policyTable: ExportTable = {
  name: { zh: '政策', en: 'policy' },
  columns: [
    text('key', ['键', 'key']),
    text('title', ['名称', 'title']),
    text('value', ['现行值', 'value']),
    text('ground', ['依据', 'ground']),
    named('layer', ['层级', 'layer'], {
      shipped: { zh: '默认', en: 'shipped' },
      township: { zh: '镇', en: 'township' },
      village: { zh: '村', en: 'village' },
    }),
    text('setBy', ['由何设定', 'set by']),
  ],
  rows: partOf('values'),
}

const parts: Readonly<Record<string, Sentence>> = {
  byVillage: { zh: '按村', en: 'by village' },
  byMonth: { zh: '按月', en: 'by month' },
  byCompany: { zh: '按公司', en: 'by company' },
  byCategory: { zh: '按类别', en: 'by category' },
  byState: { zh: '按状态', en: 'by state' },
  byOutcome: { zh: '按结果', en: 'by outcome' },
  musts: { zh: '必经用时', en: 'time in a must' },
  returns: { zh: '退回', en: 'returns' },
  findings: { zh: '未销号问题', en: 'open findings' },
  tasks: { zh: '待办', en: 'tasks' },
  alerts: { zh: '预警', en: 'alerts' },
  authorities: { zh: '授权额度', en: 'authorities' },
}

/** What a line of each part counts, where that is not requests. */
const counted = ['stays', 'returns', 'open', 'waiting', 'alerts', 'authorities'] as const

/** All figures of a page one below the other: a part, a line, and its numbers. */
export const figuresTable: ExportTable = {
  name: { zh: '统计', en: 'figures' },
  columns: [
    named('part', ['统计项', 'part'], parts),
    text('title', ['项目', 'line']),
    text('detail', ['细分', 'detail']),
    count('requests', ['申请笔数', 'requests']),
    amount('amount', ['金额（元）', 'amount (yuan)']),
    count('counted', ['件数', 'count']),
    count('lateCount', ['逾期', 'late']),
    count('median.seconds', ['中位用时（秒）', 'median (s)']),
    count('ninth.seconds', ['九成以内（秒）', 'ninth in ten (s)']),
    count('worst.seconds', ['最长（秒）', 'worst (s)']),
    text('worst.request', ['最长的申请', 'worst request']),
    amount('ceiling', ['额度（元）', 'ceiling (yuan)']),
    amount('reserved', ['已预留（元）', 'reserved (yuan)']),
    amount('drawn', ['已使用（元）', 'drawn (yuan)']),
    amount('left', ['剩余（元）', 'left (yuan)']),
  ],
  rows: (body) =>
    Object.keys(parts).flatMap((part) => listIn(body, part).map((row) => figureLine(part, row))),
}

function figureLine(part: string, row: Row): Row {
  const late = row['late'] as Row | undefined
  const own = counted.find((key) => typeof row[key] === 'number')
  return {
    ...row,
    part,
    title: row['placeTitle'] ?? row['title'],
    detail: row['fieldTitle'] ?? row['stateName'] ?? '',
    ...(own === undefined ? {} : { counted: row[own] }),
    ...(late === undefined ? {} : { lateCount: late['findings'] ?? late['waiting'] }),
  }
}

export const disclosureTable: ExportTable = {
  name: { zh: '财务公开', en: 'disclosure' },
  columns: [
    text('request', ['编号', 'number']),
    text('on', ['日期', 'date']),
    text('company', ['公司', 'company']),
    text('purpose', ['事由', 'purpose']),
    named('category', ['类别', 'category'], categories),
    named('kind', ['种类', 'kind'], requestKinds),
    named('payeeKind', ['收款人类型', 'kind of payee'], {
      firm: { zh: '单位', en: 'firm' },
      person: { zh: '个人', en: 'a person' },
      unregistered: { zh: '个体商户', en: 'unregistered seller' },
      list: { zh: '发放表', en: 'payee list' },
    }),
    text('payee', ['收款单位', 'payee']),
    amount('amount', ['金额（元）', 'amount (yuan)']),
  ],
  rows: partOf('items'),
}
