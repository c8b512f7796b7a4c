// Policy (政策): the versioned rules. Each key has a unit, a shipped value, and either a statutory floor or a local basis.
import { z } from 'zod'
import { compare, type Money, moneySchema } from './money.ts'
import { policyKeys } from './policy-keys.ts'
import { type Ground, money } from './policy-units.ts'
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
