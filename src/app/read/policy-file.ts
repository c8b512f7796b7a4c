// A proposal as a file gives it, read and held against the law's floor before anybody signs it.
import { z } from 'zod'
import type { Sentence } from '../../domain/language.ts'
import {
  applySettings,
  type PolicyFault,
  policyKeyNames,
  type PolicySetting,
  policySettingSchema,
  type PolicyValues,
} from '../../domain/policy.ts'
import { nearestKeys } from './policy-words.ts'

const mapSchema = z.record(z.string(), z.unknown())
const fileSchema = z.looseObject({ settings: z.unknown() })

export interface CheckedPolicy {
  readonly values: PolicyValues
  readonly changed: readonly string[]
  readonly faults: readonly PolicyFault[]
}

/** Why a file is no list of settings. Both languages, and every place of it. */
export interface SettingsFault {
  readonly code: 'noSettings' | 'keyUnknown' | 'settingMalformed'
  readonly sentence: Sentence
}

const entrySchema = z.strictObject({ key: z.string(), value: z.unknown() })
const valueSchema = policySettingSchema.shape.value

/** Settings as a file gives them, a list of `{key, value}` or an object of values by key, alone or under `settings`. */
export function readSettings(
  content: unknown,
): { readonly settings: readonly PolicySetting[] } | { readonly faults: readonly SettingsFault[] } {
  const held = fileSchema.safeParse(content)
  const listed = pairsIn(held.success && 'settings' in held.data ? held.data.settings : content)
  if (listed === undefined || listed.length === 0) return { faults: [noSettings] }
  const faults: SettingsFault[] = []
  const settings: PolicySetting[] = []
  for (const { key, value } of listed) {
    const known = policyKeyNames.find((name) => name === key)
    const given = valueSchema.safeParse(value)
    if (known === undefined) faults.push(keyUnknown(key))
    else if (!given.success) faults.push(settingMalformed(key))
    else settings.push({ key: known, value: given.data })
  }
  return faults.length > 0 ? { faults } : { settings }
}

type Pair = { readonly key: string; readonly value?: unknown }

/** Undefined for what is neither a list nor an object of settings. */
function pairsIn(content: unknown): readonly Pair[] | undefined {
  const list = z.array(entrySchema).safeParse(content)
  if (list.success) return list.data
  const map = mapSchema.safeParse(content)
  return map.success ? Object.entries(map.data).map(([key, value]) => ({ key, value })) : undefined
}

const noSettings: SettingsFault = {
  code: 'noSettings',
  sentence: {
    zh: '里面没有任何设置。应为 {"键": 值, …} 或 [{"key": "键", "value": 值}, …]，键见 policy show',
    en: 'it holds no settings; write {"key": value, …} or [{"key": "…", "value": …}, …] with the keys of policy show',
  },
}

const keyUnknown = (key: string): SettingsFault => {
  const near = nearestKeys(key)
  return {
    code: 'keyUnknown',
    sentence: {
      zh: `没有“${key}”这个键，相近的有 ${near.join('、')}`,
      en: `there is no key “${key}”; the nearest are ${near.join(', ')}`,
    },
  }
}

const settingMalformed = (key: string): SettingsFault => ({
  code: 'settingMalformed',
  sentence: {
    zh: `${key} 的值应是文字、整数或 true/false；金额要加引号，如 "50000.00"`,
    en: `the value of ${key} must be a text, a whole number, true or false; write an amount in quotes, like "50000.00"`,
  },
})

/** The settings over a base, held against the law's floors (law §8). */
export function checkPolicy(base: PolicyValues, settings: readonly PolicySetting[]): CheckedPolicy {
  const { values, faults } = applySettings(base, settings)
  const changed = policyKeyNames.filter((key) => String(values[key]) !== String(base[key]))
  return { values, changed, faults }
}
