// Alerts on a request, told: what was seen and what to look at, as the rule says it. None accuses anybody (law 10.5).
import type { RequestEvent } from '../../../workflows/request/v1/events.ts'
import { alertColours, alertRules } from '../../domain/alert.ts'
import { fillBoth, type Sentence } from '../../domain/language.ts'
import { plain, type Tellings, told } from './telling.ts'

type Raised = Extract<RequestEvent, { type: 'alert.raised' }>['body']

/** The whole of an alert as one sentence. */
function alertSentence({ rule, colour, params, requests, elsewhere = [] }: Raised): Sentence {
  const { seen, look, title } = alertRules[rule]
  const filled = fillBoth(seen, params)
  const others = [
    ...requests,
    ...elsewhere.map(
      ({ ledger, request }) => `${ledger.slice(ledger.indexOf('/') + 1)} ${request}`,
    ),
  ]
  const { zh, en } = alertColours[colour]
  const named =
    others.length === 0
      ? { zh: '', en: '' }
      : {
          zh: `（${others.join('、')}）`,
          en: ` (${others.join(', ')})`,
        }
  return {
    zh: `${zh}·${title.zh}：${filled.zh}${named.zh}。${look.zh}`,
    en: `${en}, ${title.en}: ${filled.en}${named.en}. ${look.en}`,
  }
}

export const alertTellings: Tellings<
  Extract<RequestEvent, { type: 'alert.raised' | 'alert.dismissed' }>
> = {
  'alert.raised': told('预警', 'An alert', (body) => {
    const { zh, en } = alertSentence(body)
    return { zh: `${body.alert} ${zh}`, en: `${body.alert} ${en}` }
  }),
  'alert.dismissed': told('消除预警', 'dismissed an alert', ({ given }) => {
    const { alert, reason, evidence } = given
    const proof =
      evidence === undefined
        ? { zh: '', en: '' }
        : {
            zh: `，附证明${evidence.slice(0, 8)}`,
            en: `, proof ${evidence.slice(0, 8)}`,
          }
    const said = plain(alert, reason)
    return { zh: `${said.zh}${proof.zh}`, en: `${said.en}${proof.en}` }
  }),
}
