// Requests: one as a page with its route, trail and tasks, and its alerts. Their lists stand in request-lists.ts.
import { z } from 'zod'
import { alertsView } from '../../app/read/alert.ts'
import { requestView } from '../../app/read/request.ts'
import { readRequest } from '../../app/read/request-folded.ts'
import { alertColourSchema } from '../../domain/alert.ts'
import { requestIdSchema, requestStream } from '../../domain/ids.ts'
import { submissionSchema } from '../../domain/request.ts'
import type { Api } from '../api.ts'
import { howOf, rostersAt, stood } from '../looking.ts'
import { canOf } from '../possible.ts'
import { problem } from '../problem.ts'
import { type Route, route } from '../route.ts'
import { canSchema, list, pageOf, pageQuery, paged, text, toldSchema, village } from '../schemas.ts'

const listLine = z.strictObject({ who: text, amount: text })
const listSchema = z.strictObject({
  count: z.int(),
  total: text,
  previous: z.strictObject({ request: text, count: z.int(), total: text }).optional(),
  difference: z
    .strictObject({
      added: list(listLine),
      gone: list(listLine),
      changed: list(listLine.extend({ before: text })),
    })
    .optional(),
})

const pageSchema = z.strictObject({
  ledger: text,
  request: text,
  revision: z.int(),
  /** In words, and as the machine has it. */
  state: text,
  form: z.record(text, text),
  /** As it was submitted last: what a resubmission starts from. */
  submission: submissionSchema,
  route: list(z.strictObject({ must: text, demand: text, rule: text, reason: text })),
  waiting: list(z.strictObject({ act: text, desk: text, dueAt: text, vacantFor: text })),
  list: listSchema.optional(),
  trail: toldSchema,
  can: canSchema,
})

const alertView = z.strictObject({
  alert: text,
  risk: text,
  colour: text,
  colourName: text,
  title: text,
  seen: text,
  look: text,
  others: list(text),
  at: text,
  dismissed: z.strictObject({ who: text, at: text, reason: text, evidence: text }).optional(),
})

const alertRow = z.strictObject({
  ledger: text,
  alert: text,
  request: text,
  company: text,
  rule: text,
  colour: text,
  state: text,
  raisedOn: text,
})

const one = z.object({ ...village, request: requestIdSchema })

export const requestRoutes = (api: Api): readonly Route[] => [
  requestPage(api),
  requestAlerts(api),
  alertList(api),
]

const requestPage = (api: Api): Route =>
  route({
    id: 'showRequest',
    method: 'get',
    path: '/villages/{village}/requests/{request}',
    tag: 'request',
    summary: { zh: '一笔申请', en: 'one request' },
    access: 'village',
    params: one,
    answer: pageSchema,
    handle: async ({ ledger, viewer, language, params: { request: id } }) => {
      const { origin } = ledger
      const stream = requestStream(id)
      const read = readRequest(api.reading, { ledger: origin, id })
      const now = stood(read?.entries ?? [])
      if (read === undefined || now === undefined) return problem('noSuchThing')
      const rosters = rostersAt(api, ledger)
      const wanted = { ledger: origin, id, on: api.rights.today(), rosters, read }
      const view = await requestView(api.reading, wanted, howOf(api, ledger, language))
      const { revision, headers } = now
      const { submission } = read.request
      const can = await canOf(api, { viewer, ledger, language }, { stream, state: read.request })
      return { body: { ...view, submission, revision, can }, headers }
    },
  })

const requestAlerts = (api: Api): Route =>
  route({
    id: 'showAlerts',
    method: 'get',
    path: '/villages/{village}/requests/{request}/alerts',
    tag: 'request',
    summary: { zh: '一笔申请的预警', en: 'the alerts of one request' },
    access: 'village',
    params: one,
    answer: z.strictObject({ ledger: text, request: text, alerts: list(alertView) }),
    handle: ({ ledger, language, params: { request: id } }) => {
      const view = alertsView(
        api.reading,
        { ledger: ledger.origin, id },
        howOf(api, ledger, language),
      )
      return view === undefined ? problem('noSuchThing') : { body: view }
    },
  })

const alertList = (api: Api): Route =>
  route({
    id: 'listAlerts',
    method: 'get',
    path: '/villages/{village}/alerts',
    tag: 'request',
    summary: { zh: '预警列表', en: 'alerts, the red first' },
    access: 'village',
    params: z.object(village),
    query: z.strictObject({
      state: z.enum(['open', 'dismissed']).default('open'),
      colour: alertColourSchema.optional(),
      ...pageQuery('alerts'),
    }),
    answer: pageOf(alertRow),
    handle: async ({ ledger, query }) => {
      const page = await api.reading.alerts({ ledger: ledger.origin, ...query })
      return { body: paged('alerts', page, (row) => row) }
    },
  })
