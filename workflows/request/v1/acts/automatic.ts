// Findings that raised themselves (law 3.12): answered by the village, and closed out by an inspector on what came back or on
// a written reason why it did not, as the findings of a round are (law 6.10–6.12).
import { above, grouped, zero } from '../../../../src/domain/money.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { dateAt } from '../../../../src/domain/time.ts'
import { mayDecide } from '../duties.ts'
import { placeOf } from '../fold.ts'
import { recoveryClaimed } from '../recoveries.ts'
import { type AutomaticFinding, automaticName } from '../record-emergency.ts'
import {
  actingIn,
  type AskedRequest,
  decided,
  eventOn,
  mayHappen,
  mustHold,
  mustHoldInTownship,
  type Refused,
  type Scene,
} from '../scene.ts'

/** By the company: what was put right, and what came back. */
export function answerAutomatic(
  command: AskedRequest<'automaticFinding.answer'>,
  scene: Scene,
): Decision {
  const open = findingOf(scene, command.input.finding)
  if ('refused' in open) return open
  const event = { type: 'automaticFinding.answered', body: { given: command.input } } as const
  const no = mayHappen(scene, event) ?? mustHold(scene, ['companyHead', 'reportingClerk'])
  return no ?? decided(scene, event)
}

/**
 * Close-out (销号) by an inspector: not by whose act raised it, who answered it or who proposed to suspend the payment. The
 * flow closes with its last open finding.
 */
export function closeAutomatic(
  command: AskedRequest<'automaticFinding.close'>,
  scene: Scene,
): Decision {
  const { request, stream } = scene
  const { finding } = command.input
  const open = findingOf(scene, finding)
  if ('refused' in open) return open
  const event = { type: 'automaticFinding.closed', body: { given: command.input } } as const
  const no =
    mayHappen(scene, event) ??
    mustHoldInTownship(scene, ['inspector']) ??
    mayCloseOut(scene, open) ??
    settled(scene, open, command.input)
  if (no !== undefined) return no
  const last = request.openFindings.every((name) => name === automaticName(finding))
  const { coveredBy } = request
  const closes = last && placeOf(request) === 'disciplineAudit.covered' && coveredBy !== undefined
  if (!closes) return decided(scene, event)
  const body = { inspection: coveredBy }
  return decided(scene, event, [eventOn(stream, { type: 'disciplineAudit.passed', body })])
}

function findingOf({ request }: Scene, finding: string): AutomaticFinding | Refused {
  const open = request.emergency.findings.find((one) => one.finding === finding)
  return open ?? refuse('notFound', { what: finding })
}

function mayCloseOut(scene: Scene, { raiser, answerer }: AutomaticFinding): Refused | undefined {
  const acting = actingIn(scene)
  const part = [raiser, answerer, ...scene.request.doubters]
  if (acting.some((person) => part.includes(person))) return refuse('closeOutBySame')
  return mayDecide(scene.request, 'disciplineAudit', acting)
}

type Closing = AskedRequest<'automaticFinding.close'>['input']

/** The money is back, or it is said in writing why not all of it is (law 6.11). */
function settled(
  { deciding, request }: Scene,
  { recover }: AutomaticFinding,
  { recovered, shortfall }: Closing,
): Refused | undefined {
  if (recover === undefined) return recovered === undefined ? undefined : refuse('nothingToRecover')
  const came = recovered?.amount ?? zero
  if (above(came, recover)) return refuse('recoveryTooMuch', { left: grouped(recover) })
  if (above(recover, came) && shortfall === undefined)
    return refuse('recoveryOpen', { wanted: grouped(recover), recovered: grouped(came) })
  if (recovered === undefined) return undefined
  const { bankReference, receivedOn } = recovered
  if (receivedOn > dateAt(deciding.at)) return refuse('dateInFuture', { date: receivedOn })
  const { paidOn } = request
  if (paidOn !== undefined && receivedOn < paidOn) return refuse('recoveredBeforePaid', { paidOn })
  return recoveryClaimed(deciding, bankReference)
}
