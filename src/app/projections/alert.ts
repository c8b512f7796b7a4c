// Alerts of a request as rows: all of them, dismissed ones too.
import type { ProjectedRow } from '../../domain/projection.ts'
import type { Request } from '../../../workflows/request/v1/fold.ts'

/** By the list itself, which every step without an alert hands on. */
const made = new WeakMap<Request['alerts'], { company: string; rows: readonly ProjectedRow[] }>()

export function alertRows(id: string, request: Request): readonly ProjectedRow[] {
  const { company } = request.submission
  const known = made.get(request.alerts)
  if (known?.company === company) return known.rows
  const rows = request.alerts.map(({ alert, rule, colour, dismissed, raisedOn }): ProjectedRow => ({
    table: 'alert',
    key: alert,
    row: {
      alert,
      request: id,
      company,
      rule,
      colour,
      state: dismissed ? 'dismissed' : 'open',
      raisedOn,
    },
  }))
  made.set(request.alerts, { company, rows })
  return rows
}
