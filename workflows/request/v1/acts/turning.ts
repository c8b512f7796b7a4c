// Return, withdrawal and suspension: the ways a request turns back or stands still (law §2).
import { lastDay, workingDaysIn } from '../../../../src/domain/calendar.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { dateAt } from '../../../../src/domain/time.ts'
import { townshipRosterAt } from '../../../roster/v1/day.ts'
import { holdsOffice } from '../../../roster/v1/fold.ts'
import { mayDecide, notOwnHandling } from '../duties.ts'
import { placeOf, stateOf } from '../fold.ts'
import { ending } from '../ending.ts'
import {
  actingIn,
  type AskedRequest,
  decided,
  mayHappen,
  mustHold,
  mustHoldAny,
  mustHoldInTownship,
  officeNamed,
  type Refused,
  type Scene,
} from '../scene.ts'
import { underVote } from '../under-vote.ts'

/** Whoever the present must waits for may send it back to the clerk, saying why. */
export function turnBack(command: AskedRequest<'request.return'>, scene: Scene): Decision {
  const from = stateOf(scene.request)
  const event = { type: 'request.returned', body: { given: command.input, from } } as const
  const no = mayHappen(scene, event) ?? mayReturn(scene, from) ?? underVote(scene.request)
  return no ?? decided(scene, event)
}

function mayReturn(scene: Scene, from: string): Refused | undefined {
  const { request, by, roster } = scene
  switch (from) {
    case 'issuing':
      if (by.person === request.submission.witness) return mustHoldAny(scene)
      return mustHold(scene, ['companyHead'])
    case 'memberVote':
      return mustHold(scene, ['companyHead'])
    case 'boardReview':
    case 'supervisorySignOff':
      if (request.seating?.seats.includes(by.office) !== true) return refuse('notYourSeat')
      if (!holdsOffice(roster, by))
        return refuse('officeNotHeld', { office: officeNamed(roster, by.office) })
      return mayDecide(request, from, by.person)
    case 'townshipFiling':
      return (
        mustHoldInTownship(scene, ['centreOfficer', 'centreHead']) ??
        notOwnHandling(request, actingIn(scene))
      )
    default:
      return mustHold(scene, ['cashier'])
  }
}

/** By the company head, until the payment is ordered. */
export function withdraw(command: AskedRequest<'request.withdraw'>, scene: Scene): Decision {
  const event = { type: 'request.withdrawn', body: { given: command.input } } as const
  const no =
    moneyMoves(scene) ??
    mayHappen(scene, event) ??
    mustHold(scene, ['companyHead']) ??
    underVote(scene.request)
  if (no !== undefined) return no
  // what the bank took is not undone by taking back the request for it (law 2.6)
  if (scene.request.submission.debit !== undefined) return refuse('alreadyDebited')
  return decided(scene, event, ending(scene))
}

/** An inspector proposes, with reason and basis; the three-assets head or the company head orders (暂缓支付). */
export function proposeSuspension(
  command: AskedRequest<'suspension.propose'>,
  scene: Scene,
): Decision {
  const event = { type: 'suspension.proposed', body: { given: command.input } } as const
  const no =
    moneyMoves(scene) ?? mayHappen(scene, event) ?? mustHoldInTownship(scene, ['inspector'])
  if (no !== undefined) return no
  const { request } = scene
  if (daysLeft(scene) < 1) return spent(scene)
  const old = request.suspension?.grounds.includes(command.input.reason) === true
  return old ? refuse('suspensionNotNew') : decided(scene, event)
}

/** Altogether, however often it is lifted and ordered anew: as long as one and its renewal (law 2.33). */
const daysAtMost = ({ policy }: Scene): number => 2 * policy.values['suspension.maxWd']

/** Working days that are left of it, beside those it has stood still already; a span still running counts to its end. */
function daysLeft(scene: Scene): number {
  const { deciding, request } = scene
  const { suspension, suspendedUntil: to } = request
  if (suspension === undefined) return daysAtMost(scene)
  const running = to === '' ? [] : [{ from: dateAt(suspension.since), to }]
  const stood = [...suspension.before, ...running].map((span) =>
    workingDaysIn(deciding.calendar, span),
  )
  return daysAtMost(scene) - stood.reduce((sum, days) => sum + days, 0)
}

/** The next limit: as long as one, or what is left. */
const nextDays = (scene: Scene): number =>
  Math.max(0, Math.min(scene.policy.values['suspension.maxWd'], daysLeft(scene)))

