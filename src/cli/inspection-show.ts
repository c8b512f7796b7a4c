// inspection show: the round, its findings, and everything that happened.
import { inspectionView, type InspectionView } from '../app/read/inspection.ts'
import { found, type ShowOptions } from './found.ts'
import type { Session } from './session.ts'
import { pairs, table } from './table.ts'
import { trailLines } from './trail.ts'
import { words } from './words.ts'

export async function inspectionShow(session: Session, id: string, options: ShowOptions) {
  const view = await found(session, { id, ...options }, (reading, ledger, how) =>
    inspectionView(reading, { ledger, id }, how),
  )
  session.print(view, () => lines(session, view))
}

function lines({ language }: Session, view: InspectionView): readonly string[] {
  const word = words[language]
  const findings = table(
    [
      { title: word.number },
      { title: word.request },
      { title: word.fault },
      { title: word.kind },
      { title: word.due },
      { title: word.state },
    ],
    view.findings.map((one) => [
      one.finding,
      one.request,
      one.fault,
      one.kind,
      one.dueOn,
      one.state,
    ]),
  )
  return [
    `${view.inspection}  ${view.state}`,
    '',
    ...pairs([
      [word.ledger, view.ledger],
      [word.kind, view.kind],
      [word.period, `${view.period.from} – ${view.period.to}`],
      ...(view.campaign === '' ? [] : [[word.campaign, view.campaign] as const]),
      [word.company, view.companies.join(', ')],
      [word.team, view.team.join(', ')],
      [word.population, String(view.population)],
      [word.lot, view.lot.join(' ')],
      [word.red, view.red.join(' ')],
      [word.covered, String(view.covered)],
    ]),
    '',
    ...(view.findings.length === 0 ? [] : [...findings, '']),
    ...trailLines(view.trail),
  ]
}
