// Alerts (预警) as facts: what was seen, with which other requests, and what to look at. They explain and never accuse; they
// move nothing, and only a recorded reason dismisses them (law 10.5, domain §5.1).
import { z } from 'zod'
import type { Sentence } from './language.ts'

export const alertColours = {
  red: { zh: '红色', en: 'red' },
  yellow: { zh: '黄色', en: 'yellow' },
  blue: { zh: '蓝色', en: 'blue' },
} as const satisfies Record<string, Sentence>
export type AlertColour = keyof typeof alertColours
export const alertColourSchema = z.enum(
  Object.keys(alertColours) as [AlertColour, ...AlertColour[]],
)

/** `al-1`, `al-2`, … in the order they were raised on one request. */
export const alertIdSchema = z
  .string()
  .regex(/^al-[1-9]\d{0,3}$/)
  .brand<'AlertId'>()
export type AlertId = z.infer<typeof alertIdSchema>

/** Of the table of risks in risk.ts: R01–R35. */
export type RiskNumber = `R${number}`

interface AlertKind {
  readonly risk: RiskNumber
  readonly title: Sentence
  /** What was seen; `{places}` are filled from the alert's params. */
  readonly seen: Sentence
  /** What to look at. */
  readonly look: Sentence
  /** The colour it has, or may have: which, says the rule. */
  readonly colours: readonly [AlertColour, ...AlertColour[]]
}

