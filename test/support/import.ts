// Sheets and a directory for the tests of importing.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Directory } from '../../src/app/import/to-draft.ts'
import {
  type OrganisationId,
  organisationIdSchema,
  type PersonId,
  personIdSchema,
} from '../../src/domain/ids.ts'

export const sample = (name: string): Uint8Array =>
  readFileSync(join(import.meta.dirname, '..', 'fixtures', name))

const companies: Readonly<
  Record<string, { readonly id: OrganisationId; readonly village: string }>
> = {
  菱桑农业发展有限公司: { id: organisationIdSchema.parse('g_lingsang'), village: '菱桑村' },
  青墩物业服务有限公司: { id: organisationIdSchema.parse('g_qingdun'), village: '青墩村' },
  南塘渔家环境治理有限公司: { id: organisationIdSchema.parse('g_nantang'), village: '南塘村' },
}
const posts = {
  采购员: 'buyer',
  保管员: 'keeper',
  项目员: 'projects',
  报账员: 'clerk',
  村民代表: 'delegate',
  验收员: 'acceptor',
}

const people = new Map<string, PersonId>(
  Object.values(companies).flatMap(({ id, village }) =>
    Object.entries(posts).map(([post, name]): [string, PersonId] => [
      `${id} ${village}${post}`,
      personIdSchema.parse(`p_${id.slice(2)}${name}`),
    ]),
  ),
)

/** The three companies of the samples and everybody their rows name. */
export const directory: Directory = {
  company: (name) => (Object.hasOwn(companies, name) ? companies[name]?.id : undefined),
  person: (company, label) => people.get(`${company} ${label}`),
}

/** A good row by header; a sheet is written from such rows, with some cells replaced. */
export const goodRow: Readonly<Record<string, string>> = {
  单据日期: '2025-03-01',
  公司: '青墩物业服务有限公司',
  经办人: '青墩村采购员',
  报账员: '青墩村报账员',
  证明人: '青墩村验收员',
  支出类别: '办公费',
  事由: '打印纸',
  收款人: '八里办公文具店',
  收款账号: '6284950805414837998',
  开户行: '湖州银行八里支行',
  金额: '440.38',
  发票号码: '25332797208008000378',
  合同编号: '',
  预算科目: '办公费',
  支付方式: '银行转账',
  关联关系: '无',
  备注: '',
}

const quoted = (cell: string): string =>
  /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

export const csv = (records: readonly (readonly string[])[]): string =>
  records.map((record) => `${record.map(quoted).join(',')}\r\n`).join('')

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The sheet of these rows, each given by what differs from the good one. */
export function sheetOf(...rows: readonly Readonly<Record<string, string>>[]): Uint8Array {
  const headers = Object.keys(goodRow)
  const cells = rows.map((row) => headers.map((header) => row[header] ?? goodRow[header] ?? ''))
  return bytesOf(csv([headers, ...cells]))
}