const spent = (scene: Scene): Refused =>
  refuse('suspensionSpent', { days: String(daysAtMost(scene)) })

export function orderSuspension(command: AskedRequest<'suspension.order'>, scene: Scene): Decision {
  const { deciding, request } = scene
  const limit = { workingDays: nextDays(scene) }
  const until = lastDay(deciding.calendar, dateAt(deciding.at), limit)
  const event = { type: 'suspension.ordered', body: { given: command.input, until } } as const
  const no = moneyMoves(scene) ?? mayHappen(scene, event) ?? maySuspend(scene) ?? underVote(request)
  if (no !== undefined) return no
  return request.suspensionProposed ? decided(scene, event) : refuse('suspensionNotProposed')
}

/** Renewed once, before it ends, by the side that ordered it, on reasons of its own; the second limit follows the first. */
export function renewSuspension(command: AskedRequest<'suspension.renew'>, scene: Scene): Decision {
  const { deciding, request } = scene
  const { suspension, suspendedUntil } = request
  const today = dateAt(deciding.at)
  const until = lastDay(deciding.calendar, suspendedUntil === '' ? today : suspendedUntil, {
    workingDays: nextDays(scene),
  })
  const event = { type: 'suspension.renewed', body: { given: command.input, until } } as const
  const no = moneyMoves(scene) ?? mayHappen(scene, event) ?? ordersSide(scene)
  if (no !== undefined) return no
  if (suspension?.renewed === true || daysLeft(scene) < 1) return spent(scene)
  if (today > suspendedUntil) return refuse('suspensionOver', { until: suspendedUntil })
  if (command.input.reason === suspension?.reason) return refuse('renewalNeedsReasons')
  return decided(scene, event)
}

/**
 * Lifted early by the three-assets head, or by the inspectors, whose doubt it rests on and who may take it back. Never by
 * the company, though its head may have ordered it: the inspected do not clear up what an inspector has proposed.
 */
export function liftSuspension(command: AskedRequest<'suspension.lift'>, scene: Scene): Decision {
  const event = { type: 'suspension.lifted', body: { given: command.input } } as const
  const no =
    mayHappen(scene, event) ??
    mustHoldInTownship(scene, ['centreHead', 'inspector']) ??
    notOwnHandling(scene.request, actingIn(scene))
  return no ?? decided(scene, event)
}

/** Who ordered it, or the township over the company: what the township ordered the company does not renew. */
function ordersSide(scene: Scene): Refused | undefined {
  const { request, roster } = scene
  const own = request.suspension !== undefined && roster.offices.has(request.suspension.by)
  return own ? maySuspend(scene) : mustHoldInTownship(scene, ['centreHead'])
}

/** After its last day a suspension has no force; its lapse is recorded by whoever works on the request next. */
export function lapseSuspension(command: AskedRequest<'suspension.lapse'>, scene: Scene): Decision {
  const event = { type: 'suspension.lapsed', body: { given: command.input } } as const
  const no = mayHappen(scene, event) ?? mayRecordLapse(scene)
  if (no !== undefined) return no
  const { request, deciding } = scene
  if (dateAt(deciding.at) <= request.suspendedUntil) {
    return refuse('suspensionRuns', { until: request.suspendedUntil })
  }
  return decided(scene, event)
}

/** Whoever works on a request: its company, the cooperative that owns it, and the three-assets centre. */
function mayRecordLapse(scene: Scene): Refused | undefined {
  const { by, request, roster } = scene
  const { company } = request.submission
  const office = roster.offices.get(by.office)
  const owner = roster.organisations.get(company)?.owner
  const near = office?.organisation === company || office?.organisation === owner
  if (office === undefined || !near)
    return mustHoldInTownship(scene, ['centreOfficer', 'centreHead'])
  return mustHold(scene, [office.kind], office.organisation)
}

function maySuspend(scene: Scene): Refused | undefined {
  const { deciding, ledger, by } = scene
  const township = townshipRosterAt(deciding.past, ledger, deciding.at).offices.get(by.office)
  return township === undefined
    ? mustHold(scene, ['companyHead'])
    : mustHoldInTownship(scene, ['centreHead'])
}

const moneyMoves = ({ request }: Scene): Refused | undefined =>
  placeOf(request) === 'payment.ordered' ? refuse('paymentUnderWay') : undefined
