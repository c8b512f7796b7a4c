// What states and outcomes are called, for lists, pages and drawings alike.
import type { DraftState } from '../domain/draft.ts'
import type { Sentence } from '../domain/language.ts'
import type { Demand } from '../domain/must.ts'
import type { payMethods } from '../domain/request.ts'

const sentence = (zh: string, en: string): Sentence => ({ zh, en })

export const inspectionKindNames: Readonly<Record<string, Sentence>> = {
  periodic: sentence('定期检查', 'periodic'),
  special: sentence('专项检查', 'special'),
  followUp: sentence('回头看', 'follow-up'),
}

export const demandNames: Readonly<Record<Demand, Sentence>> = {
  required: sentence('需要', 'required'),
  covered: sentence('已由授权覆盖', 'covered'),
  deferred: sentence('应急后补', 'deferred'),
  notRequired: sentence('不需要', 'not required'),
}

export const methodNames: Readonly<Record<(typeof payMethods)[number], Sentence>> = {
  transfer: sentence('银行转账', 'bank transfer'),
  card: sentence('村务卡', 'village card'),
  cash: sentence('现金', 'cash'),
  debit: sentence('银行代扣', 'direct debit'),
}

export const outcomeNames = {
  passed: sentence('通过', 'passed'),
  failed: sentence('未通过', 'failed'),
  referred: sentence('转交', 'referred'),
  notDecided: sentence('未作决定', 'not decided'),
} as const satisfies Record<string, Sentence>

/** What has become of a request. */
export const requestOutcomes: Readonly<Record<string, Sentence>> = {
  open: sentence('办理中', 'under way'),
  paid: sentence('已支付', 'paid'),
  rejected: sentence('未通过', 'rejected'),
  withdrawn: sentence('已撤回', 'withdrawn'),
}

export const alertStateNames: Readonly<Record<string, Sentence>> = {
  open: sentence('未处置', 'open'),
  dismissed: sentence('已解除', 'dismissed'),
}

export const draftStateNames = {
  waiting: sentence('待提交', 'waiting'),
  taken: sentence('提交中', 'being submitted'),
  submitted: sentence('已提交', 'submitted'),
} as const satisfies Readonly<Record<DraftState, Sentence>>
