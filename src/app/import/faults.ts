// What can be wrong with an imported sheet: a stable code each, said in both languages with what to do.
import { fill, type Language } from '../../domain/language.ts'
import { type FaultKind, kind } from './fault-kind.ts'
import { memberFaults } from './member-faults.ts'

/** Faults of the whole file: nothing of it is imported. */
export const fileFaults = {
  fileEmpty: kind('文件是空的', 'The file is empty', '请重新导出', 'Export it again'),
  fileTooLarge: kind(
    '文件超过{limit}',
    'The file is larger than {limit}',
    '请按月份分成几个文件',
    'Split it, for instance by month',
  ),
  tooManyRows: kind(
    '行数超过{limit}',
    'There are more than {limit} rows',
    '请按月份分成几个文件',
    'Split it, for instance by month',
  ),
  spreadsheetFile: kind(
    '这是旧版或加密的电子表格文件，不是XLSX或CSV',
    'This is a spreadsheet of an old format or with a password, not XLSX or CSV',
    '请在表格软件中去掉密码，另存为 XLSX 或“CSV（UTF-8）”',
    'In the spreadsheet program, take the password away and save it as XLSX or CSV (UTF-8)',
  ),
  binaryFile: kind(
    '这不是文本文件',
    'This is not a text file',
    '请在表格软件中“另存为 CSV（UTF-8）”',
    'In the spreadsheet program, save it as CSV (UTF-8)',
  ),
  encodingUnknown: kind(
    '文字编码既不是UTF-8也不是GB18030',
    'The text is neither UTF-8 nor GB18030',
    '请在表格软件中“另存为 CSV（UTF-8）”',
    'In the spreadsheet program, save it as CSV (UTF-8)',
  ),
  quoteBroken: kind(
    '引号不成对，之后的内容无法分行',
    'A quotation mark is not closed, so rows cannot be told apart',
    '请检查本行的引号，或重新导出',
    'Check the quotation marks of this row, or export again',
  ),
  headerMissing: kind(
    '缺少列“{header}”',
    'The column “{header}” is missing',
    '请按模板补上这一列的标题',
    'Add the column’s header as in the template',
  ),
  headerTwice: kind(
    '列“{header}”出现两次',
    'The column “{header}” appears twice',
    '请只保留一列',
    'Keep only one of them',
  ),
  workbookBroken: kind(
    '这个电子表格文件打不开',
    'This spreadsheet file cannot be opened',
    '请在表格软件中另存为 XLSX（不加密、不含宏），或存为 CSV',
    'Save it again as XLSX without a password or macros, or as CSV',
  ),
  workbookTooLarge: kind(
    '电子表格解开后超过{limit}',
    'Unpacked, the spreadsheet is larger than {limit}',
    '请只保留要导入的工作表，或存为 CSV',
    'Keep only the sheet to be imported, or save it as CSV',
  ),
  noRows: kind(
    '标题之下没有数据',
    'There are no rows below the header',
    '请重新导出',
    'Export it again',
  ),
} as const satisfies Record<string, FaultKind>

