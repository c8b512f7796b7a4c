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
import type { Language } from '../../domain/language.ts'
import {
  applySettings,
  type PolicyFault,
  policyKeyNames,
  policyKeys,
  type PolicySetting,
  policySettingSchema,
  type PolicyValues,
} from '../../domain/policy.ts'
import type { Instant } from '../../domain/time.ts'
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
  const values = policyLines(inForce?.values ?? latestValues(state), language)
  return inForce === undefined
    ? { ledger, values }
    : { ledger, id: inForce.id, from: inForce.from, values }
}

export const policyLines = (values: PolicyValues, language: Language): readonly PolicyLine[] =>
  policyKeyNames.map((key) => {
    const { title, ground } = policyKeys[key]
    return {
      key,
      title: title[language],
      value: String(values[key]),
      ground: ground.kind === 'statutory' ? ground.article : ground.basis,
    }
  })

/** What a proposal starts from. */
export const policyBase = (reading: Reading, ledger: Origin): PolicyValues =>
  latestValues(policyOf(reading, ledger))

function policyOf(reading: Reading, ledger: Origin): PolicyState {
  let state = policyFold.initial
  for (const entry of reading.stream(ledger, policyStream)) state = policyFold.apply(state, entry)
  return state
}

const listSchema = z.array(policySettingSchema)
const mapSchema = z.record(z.string(), z.unknown())
const fileSchema = z.looseObject({ settings: z.unknown() })

export interface CheckedPolicy {
  readonly values: PolicyValues
  readonly changed: readonly string[]
  readonly faults: readonly PolicyFault[]
}

/**
 * Settings as a file gives them, a list of `{key, value}` or an object of values by key, alone or under `settings`.
 * @throws z.ZodError with the places of what is no setting
 */
export function readSettings(content: unknown): readonly PolicySetting[] {
  const held = fileSchema.safeParse(content)
  const settings = held.success ? held.data.settings : content
  if (Array.isArray(settings)) return listSchema.parse(settings)
  return Object.entries(mapSchema.parse(settings)).map(([key, value]) =>
    policySettingSchema.parse({ key, value }),
  )
}

/** The settings over a base, held against the law's floors (law §8). */
export function checkPolicy(base: PolicyValues, settings: readonly PolicySetting[]): CheckedPolicy {
  const { values, faults } = applySettings(base, settings)
  const changed = policyKeyNames.filter((key) => String(values[key]) !== String(base[key]))
  return { values, changed, faults }
}

const faultNames = {
  valueMalformed: { zh: '格式不对', en: 'malformed' },
  looserThanFloor: { zh: '比法定底线宽松', en: "looser than the law's floor" },
  tiersOutOfOrder: { zh: '各档金额次序不对', en: 'the tiers are out of order' },
} as const

export const policyFaultText = ({ code, key, detail }: PolicyFault, language: Language): string =>
  `${key} ${policyKeys[key].title[language]}: ${faultNames[code][language]} (${detail})`
