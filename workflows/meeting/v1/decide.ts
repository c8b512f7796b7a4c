// meeting@1: which act answers which command, and what each needs to be told. Precedence of refusals: ledger, existence,
// kind and state of the meeting, office held, separation of duties, then what the act says.
import { authorityStream, streamKind, type StreamId } from '../../../src/domain/ids.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Deciding, Decision, Needs, Past } from '../../../src/domain/store.ts'
import { ledgerStream, RELIED_ON_GENESIS } from '../../ledger/v1/fold.ts'
import { policyStream } from '../../policy/v1/fold.ts'
import { rosterStream } from '../../roster/v1/fold.ts'
import { type Asked, defineWorkflow } from '../../workflow.ts'
import { close, postResult, signDecision } from './acts/close.ts'
import { adjourn } from './acts/adjourn.ts'
import { countersign, recordTally, signTally } from './acts/count.ts'
import { attend, open } from './acts/hold.ts'
import { issueLinks, issuePins } from './acts/links.ts'
import { signMinutes } from './acts/minutes.ts'
import { closeVoting, takeBallot } from './acts/online.ts'
import { cancel, consult, notice, plan, prestudy } from './acts/prepare.ts'
import { represent } from './acts/represent.ts'
import { correctAttendance } from './acts/sheet.ts'
import { castBallot, recuse } from './acts/vote.ts'
import { requestStreams } from './agenda.ts'
import { acts, type MeetingCommand, meetingCommands } from './events.ts'
import { meetingFold } from './fold.ts'
import { isRefused, NAME, type Sitting, sittingOf } from './sitting.ts'

type Command = Asked<MeetingCommand>

function needs(command: Command): Needs {
  const { stream } = command
  const streams: readonly StreamId[] = [ledgerStream, rosterStream, policyStream, stream]
  const relied = { origin: RELIED_ON_GENESIS, streams: [policyStream] }
  switch (command.type) {
    case 'meeting.plan':
      return { streams: [...streams, ...requestStreams(command.input.agenda)], relied }
    case 'meeting.notice':
      return { streams, relied }
    case 'meeting.open':
      return { streams, relied, follow: (past) => requestsIn(past, stream) }
    case 'ballot.cast':
    case 'ballotLink.issue':
    case 'ballotPin.issue':
    case 'attendance.record':
    case 'attendance.correct':
    case 'tally.record':
    case 'tally.countersign':
    case 'meeting.adjourn':
      return { streams, follow: (past) => requestsIn(past, stream) }
    case 'meeting.close':
    case 'shareholderDecision.sign':
      return {
        streams,
        relied,
        follow: (past) => [...requestsIn(past, stream), ...drawnOnIn(past, stream)],
      }
    case 'prestudy.record':
    case 'consultation.post':
    case 'ballot.take':
    case 'tally.sign':
    case 'voting.close':
    case 'representation.record':
    case 'recusal.declare':
    case 'minutes.sign':
    case 'result.post':
    case 'meeting.cancel':
      return { streams }
  }
}

const requestsIn = (past: Past, stream: StreamId): readonly StreamId[] =>
  requestStreams(past.stream(meetingFold, stream).state?.agenda ?? [])

const drawnOnIn = (past: Past, stream: StreamId): readonly StreamId[] =>
  (past.stream(meetingFold, stream).state?.authorities ?? []).map(authorityStream)

function decide(command: Command, deciding: Deciding): Decision {
  if (streamKind(command.stream) !== 'meeting') return refuse('notFound', { what: command.stream })
  if (command.type === 'meeting.plan') return plan(command, deciding)
  const sitting = sittingOf(command, deciding)
  return isRefused(sitting) ? sitting : answer(command, sitting)
}

function answer(command: Exclude<Command, { type: 'meeting.plan' }>, sitting: Sitting): Decision {
  switch (command.type) {
    case 'prestudy.record':
      return prestudy(command, sitting)
    case 'consultation.post':
      return consult(command, sitting)
    case 'meeting.notice':
      return notice(command, sitting)
    case 'meeting.open':
      return open(command, sitting)
    case 'attendance.record':
      return attend(command, sitting)
    case 'attendance.correct':
      return correctAttendance(command, sitting)
    case 'ballotLink.issue':
      return issueLinks(command, sitting)
    case 'ballotPin.issue':
      return issuePins(command, sitting)
    case 'ballot.take':
      return takeBallot(command, sitting)
    case 'voting.close':
      return closeVoting(command, sitting)
    case 'representation.record':
      return represent(command, sitting)
    case 'recusal.declare':
      return recuse(command, sitting)
    case 'ballot.cast':
      return castBallot(command, sitting)
    case 'tally.record':
      return recordTally(command, sitting)
    case 'tally.sign':
      return signTally(command, sitting)
    case 'tally.countersign':
      return countersign(command, sitting)
    case 'minutes.sign':
      return signMinutes(command, sitting)
    case 'meeting.close':
      return close(command, sitting)
    case 'shareholderDecision.sign':
      return signDecision(command, sitting)
    case 'result.post':
      return postResult(command, sitting)
    case 'meeting.adjourn':
      return adjourn(command, sitting)
    case 'meeting.cancel':
      return cancel(command, sitting)
  }
}

/** meeting@1 (law §5): its acts may append to the streams of the requests on its agenda. */
export const meetingWorkflow = defineWorkflow({
  name: NAME,
  fold: meetingFold,
  acts,
  notes: [],
  commands: meetingCommands,
  needs,
  decide,
})
