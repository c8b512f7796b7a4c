// Findings (问题) of an inspection: the taxonomy is what discipline committees publish (domain §5),
// not our invention.
import { z } from 'zod'
import type { Sentence } from './language.ts'

export const faults = {
  papersIncomplete: { zh: '资料不全', en: 'papers incomplete' },
  formalitiesMissing: { zh: '手续缺失', en: 'formalities missing' },
  invoiceMismatch: { zh: '发票与支出事项不符', en: 'invoice does not fit the expense' },
  voucherNotCompliant: { zh: '凭证不合规', en: 'voucher not compliant' },
  whiteSlip: { zh: '白条、欠条入账', en: 'white slips or IOUs booked' },
  resolutionUnsigned: { zh: '大额支付决议未签字', en: 'resolution for a large payment unsigned' },
  backfilled: { zh: '事后补会议记录、补签合同', en: 'minutes or contract written afterwards' },
  splitting: { zh: '化整为零', en: 'splitting' },
  notPublished: { zh: '应公开未公开', en: 'not published' },
  incomeWithheld: { zh: '收入滞留个人', en: 'income kept by a person' },
  incomeUnderstated: { zh: '少计收入', en: 'income understated' },
  depositNotReturned: { zh: '押金、保证金未退还', en: 'deposit not returned' },
  worksAgainstRules: { zh: '违规发包', en: 'works given out against the rules' },
  tenderAvoided: { zh: '规避招标', en: 'tender avoided' },
  noOversight: { zh: '未设监督机构', en: 'no oversight body' },
  scopeWidened: { zh: '扩大开支范围', en: 'scope of spending widened' },
  thirdPartyPaid: { zh: '付款给非合同方', en: 'a third party paid' },
  paidTwice: { zh: '重复支付', en: 'paid twice' },
  relatedUndisclosed: { zh: '关联交易未申报', en: 'related-party deal undisclosed' },
  cashMismanaged: { zh: '现金管理混乱', en: 'cash badly managed' },
  manyAccounts: { zh: '多头开户、公款私存', en: 'several or private accounts' },
  assetsUnrecorded: { zh: '资产未入账', en: 'assets unrecorded' },
  other: { zh: '其他问题', en: 'other' },
} as const satisfies Record<string, Sentence>

export type Fault = keyof typeof faults
export const faultSchema = z.enum(Object.keys(faults) as [Fault, ...Fault[]])

/** How hard a finding is to put right: policy gives each its days (finding.simpleDays, …). */
export const findingKinds = {
  simple: { zh: '一般问题', en: 'simple' },
  normal: { zh: '较重问题', en: 'normal' },
  complex: { zh: '复杂问题', en: 'complex' },
} as const satisfies Record<string, Sentence>
export type FindingKind = keyof typeof findingKinds
export const findingKindSchema = z.enum(
  Object.keys(findingKinds) as [FindingKind, ...FindingKind[]],
)

/** What is asked for beside the answer (law §6). */
export const followUps = {
  rectification: { zh: '限期整改', en: 'rectification' },
  recovery: { zh: '追回资金', en: 'recovery of money' },
  training: { zh: '教育培训', en: 'training' },
  disciplineDemand: { zh: '监察建议', en: 'demand on discipline' },
  referral: { zh: '移送线索', en: 'referral' },
} as const satisfies Record<string, Sentence>
export type FollowUp = keyof typeof followUps
export const followUpSchema = z.enum(Object.keys(followUps) as [FollowUp, ...FollowUp[]])
