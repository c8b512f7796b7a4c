// A meeting as rows: its line in the list, and who must do what next.
import { stateOf, type MeetingState } from '../../../workflows/meeting/v1/fold.ts'
import { isOfMembers } from '../../../workflows/meeting/v1/machine.ts'
import { deskOf, type Desk, type OfficeKind } from '../../domain/office.ts'
import type { MeetingRow, ProjectedRow, TaskRow } from '../../domain/projection.ts'
import { dateAt } from '../../domain/time.ts'

export function meetingRows(id: string, meeting: MeetingState): readonly ProjectedRow[] {
  return [
    { table: 'meeting', key: '', row: meetingRow(id, meeting) },
    ...tasks(meeting).map((row): ProjectedRow => ({
      table: 'task',
      key: `${row.act} ${row.desk}`,
      row,
    })),
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
}

function tasks(meeting: MeetingState): readonly TaskRow[] {
  const since = meeting.notice?.heldAt ?? ''
  return waiting(meeting).flatMap(({ act, desks }) =>
    desks.map((desk) => ({ desk, act, since, dueAt: '' as const })),
  )
}

function waiting(meeting: MeetingState): readonly Waiting[] {
  const { kind, organisation, convened } = meeting
  const own = (office: OfficeKind): readonly Desk[] => [deskOf(organisation, office)]
  const ofMembers = isOfMembers(kind)
  switch (stateOf(meeting)) {
    case 'planned':
      return ofMembers ? [{ act: 'prestudy.record', desks: own('partySecretary') }] : []
    case 'open':
      if (convened?.as === 'organ') return [{ act: 'ballot.cast', desks: notVoted(meeting) }]
      return convened === undefined ? [] : [{ act: 'tally.countersign', desks: [convened.watcher] }]
    case 'closed':
    case 'posted':
      return unsigned(meeting)
        ? [{ act: 'shareholderDecision.sign', desks: own('legalRepresentative') }]
        : []
    default:
      return []
  }
}

/** Seats that have neither voted on nor recused from every item. */
function notVoted({ convened, agenda, ballots, recusals }: MeetingState): readonly Desk[] {
  if (convened?.as !== 'organ') return []
  return convened.seats
    .filter(({ person }) => person !== undefined)
    .map(({ office }) => office)
    .filter((office) =>
      agenda.some(
        ({ item }) =>
          ballots.get(item)?.has(office) !== true && recusals.get(item)?.has(office) !== true,
      ),
    )
}

/** Carried requests and authorities whose shareholder decision is still to be signed (L2 Art 60). */
const unsigned = ({ kind, agenda, outcomes, signed }: MeetingState): boolean =>
  isOfMembers(kind) &&
  agenda.some(
    (item) =>
      ('request' in item || item.authority !== undefined) &&
      !signed.includes(item.item) &&
      outcomes.some(({ item: of, outcome }) => of === item.item && outcome === 'passed'),
  )
