// authority@1: which act answers which command, and what each needs to be told. The township's filing and
// an early end are here, the ground of an authority in `approve.ts`.
import {
  type AuthorityId,
  authorityIdSchema,
  authorityStream,
  meetingStream,
  streamKind,
} from '../../../src/domain/ids.ts'
import { type OfficeKind, officeNames } from '../../../src/domain/office.ts'
import { authorityPlaces, bothOf } from '../../../src/domain/places.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Decision, Deciding, EventDraft, Needs } from '../../../src/domain/store.ts'
import { dateAt } from '../../../src/domain/time.ts'
import { ledgerClosed, ledgerOf, ledgerStream, RELIED_ON_GENESIS } from '../../ledger/v1/fold.ts'
import { policyStream } from '../../policy/v1/fold.ts'
import { rosterAt, townshipRosterAt } from '../../roster/v1/day.ts'
import { beyondMandate } from '../../roster/v1/deputy.ts'
import { holds, personsActing, rosterStream } from '../../roster/v1/fold.ts'
import { type Asked, defineWorkflow, draft } from '../../workflow.ts'
import { approve } from './approve.ts'
import {
  acts,
  type AuthorityCommand,
  authorityCommands,
  type AuthorityEvent,
  notes,
} from './events.ts'
import {
  authorityFold,
  authorityIdOf,
  type AuthorityState,
  NAME,
  replace,
  takenIn,
} from './fold.ts'

type Command = Asked<AuthorityCommand>
type Of<T extends AuthorityCommand['type']> = Extract<Command, { type: T }>
type Refused = ReturnType<typeof refuse>

function decide(command: Command, deciding: Deciding): Decision {
  const { stream } = command
  const id = authorityIdSchema.safeParse(stream.slice('authority/'.length))
  if (!id.success || streamKind(stream) !== 'authority') return refuse('notFound', { what: stream })
  const closed = ledgerClosed(ledgerOf(deciding.past))
  if (closed !== undefined) return closed
  if (command.type === 'authority.approve') return approve(command, deciding)
  const { state } = deciding.past.stream(authorityFold, stream)
  if (state === undefined) return refuse('notFound', { what: stream })
  const scene = { state, deciding }
  switch (command.type) {
    case 'authorityFiling.accept':
      return accept(command, scene)
    case 'authorityFiling.consent':
    case 'authorityFiling.refuse':
      return answerFiling(command, scene)
    case 'authority.close':
      return close(command, scene)
  }
}

interface Scene {
  readonly state: AuthorityState
  readonly deciding: Deciding
}

const record = (
  stream: Command['stream'],
  event: AuthorityEvent,
  rest: readonly EventDraft[] = [],
): Decision => ({
  events: [draft(NAME, stream, event), ...rest],
})

function mayHappen({ state }: Scene, type: keyof typeof takenIn): Refused | undefined {
  return takenIn[type].includes(state.place)
    ? undefined
    : refuse('notOpen', { state: bothOf(authorityPlaces, state.place) })
}

function mustHoldInTownship(
  { deciding }: Scene,
  by: Command['by'],
  kind: OfficeKind,
): Refused | undefined {
  return holds(townshipOf(deciding), by, [kind])
    ? undefined
    : refuse('officeNotHeld', { office: officeNames([kind]) })
}

const townshipOf = ({ past, at }: Deciding) => townshipRosterAt(past, ledgerOf(past), at)

function accept({ by, input, stream }: Of<'authorityFiling.accept'>, scene: Scene): Decision {
  const no =
    mayHappen(scene, 'authorityFiling.accepted') ?? mustHoldInTownship(scene, by, 'centreOfficer')
  return no ?? record(stream, { type: 'authorityFiling.accepted', body: { given: input } })
}

/** The head is another person than the officer; where a deputy acts, both are (law 7.4, 7.14). */
function answerFiling(
  command: Of<'authorityFiling.consent'> | Of<'authorityFiling.refuse'>,
  scene: Scene,
): Decision {
  const { by, input, stream, type } = command
  const { accepted, terms } = scene.state
  const happened =
    type === 'authorityFiling.consent' ? 'authorityFiling.consented' : 'authorityFiling.refused'
  const township = townshipOf(scene.deciding)
  const no =
    mayHappen(scene, happened) ??
    mustHoldInTownship(scene, by, 'centreHead') ??
    beyondMandate(township, by, { act: type, amount: terms.ceiling })
  if (no !== undefined) return no
  if (accepted !== undefined && personsActing(township, by).includes(accepted))
    return refuse('officerIsHead')
  const answered = { type: happened, body: { given: input } } as const
  if (happened === 'authorityFiling.refused') return record(stream, answered)
  const { replaces } = terms
  if (replaces === undefined) return record(stream, answered)
  const id = authorityIdOf(stream)
  const old = scene.deciding.past.stream(authorityFold, authorityStream(replaces)).state
  // another took its place meanwhile: two successors of one would spend it twice
  if (old?.replacedBy !== undefined) return refuse('authorityClosed', { authority: replaces })
  const ends = old !== undefined && takenIn['authority.replaced'].includes(old.place)
  return record(stream, answered, ends ? [replace(replaces, id)] : [])
}

/** Ending it early only tightens: the head of the company may, without a vote. */
function close({ by, input, stream }: Of<'authority.close'>, scene: Scene): Decision {
  const { state, deciding } = scene
  const no = mayHappen(scene, 'authority.closed')
  if (no !== undefined) return no
  const kinds = ['companyHead'] as const
  if (!holds(rosterAt(deciding.past, deciding.at), by, kinds, state.terms.company))
    return refuse('officeNotHeld', { office: officeNames(kinds) })
  return record(stream, { type: 'authority.closed', body: { given: input } })
}

function needs(command: Command): Needs {
  const { stream } = command
  const own = [ledgerStream, rosterStream, policyStream, stream] as const
  const relied = { origin: RELIED_ON_GENESIS, streams: [rosterStream, policyStream] }
  if (command.type !== 'authority.approve')
    return {
      streams: own,
      relied,
      follow: (past) => replacedStream(past.stream(authorityFold, stream).state?.terms.replaces),
    }
  const { company, ground, payees, replaces } = command.input
  const except = authorityIdSchema.safeParse(stream.slice('authority/'.length)).data
  return {
    ...(ground.type === 'paper'
      ? {}
      : {
          facts: (_past, at) => ({
            ceilings: {
              company,
              payees,
              on: dateAt(at),
              ...(except === undefined ? {} : { except }),
            },
          }),
        }),
    streams: [
      ...own,
      ...(ground.type === 'meeting' ? [meetingStream(ground.meeting)] : []),
      ...replacedStream(replaces),
    ],
    relied,
  }
}

/** The stream of the one it takes the place of, if there is one. */
const replacedStream = (replaces: AuthorityId | undefined) =>
  replaces === undefined ? [] : [authorityStream(replaces)]

/** authority@1: fold + decide, no machine. */
export const authorityWorkflow = defineWorkflow({
  name: NAME,
  fold: authorityFold,
  acts,
  notes,
  commands: authorityCommands,
  needs,
  decide,
})
