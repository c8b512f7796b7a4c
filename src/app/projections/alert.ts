// Alerts of a request as rows: all of them, dismissed ones too.
import type { ProjectedRow } from '../../domain/projection.ts'
import type { Request } from '../../../workflows/request/v1/fold.ts'
import { remembered } from './remembered.ts'

export const alertRows = remembered<Request['alerts'], readonly ProjectedRow[]>(
  (id, { alerts, submission: { company } }) =>
    alerts.map(({ alert, rule, colour, dismissed, raisedOn }): ProjectedRow => ({
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
    })),
  ({ alerts }) => alerts,
  ({ submission }) => submission.company,
)
