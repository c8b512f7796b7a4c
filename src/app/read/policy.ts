// The policy in force, layer by layer: the law's floor, the township's paper with the county's clearance, the village's rule.
import { policyEvents } from '../../../workflows/policy/v1/events.ts'
import {
  latestValues,
  policyFold,
  policyInForce,
  policyStream,
  type PolicyState,
  ruleInForce,
  type VillageRule,
} from '../../../workflows/policy/v1/fold.ts'
import { tightened } from '../../../workflows/policy/v1/in-force.ts'
import type { Origin } from '../../domain/ids.ts'
import type { Language } from '../../domain/language.ts'
import {
  type Policy,
  type PolicyKey,
  policyKeyNames,
  type PolicyValues,
} from '../../domain/policy.ts'
import { policyKeys } from '../../domain/policy-keys.ts'
import type { Instant } from '../../domain/time.ts'
import { clockText } from '../clock-text.ts'
import { folded } from '../folded.ts'
import { boundSigns, valueWords } from './policy-words.ts'
import type { Reading } from './port.ts'

/** Who set a value: nobody yet, the township, or the village stricter than it. */
export type PolicyLayer = 'shipped' | 'township' | 'village'

export interface PolicyView {
  readonly ledger: Origin
  /** Absent before the first policy; the values are then those shipped. */
  readonly id?: string
  readonly from?: string
  /** Of a village: its own rule in force, and the item that decided it. */
  readonly rule?: {
    readonly version: number
    readonly from: string
    readonly meeting: string
    readonly item: string
  }
  readonly values: readonly PolicyLine[]
}

export interface PolicyLine {
  readonly key: string
  readonly title: string
  /** As it stands in the policy. */
  readonly setting: string | number | boolean
  /** As people write it. */
  readonly value: string
  /** The article, with its floor, or the local basis. */
  readonly ground: string
  readonly layer: PolicyLayer
  /** The paper or vote that set it, and since when; `''` where it is as shipped. */
  readonly setBy: string
}

/** The policy of a ledger at an instant: a township's own, or a village's with its rule over the township's. */
export function policyView(
  reading: Reading,
  { ledger, township = ledger, at }: Viewed,
  language: Language,
): PolicyView {
  const state = policyOf(reading, township)
  const inForce = policyInForce(state, at)
  const rule = township === ledger ? undefined : ruleInForce(policyOf(reading, ledger), at)
  const policy = inForce === undefined ? undefined : tightened(inForce, rule)
  const papers = inForce === undefined ? new Map() : papersOf(reading, township, inForce.version)
  const setters = { papers, rule, township: inForce }
  const values = policyLines(policy?.values ?? latestValues(state), language, setters)
  return {
    ledger,
    ...(inForce === undefined ? {} : { id: inForce.id, from: inForce.from }),
    ...(rule === undefined ? {} : { rule: ruleView(rule) }),
    values,
  }
}

interface Viewed {
  readonly ledger: Origin
  /** The ledger of a village's township. */
  readonly township?: Origin | undefined
  readonly at: Instant
}

const ruleView = ({ version, from, meeting, item }: VillageRule) => ({
  version,
  from,
  meeting,
  item,
})

/** By which paper of the township a key was set, with the county's clearance where it has one, and since when. */
interface Paper {
  readonly basis: string
  readonly cleared?: string
  readonly from: Instant
}

interface Setters {
  readonly papers: ReadonlyMap<PolicyKey, Paper>
  readonly rule?: VillageRule | undefined
  /** What the village's rule tightens. */
  readonly township?: Policy | undefined
}

const shippedOnly: Setters = { papers: new Map() }

export const policyLines = (
  values: PolicyValues,
  language: Language,
  setters: Setters = shippedOnly,
): readonly PolicyLine[] =>
  policyKeyNames.map((key) => {
    const { title } = policyKeys[key]
    return {
      key,
      title: title[language],
      setting: values[key],
      value: valueWords(key, values[key], language),
      ground: groundWords(key, language),
      ...setter(key, values, { setters, language }),
    }
  })

export function groundWords(key: PolicyKey, language: Language): string {
  const { ground } = policyKeys[key]
  if (ground.kind === 'local') return ground.basis
  const { article, floor, stricter } = ground
  const bound = `${boundSigns[stricter]} ${valueWords(key, floor, language)}`
  return language === 'zh' ? `${article}（${bound}）` : `${article} (${bound})`
}

function setter(
  key: PolicyKey,
  values: PolicyValues,
  { setters, language }: { readonly setters: Setters; readonly language: Language },
): Pick<PolicyLine, 'layer' | 'setBy'> {
  const { papers, rule, township } = setters
  if (rule !== undefined && township !== undefined && values[key] !== township.values[key])
    return { layer: 'village', setBy: ruleWords(rule, language) }
  const paper = papers.get(key)
  if (paper === undefined) return { layer: 'shipped', setBy: '' }
  return { layer: 'township', setBy: paperWords(paper, language) }
}

function ruleWords({ version, meeting, item, from }: VillageRule, language: Language): string {
  return language === 'zh'
    ? `村规第${version}版：${meeting} ${item}，${clockText(from)}起`
    : `village rule ${version}: ${meeting} ${item}, from ${clockText(from)}`
}

function paperWords({ basis, cleared, from }: Paper, language: Language): string {
  if (language === 'zh') {
    const county = cleared === undefined ? '' : `，县级备案${cleared}`
    return `本镇：${basis}${county}，${clockText(from)}起`
  }
  const county = cleared === undefined ? '' : `, cleared by the county as ${cleared}`
  return `the township: ${basis}${county}, from ${clockText(from)}`
}

/** By key, the paper of the last change up to a version that set it. */
function papersOf(
  reading: Reading,
  ledger: Origin,
  version: number,
): ReadonlyMap<PolicyKey, Paper> {
  const papers = new Map<PolicyKey, Paper>()
  let keys: readonly PolicyKey[] = []
  let basis = ''
  let cleared: string | undefined
  for (const { type, body } of reading.stream(ledger, policyStream)) {
    const event = policyEvents.parse({ type, body })
    if (event.type === 'policy.proposed') {
      keys = event.body.given.settings.map(({ key }) => key)
      basis = event.body.given.basis
      cleared = undefined
    }
    if (event.type === 'policy.cleared') cleared = event.body.given.document
    if (event.type !== 'policy.enacted') continue
    if (event.body.version > version) break
    const { from } = event.body
    const plain = { basis, from }
    const withCounty = cleared === undefined ? plain : { ...plain, cleared }
    for (const key of keys) papers.set(key, policyKeys[key].unit === 'money' ? withCounty : plain)
  }
  return papers
}

/** What a proposal starts from. */
export const policyBase = (reading: Reading, ledger: Origin): PolicyValues =>
  latestValues(policyOf(reading, ledger))

/** Policies enacted in a township, or rules of a village. */
export const policyOf = (reading: Reading, ledger: Origin): PolicyState =>
  folded(policyFold, reading.stream(ledger, policyStream))
