// The alerts that an act on a request brings up, as notes of its commit. Whatever they say, the act is what it was: nothing
// here refuses, and nothing changes the route (law 10.5).
import type { Policy } from '../../../src/domain/policy.ts'
import type { Evidence, Invoice, Submission } from '../../../src/domain/request.ts'
import type { Deciding, EventDraft } from '../../../src/domain/store.ts'
import type { StreamId } from '../../../src/domain/ids.ts'
import { dateAt, type LocalDate } from '../../../src/domain/time.ts'
import type { RosterState } from '../../roster/v1/fold.ts'
import { aboutOf } from './alert-about.ts'
import { formSeen, leftOn } from './alerts-form.ts'
import { papersSeen } from './alerts-papers.ts'
import { paymentSeen, settlementSeen } from './alerts-payment.ts'
import { type Alert, alertsRaised, papersAfter, type Raised, type Sight } from './alerts.ts'
import type { RequestEvent } from './events.ts'
import type { Scene } from './scene.ts'

type Worked = Pick<
  Extract<RequestEvent, { type: 'request.submitted' }>['body'],
  'route' | 'relatedPersons'
>

interface Formed extends Worked {
  readonly deciding: Deciding
  readonly roster: RosterState
  readonly policy: Policy
  readonly stream: StreamId
  /** Those of earlier rounds. */
  readonly before?: readonly Alert[]
}

/** Of a form that is submitted, or submitted again. */
export function alertsOfForm(form: Submission, formed: Formed): readonly EventDraft[] {
  const { deciding, roster, policy, stream, route, relatedPersons, before = [] } = formed
  const sight = sightOf(form, { deciding, policy })
  const raised = { before, about: aboutOf({ form, relatedPersons }) }
  return alertsRaised(stream, raised, formSeen({ ...sight, roster, route, relatedPersons }))
}

interface Came {
  readonly evidence: readonly Evidence[]
  readonly invoices?: readonly Invoice[]
}

/** Of papers and invoices added to it. */
export function alertsOfPapers(scene: Scene, { evidence, invoices = [] }: Came) {
  const { request, stream } = scene
  const form = request.submission
  return alertsRaised(stream, raisedOn(request), [
    ...papersSeen(sightOf(form, scene), { evidence, invoices }),
    ...papersAfter(evidence, request.paidOn ?? leftOn(form)),
  ])
}

/** Of money that left. */
export function alertsOfPayment(scene: Scene, on: LocalDate): readonly EventDraft[] {
  const { request, stream, deciding } = scene
  const { submission: form, evidence } = request
  const { calendar, past } = deciding
  const seen = paymentSeen({ form, evidence, on, calendar, past })
  return alertsRaised(stream, raisedOn(request), seen)
}

interface Settlement extends Came {
  readonly lateDays: number
}

/** Of an advance that is settled. */
export function alertsOfSettlement(
  scene: Scene,
  { evidence, invoices = [], lateDays }: Settlement,
): readonly EventDraft[] {
  const { request, stream, policy, deciding } = scene
  const due = request.settleBy ?? dateAt(deciding.at)
  return alertsRaised(stream, raisedOn(request), [
    ...papersSeen(sightOf(request.submission, scene), { evidence, invoices }),
    ...papersAfter(evidence, request.paidOn),
    ...settlementSeen({ policy: policy.values, due, lateDays }),
  ])
}

const raisedOn = ({ alerts, submission: form, relatedPersons }: Scene['request']): Raised => ({
  before: alerts,
  about: aboutOf({ form, relatedPersons }),
})

const sightOf = (
  form: Submission,
  { deciding, policy }: Pick<Formed, 'deciding' | 'policy'>,
): Sight => ({
  form,
  policy: policy.values,
  today: dateAt(deciding.at),
  facts: deciding.facts,
  ledger: deciding.past.ledger,
})
