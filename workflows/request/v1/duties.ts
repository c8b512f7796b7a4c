// Separation of duties (law §7): refused, never warned. Ballots cast as a member are everybody's right and are not asked here.
import type { PersonId } from '../../../src/domain/ids.ts'
import { type Must, mustNames } from '../../../src/domain/must.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Request } from './fold.ts'
import { issuersOf, type Refused } from './scene.ts'

/** Who acts; of a deputy or a represented director both persons (law 7.16). */
export type Acting = PersonId | readonly PersonId[]

/** Who issued it may not supervise, file or inspect it. */
export function notOwnHandling(request: Request, who: Acting): Refused | undefined {
  const issuers = issuersOf(request)
  return [who].flat().some((person) => issuers.includes(person)) ? refuse('ownHandling') : undefined
}

/** Nobody decides in two of boardReview, supervisorySignOff, townshipFiling and disciplineAudit of one request. */
export function notTwice(request: Request, must: Must, who: Acting): Refused | undefined {
  const acting = [who].flat()
  const before = request.deciders.find(
    (decider) => acting.includes(decider.person) && decider.must !== must,
  )
  if (before === undefined) return undefined
  const { zh, en } = mustNames[before.must]
  return refuse('decidesTwice', { must: `${zh} ${en}` })
}

/** Both rules for one who is about to decide in `must`. */
export const mayDecide = (request: Request, must: Must, who: Acting): Refused | undefined =>
  notOwnHandling(request, who) ?? notTwice(request, must, who)
