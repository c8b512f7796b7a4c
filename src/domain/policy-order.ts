// Which of two values of a policy key is the stricter.
import { compare, moneySchema } from './money.ts'
import { choicesIn, partsOfFraction, type SettingValue, type Stricter } from './policy-units.ts'

/** What of a key its order depends on. */
export interface Ordered {
  readonly unit: string
  readonly options?: readonly string[]
}

/** Negative when `a` is less of it than `b`. Fractions compare exactly; undefined where neither is less (two sets of choices). */
function compareSettings(
  { unit, options = [] }: Ordered,
  a: SettingValue,
  b: SettingValue,
): number | undefined {
  if (unit === 'choices') return compareSets(choicesIn(String(a)), choicesIn(String(b)))
  if (unit === 'choice') return options.indexOf(String(a)) - options.indexOf(String(b))
  if (unit === 'money') return compare(moneySchema.parse(a), moneySchema.parse(b))
  if (unit !== 'fraction') return Number(a) - Number(b)
  const [p, q] = partsOfFraction(String(a))
  const [r, s] = partsOfFraction(String(b))
  return p * s - r * q
}

function compareSets(a: readonly string[], b: readonly string[]): number | undefined {
  const within = a.every((one) => b.includes(one))
  const around = b.every((one) => a.includes(one))
  if (within) return around ? 0 : -1
  return around ? 1 : undefined
}

/** Is `value` as strict as `than`, or stricter? */
export function isAsStrict(
  key: Ordered,
  stricter: Stricter,
  { value, than }: { readonly value: SettingValue; readonly than: SettingValue },
): boolean {
  const order = compareSettings(key, value, than)
  if (stricter === 'none') return value === than
  return order !== undefined && (stricter === 'atLeast' ? order >= 0 : order <= 0)
}
