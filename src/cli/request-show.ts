// request show: the form, the route with its reasons, who is waited for, and everything that happened.
import { rostersOf } from '../app/read/names.ts'
import { readRequest } from '../app/read/request-folded.ts'
import { formTitle, requestView, type RequestView } from '../app/read/request.ts'
import { fill, type Language } from '../domain/language.ts'
import { found, type ShowOptions } from './found.ts'
import type { Session } from './session.ts'
import { pairs, table } from './table.ts'
import { trailLines } from './trail.ts'
import { type Words, words } from './words.ts'
import { dateAt, instantOf } from '../domain/time.ts'

export async function requestShow(session: Session, id: string, options: ShowOptions) {
  const on = dateAt(instantOf(session.world.now()))
  await found(session, { id, ...options }, async (reading, ledger, how) => {
    const read = readRequest(reading, { ledger, id })
    if (read === undefined) return undefined
    const rosters = rostersOf(reading, ledger)
    return requestView(reading, { ledger, id, on, rosters, read }, how)
  }).then((view) => session.print(view, () => lines(session, view)))
}

/** The desk; where nobody is at it, who must see to it. */
const waitingAt = (
  { desk, vacantFor }: RequestView['waiting'][number],
  { vacant, filledBy }: Words,
): string =>
  vacantFor === '' ? desk : `${desk} (${vacant}, ${fill(filledBy, { desk: vacantFor })})`

/** The list beside the one of the month before: names for those alone whose vault opens. */
function listLines({ list }: RequestView, language: Language): readonly string[] {
  if (list?.previous === undefined) return []
  const word = words[language]
  const { previous, count, total, difference } = list
  const head = [
    `${word.previousList}: ${previous.request}  ${previous.count} / ${previous.total} → ${count} / ${total}`,
  ]
  if (difference === undefined) return [...head, '']
  const { added, gone, changed } = difference
  const rows = [
    ...added.map(({ who, amount }) => [word.added, who, '', amount]),
    ...gone.map(({ who, amount }) => [word.gone, who, amount, '']),
    ...changed.map(({ who, amount, before }) => [word.changed, who, before, amount]),
  ]
  if (rows.length === 0) return [...head, word.unchanged, '']
  return [
    ...head,
    ...table(
      [
        { title: word.change },
        { title: word.payee },
        { title: word.before, align: 'right' },
        { title: word.now, align: 'right' },
      ],
      rows,
    ),
    '',
  ]
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
    ...listLines(view, language),
    ...(waiting.length === 0
      ? []
      : [`${word.waiting}: ${waiting.map((task) => waitingAt(task, word)).join(', ')}`, '']),
    ...trailLines(trail),
  ]
}
