// Values of the policy as people write them, and what is wrong with a proposal in words.
import { emergencyCauses } from '../../domain/emergency.ts'
import type { Language, Sentence } from '../../domain/language.ts'
import { grouped, moneySchema } from '../../domain/money.ts'
import { type PolicyFault, type PolicyKey, policyKeyNames } from '../../domain/policy.ts'
import { policyKeys } from '../../domain/policy-keys.ts'
import type { Ordered } from '../../domain/policy-order.ts'
import { choicesIn } from '../../domain/policy-units.ts'

type Value = string | number | boolean

const units = {
  money: { zh: '元', en: ' yuan' },
  days: { zh: '天', en: ' days' },
  workingDays: { zh: '个工作日', en: ' working days' },
  hours: { zh: '小时', en: ' hours' },
  count: { zh: '', en: '' },
  percent: { zh: '%', en: '%' },
  fraction: { zh: '', en: '' },
  yesNo: { zh: '', en: '' },
  choice: { zh: '', en: '' },
  choices: { zh: '', en: '' },
} as const satisfies Record<string, Sentence>

/** Of choices and of yes and no. */
const names: Readonly<Record<string, Sentence>> = {
  ...emergencyCauses,
  true: { zh: '是', en: 'yes' },
  false: { zh: '否', en: 'no' },
  tiered: { zh: '分档（按金额）', en: 'tiered (by amount)' },
  strict: { zh: '从严（逐笔表决）', en: 'strict (every request)' },
  company: { zh: '公司的', en: "the company's" },
  coop: { zh: '合作社的', en: "the cooperative's" },
  majorityAndChair: { zh: '过半数且含主席', en: 'a majority and the chair' },
  all: { zh: '全体', en: 'all' },
}

/** `10,000.00元`, `3个工作日`, `是`. */
export function valueWords(key: PolicyKey, value: Value, language: Language): string {
  const { unit }: Ordered = policyKeys[key]
  const amount = unit === 'money' ? moneySchema.safeParse(value) : undefined
  if (amount?.success === true) return `${grouped(amount.data)}${units.money[language]}`
  if (unit === 'choices') return choicesWords(String(value), language)
  const name = unit === 'yesNo' || unit === 'choice' ? names[String(value)] : undefined
  return name?.[language] ?? `${String(value)}${units[policyKeys[key].unit][language]}`
}

/** `flood,fire` → 水灾、火灾; none in words. */
function choicesWords(value: string, language: Language): string {
  const chosen = choicesIn(value).map((one) => names[one]?.[language] ?? one)
  if (chosen.length === 0) return language === 'zh' ? '无' : 'none'
  return chosen.join(language === 'zh' ? '、' : ', ')
}

/** How a floor in law stands before its value. */
export const boundSigns = { atLeast: '≥', atMost: '≤', fixed: '=' } as const

/** What a value of each unit looks like in a file. */
const forms = {
  money: { zh: '带引号的金额，如 "50000.00"', en: 'an amount in quotes, like "50000.00"' },
  days: { zh: '天数，如 10', en: 'a number of days, like 10' },
  workingDays: { zh: '工作日数，如 3', en: 'a number of working days, like 3' },
  hours: { zh: '小时数，如 24', en: 'a number of hours, like 24' },
  count: { zh: '整数，如 2', en: 'a whole number, like 2' },
  percent: { zh: '0到100的整数，如 5', en: 'a whole number from 0 to 100, like 5' },
  fraction: { zh: '带引号的分数，如 "2/3"', en: 'a fraction in quotes, like "2/3"' },
  yesNo: { zh: 'true（是）或 false（否）', en: 'true or false' },
  choice: { zh: '所列选项之一', en: 'one of the choices' },
  choices: { zh: '所列选项，以逗号分隔', en: 'some of the choices, with commas between' },
} as const satisfies Record<string, Sentence>

const faultNames = {
  valueMalformed: { zh: '格式不对', en: 'malformed' },
  looserThanFloor: { zh: '比法定底线宽松', en: "looser than the law's floor" },
  tiersOutOfOrder: {
    zh: '各档金额次序不对（日常≤研究≤大额≤重大）',
    en: 'the tiers are out of order (daily ≤ board ≤ large ≤ major)',
  },
  notForVillages: { zh: '由镇确定，村规不得规定', en: 'for the township, not for a village rule' },
  looserThanTownship: { zh: '比镇政策宽松', en: 'looser than the township' },
} as const

/** One line: the key, its rule, what is wrong, what was found or is the floor. */
export function policyFaultText({ code, key, detail }: PolicyFault, language: Language): string {
  const { title, unit } = policyKeys[key]
  const head = `${key} ${title[language]}: ${faultNames[code][language]}`
  if (code !== 'valueMalformed') return `${head} (${detail})`
  return language === 'zh'
    ? `${head}，应为${forms[unit].zh}，写的是 ${detail}`
    : `${head}, must be ${forms[unit].en}, found ${detail}`
}

const NEAR = 3

/** The keys spelt most like this one. */
export function nearestKeys(text: string): readonly PolicyKey[] {
  const wanted = text.toLowerCase()
  return policyKeyNames
    .map((key) => ({ key, far: distance(wanted, key.toLowerCase()) }))
    .toSorted((a, b) => a.far - b.far)
    .slice(0, NEAR)
    .map(({ key }) => key)
}

/** Letters to change, add or take away (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (const [i, letter] of [...a].entries()) {
    let diagonal = row[0] ?? 0
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      const above = row[j + 1] ?? 0
      const changed = diagonal + (letter === other ? 0 : 1)
      next.push(Math.min(changed, above + 1, (next[j] ?? 0) + 1))
      diagonal = above
    }
    row = next
  }
  return row[b.length] ?? 0
}
