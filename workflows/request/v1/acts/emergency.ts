// What is done about an emergency (law 3.10–3.12): members and board are told, one duty officer consents, the head confirms;
// what is not confirmed or ratified in time is recorded as such, and the finding it raised is closed out by an inspector.
import { lastDay } from '../../../../src/domain/calendar.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { dateAt } from '../../../../src/domain/time.ts'
import { ending } from '../ending.ts'
import { onceConfirmed, onceLapsed, onceUnconfirmed } from '../emergency.ts'
import { mayConsent, mayFile } from '../filing-duties.ts'
import { confirmationOf, placeOf } from '../fold.ts'
import { intoPayment } from '../opening.ts'
import {
  actingIn,
  type AskedRequest,
  decided,
  forWhom,
  mayHappen,
  mustHold,
  mustHoldInTownship,
  type Refused,
  type Scene,
  standsAt,
} from '../scene.ts'

/** Members and board are told that it is paid before they decide. Late is late, and recorded as late. */
export function notify(command: AskedRequest<'emergency.notify'>, scene: Scene): Decision {
  const { deciding, request } = scene
  const { notifyBy } = request.emergency
  const late = notifyBy !== undefined && deciding.at > notifyBy.at
  const event = { type: 'emergency.notified', body: { given: command.input, late } } as const
  const no = mayHappen(scene, event)
  if (no !== undefined) return no
  if (notifyBy === undefined) return standsAt(placeOf(request))
  return mustHold(scene, ['reportingClerk', 'companyHead']) ?? decided(scene, event)
}

/** One duty officer consents alone; the head, another person, confirms within two working days. */
export function consentAlone(
  command: AskedRequest<'townshipFiling.emergencyConsent'>,
  scene: Scene,
): Decision {
  const { deciding, policy, request } = scene
  if (placeOf(request) === 'townshipFiling.open' && request.submission.emergency === undefined)
    return refuse('notAnEmergency')
  const confirmBy = lastDay(deciding.calendar, dateAt(deciding.at), {
    workingDays: policy.values['emergency.confirmWd'],
  })
  const event = {
    type: 'townshipFiling.emergencyConsented',
    body: { given: command.input, confirmBy },
  } as const
  const no =
    mayHappen(scene, event) ?? mustHoldInTownship(scene, ['centreOfficer']) ?? mayFile(scene)
  return no ?? decided(scene, event, intoPayment(scene))
}

export function confirmConsent(
  command: AskedRequest<'townshipFiling.confirm'>,
  scene: Scene,
): Decision {
  const body = { given: command.input, ...forWhom(scene) }
  const event = { type: 'townshipFiling.confirmed', body } as const
  const no =
    mayHeadConfirm(scene, mayHappen(scene, event)) ??
    mayConsent(scene) ??
    confirmationOverdue(scene)
  return no ?? decided(scene, event, onceConfirmed(scene))
}

/** Refused before the money moved it is rejected like any other; after that it is a matter for the audit. */
export function refuseConfirmation(
  command: AskedRequest<'townshipFiling.refuseConfirmation'>,
  scene: Scene,
): Decision {
  const body = { given: command.input, ...forWhom(scene) }
  const event = { type: 'townshipFiling.confirmationRefused', body } as const
  const no = mayHeadConfirm(scene, mayHappen(scene, event))
  return no ?? decided(scene, event, unconfirmed(scene))
}

/** Nothing passes by time-out: who wanted the head's word in time, or looks into it, records that there was none. */
export function lapseConfirmation(
  command: AskedRequest<'confirmation.lapse'>,
  scene: Scene,
): Decision {
  const event = { type: 'confirmation.lapsed', body: { given: command.input } } as const
  const no = mayHappen(scene, event) ?? mayRecordLapse(scene)
  if (no !== undefined) return no
  if (confirmationOverdue(scene) === undefined) {
    const until = scene.request.emergency.consent?.confirmBy ?? ''
    return refuse('confirmationRuns', { until })
  }
  return decided(scene, event, unconfirmed(scene))
}

/** `confirmationLate` once the head's limit has passed without a word: then nothing is confirmed, and nothing paid on it. */
export function confirmationOverdue({ deciding, request }: Scene): Refused | undefined {
  const { consent } = request.emergency
  if (consent === undefined || confirmationOf(request) !== 'pending') return undefined
  return dateAt(deciding.at) > consent.confirmBy
    ? refuse('confirmationLate', { until: consent.confirmBy })
    : undefined
}

function unconfirmed(scene: Scene) {
  const { request } = scene
  const moneyIsOut =
    request.snapshot.context.outcome !== 'open' || placeOf(request) === 'payment.ordered'
  return moneyIsOut ? onceUnconfirmed(scene) : ending(scene)
}

export function lapseRatification(
  command: AskedRequest<'ratification.lapse'>,
  scene: Scene,
): Decision {
  const event = { type: 'ratification.lapsed', body: { given: command.input } } as const
  const no = mayHappen(scene, event) ?? mayRecordLapse(scene)
  if (no !== undefined) return no
  const { deciding, request } = scene
  if (dateAt(deciding.at) <= request.dueOn)
    return refuse('ratificationRuns', { until: request.dueOn })
  return decided(scene, event, onceLapsed(scene))
}

function mayRecordLapse(scene: Scene): Refused | undefined {
  const byClerk = mustHold(scene, ['reportingClerk'])
  return byClerk === undefined ? undefined : mustHoldInTownship(scene, ['inspector'])
}

function mayHeadConfirm(scene: Scene, closed: Refused | undefined): Refused | undefined {
  const no = closed ?? mustHoldInTownship(scene, ['centreHead'])
  if (no !== undefined) return no
  const { consent } = scene.request.emergency
  if (consent !== undefined && actingIn(scene).includes(consent.officer))
    return refuse('officerIsHead')
  return mayFile(scene)
}
