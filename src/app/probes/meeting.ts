// The smallest forms of acts on a meeting. What is about the state, the kind or the seat always counts: of each probe the
// codes are named that are about what a person has yet to fill in.
import type { OfficeId } from '../../domain/ids.ts'
import { addDays, atShanghai } from '../../domain/time.ts'
import type { MeetingState } from '../../../workflows/meeting/v1/fold.ts'
import { type RosterState, seats } from '../../../workflows/roster/v1/fold.ts'
import { bare, noFile, type Probe, type ProbeGround, type Probes, reasoned, TEXT } from './probe.ts'

const itemsOf = ({ agenda }: MeetingState): readonly string[] => agenda.map(({ item }) => item)
const ofMembers = ({ kind }: MeetingState): boolean => kind === 'member' || kind === 'delegate'
/** Ids nobody has: random ones are longer. */
const nobody = 'p_probe'

type Forms = (meeting: MeetingState, ground: ProbeGround) => readonly unknown[]

/** An act that one of several forms may let through: the first of them, then the others. */
const oneOf = (forms: Forms, open?: Probe<MeetingState>['open']): Probe<MeetingState> => ({
  input: (meeting, ground) => forms(meeting, ground)[0],
  others: (meeting, ground) => forms(meeting, ground).slice(1),
  ...(open === undefined ? {} : { open }),
})

const perItem = (form: (item: string) => unknown): Probe<MeetingState> =>
  oneOf((meeting) => itemsOf(meeting).map(form))

/** Somebody must watch over a meeting of members: whoever of the supervisors may. */
const openings: Forms = (meeting, { roster }) => {
  if (!ofMembers(meeting)) return [{}]
  const watchers = seats(roster, meeting.organisation, 'coopSupervisor')
  return watchers.length === 0 ? [{}] : watchers.map(({ id }) => ({ watcher: id }))
}

/** The own seat, and those the caller has come for; of each every item that could still be voted on. */
const ballots: Forms = ({ agenda, present }, { by }) => {
  const represented = [...present].flatMap(([seat, presence]) =>
    presence.method === 'proxy' && presence.holder === by.person ? [seat] : [],
  )
  const own: readonly (OfficeId | undefined)[] = [undefined, ...represented]
  return own.flatMap((seat) =>
    agenda.map(({ item }) => ({
      choices: [{ item, choice: 'abstain' }],
      ...(seat === undefined ? {} : { seat }),
    })),
  )
}

/** Each two of the tellers in office. */
function tellersIn(roster: RosterState, { organisation }: MeetingState) {
  const persons = seats(roster, organisation, 'teller').flatMap(({ holder }) =>
    holder === undefined ? [] : [holder.person],
  )
  const pairs = persons.flatMap((one, i) => persons.slice(i + 1).map((other) => [one, other]))
  return pairs.length === 0 ? [[nobody, nobody]] : pairs
}

const counts: Forms = (meeting, { roster }) =>
  itemsOf(meeting).flatMap((item) =>
    tellersIn(roster, meeting).map((tellers) => ({
      item,
      for: 0,
      against: 0,
      abstain: 0,
      paper: 0,
      online: 0,
      tellers,
      sheet: noFile,
      reason: TEXT,
    })),
  )

/** The minutes that lie before those present: each that somebody has signed. */
const closings: Forms = ({ minutes }) => {
  const signed = [...new Set(minutes.values())]
  return (signed.length === 0 ? [noFile] : signed).map((one) => ({ minutes: one }))
}

const half: Probe<MeetingState> = { input: () => ({ persons: [nobody] }), open: ['notOnRoll'] }

export const meetingProbes: Probes<MeetingState> = {
  'prestudy.record': { input: () => ({ opinion: TEXT, minutes: noFile }) },
  'consultation.post': {
    input: (meeting) => ({ items: itemsOf(meeting), place: TEXT, riskNote: noFile }),
  },
  'meeting.notice': {
    input: (_meeting, { today }) => ({
      heldAt: atShanghai(addDays(today, 60), '09:00'),
      place: TEXT,
      online: false,
    }),
    open: ['noticeTooShort', 'consultationTooShort', 'calendarMissing'],
  },
  'meeting.open': oneOf(openings),
  'representation.record': oneOf(({ organisation }, { roster, by }) =>
    seats(roster, organisation, 'director').flatMap(({ id }) =>
      id === by.office ? [] : [{ office: id, paper: noFile }],
    ),
  ),
  'attendance.record': {
    input: (meeting) =>
      ofMembers(meeting)
        ? { as: 'sheet', sheet: noFile, onSite: [nobody] }
        : { as: 'seat', method: 'onSite' },
    open: ['notOnRoll'],
  },
  'attendance.correct': {
    input({ members }) {
      const found = [...members].find(([, { method }]) => method !== 'online')
      return found === undefined ? undefined : { persons: [found[0]], sheet: noFile, reason: TEXT }
    },
    // whoever holds their proxy is taken off with them
    open: ['proxyHolderAbsent'],
  },
  'recusal.declare': perItem((item) => ({ items: [item], ground: 'other', reason: TEXT })),
  'ballotLink.issue': half,
  'ballotPin.issue': half,
  'ballot.take': bare,
  'ballot.cast': oneOf(ballots),
  'voting.close': bare,
  'tally.record': oneOf(counts, ['recountOnline']),
  'tally.sign': perItem((item) => ({ items: [item] })),
  'tally.countersign': bare,
  'minutes.sign': { input: () => ({ minutes: noFile }) },
  'meeting.close': oneOf(closings),
  'shareholderDecision.sign': perItem((item) => ({ items: [item], document: noFile })),
  'result.post': { input: () => ({ place: TEXT }) },
  'meeting.adjourn': reasoned,
  'meeting.cancel': reasoned,
}
