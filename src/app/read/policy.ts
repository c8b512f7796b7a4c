// The policy in force, and a proposal held against the law's floor before anybody signs it.
import { z } from 'zod'
import {
  latestValues,
  policyFold,
  policyInForce,
  policyStream,
  type PolicyState,
} from '../../../workflows/policy/v1/fold.ts'
import type { Origin } from '../../domain/ids.ts'
import type { Language, Sentence } from '../../domain/language.ts'
import {
  applySettings,
  type PolicyFault,
  type PolicyKey,
  policyKeyNames,
  type PolicySetting,
  policySettingSchema,
  type PolicyValues,
} from '../../domain/policy.ts'
import { policyKeys } from '../../domain/policy-keys.ts'
import type { Instant } from '../../domain/time.ts'
import { policyEvents } from '../../../workflows/policy/v1/events.ts'
import { nearestKeys, valueWords } from './policy-words.ts'
import type { Reading } from './port.ts'

export interface PolicyView {
  readonly ledger: Origin
  /** Absent before the first policy; the values are then those shipped. */
  readonly id?: string
  readonly from?: string
  readonly values: readonly PolicyLine[]
}

export interface PolicyLine {
  readonly key: string
  readonly title: string
  /** As it stands in the policy. */
  readonly setting: string | number | boolean
  /** As people write it. */
  readonly value: string
  /** The article whose floor it keeps, or what the township set it by. */
  readonly ground: string
}

/** The policy of a township's ledger at an instant. */
export function policyView(
  reading: Reading,
  { ledger, at }: { readonly ledger: Origin; readonly at: Instant },
  language: Language,
): PolicyView {
  const state = policyOf(reading, ledger)
  const inForce = policyInForce(state, at)
  const own = inForce === undefined ? new Map() : basesOf(reading, ledger, inForce.version)
  const values = policyLines(inForce?.values ?? latestValues(state), language, own)
  return inForce === undefined
    ? { ledger, values }
    : { ledger, id: inForce.id, from: inForce.from, values }
}

type Bases = ReadonlyMap<PolicyKey, string>

/** `own`: the township's paper for the keys it set itself. */
export const policyLines = (
  values: PolicyValues,
  language: Language,
  own: Bases = new Map(),
): readonly PolicyLine[] =>
  policyKeyNames.map((key) => {
    const { title, ground } = policyKeys[key]
    const source = ground.kind === 'statutory' ? ground.article : ground.basis
    const basis = own.get(key)
    return {
      key,
      title: title[language],
      setting: values[key],
      value: valueWords(key, values[key], language),
      ground: groundWords(source, { basis, statutory: ground.kind === 'statutory' }, language),
    }
  })

function groundWords(
  source: string,
  { basis, statutory }: { readonly basis: string | undefined; readonly statutory: boolean },
  language: Language,
): string {
  if (basis === undefined) return source
  const said = language === 'zh' ? `本镇：${basis}` : `the township: ${basis}`
  // a floor of the law still stands under what the township made stricter
  return statutory ? `${said}（${source}）` : said
}

/** By key, the paper of the last change up to a version that set it. */
function basesOf(reading: Reading, ledger: Origin, version: number): Bases {
  const bases = new Map<PolicyKey, string>()
  let proposed: { readonly keys: readonly PolicyKey[]; readonly basis: string } | undefined
  for (const { type, body } of reading.stream(ledger, policyStream)) {
    const event = policyEvents.parse({ type, body })
    if (event.type === 'policy.proposed') {
      const { settings, basis } = event.body.given
      proposed = { basis, keys: settings.map(({ key }) => key) }
    }
    if (event.type !== 'policy.enacted') continue
    if (event.body.version > version) break
    for (const key of proposed?.keys ?? []) bases.set(key, proposed?.basis ?? '')
  }
  return bases
}

/** What a proposal starts from. */
export const policyBase = (reading: Reading, ledger: Origin): PolicyValues =>
  latestValues(policyOf(reading, ledger))

function policyOf(reading: Reading, ledger: Origin): PolicyState {
  let state = policyFold.initial
  for (const entry of reading.stream(ledger, policyStream)) state = policyFold.apply(state, entry)
  return state
}

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
