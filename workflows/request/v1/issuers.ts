// Who may stand in a form as handler and witness, and what the head has to do with them (law 2.8–2.10, 7.1, 7.5).
import type { PersonId } from '../../../src/domain/ids.ts'
import type { OfficeKind } from '../../../src/domain/office.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Submission } from '../../../src/domain/request.ts'
import {
  nearRelatives,
  officesOf,
  type RosterState,
  seats,
  standingIn,
} from '../../roster/v1/fold.ts'
import type { Request } from './fold.ts'

type Refused = ReturnType<typeof refuse>

const issuers: readonly OfficeKind[] = [
  'handler',
  'witness',
  'director',
  'companyHead',
  'supervisor',
  'councillor',
]

/** A clerk who is the cashier types the forms of others, never their own: they would begin and end one payment (law 7.5). */
export function clerkPays(
  { handler, company }: Submission,
  { roster, clerk }: { readonly roster: RosterState; readonly clerk: PersonId },
): Refused | undefined {
  const pays = officesOf(roster, clerk).some(
    ({ kind, organisation }) => kind === 'cashier' && organisation === company,
  )
  return pays && clerk === handler ? refuse('cashierConflict') : undefined
}

/** Who vouches for a payment or hands it out is not who gets it; of what the handler paid or is advanced nothing is said here. */
export function payeeSigns(
  { payee, kind, witness, company }: Submission,
  roster: RosterState,
): Refused | undefined {
  if (payee.type !== 'person' || kind !== 'single') return undefined
  const pays = officesOf(roster, payee.person).some(
    ({ kind: office, organisation }) => office === 'cashier' && organisation === company,
  )
  return pays || payee.person === witness ? refuse('payeeConflict') : undefined
}

/** Three persons of the village; the head is whoever holds that office when issuing. */
export function whoIssues(
  { handler, witness, company }: Submission,
  roster: RosterState,
): Refused | undefined {
  if (handler === witness) return refuse('issuersNotThree')
  for (const person of [handler, witness]) {
    const owner = roster.organisations.get(company)?.owner
    const serves = officesOf(roster, person).some(
      ({ kind, organisation }) =>
        issuers.includes(kind) && (organisation === company || organisation === owner),
    )
    if (!serves) return refuse('notFound', { what: person })
  }
  return undefined
}

/**
 * The head of today, or their deputy, is the handler or near to them, and the route was frozen without it: the board was to
 * be passed over (law 2.10, 3.4).
 */
export function isTieUnrouted({
  request: { route, submission },
  roster,
}: {
  readonly request: Pick<Request, 'route' | 'submission'>
  readonly roster: RosterState
}): boolean {
  const board = route.find(({ must }) => must === 'boardReview')?.demand
  return (board === 'notRequired' || board === 'covered') && headInvolved(submission, roster)
}

/** The head, or a deputy who may issue for them, is the handler or a near relative (law 2.10). */
export function headInvolved({ handler, company }: Submission, roster: RosterState): boolean {
  // a deputy may be the one who issues it
  const heads = seats(roster, company, 'companyHead').flatMap(({ id }) => standingIn(roster, id))
  return heads.some((head) => head === handler || nearRelatives(roster, head).includes(handler))
}
