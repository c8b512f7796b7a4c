// alert show: every alert of one request, dismissed ones too.
import { type AlertsView, type AlertView, alertsView } from '../app/read/alert.ts'
import { found, type ShowOptions } from './found.ts'
import type { Session } from './session.ts'
import { words } from './words.ts'

export async function alertShow(session: Session, id: string, options: ShowOptions): Promise<void> {
  const view = await found(session, { id, ...options }, (reading, ledger, how) =>
    alertsView(reading, { ledger, id }, how),
  )
  session.print(view, () => lines(session, view))
}

function lines(session: Session, { request, ledger, alerts }: AlertsView): readonly string[] {
  const word = words[session.language]
  const head = [`${request}  ${ledger}`, '']
  if (alerts.length === 0) return [...head, word.none]
  return [...head, ...alerts.flatMap((alert) => [...alertLines(session, alert), ''])].slice(0, -1)
}

function alertLines(session: Session, view: AlertView): readonly string[] {
  const { alert, colourName, title, risk, at, seen, look, others, dismissed } = view
  const who =
    dismissed === undefined
      ? []
      : [
          session.say({
            zh: `已消除：${dismissed.who} ${dismissed.at} ${dismissed.reason}`,
            en: `dismissed: ${dismissed.who} ${dismissed.at} ${dismissed.reason}`,
          }),
          ...(dismissed.evidence === '' ? [] : [`sha256:${dismissed.evidence}`]),
        ]
  return [
    `${alert}  ${colourName}  ${title}  ${risk}  ${at}`,
    `  ${seen}`,
    `  ${look}`,
    ...(others.length === 0 ? [] : [`  ${others.join('  ')}`]),
    ...who.map((line) => `  ${line}`),
  ]
}
