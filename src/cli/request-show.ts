// request show: the form, the route with its reasons, who is waited for, and everything that happened.
import { formTitle, requestView, type RequestView } from '../app/read/request.ts'
import { found, type ShowOptions } from './found.ts'
import type { Session } from './session.ts'
import { pairs, table } from './table.ts'
import { trailLines } from './trail.ts'
import { words } from './words.ts'

export async function requestShow(session: Session, id: string, options: ShowOptions) {
  await found(session, { id, ...options }, (reading, ledger, how) =>
    requestView(reading, { ledger, id }, how),
  ).then((view) => session.print(view, () => lines(session, view)))
}

function lines({ language }: Session, view: RequestView): readonly string[] {
  const word = words[language]
  const { request, ledger, state, route, waiting, trail } = view
  const form = Object.entries(view.form).filter(([, value]) => value !== '')
  return [
    `${request}  ${state}`,
    '',
    ...pairs([
      [word.ledger, ledger],
      ...form.map(([field, value]) => [formTitle(field, language), value] as const),
    ]),
    '',
    ...table(
      [{ title: word.must }, { title: word.demand }, { title: word.reason }],
      route.map(({ must, demand, reason }) => [must, demand, reason]),
    ),
    '',
    ...(waiting.length === 0
      ? []
      : [`${word.waiting}: ${waiting.map(({ desk }) => desk).join(', ')}`, '']),
    ...trailLines(trail),
  ]
}
