// Requests of the year beside its sheet: what the sheet's accountants never met, one row for each.
import type { Category, Paper } from '../../domain/expense.ts'
import type { EmergencyCause } from '../../domain/emergency.ts'
import type { RequestKind } from '../../domain/request.ts'
import type { Fate } from './fates.ts'
import type { FirmName } from './firms.ts'

export const companies = {
  fishing: '南塘渔家环境治理有限公司',
  farming: '菱桑农业发展有限公司',
  property: '青墩物业服务有限公司',
} as const
export type CompanyName = keyof typeof companies

/** A request as the simulated clerk draws it up on its day; what is not said follows from what is. */
export interface Extra {
  /** It is drawn up on this day, or on the first working day after. */
  readonly on: string
  readonly company: CompanyName
  readonly category: Category
  readonly purpose: string
  readonly yuan: string
  /** `single` where nothing is said. */
  readonly kind?: RequestKind
  /** The handler where none is named, or a seller without an account. */
  readonly payee?: FirmName | { readonly unregistered: string }
  /** How many days old its invoice is: today's where nothing is said. */
  readonly invoiceAge?: number
  /** `none`: a receipt or a lawful exception. `toCome`: added later. Consecutive ones count from a number. */
  readonly invoice?: 'none' | 'toCome' | { readonly run: number }
  /** Beside the papers of the checklist: with the days the paper's date lies after the invoice's, or the text of its file. */
  readonly paper?: { readonly paper: Paper; readonly datedAfter?: number; readonly text?: string }
  readonly project?: string
  readonly contract?: string
  readonly cash?: true
  /** The bank took it on the working day before (代扣). */
  readonly debit?: true
  readonly emergency?: EmergencyCause
  /** Refers to a request of the company that is closed. */
  readonly supplements?: true
  /** What befalls it. */
  readonly fate?: Fate
  /** It is tried on in the knowledge that it may be refused; a refused one is not tried again. */
  readonly daring?: true
  /** Under the authority for its payee: it waits until there is one. */
  readonly covered?: true
}

const travel = { category: 'travel', kind: 'advance' } as const
const gas = {
  company: 'property',
  category: 'utilities',
  kind: 'directDebit',
  payee: 'gas',
  invoice: 'none',
  debit: true,
  covered: true,
} as const

const advances: readonly Extra[] = [
  {
    ...travel,
    on: '2025-02-10',
    company: 'farming',
    purpose: '赴省城参加展销会借支',
    yuan: '2000.00',
  },
  {
    ...travel,
    on: '2025-04-07',
    company: 'property',
    purpose: '外出考察物业管理借支',
    yuan: '3000.00',
    fate: 'settledLate',
  },
  {
    ...travel,
    on: '2025-04-10',
    company: 'property',
    purpose: '再次外出考察借支',
    yuan: '1500.00',
    daring: true,
  },
]

const debits: readonly Extra[] = [
  { ...gas, on: '2025-04-02', purpose: '厂房食堂3月燃气费', yuan: '1326.40' },
  { ...gas, on: '2025-05-07', purpose: '厂房食堂4月燃气费', yuan: '1187.25' },
  { ...gas, on: '2025-06-04', purpose: '厂房食堂5月燃气费', yuan: '1204.90' },
]

const emergencies: readonly Extra[] = [
  {
    on: '2025-07-14',
    company: 'property',
    category: 'buildingRepair',
    purpose: '台风掀开厂房屋面抢修',
    yuan: '28600.00',
    payee: 'rescue',
    emergency: 'typhoon',
  },
  {
    on: '2025-08-05',
    company: 'farming',
    category: 'equipmentRepair',
    purpose: '洪涝排涝泵抢修',
    yuan: '18450.00',
    payee: 'pumps',
    emergency: 'flood',
    fate: 'rejectedByBoard',
  },
  {
    on: '2025-09-08',
    company: 'fishing',
    category: 'buildingRepair',
    purpose: '堤岸坍塌应急加固',
    yuan: '62300.00',
    payee: 'rescue',
    emergency: 'safety',
  },
]

const covered: readonly Extra[] = [
  {
    on: '2025-04-14',
    company: 'property',
    category: 'works',
    purpose: '厂房消防改造首期款',
    yuan: '16200.00',
    payee: 'fireWorks',
    covered: true,
  },
  {
    on: '2025-05-12',
    company: 'property',
    category: 'works',
    purpose: '厂房消防改造增补款',
    yuan: '8400.00',
    payee: 'fireWorks',
    covered: true,
    fate: 'withdrawnBeforePapers',
  },
  {
    on: '2025-05-29',
    company: 'farming',
    category: 'farmMachinery',
    purpose: '春季农机具采购尾款',
    yuan: '4260.00',
    payee: 'tractors',
    covered: true,
  },
  {
    on: '2025-05-20',
    company: 'fishing',
    category: 'equipmentRepair',
    purpose: '污水泵站二季度维护费',
    yuan: '3980.00',
    payee: 'pumps',
    contract: 'HT-2025-101',
    covered: true,
  },
  {
    on: '2025-11-06',
    company: 'fishing',
    category: 'equipmentRepair',
    purpose: '污水泵站四季度维护费',
    yuan: '5460.00',
    payee: 'pumps',
    contract: 'HT-2025-102',
    covered: true,
  },
]

