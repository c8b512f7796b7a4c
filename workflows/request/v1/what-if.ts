// What another policy would have refused of a form that was accepted (law 8.5): the rules whose lines a policy moves, in the
// order of the judgement. Everything else about the form was judged and does not depend on them.
import type { FactAnswers } from '../../../src/domain/facts.ts'
import type { Money } from '../../../src/domain/money.ts'
import type { PolicyValues } from '../../../src/domain/policy.ts'
import type { Invoice, Submission } from '../../../src/domain/request.ts'
import type { LocalDate } from '../../../src/domain/time.ts'
import { emergencyBarred, overEmergencyCeiling } from './emergency.ts'
import { hospitalityBarred, overAmount, voucherLacking } from './judgement.ts'
import type { Refused } from './scene.ts'
import { inTime } from './vouchers.ts'

export interface WhatIf {
  readonly policy: PolicyValues
  readonly facts: Pick<FactAnswers, 'payeeWindow'>
  readonly today: LocalDate
  /** The rolling sum under that policy. */
  readonly sum: Money
  /** Invoices it held before, as this kind. */
  readonly held: readonly Invoice[]
}

/** The first of these rules that the form would break. */
export function brokenUnder(form: Submission, judging: WhatIf): Refused | undefined {
  const { policy, sum } = judging
  return (
    emergencyBarred(form, policy) ??
    hospitalityBarred(form, policy) ??
    voucherLacking(form, judging) ??
    overAmount(form, judging) ??
    inTime(form, judging) ??
    overEmergencyCeiling(form, policy, sum)
  )
}
