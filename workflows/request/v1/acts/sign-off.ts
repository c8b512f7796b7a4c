// Papers and must 3: the clerk completes the vouchers, then each supervisor signs, objects or returns (law §5).
import type { OfficeId } from '../../../../src/domain/ids.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Evidence, Invoice } from '../../../../src/domain/request.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { dateAt } from '../../../../src/domain/time.ts'
import { holdsOffice, seats as seatsOf } from '../../../roster/v1/fold.ts'
import { dependence } from '../../../roster/v1/rules.ts'
import { alertsOfPapers } from '../alert-notes.ts'
import { mayDecide } from '../duties.ts'
import type { Seating } from '../fold.ts'
import { ending } from '../ending.ts'
import { fromTownshipFiling, majorityOf, openSignOff } from '../opening.ts'
import {
  type AskedRequest,
  decided,
  eventOn,
  mayHappen,
  mustHold,
  officeNamed,
  type Refused,
  requestIdOf,
  type Scene,
} from '../scene.ts'
import { mayBeAdded, paperTwice, vouchersComplete } from '../vouchers.ts'

const EVIDENCE_MAX = 200
const INVOICES_MAX = 50

export function addEvidence(command: AskedRequest<'evidence.add'>, scene: Scene): Decision {
  const event = { type: 'evidence.added', body: { given: command.input } } as const
  const no =
    mayHappen(scene, event) ?? mustHold(scene, ['reportingClerk']) ?? addable(scene, command.input)
  return no ?? decided(scene, event, alertsOfPapers(scene, command.input))
}

interface Added {
  readonly evidence: readonly Evidence[]
  readonly invoices?: readonly Invoice[]
}

/** Papers within the number a page holds, and invoices that nobody claimed and that fit the request (law 2.11, 2.15). */
export function addable(
  { request, deciding, policy, stream }: Scene,
  { evidence, invoices = [] }: Added,
): Refused | undefined {
  const { submission, evidence: there, invoices: held, reportedOn, orderedOn } = request
  if (there.length + evidence.length > EVIDENCE_MAX)
    return refuse('tooManyPapers', { max: String(EVIDENCE_MAX) })
  if (held.length + invoices.length > INVOICES_MAX)
    return refuse('tooManyPapers', { max: String(INVOICES_MAX) })
  const twice = paperTwice([...there, ...evidence])
  if (twice !== undefined || invoices.length === 0) return twice
  const again = invoices.find(({ number }) => held.some((known) => known.number === number))
  if (again !== undefined) {
    const claim = { invoice: again.number, request: requestIdOf(stream) }
    return refuse('invoiceClaimed', claim)
  }
  const { kind, payee } = submission
  return mayBeAdded(
    { kind, payee, invoices },
    {
      policy: policy.values,
      facts: deciding.facts,
      today: dateAt(deciding.at),
      reportedOn,
      held,
      first: false,
      ...(orderedOn === undefined ? {} : { advancedOn: orderedOn }),
    },
  )
}

/** The voucher papers are there: the supervisors' must opens. */
export function completePapers(command: AskedRequest<'papers.complete'>, scene: Scene): Decision {
  const event = { type: 'papers.completed', body: { given: command.input } } as const
  const { request, policy } = scene
  const no =
    mayHappen(scene, event) ??
    mustHold(scene, ['reportingClerk']) ??
    vouchersComplete(request, policy.values)
  return no ?? decided(scene, event, [openSignOff(scene)])
}

/** A supervisor signs; the signature that completes the must also passes it. */
export function sign(command: AskedRequest<'supervisorySignOff.sign'>, scene: Scene): Decision {
  const event = { type: 'supervisorySignOff.signed', body: { given: command.input } } as const
  const seated = maySignOff(scene, mayHappen(scene, event))
  if ('refused' in seated) return seated
  const signed = [...seated.signed.map(({ office }) => office), scene.by.office]
  if (!isPassed(seated, signed)) return decided(scene, event)
  const passed = eventOn(scene.stream, { type: 'supervisorySignOff.passed', body: { signed } })
  return decided(scene, event, [passed, ...fromTownshipFiling(scene)])
}

/** A supervisor objects. The must fails once a majority has become impossible, or when the chair objects. */
export function object(command: AskedRequest<'supervisorySignOff.object'>, scene: Scene): Decision {
  const event = { type: 'supervisorySignOff.objected', body: { given: command.input } } as const
  const seated = maySignOff(scene, mayHappen(scene, event))
  if ('refused' in seated) return seated
  // one seat, one objection: said twice it would count towards the majority that must be impossible
  if (seated.objected.some(({ office }) => office === scene.by.office))
    return refuse('alreadySigned')
  const objected = [...seated.objected.map(({ office }) => office), scene.by.office]
  const possible = seated.seats.length - objected.length
  if (scene.by.office !== seated.chair && possible >= majorityOf(seated.seats))
    return decided(scene, event)
  const failed = { type: 'supervisorySignOff.failed', body: { objected } } as const
  // the objection that ends it waits like any other end, until the suspension is over (law 2.35)
  const waits = mayHappen(scene, failed)
  return waits ?? decided(scene, event, [eventOn(scene.stream, failed), ...ending(scene)])
}

function maySignOff(scene: Scene, closed: Refused | undefined): Seating | Refused {
  if (closed !== undefined) return closed
  const { request, roster, by } = scene
  const { seating } = request
  if (seating === undefined || !seating.seats.includes(by.office)) return refuse('notYourSeat')
  if (!holdsOffice(roster, by))
    return refuse('officeNotHeld', { office: officeNamed(roster, by.office) })
  const duty = mayDecide(request, 'supervisorySignOff', by.person) ?? independent(scene)
  if (duty !== undefined) return duty
  if (seating.signed.some(({ office }) => office === by.office)) return refuse('alreadySigned')
  return seating
}

/** Whoever supervises may not run the company or its money, nor be near to who does (L1 Art 34, L2 Art 76). */
function independent({ request, roster, policy, by }: Scene): Refused | undefined {
  const { company } = request.submission
  // the cooperative's council is its board, or the cooperative's own supervisors look at it
  const councilRuns =
    policy.values['organ.board'] === 'coop' ||
    seatsOf(roster, company, 'director').length === 0 ||
    request.seating?.organisation !== company
  const tie = dependence(roster, by.person, { company, councilRuns })
  if (tie === undefined) return undefined
  return refuse('supervisorIncompatible', { holder: tie.holder, office: tie.kind })
}

/** All of them, or a majority of all seats with the chair among them. */
export function isPassed({ seats, chair, needs }: Seating, signed: readonly OfficeId[]): boolean {
  if (needs === 'all') return seats.every((office) => signed.includes(office))
  return chair !== undefined && signed.includes(chair) && signed.length >= majorityOf(seats)
}
