// Separation of duties (law §7): refused, never warned. Ballots cast as a member are everybody's right and are not asked here.
import type { PersonId } from '../../../src/domain/ids.ts'
import { type Must, mustNames } from '../../../src/domain/must.ts'
import { bothOf } from '../../../src/domain/places.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Decider, Request } from './fold.ts'
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
  const said = [...request.deciders, ...dismissers(request)]
  const before = said.find((decider) => acting.includes(decider.person) && decider.must !== must)
  return twice(before)
}

function twice(before: Decider | undefined): Refused | undefined {
  if (before === undefined) return undefined
  return refuse('decidesTwice', { must: bothOf(mustNames, before.must) })
}

/** Who dismissed an alert of it: that counts as a word in the must they watch for (law 10.5). */
const dismissers = ({ alerts }: Request): readonly Decider[] =>
  alerts.flatMap(({ dismissal }) => (dismissal === undefined ? [] : [dismissal.by]))

/**
 * Who watches may dismiss who has decided in no must but the audit's, nor, through another office, dismissed for another
 * must: the head who filed it does not clear up what it was doubted for.
 */
export function mayDismiss(request: Request, must: Must, who: Acting): Refused | undefined {
  const acting = [who].flat()
  const filed = request.deciders.find(
    (decider) => acting.includes(decider.person) && decider.must !== 'disciplineAudit',
  )
  const other = dismissers(request).find(
    (decider) => acting.includes(decider.person) && decider.must !== must,
  )
  return notOwnHandling(request, who) ?? twice(filed ?? other)
}

/** Both rules for one who is about to decide in `must`. */
export const mayDecide = (request: Request, must: Must, who: Acting): Refused | undefined =>
  notOwnHandling(request, who) ?? notTwice(request, must, who)
