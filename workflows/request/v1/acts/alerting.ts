// Dismissing an alert (消除预警): by who watches and had no part in the request, with a reason that stays for everybody to read.
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { mayDismiss } from '../duties.ts'
import {
  actingIn,
  type AskedRequest,
  decided,
  mayHappen,
  mustHoldInTownship,
  type Scene,
} from '../scene.ts'

/** By an inspector or the head of the centre, who neither issued the request nor decided in one of its musts. */
export function dismissAlert(command: AskedRequest<'alert.dismiss'>, scene: Scene): Decision {
  // for the centre its head files, for the discipline committee its inspectors look: each says so in one must
  const inspects = mustHoldInTownship(scene, ['inspector']) === undefined
  const must = inspects ? 'disciplineAudit' : 'townshipFiling'
  const event = { type: 'alert.dismissed', body: { given: command.input, must } } as const
  const { request, policy } = scene
  const { alert: id, evidence } = command.input
  const alert = request.alerts.find((one) => one.alert === id)
  if (alert === undefined) return refuse('notFound', { what: id })
  const no =
    mayHappen(scene, event) ??
    mustHoldInTownship(scene, ['inspector', 'centreHead']) ??
    mayDismiss(request, must, actingIn(scene))
  if (no !== undefined) return no
  if (alert.dismissed) return refuse('alertDismissed', { alert: id })
  // only proof downgrades red (domain §9)
  const unproven = evidence === undefined && policy.values['alert.redProof']
  if (alert.colour === 'red' && unproven) return refuse('alertNeedsProof', { alert: id })
  return decided(scene, event)
}
