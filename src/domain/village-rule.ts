// The village's own rule (村规): what it may set, and what it makes of the township's policy (law 8.1).
import { compare, type Money } from './money.ts'
import { type PolicyFault, type PolicySetting, type PolicyValues, tierFaults } from './policy.ts'
import { policyKeys } from './policy-keys.ts'
import { isAsStrict, type Ordered } from './policy-order.ts'
import {
  choicesIn,
  type Ground,
  inOrder,
  type SettingValue,
  type Stricter,
} from './policy-units.ts'

/** The way a village's rule may go: the law's own way, unless the key binds the township's offices. */
export function villageWay(ground: Ground): Stricter {
  if (ground.kind === 'local') return ground.stricter
  return ground.stricter === 'fixed' || ground.townshipOnly === true ? 'none' : ground.stricter
}

/**
 * What forbids a village's rule over the township's values: a key that is not its to set, a value that is malformed or looser
 * than the township's, tiers out of order. Stricter than the township's is stricter than the law's floor too.
 */
export function villageFaults(
  township: PolicyValues,
  settings: readonly PolicySetting[],
): readonly PolicyFault[] {
  const values: Record<string, unknown> = { ...township }
  const faults: PolicyFault[] = []
  for (const { key, value } of settings) {
    const known = policyKeys[key]
    const way = villageWay(known.ground)
    if (way === 'none') {
      faults.push({ code: 'notForVillages', key, detail: String(value) })
    } else if (!known.schema.safeParse(value).success) {
      faults.push({ code: 'valueMalformed', key, detail: String(value) })
    } else if (!isAsStrict(known, way, { value, than: township[key] })) {
      faults.push({ code: 'looserThanTownship', key, detail: String(township[key]) })
    } else values[key] = value
  }
  return [...faults, ...tierFaults(values as unknown as PolicyValues)]
}

/**
 * The strictest of both, key by key: what the township loosens later stays as strict as the village made it, what it tightens
 * is tightened here too (law 8.1).
 */
export function tighten(township: PolicyValues, settings: readonly PolicySetting[]): PolicyValues {
  const values: Record<string, SettingValue> = { ...township }
  for (const { key, value } of settings) values[key] = stricterOf(key, township[key], value)
  return inTiers(values as unknown as PolicyValues)
}

function stricterOf(
  key: PolicySetting['key'],
  township: SettingValue,
  village: SettingValue,
): SettingValue {
  const known: Ordered = policyKeys[key]
  const way = villageWay(policyKeys[key].ground)
  // of two sets of choices neither need be the stricter: what both allow is
  if (known.unit === 'choices' && way === 'atMost') {
    const allowed = choicesIn(String(township))
    return inOrder(
      known.options ?? [],
      choicesIn(String(village)).filter((one) => allowed.includes(one)),
    )
  }
  return isAsStrict(known, way, { value: village, than: township }) ? village : township
}

/**
 * A tier is no higher than the one above it: where the township has raised a lower one past the village's, the village's
 * line counts for both, which is the stricter.
 */
function inTiers(values: PolicyValues): PolicyValues {
  const least = (a: Money, b: Money): Money => (compare(a, b) <= 0 ? a : b)
  const large = least(values['tier.largeFrom'], values['tier.majorFrom'])
  const board = least(values['tier.boardFrom'], large)
  const daily = least(values['tier.dailyMax'], board)
  return { ...values, 'tier.largeFrom': large, 'tier.boardFrom': board, 'tier.dailyMax': daily }
}
