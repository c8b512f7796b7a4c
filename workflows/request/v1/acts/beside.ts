// Beside the decisions (law 7.17): urge, copy in, comment, question and answer. All of it is recorded, none of it moves
// the chain, and none of it waits for a suspension to end.
import type { OfficeId, OrganisationId, PersonId } from '../../../../src/domain/ids.ts'
import {
  type Desk,
  deskOf,
  type OfficeKind,
  officeKinds,
  officeNames,
} from '../../../../src/domain/office.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { addHours } from '../../../../src/domain/time.ts'
import { townshipRosterAt } from '../../../roster/v1/day.ts'
import { holds, holdsOffice, officesOf } from '../../../roster/v1/fold.ts'
import { isSuspended, placeOf } from '../fold.ts'
import {
  type AskedRequest,
  decided,
  mayHappen,
  mustHold,
  officeNamed,
  type Refused,
  type Scene,
} from '../scene.ts'
import { decidingActs } from '../waiting.ts'

const anyKind = Object.keys(officeKinds) as OfficeKind[]

/** 催办, by who submitted it and those it is for; each desk once in `urge.everyHours`. */
export function urge(command: AskedRequest<'request.urge'>, scene: Scene): Decision {
  const no = mayUrge(scene)
  if (no !== undefined) return no
  const { request, policy, deciding } = scene
  const desks = desksOf(scene)
  if (desks.length === 0) return refuse('nothingWaits', { state: placeOf(request) })
  const hours = policy.values['urge.everyHours']
  const quiet = request.beside.urges
    .filter(({ desk }) => desks.includes(desk))
    .map(({ desk, at }) => ({ desk, until: addHours(at, hours) }))
    .filter(({ until }) => until > deciding.at)
  const fresh = desks.filter((desk) => !quiet.some((one) => one.desk === desk))
  if (fresh.length === 0) {
    const [next = ''] = quiet.map(({ until }) => until).sort()
    return refuse('urgedAlready', { next })
  }
  const event = {
    type: 'request.urged',
    body: { given: command.input, desks: fresh.slice(0, 50) },
  } as const
  return mayHappen(scene, event) ?? decided(scene, event)
}

function mayUrge(scene: Scene): Refused | undefined {
  const { by, request, roster } = scene
  if (by.person === request.submission.handler && holdsOffice(roster, by)) return undefined
  return mustHold(scene, ['reportingClerk', 'handler', 'companyHead'])
}

/**
 * Where it waits; a vote that was carried waits for the cooperative's legal representative (law 5.6), and one that a meeting has
 * taken up for the seats that vote, or of members for who arranged it.
 */
function desksOf({ request, roster }: Scene): readonly Desk[] {
  const { company } = request.submission
  const owner = roster.organisations.get(company)?.owner
  if (placeOf(request) === 'memberVote.carried' && owner !== undefined)
    return [deskOf(owner, 'legalRepresentative')]
  const desks = decidingActs(request).flatMap((one) => one.desks)
  if (request.underVote === undefined || isSuspended(request)) return desks
  const voting = placeOf(request) === 'boardReview.open' ? (request.seating?.seats ?? []) : []
  return [...desks, ...(voting.length > 0 ? voting : [deskOf(company, 'reportingClerk')])]
}

/** 抄送, to offices and persons of the village or the township. */
export function copyIn(command: AskedRequest<'request.copyIn'>, scene: Scene): Decision {
  const event = { type: 'request.copiedIn', body: { given: command.input } } as const
  const no = mayTalk(scene) ?? mayHappen(scene, event)
  if (no !== undefined) return no
  const { offices, persons } = command.input
  const stranger =
    offices.find((office) => !isOffice(scene, office)) ??
    persons.find((person) => !isKnown(scene, person))
  return stranger === undefined ? decided(scene, event) : refuse('notFound', { what: stranger })
}

export function comment(command: AskedRequest<'request.comment'>, scene: Scene): Decision {
  const event = { type: 'request.commented', body: { given: command.input } } as const
  return mayTalk(scene) ?? mayHappen(scene, event) ?? decided(scene, event)
}

const QUESTIONS_MAX = 100

export function askQuestion(command: AskedRequest<'question.ask'>, scene: Scene): Decision {
  const { asked } = scene.request.beside
  const event = {
    type: 'question.asked',
    body: { given: command.input, question: `q-${asked + 1}` },
  } as const
  const no = mayTalk(scene) ?? mayHappen(scene, event)
  if (no !== undefined) return no
  const { to } = command.input
  if (!isOffice(scene, to)) return refuse('notFound', { what: to })
  if (asked >= QUESTIONS_MAX) return refuse('tooManyQuestions', { max: String(QUESTIONS_MAX) })
  return decided(scene, event)
}

/** By whoever holds the office it was put to, once. */
export function answerQuestion(command: AskedRequest<'question.answer'>, scene: Scene): Decision {
  const event = { type: 'question.answered', body: { given: command.input } } as const
  const no = mayHappen(scene, event)
  if (no !== undefined) return no
  const { beside } = scene.request
  const { question } = command.input
  const open = beside.questions.find((one) => one.question === question)
  if (open === undefined) {
    return Number(question.slice('q-'.length)) <= beside.asked
      ? refuse('questionAnswered', { question })
      : refuse('notFound', { what: question })
  }
  if (scene.by.office !== open.to) return refuse('questionNotYours', { question })
  return mustHoldHere(scene) ?? decided(scene, event)
}

/**
 * Who may see a request may talk about it: the offices of its company, of the cooperative that owns it and of the township,
 * and whoever it was copied to or asked of.
 */
function mayTalk(scene: Scene): Refused | undefined {
  const { by, request, roster } = scene
  const { company } = request.submission
  const owner = roster.organisations.get(company)?.owner
  const organisations: readonly OrganisationId[] =
    owner === undefined ? [company] : [company, owner]
  if (organisations.some((organisation) => holds(roster, by, anyKind, organisation)))
    return undefined
  const { copies, questions } = request.beside
  const invited =
    copies.includes(by.office) ||
    copies.includes(by.person) ||
    questions.some(({ to }) => to === by.office)
  if (holdsOffice(roster, by))
    return invited
      ? undefined
      : refuse('officeNotHeld', { office: officeNames(['reportingClerk']) })
  return mustHoldHere(scene)
}

/** An office of the village or of the township, held now. */
function mustHoldHere({ by, deciding, ledger, roster }: Scene): Refused | undefined {
  const township = townshipRosterAt(deciding.past, ledger, deciding.at)
  if (holdsOffice(roster, by) || holdsOffice(township, by)) return undefined
  const known = roster.offices.has(by.office) ? roster : township
  return refuse('officeNotHeld', { office: officeNamed(known, by.office) })
}

const isOffice = ({ deciding, ledger, roster }: Scene, office: OfficeId): boolean =>
  roster.offices.has(office) ||
  townshipRosterAt(deciding.past, ledger, deciding.at).offices.has(office)

const isKnown = ({ deciding, ledger, roster }: Scene, person: PersonId): boolean =>
  roster.members.has(person) ||
  officesOf(roster, person).length > 0 ||
  officesOf(townshipRosterAt(deciding.past, ledger, deciding.at), person).length > 0
