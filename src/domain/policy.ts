// Policy (政策): the versioned rules. Each key has a unit, a shipped value, and either a statutory floor or a local basis.
import { z } from 'zod'
import type { Sentence } from './language.ts'
import { compare, type Money, moneySchema } from './money.ts'
import type { Instant } from './time.ts'

const money = (text: string): Money => moneySchema.parse(text)

/** `2/3` of a whole: exact integers, never a rounded percentage, and no more than the whole. */
export const fractionSchema = z
  .string()
  .regex(/^[1-9]\d?\/[1-9]\d?$/)
  .refine((text) => {
    const [numerator = 0, denominator = 0] = text.split('/').map(Number)
    return numerator <= denominator
  })

const schemas = {
  money: moneySchema,
  days: z.int().min(0).max(3650),
  workingDays: z.int().min(0).max(365),
  count: z.int().min(0).max(10_000),
  percent: z.int().min(0).max(100),
  fraction: fractionSchema,
  yesNo: z.boolean(),
} as const
type Unit = keyof typeof schemas

/** `statutory`: the law's floor, which every layer may only tighten. `local`: set by the township on a named basis. */
type Ground =
  | {
      readonly kind: 'statutory'
      readonly article: string
      /** Which way is stricter, seen from the floor. */
      readonly stricter: 'atLeast' | 'atMost' | 'fixed'
      readonly floor: string | number | boolean
    }
  | { readonly kind: 'local'; readonly basis: string }

const key = <U extends Unit>(
  unit: U,
  preset: z.infer<(typeof schemas)[U]>,
  ground: Ground,
  title: Sentence,
) =>
  ({
    unit,
    schema: schemas[unit] as unknown as z.ZodType<z.infer<(typeof schemas)[U]>>,
    preset,
    ground,
    title,
  }) as const

const choice = <const V extends string>(
  options: readonly [V, ...V[]],
  preset: V,
  ground: Ground,
  title: Sentence,
) =>
  ({
    unit: 'choice',
    schema: z.enum(options) as unknown as z.ZodType<V>,
    preset,
    ground,
    title,
  }) as const

const statutory = (
  article: string,
  stricter: 'atLeast' | 'atMost' | 'fixed',
  floor: string | number | boolean,
): Ground => ({ kind: 'statutory', article, stricter, floor })
const local = (basis: string): Ground => ({ kind: 'local', basis })

