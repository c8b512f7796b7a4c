// Every policy ever enacted, and the change under way; in a village's ledger, its own rules.
import type { MeetingId, PersonId, StreamId } from '../../../src/domain/ids.ts'
import {
  applySettings,
  type Policy,
  type PolicySetting,
  type PolicyValues,
  presetValues,
} from '../../../src/domain/policy.ts'
import type { Fold, Past } from '../../../src/domain/store.ts'
import type { Instant } from '../../../src/domain/time.ts'
import type { LedgerState } from '../../ledger/v1/fold.ts'
import { CorruptHistory } from '../../workflow.ts'
import { type PolicyEvent, policyEvents } from './events.ts'
import { policyLife, type PolicySnapshot } from './machine.ts'

export const policyStream: StreamId = 'policy'

/** A change not yet enacted: the values it would give, and who has endorsed it. */
export interface Proposal {
  readonly values: PolicyValues
  readonly proposer: PersonId
  readonly endorsers: readonly PersonId[]
  /** The amount for which the county must clear it. */
  readonly clears?: string
}

export interface PolicyState {
  readonly life: PolicySnapshot
  readonly proposal?: Proposal
  /** By version and by `from`, both ascending. */
  readonly enacted: readonly Policy[]
  /** Of a village, by version: a later vote replaces the rule before it. Empty in a township's ledger. */
  readonly rules: readonly VillageRule[]
}

/** The village's own rule (村规): stricter than the township, key by key (law 8.1). */
export interface VillageRule {
  readonly version: number
  readonly from: Instant
  readonly settings: readonly PolicySetting[]
  /** The item that decided it. */
  readonly meeting: MeetingId
  readonly item: string
}

export const policyFold: Fold<PolicyState> = {
  kind: 'policy',
  initial: { life: policyLife.initial(undefined), enacted: [], rules: [] },
  apply(state, entry) {
    const parsed = policyEvents.safeParse({ type: entry.type, body: entry.body })
    if (!parsed.success) throw new CorruptHistory(entry, parsed.error.message)
    const event = parsed.data
    if (event.type === 'villageRule.enacted') return withRule(state, event.body)
    const life = policyLife.step(state.life, event)
    if (life === state.life)
      throw new CorruptHistory(entry, `not taken in ${policyStateName(state)}`)
    const next = { ...state, life }
    switch (event.type) {
      case 'policy.proposed': {
        const { given, clears } = event.body
        const { values } = applySettings(latestValues(state), given.settings)
        return {
          ...next,
          proposal: {
            values,
            proposer: entry.by.person,
            endorsers: [],
            ...(clears === undefined ? {} : { clears }),
          },
        }
      }
      case 'policy.endorsed':
        if (state.proposal === undefined) return next
        return {
          ...next,
          proposal: {
            ...state.proposal,
            endorsers: [...state.proposal.endorsers, entry.by.person],
          },
        }
      case 'policy.opinionGiven':
      case 'policy.cleared':
        return next
      case 'policy.enacted': {
        if (state.proposal === undefined) throw new CorruptHistory(entry, 'nothing was proposed')
        const { version, id, from } = event.body
        const policy: Policy = { version, id, from, values: state.proposal.values }
        return { ...settled(next), enacted: [...state.enacted, policy] }
      }
      case 'policy.withdrawn':
        return settled(next)
    }
  },
}

const settled = ({ proposal: _settled, ...state }: PolicyState): PolicyState => state

type RuleBody = Extract<PolicyEvent, { type: 'villageRule.enacted' }>['body']

function withRule(state: PolicyState, { given, version, from }: RuleBody): PolicyState {
  const { settings, ground } = given
  return { ...state, rules: [...state.rules, { version, from, settings, ...ground }] }
}

/** `settled`, `proposed` or `endorsed`. */
export const policyStateName = ({ life }: PolicyState): string =>
  typeof life.value === 'string' ? life.value : (Object.keys(life.value)[0] ?? '')

/**
 * What a proposal starts from: the last policy enacted, even if it is not yet in force; at first
 * the shipped values.
 */
export const latestValues = ({ enacted }: PolicyState): PolicyValues =>
  enacted.at(-1)?.values ?? presetValues

/** The policy in force at an instant; undefined before the first. */
export const policyInForce = ({ enacted }: PolicyState, at: Instant): Policy | undefined =>
  enacted.findLast(({ from }) => from <= at)

/** The policy an entry names, `<version>@<hex8>`. */
export const policyById = ({ enacted }: PolicyState, id: string): Policy | undefined =>
  enacted.find((policy) => policy.id === id)

/** The village's rule in force at an instant: the newest that has begun. */
export const ruleInForce = ({ rules }: PolicyState, at: Instant): VillageRule | undefined =>
  rules.findLast(({ from }) => from <= at)

export const ruleByVersion = ({ rules }: PolicyState, version: number): VillageRule | undefined =>
  rules.find((rule) => rule.version === version)

/** The policies of the township this ledger belongs to. */
export const townshipPolicy = (past: Past, { kind }: LedgerState): PolicyState =>
  (kind === 'village'
    ? past.relied(policyFold, policyStream)
    : past.stream(policyFold, policyStream)
  ).state