/** Faults of one row: it is left out, the others are imported. */
export const rowFaults = {
  columnCount: kind(
    '本行有{found}列，标题有{expected}列',
    'The row has {found} columns, the header has {expected}',
    '请检查本行是否多了或少了逗号',
    'Check whether a comma is missing or too many',
  ),
  required: kind('此项不能为空', 'This may not be empty', '请填写', 'Fill it in'),
  tooLong: kind(
    '超过{max}个字符',
    'Longer than {max} characters',
    '请缩短；详细内容请作为附件',
    'Shorten it; attach what is longer',
  ),
  controlCharacter: kind(
    '含有不可见的控制字符（{point}）',
    'Holds an invisible control character ({point})',
    '请重新键入此项',
    'Type the cell again',
  ),
  damagedText: kind(
    '含有无法识别的文字（乱码）',
    'Holds characters that were lost in an earlier conversion',
    '请重新键入此项，并用原文件重新导出',
    'Type the cell again, or export from the original',
  ),
  cellError: kind(
    '单元格是公式错误值',
    'The cell holds the error of a formula',
    '请填写实际内容',
    'Give the actual content',
  ),
  mergedCell: kind(
    '单元格被合并，看不出属于哪一行',
    'The cell is merged with others, so it belongs to no one row',
    '请取消合并并逐行填写',
    'Split it and fill in every row',
  ),
  companyNotYours: kind(
    '您不是这家公司的报账员',
    'You are not the reporting clerk of this company',
    '请由该公司的报账员导入',
    'Let that company’s clerk import it',
  ),
  formula: kind(
    '含有公式或以 = + - @ 开头',
    'Holds a formula, or begins with = + - @',
    '请粘贴为数值或文本',
    'Paste it as a value or as text',
  ),
  dateMalformed: kind(
    '不是有效日期',
    'Not a valid date',
    '请写成 2025-01-31',
    'Write it as 2025-01-31',
  ),
  dateSerial: kind(
    '日期成了表格软件的序号',
    'The date has become the serial number of a spreadsheet',
    '请把此列设为“日期”或“文本”格式后重新填写，如 2025-01-31',
    'Set the column to date or text and type it again, as 2025-01-31',
  ),
  amountMalformed: kind(
    '不是有效金额',
    'Not a valid amount',
    '请写成 1234.56，至多两位小数，不带正负号',
    'Write it as 1234.56: at most two decimals and no sign',
  ),
  amountZero: kind('金额为零', 'The amount is zero', '请填写实际金额', 'Give the actual amount'),
  categoryUnknown: kind(
    '没有这个支出类别',
    'There is no such category',
    '请从中选择：{choices}',
    'Choose one of: {choices}',
  ),
  methodUnknown: kind(
    '没有这种支付方式',
    'There is no such way to pay',
    '请从中选择：{choices}',
    'Choose one of: {choices}',
  ),
  numberShortened: kind(
    '号码被表格软件改成了科学计数，末几位已丢失',
    'The spreadsheet turned the number into powers of ten; its last digits are lost',
    '请把此列设为“文本”格式后重新填写',
    'Set the column to text and type the number again',
  ),
  accountMalformed: kind(
    '账号须为6至32位数字',
    'An account has 6 to 32 digits',
    '请核对账号',
    'Check the account',
  ),
  invoiceMalformed: kind(
    '发票号码须为20位（数电票），或发票代码加号码',
    'An invoice number has 20 digits, or an older code and number',
    '请核对发票；一行一张发票',
    'Check the invoice; one invoice a row',
  ),
  bankMissing: kind(
    '有账号而没有开户行',
    'There is an account but no bank',
    '请填写开户行',
    'Name the bank',
  ),
  accountMissing: kind(
    '有开户行而没有账号',
    'There is a bank but no account',
    '请填写收款账号',
    'Give the account',
  ),
  whiteSlipWithInvoice: kind(
    '备注为白条却填了发票号码',
    'Marked as a white slip, yet an invoice number is given',
    '请核对：有发票的不是白条',
    'Check it: what has an invoice is no white slip',
  ),
  companyUnknown: kind(
    '花名册中没有这家公司',
    'The roster has no such company',
    '请核对全称；公司由镇登记',
    'Check the full name; the township registers companies',
  ),
  personUnknown: kind(
    '该公司没有这位人员',
    'The company has no such person',
    '请核对姓名或职务；任职由镇登记',
    'Check the name; the township records appointments',
  ),
} as const satisfies Record<string, FaultKind>

/** Faults of a list of payees: nothing of it is kept. */
export const listFaults = {
  totalDiffers: kind(
    '发放表合计{total}元，与申请金额{amount}元不符',
    'The list totals {total}, not the {amount} asked',
    '请核对发放表和金额',
    'Check the list and the amount',
  ),
  identityMalformed: kind(
    '身份证号须为18位',
    'An identity number has 18 places',
    '请核对身份证号，并把此列设为“文本”格式',
    'Check it, and set the column to text',
  ),
  onePayee: kind(
    '发放表只有一人',
    'The list pays one person alone',
    '请按单笔支付办理，写明收款人',
    'Ask for a single payment that names the payee',
  ),
  accountTwice: kind(
    '与第{to}行是同一账号',
    'The same account as in row {to}',
    '每人填写本人的账号',
    'Give everybody their own account',
  ),
  personTwice: kind(
    '与第{to}行是同一人',
    'The same person as in row {to}',
    '一人一行：请合并金额或删去一行',
    'One row a person: add the amounts up, or delete one',
  ),
} as const satisfies Record<string, FaultKind>

const faultKinds = { ...fileFaults, ...rowFaults, ...listFaults, ...memberFaults }
export type FaultCode = keyof typeof faultKinds
export type RowFaultCode = keyof typeof rowFaults

export interface Fault {
  readonly code: FaultCode
  /** Row of the spreadsheet, the header being 1; 0 for the file as a whole. */
  readonly line: number
  /** Header of the column. */
  readonly column?: string
  /** The beginning of what stands there. */
  readonly found?: string
  readonly params: Readonly<Record<string, string>>
}

const EXCERPT = 40
export const excerpt = (text: string): string =>
  text.length > EXCERPT ? `${[...text].slice(0, EXCERPT).join('')}…` : text

/** What is wrong and what to do, in one language. */
export function explainFault(
  { code, params }: Fault,
  language: Language,
): { wrong: string; remedy: string } {
  const { remedy, ...sentence } = faultKinds[code]
  return { wrong: fill(sentence[language], params), remedy: fill(remedy[language], params) }
}
