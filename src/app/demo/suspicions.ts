// What an inspector looks for in a request: what stands out on its face, and the small faults that looking brings up.
import type { Request } from '../../../workflows/request/v1/fold.ts'
import type { Fault, FindingKind, FollowUp } from '../../domain/finding.ts'
import { above, atLeast, type Money, moneySchema } from '../../domain/money.ts'
import type { Random } from './random.ts'

const LINE = moneySchema.parse('10000.00')
const JUST_BELOW = moneySchema.parse('9000.00')

/** Why it is looked at whatever the lot says; undefined for most. */
export function standsOut({ related, rolling, submission }: Request): string | undefined {
  if (related) return '关联交易，必查'
  const below = atLeast(submission.amount, JUST_BELOW) && above(LINE, submission.amount)
  return below && rolling.parts.length > 0 && atLeast(rolling.sum, LINE)
    ? '同一收款人连续多笔略低于大额起点，疑似拆分'
    : undefined
}

interface Found {
  readonly fault: Fault
  readonly kind: FindingKind
  readonly text: string
  readonly followUps: readonly FollowUp[]
  /** Money to be brought back. */
  readonly recover?: Money
}

/** Why a special round came: money to be brought back. */
export const overspending = {
  fault: 'scopeWidened',
  kind: 'complex',
  text: '超出预算科目范围列支，超支部分应追回',
  followUps: ['rectification', 'recovery', 'disciplineDemand'],
  recover: moneySchema.parse('260.00'),
} as const satisfies Found

const small: readonly Found[] = [
  {
    fault: 'papersIncomplete',
    kind: 'simple',
    text: '验收单缺验收日期',
    followUps: ['rectification'],
  },
  {
    fault: 'formalitiesMissing',
    kind: 'simple',
    text: '比价单未签字',
    followUps: ['rectification'],
  },
  {
    fault: 'notPublished',
    kind: 'simple',
    text: '支出明细未按月公开',
    followUps: ['rectification'],
  },
  {
    fault: 'invoiceMismatch',
    kind: 'normal',
    text: '发票项目与事由不一致',
    followUps: ['rectification', 'training'],
  },
]

export function faultOf(request: Request, random: Random): Found | undefined {
  if (standsOut(request)?.includes('拆分') === true) {
    return {
      fault: 'splitting',
      kind: 'normal',
      text: '同一事项分次申请，应合并报批',
      followUps: ['rectification', 'training'],
    }
  }
  return random.perMille(110) ? random.pick(small) : undefined
}