const turning: readonly Extra[] = [
  {
    on: '2025-03-04',
    company: 'fishing',
    category: 'equipmentRepair',
    purpose: '巡河船舷外机检修',
    yuan: '3240.00',
    payee: 'boats',
    invoice: 'toCome',
    fate: 'takenBack',
  },
  {
    on: '2025-03-18',
    company: 'fishing',
    category: 'equipment',
    purpose: '购置水草收割船',
    yuan: '62000.00',
    payee: 'boats',
    fate: 'returnedFromVote',
  },
  {
    on: '2025-06-17',
    company: 'fishing',
    category: 'tools',
    purpose: '打捞网具补差价',
    yuan: '386.00',
    payee: 'nets',
    supplements: true,
  },
  {
    on: '2025-10-23',
    company: 'property',
    category: 'tools',
    purpose: '停车场标线漆',
    yuan: '2315.00',
    payee: 'roads',
    fate: 'suspendedByHead',
  },
  {
    on: '2025-09-24',
    company: 'farming',
    category: 'tools',
    purpose: '仓库地磅校准件',
    yuan: '1860.00',
    payee: 'scales',
    fate: 'paidOnDayOff',
  },
]

/** What alerts look for (domain §5.1). */
const conspicuous: readonly Extra[] = [
  ...['2025-02-20', '2025-02-25'].map((on): Extra => ({
    on,
    company: 'farming',
    category: 'office',
    purpose: on === '2025-02-20' ? '宣传栏更换' : '宣传栏维护',
    yuan: on === '2025-02-20' ? '1420.00' : '1385.00',
    payee: 'prints',
    paper: { paper: 'photos', text: '宣传栏现场照片' },
  })),
  ...['2025-03-11', '2025-03-14', '2025-03-19'].map((on, at): Extra => ({
    on,
    company: 'property',
    category: 'tools',
    purpose: `五金配件第${at + 1}批`,
    yuan: ['862.50', '1247.00', '991.80'][at] ?? '900.00',
    payee: 'hardware',
    invoice: { run: at },
  })),
  {
    on: '2025-04-08',
    company: 'farming',
    category: 'office',
    purpose: '条幅制作',
    yuan: '560.00',
    payee: 'prints',
    invoice: 'none',
  },
  ...['田头早餐', '护河工具'].map((purpose, at): Extra => ({
    on: '2025-05-06',
    company: 'fishing',
    category: 'tools',
    purpose,
    yuan: at === 0 ? '985.00' : '960.00',
    payee: { unregistered: at === 0 ? '南塘早点摊' : '南塘杂货摊' },
    invoice: 'none',
    cash: true,
  })),
  ...(['sheds', 'mason'] as const).map((payee, at): Extra => ({
    on: at === 0 ? '2025-05-13' : '2025-05-16',
    company: 'farming',
    category: 'buildingRepair',
    purpose: at === 0 ? '育秧棚棚架加固' : '育秧棚基础加固',
    yuan: at === 0 ? '6820.00' : '6950.00',
    payee,
    project: 'XM-2025-03',
  })),
  {
    on: '2025-09-16',
    company: 'property',
    category: 'office',
    purpose: '楼道标识牌',
    yuan: '1735.00',
    payee: 'signs',
    invoiceAge: 88,
  },
  {
    on: '2025-10-15',
    company: 'farming',
    category: 'tools',
    purpose: '仓库修补用料',
    yuan: '3610.00',
    payee: 'builders',
    fate: 'suspendedAndLifted',
  },
  {
    on: '2025-10-21',
    company: 'fishing',
    category: 'travel',
    kind: 'reimbursement',
    purpose: '赴县参加培训差旅',
    yuan: '1280.00',
    invoiceAge: 11,
    paper: { paper: 'officialLetter', datedAfter: 6 },
    fate: 'suspendedAndRenewed',
  },
  {
    on: '2025-07-08',
    company: 'fishing',
    category: 'lease',
    purpose: '租用合作社晒网场地',
    yuan: '2400.00',
    payee: 'cooperative',
  },
  ...(['nets', 'boats', 'signs'] as const).map((payee, at): Extra => ({
    on: ['2025-11-04', '2025-11-11', '2025-11-18'][at] ?? '2025-11-04',
    company: 'fishing',
    category: 'equipment',
    purpose: ['购置拦污网', '购置救生设备', '购置河道警示牌'][at] ?? '',
    yuan: ['12000.00', '15000.00', '11000.00'][at] ?? '12000.00',
    payee,
  })),
]

/** By day. */
export const extras: readonly Extra[] = [
  ...advances,
  ...debits,
  ...emergencies,
  ...covered,
  ...turning,
  ...conspicuous,
].toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
