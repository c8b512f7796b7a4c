// Before the meeting: planned, studied, open to comment, noticed, or called off.
import { lastDay } from '../../../../src/domain/calendar.ts'
import { bothOf, meetingKindNames, organisationNames } from '../../../../src/domain/places.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Deciding, Decision, Past } from '../../../../src/domain/store.ts'
import { dateAt, daysBetween } from '../../../../src/domain/time.ts'
import { type MeetingId, meetingIdSchema } from '../../../../src/domain/ids.ts'
import { ledgerClosed, ledgerOf } from '../../../ledger/v1/fold.ts'
import type { RosterState } from '../../../roster/v1/fold.ts'
import { roll } from '../../../roster/v1/roll.ts'
import {
  authoritiesOf,
  isRequestItem,
  membersOwnPower,
  needsConsultation,
  notAwaited,
  onAnotherAgenda,
  powerRefusal,
} from '../agenda.ts'
import { meetingFold, stateOf } from '../fold.ts'
import { isOfMembers } from '../machine.ts'
import {
  type AskedMeeting,
  type Convoked,
  decided,
  isRefused,
  itemsNamed,
  mayHappen,
  meetingIdOf,
  mustConvene,
  mustHold,
  noticeLapsed,
  organOf,
  policyNow,
  type Refused,
  rosterOf,
  type Sitting,
  standsAt,
} from '../sitting.ts'

const DELEGATES_MORE_THAN = 20

/** Fewer than 21 delegates are no delegate meeting (L1 Art 28). */
export function tooFewDelegates({ kind }: Convoked, count: number): Refused | undefined {
  return kind === 'delegate' && count <= DELEGATES_MORE_THAN
    ? refuse('tooFewDelegates', { count: String(count), least: String(DELEGATES_MORE_THAN + 1) })
    : undefined
}

export function plan(command: AskedMeeting<'meeting.plan'>, deciding: Deciding): Decision {
  const { by, input, stream } = command
  const { past, at } = deciding
  const closed = ledgerClosed(ledgerOf(past))
  if (closed !== undefined) return closed
  if (!meetingIdSchema.safeParse(stream.slice('meeting/'.length)).success)
    return refuse('notFound', { what: stream })
  if (past.stream(meetingFold, stream).state !== undefined)
    return refuse('alreadyExists', { what: stream })
  const roster = rosterOf(deciding)
  const refused = misplaced(roster, input) ?? mustConvene(roster, by, input)
  if (refused !== undefined) return refused
  const policy = policyNow(deciding)
  if (isRefused(policy)) return policy
  if (input.kind === 'delegate' && !policy.values['member.delegatesAllowed'])
    return refuse('delegatesNotAllowed')
  const { count } = roll(roster, { delegates: true, on: dateAt(at) })
  const id = meetingIdOf(stream)
  const barred = tooFewDelegates(input, count) ?? agendaRefusal(input, { id, past })
  if (barred !== undefined) return barred
  const reserved = isOfMembers(input.kind)
    ? input.agenda
        .filter((item) => needsConsultation(past, item, policy.values['tier.majorFrom']))
        .map(({ item }) => item)
    : []
  const body = { given: input, reserved, authorities: [...authoritiesOf(past, input.agenda)] }
  return decided({ stream }, { type: 'meeting.planned', body }, { policy: policy.id })
}

/** A board sits in a company, members and council in the cooperative, supervisors in either. */
function misplaced(roster: RosterState, convoked: Convoked): Refused | undefined {
  const { kind, organisation } = convoked
  const there = roster.organisations.get(organisation)?.kind
  if (there === undefined) return refuse('notFound', { what: organisation })
  const fits =
    kind === 'supervisors'
      ? there !== 'township'
      : there === (kind === 'board' ? 'company' : 'cooperative')
  const name = bothOf(meetingKindNames, kind)
  if (!fits)
    return refuse('meetingMisplaced', {
      kind: name,
      organisation: bothOf(organisationNames, there),
    })
  return organOf(roster, convoked).length === 0 ? refuse('organMissing', { kind: name }) : undefined
}

