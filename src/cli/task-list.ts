// task list: what waits, at which desk, since when, until when, and which step of the ladder is due.
import { presentCalendar } from '../app/calendars.ts'
import { clockText } from '../app/clock-text.ts'
import { actName } from '../app/act-names.ts'
import { namesOf } from '../app/read/names.ts'
import { type TaskView, taskViews } from '../app/read/tasks.ts'
import { ladderSteps } from '../domain/deadline.ts'
import { fromFen } from '../domain/money.ts'
import { dateAt, instantOf, type LocalDate, localDateSchema } from '../domain/time.ts'
import { fault } from './faults.ts'
import { chosenLedgers, type Session, wholeNumber } from './session.ts'
import { type Column, table } from './table.ts'
import { words } from './words.ts'

export interface TaskListOptions {
  readonly ledger?: string
  readonly desk?: string
  readonly at?: string
  readonly late?: boolean
  readonly limit: string
}

interface Told extends TaskView {
  readonly village: string
  readonly title: string
  readonly deskName: string
  readonly aboutName: string
  readonly vacantForName: string
  readonly goesToName: string
}

export async function taskList(session: Session, options: TaskListOptions): Promise<void> {
  const { language } = session
  const limit = wholeNumber('--limit', options.limit)
  const on = dayOf(session, options.at)
  await session.reading(async (reading) => {
    const all: Told[] = []
    for (const { origin, name } of chosenLedgers(reading, options.ledger)) {
      const names = namesOf(reading, origin, { language, persons: reading.person })
      const { desk, late } = options
      const wanted = { ledger: origin, on, calendar: presentCalendar, desk, late }
      for (const task of await taskViews(reading, wanted)) {
        all.push({
          ...task,
          village: name,
          title: actName(task.act, language),
          deskName: names.desk(task.desk),
          aboutName: task.about.startsWith('o_') ? names.office(task.about) : task.about,
          vacantForName: task.vacantFor === '' ? '' : names.desk(task.vacantFor),
          goesToName: task.goesTo === '' ? '' : names.desk(task.goesTo),
        })
      }
    }
    const rows = merged(all).slice(0, limit)
    const more = all.length > limit
    session.print({ on, tasks: rows.map(json), more }, () => {
      const lines = table(
        columns(session),
        rows.map((row) => cells(session, row)),
      )
      return more ? [...lines, words[language].more] : lines
    })
  })
}

/** Every ledger's list is in order already; the latest of all comes first. */
const merged = (all: readonly Told[]): readonly Told[] =>
  all.toSorted((a, b) => (a.urgency < b.urgency ? -1 : 1))

/** @throws CliFault `valueMalformed` */
function dayOf({ world }: Session, text: string | undefined): LocalDate {
  if (text === undefined) return dateAt(instantOf(world.now()))
  const parsed = localDateSchema.safeParse(text)
  if (parsed.success) return parsed.data
  throw fault('valueMalformed', { option: '--at', found: text, expected: 'yyyy-mm-dd' })
}

function columns({ language }: Session): readonly [Column, ...Column[]] {
  const word = words[language]
  return [
    { title: word.about },
    { title: word.village, most: 20 },
    { title: word.act },
    { title: word.desk, most: 40 },
    { title: word.since },
    { title: word.due },
    { title: word.late, align: 'right' },
    { title: word.step },
    { title: word.goesTo, most: 24 },
  ]
}

function cells({ language }: Session, task: Told): readonly string[] {
  const word = words[language]
  const { request, stream, aboutName, deskName, vacantForName, since, dueOn, lateWd, step } = task
  const what = request === undefined ? (aboutName === '' ? stream : aboutName) : request.request
  const desk = vacantForName === '' ? deskName : `${deskName} ${word.vacant} → ${vacantForName}`
  return [
    what,
    task.village,
    task.title,
    desk,
    since === '' ? '' : clockText(since).slice(0, 10),
    dueOn,
    lateWd === 0 ? '' : String(lateWd),
    step === 'none' ? '' : ladderSteps[step][language],
    task.goesToName,
  ]
}

const json = ({ request, urgency: _order, ...task }: Told): object => ({
  ...task,
  ...(request === undefined
    ? {}
    : { request: request.request, purpose: request.purpose, amount: fromFen(request.amountFen) }),
})
