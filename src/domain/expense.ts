// Expense categories (支出类别) and the papers each needs, in two phases (domain §2.3, law §2).
import { z } from 'zod'
import type { Sentence } from './language.ts'

export const expenseTypes = [
  'service',
  'goods',
  'works',
  'labour',
  'rent',
  'hospitality',
  'lease',
  'utility',
  'tax',
  'insurance',
  'bank',
  'investment',
] as const
export type ExpenseType = (typeof expenseTypes)[number]

interface CategoryFacts extends Sentence {
  readonly type: ExpenseType
}

export const categories = {
  office: { type: 'goods', zh: '办公费', en: 'office supplies' },
  utilities: { type: 'utility', zh: '水电费', en: 'water and electricity' },
  labour: { type: 'labour', zh: '劳务费', en: 'labour' },
  equipmentRepair: { type: 'service', zh: '设备维修', en: 'equipment repair' },
  tools: { type: 'goods', zh: '工具耗材', en: 'tools and consumables' },
  greening: { type: 'service', zh: '绿化养护', en: 'greening' },
  buildingRepair: { type: 'works', zh: '维修费', en: 'building repair' },
  travel: { type: 'service', zh: '差旅费', en: 'travel' },
  farmSupplies: { type: 'goods', zh: '农资采购', en: 'farm supplies' },
  fuel: { type: 'goods', zh: '燃料费', en: 'fuel' },
  auditFee: { type: 'service', zh: '审计评估', en: 'audit and valuation' },
  farmMachinery: { type: 'service', zh: '农机服务', en: 'farm machinery services' },
  works: { type: 'works', zh: '工程款', en: 'works' },
  security: { type: 'service', zh: '保安服务', en: 'security services' },
  fireSafety: { type: 'goods', zh: '消防设施', en: 'fire safety' },
  landRent: { type: 'rent', zh: '土地流转费', en: 'land rent' },
  testing: { type: 'service', zh: '检测费', en: 'testing' },
  insurance: { type: 'insurance', zh: '保险费', en: 'insurance' },
  taxes: { type: 'tax', zh: '税费', en: 'taxes' },
  bankCharges: { type: 'bank', zh: '银行手续费', en: 'bank charges' },
  lease: { type: 'lease', zh: '租赁费', en: 'lease' },
  packaging: { type: 'service', zh: '包装运输', en: 'packaging and transport' },
  equipment: { type: 'goods', zh: '设备购置', en: 'equipment' },
  hospitality: { type: 'hospitality', zh: '业务招待', en: 'hospitality' },
  investment: { type: 'investment', zh: '对外投资', en: 'investment' },
  other: { type: 'service', zh: '其他支出', en: 'other' },
} as const satisfies Record<string, CategoryFacts>
export type Category = keyof typeof categories
export const categorySchema = z.enum(Object.keys(categories) as [Category, ...Category[]])

/** What kind of matter the request is, beside its amount (law §3). */
export const matters = {
  ordinary: { zh: '日常支出', en: 'ordinary spending' },
  contract: { zh: '订立或变更合同', en: 'concluding or changing a contract' },
  investment: { zh: '投资', en: 'investment' },
  borrowing: { zh: '借入', en: 'borrowing' },
  lending: { zh: '出借', en: 'lending' },
  equity: { zh: '股权变动', en: 'equity' },
  disposal: { zh: '资产处置', en: 'disposal of assets' },
  distribution: { zh: '收益分配', en: 'distribution' },
  guarantee: { zh: '担保', en: 'guarantee' },
} as const satisfies Record<string, Sentence>
export type Matter = keyof typeof matters
export const matterSchema = z.enum(Object.keys(matters) as [Matter, ...Matter[]])

/** Reserved to the members whatever the amount (浙江条例 Art 17; L1 Art 26(11)). */
export const reservedMatters: readonly Matter[] = [
  'investment',
  'borrowing',
  'lending',
  'equity',
  'disposal',
  'distribution',
]

/** What no emergency lets go ahead of its decision (law 3.10): it binds for longer than any danger lasts. */
export const neverDeferred: readonly Matter[] = [...reservedMatters, 'contract']

export const papers = {
  purposeNote: { zh: '事由说明', en: 'purpose note' },
  quotes: { zh: '比价单', en: 'quotes' },
  plan: { zh: '方案或预算', en: 'plan or budget' },
  riskNote: { zh: '风险说明', en: 'risk note' },
  relationDeclaration: { zh: '关联关系声明', en: 'relation declaration' },
  invoice: { zh: '发票', en: 'invoice' },
  voucherException: { zh: '法定免票凭证', en: 'lawful voucher without invoice' },
  receipt: { zh: '收款收据', en: 'receipt' },
  contract: { zh: '合同', en: 'contract' },
  tenderRecord: { zh: '招标或询价记录', en: 'tender record' },
  valuation: { zh: '评估报告', en: 'valuation' },
  rateBasis: { zh: '计酬标准依据', en: 'basis of the rates' },
  delivery: { zh: '送货单', en: 'delivery note' },
  acceptance: { zh: '验收单', en: 'acceptance slip' },
  progress: { zh: '工程进度确认单', en: 'progress sign-off' },
  assetCard: { zh: '入库单或资产卡片', en: 'stock or asset card' },
  settlement: { zh: '结算单', en: 'settlement' },
  nameList: { zh: '人员名单', en: 'name list' },
  attendanceSheet: { zh: '考勤表', en: 'attendance sheet' },
  transferList: { zh: '银行发放清单', en: 'bank transfer list' },
  officialLetter: { zh: '公函', en: 'official letter' },
  guestList: { zh: '来宾名单', en: 'guest list' },
  photos: { zh: '现场照片', en: 'photos' },
  auditReport: { zh: '审计报告', en: 'audit report' },
  bankSlip: { zh: '银行回单', en: 'bank slip' },
  cardSlip: { zh: '村务卡小票', en: 'card slip' },
  other: { zh: '其他附件', en: 'other' },
} as const satisfies Record<string, Sentence>
export type Paper = keyof typeof papers
export const paperSchema = z.enum(Object.keys(papers) as [Paper, ...Paper[]])

export const phases = ['decision', 'voucher'] as const
/** decision papers at submission, voucher papers before supervisorySignOff. */
export type Phase = (typeof phases)[number]
