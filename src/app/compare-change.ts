// What a proposed policy would change of one request.
import type { OrganisationId, Origin, RequestId } from '../domain/ids.ts'
import type { Sentence } from '../domain/language.ts'
import type { Money } from '../domain/money.ts'
import type { Must } from '../domain/must.ts'
import type { RefusalCode } from '../domain/refusal.ts'
import type { LocalDate } from '../domain/time.ts'

/** A must that somebody would have to decide, or would not have to any more; both sentences of why. */
export interface MustChange {
  readonly must: Must
  readonly change: 'gained' | 'lost'
  readonly was: Sentence
  readonly would: Sentence
}

export interface ChangedRequest {
  readonly ledger: Origin
  readonly request: RequestId
  readonly company: OrganisationId
  readonly amount: Money
  readonly submittedOn: LocalDate
  /** The policy its route was computed under. */
  readonly policy: string
  readonly changes: readonly MustChange[]
  /** Why it could not have been submitted at all. */
  readonly refused?: Refusing
  /** How many of the supervisors were asked to sign, and would be. */
  readonly signOff?: { readonly was: Signatures; readonly would: Signatures }
}

export interface Refusing {
  readonly code: RefusalCode
  readonly why: Sentence
}

export type Signatures = 'all' | 'majorityAndChair'
