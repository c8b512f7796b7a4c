// The thirty-five risks that inspections look for (domain §5.1), and where each is held: by an alert, by refusals under which it
// cannot happen, or not at all, because the ledger does not hold the data. The reference prints the table from here.
import type { AlertRule, RiskNumber } from './alert.ts'
import type { Sentence } from './language.ts'
import type { RefusalCode } from './refusal.ts'

export interface Risk extends Sentence {
  readonly alerts?: readonly AlertRule[]
  /** Codes under which it cannot happen, or not in this way. */
  readonly refusals?: readonly RefusalCode[]
  /** Why neither, where there is neither. */
  readonly notIn?: Sentence
}

export const risks: Readonly<Record<RiskNumber, Risk>> = {
  R01: {
    zh: '化整为零拆分支出',
    en: 'Splitting',
    alerts: ['splitting'],
  },
  R02: {
    zh: '多笔紧贴限额',
    en: 'A cluster just under a limit',
    alerts: ['justBelow'],
  },
  R03: {
    zh: '同一发票重复报销',
    en: 'The same invoice twice, anywhere in the township',
    refusals: ['invoiceClaimed'],
  },
  R04: {
    zh: '同一资料用于不同申请',
    en: 'The same file for different claims',
    alerts: ['sameFile'],
  },
  R05: {
    zh: '同一销方发票连号',
    en: 'Consecutive invoice numbers of one seller',
    alerts: ['consecutiveInvoices'],
  },
  R06: {
    zh: '白条支出',
    en: 'White slips',
    alerts: ['whiteSlip'],
    refusals: ['voucherMissing'],
  },
  R07: {
    zh: '现金支付超限额',
    en: 'Cash over the limit',
    refusals: ['cashOverLimit'],
  },
  R08: {
    zh: '现金支出占比偏高',
    en: 'Share of cash in a month',
    alerts: ['cashShare'],
  },
  R09: {
    zh: '收入未及时存行',
    en: 'Receipts not banked',
    notIn: { zh: '账本只记支出，不记收入', en: 'Income is not in the ledger' },
  },
  R10: {
    zh: '付款至个人账户',
    en: 'A personal account for a firm’s invoice',
    refusals: ['personalAccountForFirm', 'payeeNotSeller', 'sellerUnstated'],
  },
  R11: {
    zh: '收款人、合同方、开票方不一致',
    en: 'Payee, party to the contract and seller differ',
    alerts: ['payeeNotParty'],
    refusals: ['personalAccountForFirm', 'payeeNotSeller', 'authorityMismatch'],
  },
  R12: {
    zh: '相近金额付给不同账户',
    en: 'Two similar payments to different accounts',
    alerts: ['similarPayments'],
  },
  R13: {
    zh: '供应商与村干部有关联',
    en: 'Supplier tied to an office holder',
    alerts: ['relatedParty', 'relatedUndeclared'],
  },
  R14: {
    zh: '村干部分包工程',
    en: 'Office holder as subcontractor',
    notIn: { zh: '分包情况不在申请资料中', en: 'Subcontracts are not part of a request' },
  },
  R15: {
    zh: '先付款后决定',
    en: 'Paid before the decision',
    alerts: ['paidBeforeDecision'],
    refusals: ['paidBeforeOrder', 'swipedBeforeReport', 'notOpen'],
  },
  R16: {
    zh: '付款后补资料',
    en: 'Papers made after the payment',
    alerts: ['papersAfterPayment'],
  },
  R17: {
    zh: '表决不符合法定条件',
    en: 'A vote that does not reach the law',
    refusals: [
      'noticeTooShort',
      'mustRecuse',
      'watcherMissing',
      'tallyOverPresent',
      'minutesUnsigned',
    ],
  },
  R18: {
    zh: '经办、审批为同一人',
    en: 'Handler and approver are one person',
    refusals: [
      'issuersNotThree',
      'ownHandling',
      'decidesTwice',
      'officerIsHead',
      'cashierConflict',
    ],
  },
  R19: {
    zh: '超预算、无预算支出',
    en: 'Over budget, or without one',
    refusals: ['authorityExceeded'],
  },
  R20: {
    zh: '业务招待',
    en: 'Hospitality',
    alerts: ['hospitality'],
    refusals: ['hospitalityProhibited'],
  },
  R21: {
    zh: '合同应收款逾期',
    en: 'Contract receivable overdue',
    notIn: { zh: '账本只记支出，不记应收款', en: 'Receivables are not in the ledger' },
  },
  R22: {
    zh: '承包、租赁期限过长或价格过低',
    en: 'Contract too long, too cheap or without open bid',
    notIn: {
      zh: '发包、出租合同不在账本中',
      en: 'Contracts that give out land or assets are not in the ledger',
    },
  },
  R23: {
    zh: '合同到期后仍付款',
    en: 'Contract expired and still used',
    alerts: ['authorityEnded'],
    refusals: ['authorityMismatch', 'authorityClosed'],
  },
  R24: {
    zh: '供应商过于集中',
    en: 'One supplier dominates',
    alerts: ['supplierDominates'],
  },
  R25: {
    zh: '借支未及时结清',
    en: 'Advance not settled',
    alerts: ['advanceOverdue'],
    refusals: ['advanceOpen'],
  },
  R26: {
    zh: '往来款长期挂账',
    en: 'Long-hanging receivables and payables',
    notIn: {
      zh: '往来款余额在会计账中，不在账本中',
      en: 'Balances stand in the books, not in the ledger',
    },
  },
  R27: {
    zh: '应公开未公开',
    en: 'Disclosure missed',
    notIn: {
      zh: '公开情况未记入账本；表决结果逾期未公布的，见会议待办',
      en: 'Disclosure is not recorded yet; a result that is not posted shows as the task of its meeting',
    },
  },
  R28: {
    zh: '报账过迟',
    en: 'Late claim',
    alerts: ['lateClaim'],
    refusals: ['claimTooOld'],
  },
  R29: {
    zh: '工程变更、结算超合同',
    en: 'Change order or final bill over the contract',
    notIn: {
      zh: '合同金额即授权上限，超出即拒绝（见R19）；变更须重新表决',
      en: 'A contract’s amount is its ceiling: over it is refused (R19), and a change is voted anew',
    },
  },
  R30: {
    zh: '整数金额、非工作日付款',
    en: 'Round sums and payments on days off',
    alerts: ['roundSum', 'holidayPayment'],
  },
  R31: {
    zh: '用印未经审批',
    en: 'Seal used without approval',
    notIn: { zh: '用印登记不在账本中', en: 'The register of seals is not in the ledger' },
  },
  R32: {
    zh: '发放表人员不实',
    en: 'Names on a labour list',
    refusals: ['listTotalDiffers'],
  },
  R33: {
    zh: '合作社与公司财务混同',
    en: 'Cooperative and company money mixed',
    alerts: ['mixing'],
    refusals: ['wrongEntity'],
  },
  R34: {
    zh: '数量不合常理',
    en: 'Physical impossibility',
    notIn: {
      zh: '数量、时间等明细不在申请资料中',
      en: 'Quantities and times are not part of a request',
    },
  },
  R35: {
    zh: '付款后发票作废、红冲',
    en: 'Invoice voided after payment',
    notIn: {
      zh: '须联网查验发票状态，账本不含外部数据',
      en: 'The state of an invoice is known to the tax office alone',
    },
  },
}
