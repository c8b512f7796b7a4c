// The alerts of one request as a page: what was seen, with which other requests, what to look at, and what was said of it.
import { alertDismissed, alertRaised } from '../../../workflows/request/v1/events-alert.ts'
import { type AlertColour, alertColours, alertRules } from '../../domain/alert.ts'
import type { Entry } from '../../domain/entry.ts'
import { type Origin, requestIdSchema, requestStream } from '../../domain/ids.ts'
import { fill, type Language } from '../../domain/language.ts'
import { clockText } from '../clock-text.ts'
import type { Names } from './names.ts'
import type { Reading } from './port.ts'

export interface AlertView {
  readonly alert: string
  readonly risk: string
  readonly colour: AlertColour
  readonly colourName: string
  readonly title: string
  readonly seen: string
  readonly look: string
  /** Requests of this ledger, and of others as `ledger number`. */
  readonly others: readonly string[]
  readonly at: string
  readonly dismissed?: {
    readonly who: string
    readonly at: string
    readonly reason: string
    /** SHA-256 of the paper that proves it; `''` without. */
    readonly evidence: string
  }
}

export interface AlertsView {
  readonly ledger: Origin
  readonly request: string
  readonly alerts: readonly AlertView[]
}

interface How {
  readonly names: Names
  readonly language: Language
}

/** Undefined when this ledger has no such request. */
export function alertsView(
  reading: Reading,
  { ledger, id }: { readonly ledger: Origin; readonly id: string },
  how: How,
): AlertsView | undefined {
  const parsed = requestIdSchema.safeParse(id)
  if (!parsed.success) return undefined
  const entries = reading.stream(ledger, requestStream(parsed.data))
  if (entries.length === 0) return undefined
  const alerts = new Map<string, AlertView>()
  for (const entry of entries) {
    if (entry.type === 'alert.raised') {
      const view = raised(entry, how.language)
      alerts.set(view.alert, view)
    }
    if (entry.type !== 'alert.dismissed') continue
    const { given } = alertDismissed.event.parse({ type: entry.type, body: entry.body }).body
    const view = alerts.get(given.alert)
    if (view !== undefined) alerts.set(given.alert, { ...view, dismissed: said(entry, given, how) })
  }
  return { ledger, request: id, alerts: [...alerts.values()] }
}

function raised({ type, body, at }: Entry, language: Language): AlertView {
  const told = alertRaised.event.parse({ type, body }).body
  const { alert, rule, colour, params, requests, elsewhere = [] } = told
  const { risk, title, seen, look } = alertRules[rule]
  return {
    alert,
    risk,
    colour,
    colourName: alertColours[colour][language],
    title: title[language],
    seen: fill(seen[language], params),
    look: look[language],
    others: [...requests, ...elsewhere.map((one) => `${one.ledger} ${one.request}`)],
    at: clockText(at),
  }
}

const said = (
  { by, at }: Entry,
  { reason, evidence = '' }: { readonly reason: string; readonly evidence?: string },
  { names }: How,
): NonNullable<AlertView['dismissed']> => ({
  who: `${names.office(by.office)} ${names.person(by.person)}`,
  at: clockText(at),
  reason,
  evidence,
})