/** Every key a request, meeting or inspection is decided by (domain §9). Order is the order of the printed policy. */
export const policyKeys = {
  'route.preset': choice(['tiered', 'strict'], 'tiered', local('“五个必经”制度'), {
    zh: '路线方案',
    en: 'Route preset',
  }),
  'tier.dailyMax': key(
    'money',
    money('5000.00'),
    local('各地村级财务制度（5,000元以内由负责人签批），由镇确定'),
    {
      zh: '日常支出上限',
      en: 'Daily spending up to',
    },
  ),
  'tier.boardFrom': key(
    'money',
    money('5000.00'),
    local('各地村级财务制度（5,000元以上集体研究），由镇确定'),
    {
      zh: '董事会研究起点',
      en: 'Board review from',
    },
  ),
  'tier.largeFrom': key(
    'money',
    money('10000.00'),
    local('浙江省村级组织工作规则（大额支出事前报镇），金额由镇确定'),
    {
      zh: '大额起点（镇三资报备）',
      en: 'Large from (township filing)',
    },
  ),
  'tier.majorFrom': key(
    'money',
    money('50000.00'),
    local('浙江省农村集体资产管理条例第17条，金额由镇确定'),
    {
      zh: '重大起点（社员表决）',
      en: 'Major from (member vote)',
    },
  ),
  'window.days': key('days', 30, statutory('“五个必经”制度（同一收款人累计）', 'atLeast', 30), {
    zh: '同一收款人累计天数',
    en: 'Rolling window per payee',
  }),
  'organ.board': choice(
    ['company', 'coop'],
    'company',
    local('浙江省农村集体资产管理条例第51条，由章程确定'),
    {
      zh: '“董事会”指',
      en: '“Board” means',
    },
  ),
  'organ.supervisors': choice(
    ['company', 'coop'],
    'company',
    local('浙江省农村集体资产管理条例第51条，由章程确定'),
    {
      zh: '“监事会”指',
      en: '“Supervisors” means',
    },
  ),
  'member.noticeDays': key('days', 10, statutory('农村集体经济组织法第27条', 'atLeast', 10), {
    zh: '社员大会通知提前',
    en: 'Notice of a member meeting',
  }),
  'member.consultDays': key(
    'days',
    15,
    statutory('浙江省农村集体资产管理条例第20条', 'atLeast', 15),
    {
      zh: '重大事项公示征求意见',
      en: 'Consultation on reserved matters',
    },
  ),
  'member.quorum': key('fraction', '2/3', statutory('农村集体经济组织法第27条', 'atLeast', '2/3'), {
    zh: '社员大会出席比例（占全体）',
    en: 'Quorum of the roll',
  }),
  'member.majority': key(
    'fraction',
    '2/3',
    statutory('农村集体经济组织法第27条', 'atLeast', '2/3'),
    {
      zh: '社员大会通过比例（占全体）',
      en: 'Majority of the roll',
    },
  ),
  'member.delegatesAllowed': key('yesNo', false, local('农村集体经济组织法第28条'), {
    zh: '可由社员代表大会表决',
    en: 'Delegate meetings allowed',
  }),
  'member.resultDays': key('days', 5, statutory('浙江省农村集体资产管理条例第25条', 'atMost', 5), {
    zh: '表决结果公布期限',
    en: 'Result posted within',
  }),
  'board.noticeDays': key('days', 1, local('公司章程'), {
    zh: '董事会通知提前',
    en: 'Notice of a board meeting',
  }),
  'hospitality.allowed': key('yesNo', false, local('村级不得开支招待费的通行规定'), {
    zh: '允许列支业务招待费',
    en: 'Hospitality allowed',
  }),
  'voucher.requiredFrom': key(
    'money',
    money('1000.00'),
    local('发票管理办法（付款须取得发票），金额由镇确定'),
    {
      zh: '必须取得合法票据的金额（超过）',
      en: 'Lawful voucher required above',
    },
  ),
  'cash.max': key(
    'money',
    money('1000.00'),
    statutory('现金管理暂行条例第5条', 'atMost', '1000.00'),
    {
      zh: '现金支付上限',
      en: 'Cash up to',
    },
  ),
  'card.limit': key('money', money('20000.00'), local('湖州开发区村务卡制度（单笔2万元）'), {
    zh: '村务卡单笔上限',
    en: 'Village card limit',
  }),
  'claim.maxAgeDays': key('days', 60, local('各地村级财务制度（两个月内报销）'), {
    zh: '报销时限',
    en: 'Claims within',
  }),
  'step.slaWd': key('workingDays', 2, local('各地村级财务制度，由镇确定'), {
    zh: '村内各环节时限',
    en: 'Each village step within',
  }),
  'town.slaWd': key('workingDays', 3, local('浙江省农村集体资产管理条例第28条'), {
    zh: '镇三资办理时限',
    en: 'Township filing within',
  }),
  'suspension.maxWd': key(
    'workingDays',
    15,
    statutory('“五个必经”制度（暂缓支付）', 'atMost', 15),
    {
      zh: '暂缓支付期限',
      en: 'Suspension up to',
    },
  ),
  'inspection.noticeDays': key('days', 3, statutory('“五个必经”制度（检查通知）', 'atLeast', 3), {
    zh: '检查通知提前',
    en: 'Notice of an inspection',
  }),
  'inspection.team': key('count', 2, statutory('“五个必经”制度（检查组）', 'atLeast', 2), {
    zh: '检查人员不少于',
    en: 'Inspectors at least',
  }),
  'inspection.samplePercent': key('percent', 5, statutory('“五个必经”制度（抽查）', 'atLeast', 1), {
    zh: '抽查比例',
    en: 'Sample share',
  }),
  'inspection.sampleMin': key('count', 10, statutory('“五个必经”制度（抽查）', 'atLeast', 1), {
    zh: '抽查最少份数',
    en: 'Sample at least',
  }),
  'finding.simpleDays': key('days', 15, local('“五个必经”制度，整改期限由镇纪委确定'), {
    zh: '一般问题整改期限',
    en: 'Simple findings fixed within',
  }),
  'finding.normalDays': key('days', 30, local('“五个必经”制度，整改期限由镇纪委确定'), {
    zh: '较重问题整改期限',
    en: 'Normal findings fixed within',
  }),
  'finding.complexDays': key('days', 60, local('“五个必经”制度，整改期限由镇纪委确定'), {
    zh: '复杂问题整改期限',
    en: 'Complex findings fixed within',
  }),
} as const

