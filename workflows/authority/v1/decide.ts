// Who may record an authority, and on what ground: a meeting that decided just this one and could, or
// a paper older than the ledger.
import {
  type AuthorityId,
  authorityIdSchema,
  meetingStream,
  streamKind,
} from '../../../src/domain/ids.ts'
import { atLeast } from '../../../src/domain/money.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Decision, Deciding, Needs } from '../../../src/domain/store.ts'
import {
  FOUNDING_AUTH,
  foundingOffice,
  ledgerClosed,
  ledgerOf,
  ledgerStream,
  RELIED_ON_GENESIS,
} from '../../ledger/v1/fold.ts'
import { isReserved } from '../../meeting/v1/agenda.ts'
import { meetingFold, type MeetingState } from '../../meeting/v1/fold.ts'
import { isOfMembers } from '../../meeting/v1/machine.ts'
import { policyInForce, policyStream, townshipPolicy } from '../../policy/v1/fold.ts'
import {
  companyOf,
  holds,
  type Organisation,
  rosterFold,
  rosterStream,
} from '../../roster/v1/fold.ts'
import { type Asked, defineWorkflow, draft } from '../../workflow.ts'
import { acts, type AuthorityCommand, authorityCommands, notes, type Proposal } from './events.ts'
import { authorityFold, NAME } from './fold.ts'

type Command = Asked<AuthorityCommand>
type Refused = ReturnType<typeof refuse>

function decide({ by, input, stream }: Command, deciding: Deciding): Decision {
  const { past, at } = deciding
  const id = authorityIdSchema.safeParse(stream.slice('authority/'.length))
  if (!id.success || streamKind(stream) !== 'authority') return refuse('notFound', { what: stream })
  const ledger = ledgerOf(past)
  const closed = ledgerClosed(ledger)
  if (closed !== undefined) return closed
  if (past.stream(authorityFold, stream).state !== undefined)
    return refuse('alreadyExists', { what: stream })
  const company = companyOf(past.stream(rosterFold, rosterStream).state, input.company)
  if (company === undefined) return refuse('notFound', { what: input.company })
  const { ground } = input
  const no = ground.type === 'paper' ? mayTakeOver(by, deciding) : mayEnter(by, company, deciding)
  if (no !== undefined) return no
  const policy = policyInForce(townshipPolicy(past, ledger), at)
  if (policy === undefined) return refuse('policyMissing')
  const major = atLeast(input.ceiling, policy.values['tier.majorFrom'])
  const entered = { id: id.data, terms: input, company, major, deciding }
  const unfounded = ground.type === 'paper' ? undefined : unfoundedBy(ground, entered)
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

/**
 * A paper the ledger cannot check is older than the ledger: the founder takes it over with the
 * roster. Once the roster is confirmed nobody spends on a paper that no meeting here passed.
 */
function mayTakeOver(
  { auth, office, person }: Command['by'],
  { past }: Deciding,
): Refused | undefined {
  if (past.stream(rosterFold, rosterStream).state.confirmed) return refuse('paperAfterFounding')
  const founds =
    auth === FOUNDING_AUTH && office === foundingOffice && person === ledgerOf(past).founder
  return founds ? undefined : refuse('officeNotHeld', { office: foundingOffice })
}

interface Entered {
  readonly id: AuthorityId
  readonly terms: Omit<Proposal, 'id'>
  readonly company: Organisation
  readonly major: boolean
  readonly deciding: Deciding
}
type MeetingGround = Extract<Command['input']['ground'], { type: 'meeting' }>

/**
 * The item must have put just these terms to the vote, under this number, so that one vote makes
 * one authority; and it must have been passed by an organ that could decide so much: from
 * tier.majorFrom on and for what is reserved to them the members (law §3), whose decision the
 * shareholder's signature completes (L2 Art 60). An authority would otherwise lead around the must
 * it stands for.
 */
function unfoundedBy(
  { meeting: id, item: name }: MeetingGround,
  { id: number, terms, company, major, deciding }: Entered,
): Refused | undefined {
  const meeting = deciding.past.stream(meetingFold, meetingStream(id)).state
  if (meeting === undefined) return refuse('notFound', { what: id })
  const { agenda, outcomes, kind, signed } = meeting
  const item = agenda.find((matter) => matter.item === name)
  const passed = outcomes.some((outcome) => outcome.item === name && outcome.outcome === 'passed')
  const proposal = item === undefined || 'request' in item ? undefined : item.authority
  if (item === undefined || proposal === undefined || !passed || !couldDecide(meeting, company)) {
    return refuse('authorityNotDecided', { meeting: id, item: name })
  }
  const [differs] = differences(proposal, { id: number, ...terms })
  if (differs !== undefined) return refuse('authorityTermsDiffer', { item: name, detail: differs })
  if (isOfMembers(kind)) {
    return signed.includes(name) ? undefined : refuse('authorityUnsigned', { item: name })
  }
  return major || isReserved(deciding.past, item) ? refuse('authorityBeyondMeeting') : undefined
}

/** The terms that are not as they were voted on. */
const differences = (voted: Proposal, entered: Proposal): readonly string[] =>
  (['id', 'kind', 'company', 'payees', 'ceiling', 'from', 'to'] as const).filter(
    (term) => String(voted[term]) !== String(entered[term]),
  )

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
  relied: { origin: RELIED_ON_GENESIS, streams: [policyStream] },
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
