// Every policy ever enacted, and the change under way; in a village's ledger, its own rules.
import type { MeetingId, OrganisationId, PersonId, StreamId } from '../../../src/domain/ids.ts'
import {
  applySettings,
  type Policy,
  type PolicySetting,
  type PolicyValues,
  presetValues,
} from '../../../src/domain/policy.ts'
import type { EventDraft, Fold, Past } from '../../../src/domain/store.ts'
import { atShanghai, type Instant, type LocalDate } from '../../../src/domain/time.ts'
import type { LedgerState } from '../../ledger/v1/fold.ts'
import { CorruptHistory, draft } from '../../workflow.ts'
import { type PolicyEvent, policyEvents } from './events.ts'
import { policyLife, type PolicySnapshot } from './machine.ts'

export const NAME = 'policy@1'
export const policyStream: StreamId = 'policy'

/** A change not yet enacted: the values it would give, and who has endorsed it. */
export interface Proposal {
  readonly values: PolicyValues
  readonly endorsers: readonly PersonId[]
  /** The day it is to take force; absent: at once. */
  readonly from?: LocalDate
  /** The policy it changes; absent when it is the first. */
  readonly upon?: string
  /** The amount for which the county must clear it. */
  readonly clears?: string
}

export interface PolicyState {
  readonly life: PolicySnapshot
  readonly proposal?: Proposal
  /** By version: of two that have begun the later one is in force, so that one not begun yet can be superseded. */
  readonly enacted: readonly Policy[]
  /** Of a village, by version: a later vote replaces the rule before it. Empty in a township's ledger. */
  readonly rules: readonly VillageRule[]
  /** Rules that a meeting passed and nobody has entered yet, in the order of the votes. */
  readonly voted: readonly VotedRule[]
}

/** Where a vote of the members waits to be entered, since when and until when. */
export interface VotedRule {
  readonly meeting: MeetingId
  readonly item: string
  readonly organisation: OrganisationId
  readonly since: Instant
  readonly dueOn: LocalDate
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
  initial: { life: policyLife.initial(undefined), enacted: [], rules: [], voted: [] },
  apply(state, entry) {
    const parsed = policyEvents.safeParse({ type: entry.type, body: entry.body })
    if (!parsed.success) throw new CorruptHistory(entry, parsed.error.message)
    const event = parsed.data
    if (event.type === 'villageRule.enacted') return withRule(state, event.body)
    if (event.type === 'villageRule.voted')
      return { ...state, voted: [...state.voted, { ...event.body, since: entry.at }] }
    const life = policyLife.step(state.life, event)
    if (life === state.life)
      throw new CorruptHistory(entry, `not taken in ${policyStateName(state)}`)
    const next = { ...state, life }
    switch (event.type) {
      case 'policy.proposed': {
        const { given, clears, upon } = event.body
        const base = upon === undefined ? presetValues : policyById(state, upon)?.values
        if (base === undefined) throw new CorruptHistory(entry, `${upon} was never enacted`)
        const { values } = applySettings(base, given.settings)
        return {
          ...next,
          proposal: {
            values,
            endorsers: [],
            ...(clears === undefined ? {} : { clears }),
            ...(given.from === undefined ? {} : { from: given.from }),
            ...(upon === undefined ? {} : { upon }),
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
  // what was voted on before has been overtaken by the vote that is entered (law 8.1)
  const at = state.voted.findIndex((vote) => isVote(vote, ground))
  return {
    ...state,
    rules: [...state.rules, { version, from, settings, ...ground }],
    voted: state.voted.slice(at + 1),
  }
}

type Ground = Pick<VotedRule, 'meeting' | 'item'>
const isVote = (vote: Ground, { meeting, item }: Ground): boolean =>
  vote.meeting === meeting && vote.item === item

/** The vote that waits to be entered; undefined once it is, or a later one is. */
export const votedRule = ({ voted }: PolicyState, ground: Ground): VotedRule | undefined =>
  voted.find((vote) => isVote(vote, ground))

/** A meeting that closes notes the rule it passed: it waits from there. */
export const ruleVoted = (vote: Omit<VotedRule, 'since'>): EventDraft =>
  draft(NAME, policyStream, { type: 'villageRule.voted', body: vote })

/** `settled`, `proposed` or `endorsed`. */
export const policyStateName = ({ life }: PolicyState): string =>
  typeof life.value === 'string' ? life.value : (Object.keys(life.value)[0] ?? '')

/** The last policy enacted, even if it is not yet in force; at first the shipped values. */
export const latestValues = ({ enacted }: PolicyState): PolicyValues =>
  enacted.at(-1)?.values ?? presetValues

/** What was decided yesterday stays as it was decided: what is to begin on a day that is past begins with its entry. */
export function beginning(from: LocalDate | undefined, at: Instant): Instant {
  const start = from === undefined ? at : atShanghai(from, '00:00')
  return start < at ? at : start
}

/** The one in force when something would begin, and those enacted that it would come before and so supersede. */
export function baseAt(
  state: PolicyState,
  start: Instant,
): { readonly base: Policy | undefined; readonly superseded: readonly Policy[] } {
  const superseded = state.enacted.filter(
    (policy) => policy.from > start && policyInForce(state, policy.from) === policy,
  )
  return { base: policyInForce(state, start), superseded }
}

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