export type PolicyKey = keyof typeof policyKeys
type ValueOf<K extends PolicyKey> = z.infer<(typeof policyKeys)[K]['schema']>
export type PolicyValues = { readonly [K in PolicyKey]: ValueOf<K> }
export const policyKeyNames = Object.keys(policyKeys) as readonly PolicyKey[]

/** A policy in force from an instant. `id` is `<version>@<first 8 hex of the SHA-256 of policyText>`. */
export interface Policy {
  readonly version: number
  readonly id: string
  readonly from: Instant
  readonly values: PolicyValues
}

/** One value a line, in key order: what `@hex8` digests and what a person reads. */
export const policyText = (values: PolicyValues): string =>
  policyKeyNames.map((name) => `${name} = ${String(values[name])}`).join('\n')

/** The shipped values. */
export const presetValues = Object.fromEntries(
  policyKeyNames.map((name) => [name, policyKeys[name].preset]),
) as unknown as PolicyValues

/** As it stands in an entry: keys hold dots, so they are values there. */
export const policySettingSchema = z.strictObject({
  key: z.enum(policyKeyNames as [PolicyKey, ...PolicyKey[]]),
  value: z.union([z.string().max(100), z.int(), z.boolean()]),
})
export type PolicySetting = z.infer<typeof policySettingSchema>

export interface PolicyFault {
  readonly code: 'valueMalformed' | 'looserThanFloor' | 'tiersOutOfOrder'
  readonly key: PolicyKey
  readonly detail: string
}

/** Does `value` reach the floor? Fractions compare by cross-multiplication. */
function reaches(
  ground: Extract<Ground, { kind: 'statutory' }>,
  value: string | number | boolean,
): boolean {
  const { floor, stricter } = ground
  if (stricter === 'fixed' || typeof floor === 'boolean') return value === floor
  const order = compareValues(value, floor)
  return stricter === 'atLeast' ? order >= 0 : order <= 0
}

function compareValues(a: string | number | boolean, b: string | number | boolean): number {
  const fraction = (text: unknown): readonly [number, number] | undefined => {
    const match = /^(\d+)\/(\d+)$/.exec(String(text))
    return match === null ? undefined : [Number(match[1]), Number(match[2])]
  }
  const [fa, fb] = [fraction(a), fraction(b)]
  if (fa !== undefined && fb !== undefined) return Math.sign(fa[0] * fb[1] - fb[0] * fa[1])
  const [ma, mb] = [moneySchema.safeParse(a), moneySchema.safeParse(b)]
  if (ma.success && mb.success) return compare(ma.data, mb.data)
  return Math.sign(Number(a) - Number(b))
}

/**
 * Settings over a base, checked: well-formed, no looser than the law's floor, 0 < daily ≤ board ≤ large ≤ major (law §8).
 * All faults are returned, not just the first: the person who proposes sees the whole list.
 */
export function applySettings(
  base: PolicyValues,
  settings: readonly PolicySetting[],
): { readonly values: PolicyValues; readonly faults: readonly PolicyFault[] } {
  const values: Record<string, unknown> = { ...base }
  const faults: PolicyFault[] = []
  for (const { key: name, value } of settings) {
    const { schema, ground } = policyKeys[name]
    const parsed = (schema as z.ZodType).safeParse(value)
    if (!parsed.success) {
      faults.push({ code: 'valueMalformed', key: name, detail: String(value) })
      continue
    }
    if (ground.kind === 'statutory' && !reaches(ground, value)) {
      faults.push({
        code: 'looserThanFloor',
        key: name,
        detail: `${String(ground.floor)}, ${ground.article}`,
      })
    }
    values[name] = parsed.data
  }
  const whole = values as unknown as PolicyValues
  const tiers = ['tier.dailyMax', 'tier.boardFrom', 'tier.largeFrom', 'tier.majorFrom'] as const
  let before: Money = money('0.01')
  for (const name of tiers) {
    if (compare(whole[name], before) < 0)
      faults.push({ code: 'tiersOutOfOrder', key: name, detail: whole[name] })
    before = whole[name]
  }
  return { values: whole, faults }
}

/** At least `numerator/denominator` of `whole`? Exact. Of nobody nothing is enough: vacancy passes nothing. */
export function atLeastFraction(part: number, whole: number, fraction: string): boolean {
  const [numerator = 0, denominator = 1] = fraction.split('/').map(Number)
  return whole > 0 && part * denominator >= whole * numerator
}
