// No dead key: what a township may set is read by a rule (law 8.3, domain §9).
import { describe, expect, test } from 'vitest'
import { type PolicyKey, policyKeyNames } from '../../src/domain/policy.ts'
import { projectFiles } from '../support/sources.ts'

/** Where keys are declared, printed and compared, not obeyed. */
const ofPolicies =
  /^(?:src\/domain\/(?:policy|village-rule)|src\/app\/read\/policy|src\/cli\/policy|src\/app\/demo\/)/

const rules = projectFiles(['src', 'workflows', 'db'], ['.ts']).filter(
  ({ path }) => !ofPolicies.test(path),
)

/** By its whole name, in quotes: no key is put together at run time. */
const isRead = (key: string): boolean => rules.some(({ text }) => text.includes(`'${key}'`))

describe('law 8.3: every key is read by a rule', () => {
  test.each<PolicyKey>(policyKeyNames)('%s', (key) => {
    expect(isRead(key)).toBe(true)
  })

  test('a key nobody reads would be found', () => {
    expect(isRead('tier.none')).toBe(false)
    expect(rules.length).toBeGreaterThan(200)
  })
})
