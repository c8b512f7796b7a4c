// Requests of the year beside its sheet: what the sheet's accountants never met, one row for each.
import { conspicuous } from './extras-conspicuous.ts'
import type { Extra } from './extra.ts'

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

/** By day. */
export const extras: readonly Extra[] = [
  ...advances,
  ...debits,
  ...emergencies,
  ...covered,
  ...turning,
  ...conspicuous,
].toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
