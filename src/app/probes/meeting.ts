// The smallest forms of acts on a meeting.
import { addDays, atShanghai } from '../../domain/time.ts'
import type { MeetingState } from '../../../workflows/meeting/v1/fold.ts'
import { seats } from '../../../workflows/roster/v1/fold.ts'
import { bare, noFile, type Probes, reasoned, TEXT } from './probe.ts'

const itemsOf = ({ agenda }: MeetingState): readonly string[] => agenda.map(({ item }) => item)
const ofMembers = ({ kind }: MeetingState): boolean => kind === 'member' || kind === 'delegate'

export const meetingProbes: Probes<MeetingState> = {
  'prestudy.record': { input: () => ({ opinion: TEXT, minutes: noFile }) },
  'consultation.post': {
    input: (meeting) => ({ items: itemsOf(meeting), place: TEXT, riskNote: noFile }),
    open: true,
  },
  'meeting.notice': {
    input: (_meeting, { today }) => ({
      heldAt: atShanghai(addDays(today, 60), '09:00'),
      place: TEXT,
      online: false,
    }),
    open: true,
  },
  'meeting.open': {
    input(meeting, { roster }) {
      const [watcher] = seats(roster, meeting.organisation, 'coopSupervisor')
      return ofMembers(meeting) && watcher !== undefined ? { watcher: watcher.id } : {}
    },
  },
  'representation.record': {
    input(meeting, { roster, by }) {
      const other = seats(roster, meeting.organisation, 'director').find(
        ({ id }) => id !== by.office,
      )
      return other === undefined ? undefined : { office: other.id, paper: noFile }
    },
    open: true,
  },
  'attendance.record': {
    input: (meeting, { by }) =>
      ofMembers(meeting)
        ? { as: 'sheet', sheet: noFile, onSite: [by.person] }
        : { as: 'seat', method: 'onSite' },
    open: true,
  },
  'attendance.correct': {
    input({ members }) {
      const [first] = [...members.keys()]
      return first === undefined ? undefined : { persons: [first], sheet: noFile, reason: TEXT }
    },
    open: true,
  },
  'recusal.declare': {
    input: (meeting) => ({ items: itemsOf(meeting).slice(0, 1), ground: 'other', reason: TEXT }),
    open: true,
  },
  'ballot.take': bare,
  'ballot.cast': {
    input: (meeting) => ({
      choices: itemsOf(meeting).map((item) => ({ item, choice: 'abstain' })),
    }),
    open: true,
  },
  'voting.close': bare,
  'tally.record': {
    input: (meeting, { by }) => ({
      item: itemsOf(meeting)[0],
      for: 0,
      against: 0,
      abstain: 0,
      paper: 0,
      online: 0,
      tellers: [by.person, by.person],
      sheet: noFile,
    }),
    open: true,
  },
  'tally.sign': { input: (meeting) => ({ items: itemsOf(meeting).slice(0, 1) }), open: true },
  'tally.countersign': bare,
  'minutes.sign': { input: () => ({ minutes: noFile }), open: true },
  'meeting.close': { input: () => ({ minutes: noFile }), open: true },
  'shareholderDecision.sign': {
    input: (meeting) => ({ items: itemsOf(meeting).slice(0, 1), document: noFile }),
    open: true,
  },
  'result.post': { input: () => ({ place: TEXT }), open: true },
  'meeting.adjourn': reasoned,
  'meeting.cancel': reasoned,
}
