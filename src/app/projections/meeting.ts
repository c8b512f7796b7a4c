// A meeting as rows: its line in the list, and who must do what next.
import {
  anyOnline,
  type MeetingState,
  stateOf,
  unsignedTally,
} from '../../../workflows/meeting/v1/fold.ts'
import { isForShareholder } from '../../../workflows/meeting/v1/forms.ts'
import { isOfMembers } from '../../../workflows/meeting/v1/machine.ts'
import { deskOf, type Desk, type OfficeKind } from '../../domain/office.ts'
import type { MeetingRow, ProjectedRow, TaskRow } from '../../domain/projection.ts'
import { dateAt, endOf, type LocalDate } from '../../domain/time.ts'
import { meetingSearch } from './search.ts'
import { taskRow } from './task.ts'

export function meetingRows(id: string, meeting: MeetingState): readonly ProjectedRow[] {
  return [
    { table: 'meeting', key: '', row: meetingRow(id, meeting) },
    meetingSearch(id, meeting),
    ...tasks(meeting).map(taskRow),
  ]
}

function meetingRow(meeting: string, state: MeetingState): MeetingRow {
  const { kind, organisation, agenda, outcomes, notice } = state
  return {
    meeting,
    kind,
    organisation,
    state: stateOf(state),
    heldOn: notice === undefined ? '' : dateAt(notice.heldAt),
    items: agenda.length,
    passed: outcomes.filter(({ outcome }) => outcome === 'passed').length,
    failed: outcomes.filter(({ outcome }) => outcome === 'failed').length,
  }
}

interface Waiting {
  readonly act: string
  readonly desks: readonly Desk[]
  /** The last day. */
  readonly dueOn?: LocalDate
}

function tasks(meeting: MeetingState): readonly TaskRow[] {
  return waiting(meeting).flatMap(({ act, desks, dueOn }) =>
    desks.map((desk) => ({
      desk,
      act,
      since: meeting.since,
      dueAt: dueOn === undefined ? ('' as const) : endOf(dueOn),
    })),
  )
}

function waiting(meeting: MeetingState): readonly Waiting[] {
  const { kind, organisation, arranger, notice } = meeting
  const own = (office: OfficeKind): readonly Desk[] => [deskOf(organisation, office)]
  const ofMembers = isOfMembers(kind)
  // whoever may convene it may also do this; it waits at the desk of the one who planned it
  const arrange = (act: string, dueOn?: LocalDate): Waiting => ({
    act,
    desks: [arranger],
    ...(dueOn === undefined ? {} : { dueOn }),
  })
  switch (stateOf(meeting)) {
    case 'planned':
      if (ofMembers) return [{ act: 'prestudy.record', desks: own('partySecretary') }]
      return [arrange('meeting.notice')]
    case 'studied':
      return [arrange(toConsult(meeting) ? 'consultation.post' : 'meeting.notice')]
    case 'noticed':
      return [arrange('meeting.open', heldOn(notice)), ...toCome(meeting)]
    case 'open':
      return ofMembers ? counting(meeting) : sitting(meeting)
    case 'countersigned':
      return [{ act: 'meeting.close', desks: chairs(meeting) }]
    case 'closed':
      return [...toSign(meeting), ...(ofMembers ? [arrange('result.post', meeting.postBy)] : [])]
    case 'posted':
      return toSign(meeting)
    default:
      return []
  }
}

const heldOn = (notice: MeetingState['notice']): LocalDate | undefined =>
  notice === undefined ? undefined : dateAt(notice.heldAt)

/** Who sits in which organ; the supervisors' seats are of either organisation, and known once it opens. */
const sitIn: Partial<Record<MeetingState['kind'], OfficeKind>> = {
  board: 'director',
  council: 'councillor',
}

