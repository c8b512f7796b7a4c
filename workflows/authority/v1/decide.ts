// Who may record an authority, and on what ground: a meeting that could decide it, or a paper older
// than the ledger.
import { authorityIdSchema, meetingStream, streamKind } from '../../../src/domain/ids.ts'
import { atLeast } from '../../../src/domain/money.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Decision, Deciding, Needs } from '../../../src/domain/store.ts'
import { ledgerClosed, ledgerOf, ledgerStream, RELIED_ON_GENESIS } from '../../ledger/v1/fold.ts'
import { meetingFold, type MeetingState } from '../../meeting/v1/fold.ts'
import { policyInForce, policyStream, townshipPolicy } from '../../policy/v1/fold.ts'
import {
  companyOf,
  holds,
  type Organisation,
  rosterFold,
  rosterStream,
  townshipRoster,
} from '../../roster/v1/fold.ts'
import { type Asked, defineWorkflow, draft } from '../../workflow.ts'
import { acts, type AuthorityCommand, authorityCommands, notes } from './events.ts'
import { authorityFold, NAME } from './fold.ts'

type Command = Asked<AuthorityCommand>
type Refused = ReturnType<typeof refuse>

function decide({ by, input, stream }: Command, deciding: Deciding): Decision {
  const { past, at } = deciding
  const named = authorityIdSchema.safeParse(stream.slice('authority/'.length)).success
  if (!named || streamKind(stream) !== 'authority') return refuse('notFound', { what: stream })
  const ledger = ledgerOf(past)
  const closed = ledgerClosed(ledger)
  if (closed !== undefined) return closed
  if (past.stream(authorityFold, stream).state !== undefined)
    return refuse('alreadyExists', { what: stream })
  const company = companyOf(past.stream(rosterFold, rosterStream).state, input.company)
  if (company === undefined) return refuse('notFound', { what: input.company })
  const no =
    input.ground.type === 'meeting' ? mayEnter(by, company, deciding) : mayCertify(by, deciding)
  if (no !== undefined) return no
  const policy = policyInForce(townshipPolicy(past, ledger), at)
  if (policy === undefined) return refuse('policyMissing')
  const major = atLeast(input.ceiling, policy.values['tier.majorFrom'])
  const unfounded =
    input.ground.type === 'meeting'
      ? unfoundedBy(input.ground, { company, major, deciding })
      : undefined
  if (unfounded !== undefined) return unfounded
  return {
    events: [draft(NAME, stream, { type: 'authority.approved', body: { given: input } })],
    policy: policy.id,
  }
}

/** What a meeting passed is entered by the company. */
function mayEnter(
  by: Command['by'],
  { id }: Organisation,
  { past }: Deciding,
): Refused | undefined {
  const kinds = ['companyHead', 'reportingClerk'] as const
  const held = holds(past.stream(rosterFold, rosterStream).state, by, kinds, id)
  return held ? undefined : refuse('officeNotHeld', { office: kinds.join(', ') })
}

/** A paper the ledger cannot check is certified by the head of the township's centre. */
function mayCertify(by: Command['by'], { past }: Deciding): Refused | undefined {
  const held = holds(townshipRoster(past, ledgerOf(past)), by, ['centreHead'])
  return held ? undefined : refuse('officeNotHeld', { office: 'centreHead' })
}

/**
 * The item must have been passed by an organ that could decide so much, from tier.majorFrom on the
 * members (law §3): an authority would otherwise lead around the must it stands for. An item about
 * a request decided that request and no ceiling.
 */
function unfoundedBy(
  { meeting: id, item }: Extract<Command['input']['ground'], { type: 'meeting' }>,
  { company, major, deciding }: { company: Organisation; major: boolean; deciding: Deciding },
): Refused | undefined {
  const meeting = deciding.past.stream(meetingFold, meetingStream(id)).state
  if (meeting === undefined) return refuse('notFound', { what: id })
  const { agenda, outcomes, kind } = meeting
  const passed = outcomes.some((outcome) => outcome.item === item && outcome.outcome === 'passed')
  const ofRequest = agenda.some((matter) => matter.item === item && 'request' in matter)
  if (!passed || ofRequest || !couldDecide(meeting, company)) {
    return refuse('authorityNotDecided', { meeting: id, item })
  }
  return major && kind !== 'member' && kind !== 'delegate'
    ? refuse('authorityBeyondMeeting')
    : undefined
}

function couldDecide({ kind, organisation }: MeetingState, { id, owner }: Organisation): boolean {
  switch (kind) {
    case 'board':
      return organisation === id
    case 'council':
    case 'member':
    case 'delegate':
      return organisation === owner
    case 'supervisors':
      return false
  }
}

const needs = ({ input: { ground }, stream }: Command): Needs => ({
  streams: [
    ledgerStream,
    rosterStream,
    stream,
    ...(ground.type === 'meeting' ? [meetingStream(ground.meeting)] : []),
  ],
  relied: { origin: RELIED_ON_GENESIS, streams: [rosterStream, policyStream] },
})

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
