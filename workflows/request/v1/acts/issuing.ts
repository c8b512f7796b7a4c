// Issuing (签发): handler, witness, company head sign in this order; no must opens before the last of them (law §2).
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { isTieUnrouted } from '../issuers.ts'
import { fromMemberVote } from '../opening.ts'
import {
  actingIn,
  type AskedRequest,
  decided,
  forWhom,
  mayHappen,
  mustHold,
  mustHoldAny,
  type Scene,
} from '../scene.ts'

export function handle(command: AskedRequest<'request.handle'>, scene: Scene): Decision {
  const event = { type: 'request.handled', body: { given: command.input } } as const
  const no = mayHappen(scene, event)
  if (no !== undefined) return no
  if (scene.by.person !== scene.request.submission.handler) return refuse('notYourSeat')
  return mustHoldAny(scene) ?? decided(scene, event)
}

export function witness(command: AskedRequest<'request.witness'>, scene: Scene): Decision {
  const event = { type: 'request.witnessed', body: { given: command.input } } as const
  const no = mayHappen(scene, event)
  if (no !== undefined) return no
  if (scene.by.person !== scene.request.submission.witness) return refuse('notYourSeat')
  return mustHoldAny(scene) ?? decided(scene, event)
}

/**
 * The head issues (签发); the first must that waits is opened in the same commit. A deputy may issue for a head
 * who is the handler: three persons issue all the same, and the head's part has raised the route (law 2.10). A head
 * who is the witness has signed once already, and is not represented in a second signature. Who is head is known only now:
 * with a tie to the handler that the route did not count, nothing is issued past the board.
 */
export function issue(command: AskedRequest<'request.issue'>, scene: Scene): Decision {
  const event = {
    type: 'request.issued',
    body: { given: command.input, ...forWhom(scene) },
  } as const
  const no = mayHappen(scene, event) ?? mustHold(scene, ['companyHead'])
  if (no !== undefined) return no
  const { handler, witness: witnessed } = scene.request.submission
  if (scene.by.person === handler || actingIn(scene).includes(witnessed))
    return refuse('issuersNotThree')
  if (isTieUnrouted(scene)) return refuse('headTieUnrouted')
  return decided(scene, event, fromMemberVote(scene))
}
