// Alerts in the record of a request: raised, and dismissed with a reason. None is ever taken out.
import { dateAt } from '../../../src/domain/time.ts'
import { aboutOf } from './alert-about.ts'
import type { Recorders } from './recording.ts'

export const alertRecorders: Recorders<'alert.raised' | 'alert.dismissed'> = {
  'alert.raised': (request, { body }, { at }) => {
    const { alert, rule, colour, requests, elsewhere = [] } = body
    const raised = { alert, rule, colour, requests, elsewhere, raisedOn: dateAt(at) }
    return { ...request, alerts: [...request.alerts, { ...raised, dismissed: false }] }
  },
  'alert.dismissed': (request, { body: { given, must } }, { by }) => ({
    ...request,
    alerts: request.alerts.map((one) =>
      one.alert === given.alert
        ? {
            ...one,
            dismissed: true,
            dismissal: {
              by: { must, person: by.person },
              about: aboutOf({
                form: request.submission,
                relatedPersons: request.relatedPersons,
              }),
            },
          }
        : one,
    ),
  }),
}
