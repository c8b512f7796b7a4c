// Policy (政策): the versioned rules. Each key has a unit, a shipped value, and either a statutory floor or a local basis.
import { z } from 'zod'
import { compare, type Money } from './money.ts'
import { policyKeys } from './policy-keys.ts'
import { isAsStrict } from './policy-order.ts'
import { type Ground, money, partsOfFraction, type SettingValue } from './policy-units.ts'
import type { Instant } from './time.ts'

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
  /** Version of the village's own rule that tightened `values`; absent where none did (law §8). */
  readonly rule?: number
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
  value: z.union([z.string().max(200), z.int(), z.boolean()]),
})
export type PolicySetting = z.infer<typeof policySettingSchema>

export interface PolicyFault {
  readonly code:
    | 'valueMalformed'
    | 'looserThanFloor'
    | 'tiersOutOfOrder'
    | 'notForVillages'
    | 'looserThanTownship'
  readonly key: PolicyKey
  readonly detail: string
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
    const known = policyKeys[name]
    const { schema, ground } = known
    const parsed = (schema as z.ZodType).safeParse(value)
    if (!parsed.success) {
      faults.push({ code: 'valueMalformed', key: name, detail: String(value) })
      continue
    }
    if (ground.kind === 'statutory' && !reaches(known, ground, value)) {
      faults.push({
        code: 'looserThanFloor',
        key: name,
        detail: `${String(ground.floor)}, ${ground.article}`,
      })
    }
    values[name] = parsed.data
  }
  const whole = values as unknown as PolicyValues
  return { values: whole, faults: [...faults, ...tierFaults(whole)] }
}

/** Does `value` reach the law's floor? */
function reaches(
  key: (typeof policyKeys)[PolicyKey],
  { floor, stricter }: Extract<Ground, { kind: 'statutory' }>,
  value: SettingValue,
): boolean {
  return isAsStrict(key, stricter === 'fixed' ? 'none' : stricter, { value, than: floor })
}

/** 0 < daily ≤ board ≤ large ≤ major (law 8.4): those that break the order. */
export function tierFaults(values: PolicyValues): readonly PolicyFault[] {
  const faults: PolicyFault[] = []
  const tiers = ['tier.dailyMax', 'tier.boardFrom', 'tier.largeFrom', 'tier.majorFrom'] as const
  let before: Money = money('0.01')
  for (const name of tiers) {
    if (compare(values[name], before) < 0)
      faults.push({ code: 'tiersOutOfOrder', key: name, detail: values[name] })
    before = values[name]
  }
  return faults
}

/** At least `numerator/denominator` of `whole`? Exact. Of nobody nothing is enough: vacancy passes nothing. */
export function atLeastFraction(part: number, whole: number, fraction: string): boolean {
  const [numerator, denominator] = partsOfFraction(fraction)
  return whole > 0 && part * denominator >= whole * numerator
}
