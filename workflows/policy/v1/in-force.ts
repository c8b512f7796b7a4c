// The policy a village is decided by: the township's, made stricter where the village's own rule is (law 8.1).
import type { Policy } from '../../../src/domain/policy.ts'
import type { Past } from '../../../src/domain/store.ts'
import type { Instant } from '../../../src/domain/time.ts'
import { tighten } from '../../../src/domain/village-rule.ts'
import type { LedgerState } from '../../ledger/v1/fold.ts'
import {
  policyById,
  policyFold,
  policyInForce,
  policyStream,
  ruleByVersion,
  ruleInForce,
  townshipPolicy,
  type VillageRule,
} from './fold.ts'

/**
 * The policy in force for this ledger at an instant; undefined before the township's first. Its id is
 * the township's, its `rule` the village's version. Callers in a village name `policy` among their
 * own streams and among those relied on.
 */
export function policyOfVillage(past: Past, ledger: LedgerState, at: Instant): Policy | undefined {
  const township = policyInForce(townshipPolicy(past, ledger), at)
  if (township === undefined || ledger.kind !== 'village') return township
  return tightened(township, ruleInForce(past.stream(policyFold, policyStream).state, at))
}

/** What something was bound to when it was submitted: a later policy or rule changes nothing of it (law 8.5). */
export interface Binding {
  readonly policy: string
  readonly rule?: number | undefined
}

/** The policy it is bound to; undefined when it was never enacted. */
export function boundPolicy(
  past: Past,
  ledger: LedgerState,
  { policy: id, rule }: Binding,
): Policy | undefined {
  const township = policyById(townshipPolicy(past, ledger), id)
  if (township === undefined || rule === undefined) return township
  const bound = ruleByVersion(past.stream(policyFold, policyStream).state, rule)
  return bound === undefined ? undefined : tightened(township, bound)
}

/** Every step of a request asks: the same two are tightened once. */
const known = new WeakMap<Policy, WeakMap<VillageRule, Policy>>()

/** The strictest of both. */
export function tightened(township: Policy, rule: VillageRule | undefined): Policy {
  if (rule === undefined) return township
  const made = known.get(township) ?? new WeakMap<VillageRule, Policy>()
  known.set(township, made)
  const found = made.get(rule)
  if (found !== undefined) return found
  const policy = {
    ...township,
    values: tighten(township.values, rule.settings),
    rule: rule.version,
  }
  made.set(rule, policy)
  return policy
}
