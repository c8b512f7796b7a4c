// What a policy key is made of: a unit, a shipped value, and a statutory floor or a local basis.
import { z } from 'zod'
import type { Sentence } from './language.ts'
import { type Money, moneySchema } from './money.ts'

export const money = (text: string): Money => moneySchema.parse(text)

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
export type Ground =
  | {
      readonly kind: 'statutory'
      readonly article: string
      /** Which way is stricter, seen from the floor. */
      readonly stricter: 'atLeast' | 'atMost' | 'fixed'
      readonly floor: string | number | boolean
    }
  | { readonly kind: 'local'; readonly basis: string }

export const key = <U extends Unit>(
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

export const choice = <const V extends string>(
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

export const statutory = (
  article: string,
  stricter: 'atLeast' | 'atMost' | 'fixed',
  floor: string | number | boolean,
): Ground => ({ kind: 'statutory', article, stricter, floor })
export const local = (basis: string): Ground => ({ kind: 'local', basis })
