// Separation of duties (law §7): refused, never warned. Ballots cast as a member are everybody's right and are not asked here.
import type { PersonId } from '../../../src/domain/ids.ts'
import { type Must, mustNames } from '../../../src/domain/must.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Request } from './fold.ts'
import { issuersOf, type Refused } from './scene.ts'

/** Who issued it may not supervise, file or inspect it. */
export function notOwnHandling(request: Request, person: PersonId): Refused | undefined {
  return issuersOf(request).includes(person) ? refuse('ownHandling') : undefined
}

/** Nobody decides in two of boardReview, supervisorySignOff, townshipFiling and disciplineAudit of one request. */
export function notTwice(request: Request, must: Must, person: PersonId): Refused | undefined {
  const before = request.deciders.find(
    (decider) => decider.person === person && decider.must !== must,
  )
  if (before === undefined) return undefined
  const { zh, en } = mustNames[before.must]
  return refuse('decidesTwice', { must: `${zh} ${en}` })
}

/** Both rules for one who is about to decide in `must`. */
export const mayDecide = (request: Request, must: Must, person: PersonId): Refused | undefined =>
  notOwnHandling(request, person) ?? notTwice(request, must, person)
