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
    const [numerator, denominator] = partsOfFraction(text)
    return numerator <= denominator
  })

/** `"2/3"` → `[2, 3]`. */
export function partsOfFraction(fraction: string): readonly [number, number] {
  const [numerator = 0, denominator = 1] = fraction.split('/').map(Number)
  return [numerator, denominator]
}

const schemas = {
  money: moneySchema,
  days: z.int().min(0).max(3650),
  workingDays: z.int().min(0).max(365),
  hours: z.int().min(0).max(1000),
  count: z.int().min(0).max(10_000),
  percent: z.int().min(0).max(100),
  fraction: fractionSchema,
  yesNo: z.boolean(),
} as const
type Unit = keyof typeof schemas

/** What a setting holds; several choices as one text, in their order, with commas between. */
export type SettingValue = string | number | boolean

/** Which way is stricter: more of it, less of it (of choices fewer; of yes and no `no`). `none`: neither way. */
export type Stricter = 'atLeast' | 'atMost' | 'none'

/** `statutory`: the law's floor, which every layer may only tighten. `local`: set by the township on a named basis. */
export type Ground =
  | {
      readonly kind: 'statutory'
      readonly article: string
      /** Which way is stricter, seen from the floor. */
      readonly stricter: 'atLeast' | 'atMost' | 'fixed'
      readonly floor: SettingValue
      /** Binds the township's own offices: no village sets it, stricter neither. */
      readonly townshipOnly?: true
    }
  | {
      readonly kind: 'local'
      readonly basis: string
      /** Which way a village's rule may go (law §8); `none` where it may not. */
      readonly stricter: Stricter
    }

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
    /** The later the stricter, where there is a stricter way. */
    options: options as readonly string[],
    schema: z.enum(options) as unknown as z.ZodType<V>,
    preset,
    ground,
    title,
  }) as const

/** Several of these at once, or none: `"flood,fire"`. One spelling a set: in the order of `options`, each once. */
export const choices = <const V extends string>(
  options: readonly [V, ...V[]],
  preset: readonly V[],
  ground: Ground,
  title: Sentence,
) =>
  ({
    unit: 'choices',
    options: options as readonly string[],
    schema: z.string().refine((text) => text === inOrder(options, choicesIn(text))),
    preset: inOrder(options, preset),
    ground,
    title,
  }) as const

/** `"flood,fire"` → `['flood', 'fire']`; `''` → none. */
export const choicesIn = (text: string): readonly string[] => (text === '' ? [] : text.split(','))

/** Those of the options that are chosen, as a setting holds them. */
export const inOrder = (options: readonly string[], chosen: readonly string[]): string =>
  options.filter((option) => chosen.includes(option)).join(',')

export const statutory = (
  article: string,
  stricter: 'atLeast' | 'atMost' | 'fixed',
  floor: SettingValue,
): Ground => ({ kind: 'statutory', article, stricter, floor })
/** `stricter`: the way a village may go; left out, no village sets it. */
export const local = (basis: string, stricter: Stricter = 'none'): Ground => ({
  kind: 'local',
  basis,
  stricter,
})
/** What binds the township's own offices, whatever the floor: no village sets it. */
export const townshipOnly = (ground: Ground): Ground =>
  ground.kind === 'statutory' ? { ...ground, townshipOnly: true } : { ...ground, stricter: 'none' }