function agendaRefusal(
  { agenda, ...convoked }: AskedMeeting<'meeting.plan'>['input'],
  { id, past }: { readonly id: MeetingId; readonly past: Past },
): Refused | undefined {
  for (const item of agenda) {
    const refused =
      (isRequestItem(item) ? notAwaited(past, item, convoked) : undefined) ??
      onAnotherAgenda(past, item, id) ??
      (isOfMembers(convoked.kind) ? powerRefusal(item) : undefined)
    if (refused !== undefined) return refused
    const power = convoked.kind === 'delegate' ? membersOwnPower(past, item) : undefined
    if (power !== undefined)
      return refuse('notForDelegates', { item: item.item, power: String(power) })
  }
  return undefined
}

export function prestudy({ input }: AskedMeeting<'prestudy.record'>, sitting: Sitting): Decision {
  const refused = mayHappen(sitting, 'prestudy.recorded') ?? mustHold(sitting, 'partySecretary')
  return refused ?? decided(sitting, { type: 'prestudy.recorded', body: { given: input } })
}

export function consult({ input }: AskedMeeting<'consultation.post'>, sitting: Sitting): Decision {
  const { by, meeting, roster } = sitting
  const refused = mayHappen(sitting, 'consultation.posted') ?? mustConvene(roster, by, meeting)
  if (refused !== undefined) return refused
  const items = itemsNamed(meeting, input.items)
  if (isRefused(items)) return items
  return decided(sitting, { type: 'consultation.posted', body: { given: input } })
}

export function notice({ input }: AskedMeeting<'meeting.notice'>, sitting: Sitting): Decision {
  const { by, deciding, meeting, roster } = sitting
  const policy = policyNow(deciding)
  if (isRefused(policy)) return policy
  const mustStudy = isOfMembers(meeting.kind) && policy.values['member.partyPrestudy']
  const state = stateOf(meeting)
  if (mustStudy && state === 'planned') return refuse('prestudyMissing')
  const stands = state === 'noticed' && !noticeLapsed(sitting)
  const refused =
    mayHappen(sitting, 'meeting.noticed') ??
    (stands ? standsAt(meeting) : mustConvene(roster, by, meeting))
  if (refused !== undefined) return refused
  if (isOfMembers(meeting.kind) && input.online && !policy.values['member.online'])
    return refuse('onlineNotAllowed')
  const days = policy.values[isOfMembers(meeting.kind) ? 'member.noticeDays' : 'board.noticeDays']
  const held = dateAt(input.heldAt)
  if (input.heldAt <= deciding.at || daysBetween(dateAt(deciding.at), held) < days) {
    return refuse('noticeTooShort', { days: String(days) })
  }
  // its limits begin with the close: a year the calendar does not reach is said now, not when all have voted
  lastDay(deciding.calendar, held, { workingDays: policy.values['step.slaWd'] })
  const consultDays = policy.values['member.consultDays']
  for (const item of meeting.reserved) {
    const posted = meeting.consulted.get(item)
    if (posted === undefined) return refuse('consultationMissing', { item })
    if (daysBetween(posted, held) < consultDays) {
      return refuse('consultationTooShort', { item, days: String(consultDays) })
    }
  }
  return decided(
    sitting,
    { type: 'meeting.noticed', body: { given: input } },
    { policy: policy.id },
  )
}

export function cancel({ input }: AskedMeeting<'meeting.cancel'>, sitting: Sitting): Decision {
  const { by, meeting, roster } = sitting
  const refused = mayHappen(sitting, 'meeting.cancelled') ?? mustConvene(roster, by, meeting)
  return refused ?? decided(sitting, { type: 'meeting.cancelled', body: { given: input } })
}
