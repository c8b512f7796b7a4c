// The columns of an exported sheet, by their Chinese headers, in any order.
interface ColumnFacts {
  readonly header: string
  /** May a cell be empty? */
  readonly required: boolean
  /** In characters, as the form takes them. */
  readonly max: number
  /** May the whole column be absent? */
  readonly omittable?: true
}

export const columns = {
  date: { header: '单据日期', required: true, max: 20 },
  company: { header: '公司', required: true, max: 100 },
  handler: { header: '经办人', required: true, max: 100 },
  clerk: { header: '报账员', required: true, max: 100 },
  witness: { header: '证明人', required: true, max: 100 },
  category: { header: '支出类别', required: true, max: 40 },
  purpose: { header: '事由', required: true, max: 200 },
  payee: { header: '收款人', required: true, max: 100 },
  account: { header: '收款账号', required: false, max: 64 },
  bank: { header: '开户行', required: false, max: 100 },
  amount: { header: '金额', required: true, max: 40 },
  invoice: { header: '发票号码', required: false, max: 40 },
  contract: { header: '合同编号', required: false, max: 40, omittable: true },
  budgetLine: { header: '预算科目', required: true, max: 40 },
  method: { header: '支付方式', required: true, max: 20 },
  relation: { header: '关联关系', required: true, max: 100 },
  remark: { header: '备注', required: false, max: 500, omittable: true },
} as const satisfies Record<string, ColumnFacts>

export type Column = keyof typeof columns
/** In the order of the sheet, which is also the order in which a row's identity is computed: never reorder. */
export const columnNames = Object.keys(columns) as readonly Column[]

/** Headers as people vary them: spaces inside, and the unit behind 金额. */
export function columnOf(header: string): Column | undefined {
  const plain = header.replaceAll(/\s/g, '').replace(/[（(]元[)）]$/, '')
  return columnNames.find((name) => columns[name].header === plain)
}
