// meeting show: the agenda with what it came to, and everything that happened.
import { meetingView, type MeetingView } from '../app/read/meeting.ts'
import { found, type ShowOptions } from './found.ts'
import type { Session } from './session.ts'
import { pairs, table } from './table.ts'
import { trailLines } from './trail.ts'
import { words } from './words.ts'

export async function meetingShow(session: Session, id: string, options: ShowOptions) {
  const view = await found(session, { id, ...options }, (reading, ledger, how) =>
    meetingView(reading, { ledger, id }, how),
  )
  session.print(view, () => lines(session, view))
}

function lines({ language }: Session, view: MeetingView): readonly string[] {
  const word = words[language]
  return [
    `${view.meeting}  ${view.state}`,
    '',
    ...pairs([
      [word.ledger, view.ledger],
      [word.name, view.title],
      [word.kind, view.kind],
      [word.organisation, view.organisation],
      [word.date, `${view.heldAt} ${view.place}`],
    ]),
    '',
    ...table(
      [
        { title: word.item },
        { title: word.name, most: 40 },
        { title: word.request },
        { title: word.outcome },
        { title: word.votes },
      ],
      view.agenda.map(({ item, title, request, outcome, votes }) => [
        item,
        title,
        request,
        outcome,
        votes,
      ]),
    ),
    '',
    ...trailLines(view.trail),
  ]
}
