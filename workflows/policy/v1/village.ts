// A village makes its own rule (law 8.1): its members or delegates vote on it, and what is entered is
// what they voted on.
import { meetingStream } from '../../../src/domain/ids.ts'
import { officeNames } from '../../../src/domain/office.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Decision, Deciding } from '../../../src/domain/store.ts'
import { dateAt } from '../../../src/domain/time.ts'
import { villageFaults } from '../../../src/domain/village-rule.ts'
import { ledgerOf } from '../../ledger/v1/fold.ts'
import { meetingFold, passedMatter } from '../../meeting/v1/fold.ts'
import { isOfMembers } from '../../meeting/v1/machine.ts'
import { rosterAt } from '../../roster/v1/day.ts'
import { holds } from '../../roster/v1/fold.ts'
import { type Asked, draft } from '../../workflow.ts'
import type { PolicyCommand, RuleProposal } from './events.ts'
import {
  beginning,
  NAME,
  policyFold,
  policyInForce,
  policyStream,
  townshipPolicy,
  votedRule,
} from './fold.ts'

type EnactRule = Extract<Asked<PolicyCommand>, { type: 'villageRule.enact' }>
type Refused = ReturnType<typeof refuse>

/** Whoever enters it changes nothing of it: the terms are those of the vote. */
const enterers = ['legalRepresentative', 'reportingClerk'] as const

export function enactRule({ by, input, stream }: EnactRule, deciding: Deciding): Decision {
  const { past, at } = deciding
  const ledger = ledgerOf(past)
  // a township has no members who could make one
  if (ledger.kind !== 'village') return refuse('notFound', { what: stream })
  const { state } = past.stream(policyFold, policyStream)
  const { rules } = state
  const { ground, ...terms } = input
  const { meeting, item } = ground
  // one vote makes one rule: entered again it would undo the votes since
  if (rules.some((rule) => rule.meeting === meeting && rule.item === item))
    return refuse('alreadyExists', { what: `${meeting} ${item}` })
  if (!holds(rosterAt(past, at), by, enterers))
    return refuse('officeNotHeld', { office: officeNames(enterers) })
  const township = policyInForce(townshipPolicy(past, ledger), at)
  if (township === undefined) return refuse('policyMissing')
  const undecided = unfounded(input, deciding)
  if (undecided !== undefined) return undecided
  const vote = votedRule(state, ground)
  const newest = rules.at(-1)
  // a vote older than the one entered last would undo what the members said since
  if (vote === undefined)
    return refuse('villageRuleStale', { meeting: newest?.meeting ?? '', item: newest?.item ?? '' })
  const [fault] = villageFaults(township.values, terms.settings)
  if (fault !== undefined) return refuse(fault.code, { key: fault.key, detail: fault.detail })
  const body = {
    given: input,
    version: rules.length + 1,
    from: beginning(terms.from, at),
    late: dateAt(at) > vote.dueOn,
  }
  return {
    events: [draft(NAME, policyStream, { type: 'villageRule.enacted', body })],
    policy: township.id,
  }
}

/** The members or their delegates must have passed just these settings. */
function unfounded(
  { ground, ...terms }: EnactRule['input'],
  { past }: Deciding,
): Refused | undefined {
  const { meeting: id, item: name } = ground
  const meeting = past.stream(meetingFold, meetingStream(id)).state
  if (meeting === undefined) return refuse('notFound', { what: id })
  const voted = passedMatter(meeting, name)?.rule
  if (voted === undefined || !isOfMembers(meeting.kind))
    return refuse('ruleNotDecided', { meeting: id, item: name })
  const [differs] = differences(voted, terms)
  return differs === undefined
    ? undefined
    : refuse('ruleTermsDiffer', { item: name, detail: differs })
}

/** What is not as it was voted on: keys of either, and the day. */
function differences(voted: RuleProposal, entered: RuleProposal): readonly string[] {
  const value = ({ settings }: RuleProposal, name: string) =>
    settings.find(({ key }) => key === name)?.value
  const keys = [...voted.settings, ...entered.settings].map(({ key }) => key)
  const differ = keys.filter((key) => value(voted, key) !== value(entered, key))
  return [...differ, ...(voted.from === entered.from ? [] : ['from'])]
}
