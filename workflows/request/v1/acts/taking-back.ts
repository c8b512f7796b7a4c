// Taking back one's own last act until the next (law 2.31). What was recorded stays in the ledger; the request stands again
// where it stood before, with the limit it had then.
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { townshipRosterAt } from '../../../roster/v1/day.ts'
import { holdsOffice } from '../../../roster/v1/fold.ts'
import { placeOf } from '../fold.ts'
import {
  type AskedRequest,
  decided,
  mayHappen,
  officeNamed,
  type Refused,
  type Scene,
  standsAt,
} from '../scene.ts'
import { underVote } from '../under-vote.ts'

export function takeBack(command: AskedRequest<'act.takeBack'>, scene: Scene): Decision {
  const { request, by } = scene
  const place = placeOf(request)
  if (place === 'payment.ordered') return refuse('paymentUnderWay')
  if (request.snapshot.context.outcome !== 'open') return standsAt(place)
  const { last } = request
  if (last === undefined) return refuse('actOvertaken')
  if (last.person !== by.person) return refuse('notYourAct')
  const body = { given: command.input, act: last.type, to: placeOf(last.before) }
  const event = { type: 'act.takenBack', body } as const
  return (
    mayHappen(scene, event) ?? stillInOffice(scene) ?? underVote(request) ?? decided(scene, event)
  )
}

/** In any office of the village or the township; a deputy by the mandate they acted under or in their own office. */
function stillInOffice({ by, deciding, ledger, roster }: Scene): Refused | undefined {
  const township = townshipRosterAt(deciding.past, ledger, deciding.at)
  return holdsOffice(roster, by) || holdsOffice(township, by)
    ? undefined
    : refuse('officeNotHeld', { office: officeNamed(roster, by.office) })
}