/** Those who are called know from their own list which meeting it is and when; they sign in once it is open. */
function toCome({ kind, organisation, notice }: MeetingState): readonly Waiting[] {
  const seat = sitIn[kind]
  const dueOn = heldOn(notice)
  return seat === undefined || dueOn === undefined
    ? []
    : [{ act: 'attendance.record', desks: [deskOf(organisation, seat)], dueOn }]
}

const toConsult = ({ reserved, consulted }: MeetingState): boolean =>
  reserved.some((item) => !consulted.has(item))

/** Chairs' offices are fixed when it opens; before, and where there is none, whoever presides is found by the roster. */
const chairs = ({ convened, arranger }: MeetingState): readonly Desk[] => [
  convened?.chair ?? arranger,
]

/** Attendance, counts, and then the signature of who watched. */
function counting(meeting: MeetingState): readonly Waiting[] {
  const { convened, arranger, agenda, tallies, members, votingClosed } = meeting
  if (convened?.as !== 'members') return []
  if (members.size === 0) return [{ act: 'attendance.record', desks: [arranger] }]
  if (anyOnline(meeting) && !votingClosed && tallies.size === 0)
    return [{ act: 'voting.close', desks: [arranger] }]
  const tellers = [deskOf(meeting.organisation, 'teller')]
  if (agenda.some(({ item }) => !tallies.has(item)))
    return [{ act: 'tally.record', desks: tellers }]
  return unsignedTally(meeting) !== undefined
    ? [{ act: 'tally.sign', desks: tellers }]
    : [{ act: 'tally.countersign', desks: [convened.watcher] }]
}

/** Who has not come may still; of those there votes come first, then signatures, then the chair closes. */
function sitting(meeting: MeetingState): readonly Waiting[] {
  const [absent, voting, signing] = [notThere(meeting), notVoted(meeting), notSigned(meeting)]
  const coming: Waiting = { act: 'attendance.record', desks: absent }
  if (meeting.present.size === 0) return [coming]
  if (voting.length > 0) return [coming, { act: 'ballot.cast', desks: voting }]
  return signing.length > 0
    ? [coming, { act: 'minutes.sign', desks: signing }]
    : [coming, { act: 'meeting.close', desks: chairs(meeting) }]
}

const notThere = ({ convened, present }: MeetingState): readonly Desk[] =>
  convened?.as === 'organ'
    ? convened.seats.flatMap(({ office, person }) =>
        person === undefined || present.has(office) ? [] : [office],
      )
    : []

/** Who sits there in person and has not signed the minutes as they stand; the chair signs by closing. */
const notSigned = ({ present, minutes, convened }: MeetingState): readonly Desk[] =>
  [...present].flatMap(([office, { method }]) =>
    method === 'proxy' || office === convened?.chair || minutes.has(office) ? [] : [office],
  )

const toSign = (meeting: MeetingState): readonly Waiting[] =>
  unsigned(meeting)
    ? [
        {
          act: 'shareholderDecision.sign',
          desks: [deskOf(meeting.organisation, 'legalRepresentative')],
          ...(meeting.signBy === undefined ? {} : { dueOn: meeting.signBy }),
        },
      ]
    : []

/** Who votes, for seats that have neither voted on nor recused from every item; for who is represented, the one who came. */
function notVoted({ present, agenda, ballots, recusals }: MeetingState): readonly Desk[] {
  const desks = [...present].flatMap(([office, presence]) => {
    const open = agenda.some(
      ({ item }) =>
        ballots.get(item)?.has(office) !== true && recusals.get(item)?.has(office) !== true,
    )
    if (!open) return []
    return [presence.method === 'proxy' ? presence.by : office]
  })
  return [...new Set(desks)]
}

/** Carried requests and authorities whose shareholder decision is still to be signed (L2 Art 60). */
const unsigned = ({ kind, agenda, outcomes, signed }: MeetingState): boolean =>
  isOfMembers(kind) &&
  agenda.some(
    (item) =>
      isForShareholder(item) &&
      !signed.includes(item.item) &&
      outcomes.some(({ item: of, outcome }) => of === item.item && outcome === 'passed'),
  )
