// Return, withdrawal and suspension: the ways a request turns back or stands still (law §2).
import { lastDay } from '../../../../src/domain/calendar.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { dateAt } from '../../../../src/domain/time.ts'
import { holderOf, townshipRoster } from '../../../roster/v1/fold.ts'
import { release } from '../claim.ts'
import { mayDecide, notOwnHandling } from '../duties.ts'
import { placeOf, stateOf } from '../fold.ts'
import { openAudit } from '../opening.ts'
import {
  type AskedRequest,
  decided,
  mayHappen,
  mustHold,
  mustHoldAny,
  mustHoldInTownship,
  type Refused,
  type Scene,
} from '../scene.ts'

/** Whoever the present must waits for may send it back to the clerk, saying why. */
export function turnBack(command: AskedRequest<'request.return'>, scene: Scene): Decision {
  const from = stateOf(scene.request)
  const event = { type: 'request.returned', body: { given: command.input, from } } as const
  const no = mayHappen(scene, event) ?? mayReturn(scene, from)
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
      if (holderOf(roster, by.office) !== by.person)
        return refuse('officeNotHeld', { office: by.office })
      return mayDecide(request, from, by.person)
    case 'townshipFiling':
      return (
        mustHoldInTownship(scene, ['centreOfficer', 'centreHead']) ??
        notOwnHandling(request, by.person)
      )
    default:
      return mustHold(scene, ['cashier'])
  }
}

/** By the company head, until the payment is ordered. */
export function withdraw(command: AskedRequest<'request.withdraw'>, scene: Scene): Decision {
  const event = { type: 'request.withdrawn', body: { given: command.input } } as const
  const no = moneyMoves(scene) ?? mayHappen(scene, event) ?? mustHold(scene, ['companyHead'])
  return no ?? decided(scene, event, [...release(scene), openAudit(scene.stream)])
}

/** An inspector proposes, with reason and basis; the three-assets head or the company head orders (暂缓支付). */
export function proposeSuspension(
  command: AskedRequest<'suspension.propose'>,
  scene: Scene,
): Decision {
  const event = { type: 'suspension.proposed', body: { given: command.input } } as const
  const no =
    moneyMoves(scene) ?? mayHappen(scene, event) ?? mustHoldInTownship(scene, ['inspector'])
  return no ?? decided(scene, event)
}

export function orderSuspension(command: AskedRequest<'suspension.order'>, scene: Scene): Decision {
  const { deciding, policy, request } = scene
  const limit = { workingDays: policy.values['suspension.maxWd'] }
  const until = lastDay(deciding.calendar, dateAt(deciding.at), limit)
  const event = { type: 'suspension.ordered', body: { given: command.input, until } } as const
  const no = moneyMoves(scene) ?? mayHappen(scene, event) ?? maySuspend(scene)
  if (no !== undefined) return no
  if (request.suspensions >= SUSPENSIONS_MAX) return refuse('suspensionSpent')
  // a first suspension answers an inspector's proposal; its one renewal rests on the order's own reasons
  if (!request.suspensionProposed && request.suspensions === 0)
    return refuse('suspensionNotProposed')
  return decided(scene, event)
}

/** Once, and renewed once. */
const SUSPENSIONS_MAX = 2

/** Lifted early by the side that ordered it; the township may lift a company's own. */
export function liftSuspension(command: AskedRequest<'suspension.lift'>, scene: Scene): Decision {
  const event = { type: 'suspension.lifted', body: { given: command.input } } as const
  const no = mayHappen(scene, event)
  if (no !== undefined) return no
  const { request, roster } = scene
  const own = request.suspendedBy !== undefined && roster.offices.has(request.suspendedBy)
  return (
    (own ? maySuspend(scene) : mustHoldInTownship(scene, ['centreHead'])) ?? decided(scene, event)
  )
}

/** After its last day a suspension has no force; its lapse is recorded by whoever works on the request next. */
export function lapseSuspension(command: AskedRequest<'suspension.lapse'>, scene: Scene): Decision {
  const event = { type: 'suspension.lapsed', body: { given: command.input } } as const
  const no =
    mayHappen(scene, event) ?? mustHold(scene, ['reportingClerk', 'cashier', 'companyHead'])
  if (no !== undefined) return no
  const { request, deciding } = scene
  if (dateAt(deciding.at) <= request.suspendedUntil) {
    return refuse('suspensionRuns', { until: request.suspendedUntil })
  }
  return decided(scene, event)
}

function maySuspend(scene: Scene): Refused | undefined {
  const { deciding, ledger, by } = scene
  const township = townshipRoster(deciding.past, ledger).offices.get(by.office)
  return township === undefined
    ? mustHold(scene, ['companyHead'])
    : mustHoldInTownship(scene, ['centreHead'])
}

const moneyMoves = ({ request }: Scene): Refused | undefined =>
  placeOf(request) === 'payment.ordered' ? refuse('paymentUnderWay') : undefined