export const alertRules = {
  splitting: {
    risk: 'R01',
    title: { zh: '同一收款人多笔略低', en: 'Several below the line' },
    seen: {
      zh: '{days}日内向同一收款人支出{count}笔，每笔低于{line}元，合计{sum}元',
      en: '{count} requests to one payee within {days} days, each below {line} yuan, {sum} together',
    },
    look: {
      zh: '请核对是否为同一事项分次申请',
      en: 'Please check whether they are parts of one matter',
    },
    colours: ['yellow', 'red'],
  },
  justBelow: {
    risk: 'R02',
    title: { zh: '多笔紧贴限额', en: 'Just below the line' },
    seen: {
      zh: '本季度已有{count}笔支出在{low}元以上、未到{line}元',
      en: '{count} requests of this quarter lie from {low} to just below {line} yuan',
    },
    look: {
      zh: '请核对金额是否如实，是否为避开上一级程序',
      en: 'Please check the amounts, and why they end where the next must begins',
    },
    colours: ['yellow'],
  },
  sameFile: {
    risk: 'R04',
    title: { zh: '资料相同', en: 'Same file' },
    seen: {
      zh: '有{files}份资料与{count}笔其他申请所附的完全相同',
      en: '{files} papers are, to the byte, those of {count} other requests',
    },
    look: {
      zh: '请核对两笔申请的原始资料，是否误附',
      en: 'Please compare the originals; a paper may have been attached by mistake',
    },
    colours: ['yellow'],
  },
  consecutiveInvoices: {
    risk: 'R05',
    title: { zh: '发票连号', en: 'Consecutive invoices' },
    seen: {
      zh: '{days}日内同一销方的{count}张发票号码相连或相近（{from}至{to}）',
      en: '{count} invoices of one seller within {days} days bear neighbouring numbers ({from} to {to})',
    },
    look: {
      zh: '请核对交易是否真实，销方是否只对本村开票',
      en: 'Please check the deals, and whether the seller bills nobody else',
    },
    colours: ['yellow'],
  },
  whiteSlip: {
    risk: 'R06',
    title: { zh: '无票支出', en: 'No voucher' },
    seen: {
      zh: '{amount}元支出既无发票，也无法定免票凭证',
      en: '{amount} yuan without an invoice or a lawful voucher in its place',
    },
    look: { zh: '请核对支出凭据', en: 'Please check what proves the expense' },
    colours: ['yellow'],
  },
  cashShare: {
    risk: 'R08',
    title: { zh: '现金占比偏高', en: 'Much in cash' },
    seen: {
      zh: '本月现金支出{cash}元，占全部支出{month}元的比例超过{percent}%',
      en: '{cash} yuan of this month’s {month} are in cash, more than {percent} %',
    },
    look: { zh: '请核对现金支付的必要性', en: 'Please check why it was paid in cash' },
    colours: ['yellow'],
  },
  payeeNotParty: {
    risk: 'R11',
    title: { zh: '合同收款人不一致', en: 'Another payee under the contract' },
    seen: {
      zh: '合同{contract}项下此前已向{count}个其他收款人申请支付',
      en: 'Under contract {contract}, {count} other payees have been asked for before',
    },
    look: {
      zh: '请核对合同当事人、收款人和开票方是否一致',
      en: 'Please compare the party to the contract, the payee and the seller',
    },
    colours: ['yellow'],
  },
  similarPayments: {
    risk: 'R12',
    title: { zh: '相近金额付给不同收款人', en: 'Similar amounts to different payees' },
    seen: {
      zh: '{days}日内同一项目另有{count}笔金额相差不超过{percent}%、收款人不同的申请',
      en: 'Within {days} days, {count} other requests for the same project differ by {percent} % at most, to other payees',
    },
    look: { zh: '请核对是否重复支付', en: 'Please check whether it is paid twice' },
    colours: ['yellow'],
  },
  relatedParty: {
    risk: 'R13',
    title: { zh: '关联交易', en: 'Related party' },
    seen: {
      zh: '经办人申报为关联交易，涉及在任人员{count}人',
      en: 'Declared as a related-party deal; {count} office holders are concerned',
    },
    look: {
      zh: '请核对价格是否公允，相关人员是否回避',
      en: 'Please check the price, and that those concerned recused',
    },
    colours: ['blue'],
  },
  relatedUndeclared: {
    risk: 'R13',
    title: { zh: '关联关系未申报', en: 'Relation not declared' },
    seen: {
      zh: '花名册登记的关联人员{count}人与收款人有关，申请填报为无关联',
      en: 'The roster ties {count} office holders to the payee; the form says there is no relation',
    },
    look: {
      zh: '请核对关联关系声明，是否漏报',
      en: 'Please check the declaration; a tie may have been overlooked',
    },
    colours: ['red'],
  },
  paidBeforeDecision: {
    risk: 'R15',
    title: { zh: '款项先于决定', en: 'Money before the decision' },
    seen: {
      zh: '款项已于{date}付出，{count}项必经程序尚未办理',
      en: 'The money left on {date}, before {count} of the musts it needs',
    },
    look: {
      zh: '请核对为何未先行研究、表决或报备',
      en: 'Please check why it was not decided first',
    },
    colours: ['red'],
  },
  papersAfterPayment: {
    risk: 'R16',
    title: { zh: '资料日期晚于付款', en: 'Papers later than the payment' },
    seen: {
      zh: '款项于{date}付出，有{count}份应在此前形成的资料日期更晚（最晚{dated}）',
      en: 'The money left on {date}; {count} papers that should be older bear a later date (the latest {dated})',
    },
    look: {
      zh: '请核对资料形成时间，是否事后补办',
      en: 'Please check when the papers were made',
    },
    colours: ['red'],
  },
  hospitality: {
    risk: 'R20',
    title: { zh: '业务招待', en: 'Hospitality' },
    seen: { zh: '业务招待支出{amount}元', en: 'Hospitality of {amount} yuan' },
    look: {
      zh: '请核对公函、来宾名单和标准',
      en: 'Please check the letter, the guests and the rate',
    },
    colours: ['yellow'],
  },
  authorityEnded: {
    risk: 'R23',
    title: { zh: '授权到期后付款', en: 'Paid after the authority ended' },
    seen: {
      zh: '授权{authority}至{to}止，款项于{date}付出',
      en: 'Authority {authority} ran to {to}; the money left on {date}',
    },
    look: {
      zh: '请核对合同是否续签，付款是否仍有依据',
      en: 'Please check whether the contract was renewed',
    },
    colours: ['yellow'],
  },
  supplierDominates: {
    risk: 'R24',
    title: { zh: '供应商过于集中', en: 'One supplier dominates' },
    seen: {
      zh: '本年度向该收款人采购累计{sum}元，超过全部采购{year}元的{percent}%',
      en: 'This payee has {sum} of the year’s purchases of {year} yuan, more than {percent} %',
    },
    look: {
      zh: '请核对是否比价、询价或招标',
      en: 'Please check how the supplier is chosen',
    },
    colours: ['yellow'],
  },
  advanceOverdue: {
    risk: 'R25',
    title: { zh: '借支逾期', en: 'Advance overdue' },
    seen: {
      zh: '借支应于{due}前结清，逾期{days}日',
      en: 'The advance was to be settled by {due}; it was {days} days late',
    },
    look: { zh: '请核对逾期原因和款项用途', en: 'Please check why, and where the money was' },
    colours: ['yellow', 'red'],
  },
  lateClaim: {
    risk: 'R28',
    title: { zh: '发票过旧', en: 'Old invoice' },
    seen: {
      zh: '发票日期{date}，距申请{days}日，或已跨年度',
      en: 'The invoice of {date} is {days} days old, or of another year',
    },
    look: { zh: '请核对为何未及时报账', en: 'Please check why it comes so late' },
    colours: ['yellow'],
  },
  roundSum: {
    risk: 'R30',
    title: { zh: '多笔整数金额', en: 'Round sums' },
    seen: {
      zh: '本季度已有{count}笔{from}元以上的整数金额（{unit}元的整倍数）',
      en: '{count} requests of this quarter are of {from} yuan or more and whole multiples of {unit}',
    },
    look: {
      zh: '请核对金额的计算依据',
      en: 'Please check how the amounts were worked out',
    },
    colours: ['blue'],
  },
  holidayPayment: {
    risk: 'R30',
    title: { zh: '非工作日付款', en: 'Paid on a day off' },
    seen: { zh: '款项于非工作日{date}付出', en: 'The money left on {date}, a day off' },
    look: { zh: '请核对付款时间', en: 'Please check why it was paid that day' },
    colours: ['blue'],
  },
  mixing: {
    risk: 'R33',
    title: { zh: '村社企之间付款', en: 'Between cooperative and company' },
    seen: {
      zh: '收款人“{name}”是本村集体的组织，本申请无须董事会或社员决定',
      en: 'The payee “{name}” is an organisation of this village, and neither board nor members decide it',
    },
    look: {
      zh: '请核对款项性质，防止合作社与公司财务混同',
      en: 'Please check what it is for: the property of the two must stay separate',
    },
    colours: ['yellow'],
  },
} as const satisfies Record<string, AlertKind>

export type AlertRule = keyof typeof alertRules
export const alertRuleSchema = z.enum(Object.keys(alertRules) as [AlertRule, ...AlertRule[]])
