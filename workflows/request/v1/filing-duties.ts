// Who may say the township's word on a request (law 5.17, 7.3): beside who decided elsewhere, not who changed the seats it is
// decided from while it was on its way, and not the head who has dismissed a red alert of it.
import type { PersonId } from '../../../src/domain/ids.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import { organSeats } from '../../roster/v1/day.ts'
import type { RosterState } from '../../roster/v1/fold.ts'
import { mayDecide } from './duties.ts'
import type { Request } from './fold.ts'
import { actingIn, type Refused, type Scene } from './scene.ts'

/** Both offices of the centre. */
export function mayFile(scene: Scene): Refused | undefined {
  const { request, roster } = scene
  const acting = actingIn(scene)
  const duty = mayDecide(request, 'townshipFiling', acting)
  if (duty !== undefined) return duty
  return seatedBy(roster, request).some((person) => acting.includes(person))
    ? refuse('seatsChangedBySame')
    : undefined
}

/** Who has emptied or filled a seat of the organs it passes, since it was submitted. */
function seatedBy(roster: RosterState, { submission, submittedAt }: Request): readonly PersonId[] {
  const { company } = submission
  const owner = roster.organisations.get(company)?.owner
  return [...roster.offices.values()]
    .filter(({ kind, organisation }) => {
      return organSeats.includes(kind) && (organisation === company || organisation === owner)
    })
    .flatMap(({ changes }) => changes.flatMap(({ by, at }) => (at > submittedAt ? [by] : [])))
}

/** The head who said that a red alert is nothing leaves the word on the request to another: a deputy. */
export function mayConsent(scene: Scene): Refused | undefined {
  const acting = actingIn(scene)
  const red = scene.request.alerts.find(
    ({ colour, dismissal }) =>
      colour === 'red' && dismissal !== undefined && acting.includes(dismissal.by.person),
  )
  return red === undefined ? undefined : refuse('dismissedRed', { alert: red.alert })
}
