// alert list: the red before the yellow before the blue, of one ledger or of all.
import { alertColours, type AlertColour, alertRules, type AlertRule } from '../domain/alert.ts'
import type { AlertRow } from '../domain/projection.ts'
import { namesOf } from '../app/read/names.ts'
import { fault } from './faults.ts'
import { type ListOptions, listed } from './listed.ts'
import type { Session } from './session.ts'
import { words } from './words.ts'

export interface AlertListOptions extends ListOptions {
  readonly colour?: string
  readonly state: string
}

type Row = AlertRow & { readonly ledger: string; readonly companyName: string }

/** Loudest last: lists put the greatest first. */
const colours = Object.keys(alertColours) as AlertColour[]
const loudness = (colour: string): number => colours.length - colours.indexOf(colour as AlertColour)

export async function alertList(session: Session, options: AlertListOptions): Promise<void> {
  const { colour } = options
  if (colour !== undefined && !colours.some((known) => known === colour)) {
    throw fault('valueMalformed', {
      option: '--colour',
      found: colour,
      expected: colours.join(' | '),
    })
  }
  const state = stateOf(options.state)
  const { language } = session
  const word = words[language]
  await listed<Row>(session, options, {
    name: 'alerts',
    async read(reading, ledger, limit) {
      const names = namesOf(reading, ledger, { language, persons: reading.person })
      const page = await reading.alerts({ ledger, state, colour, limit })
      const rows = page.rows.map((row) => ({
        ...row,
        companyName: names.organisation(row.company),
      }))
      return { rows, more: page.next !== undefined }
    },
    order: (row) => `${loudness(row.colour)} ${row.raisedOn} ${row.request} ${row.alert}`,
    columns: [
      { title: word.request },
      { title: word.number },
      { title: word.date },
      { title: word.company, most: 28 },
      { title: word.colour },
      { title: word.about, most: 40 },
    ],
    cells: ({ request, alert, raisedOn, companyName, colour: shown, rule }) => [
      request,
      alert,
      raisedOn,
      companyName,
      alertColours[shown as AlertColour][language],
      alertRules[rule as AlertRule].title[language],
    ],
  })
}

function stateOf(found: string): 'open' | 'dismissed' {
  if (found === 'open' || found === 'dismissed') return found
  throw fault('valueMalformed', { option: '--state', found, expected: 'open | dismissed' })
}
