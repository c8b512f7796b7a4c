// Lists of requests: of a village, and of all villages of a township.
import { z } from 'zod'
import { latenessOf } from '../../app/read/lateness.ts'
import type { KnownLedger } from '../../app/rights.ts'
import type { Origin } from '../../domain/ids.ts'
import { fromFen } from '../../domain/money.ts'
import type { RequestRow } from '../../domain/projection.ts'
import type { Api } from '../api.ts'
import { nowOf } from '../looking.ts'
import { requestQuery, wantedOf } from '../request-query.ts'
import { type Route, route } from '../route.ts'
import { amount, codeSchema, pageOf, pageQuery, paged, text, village } from '../schemas.ts'
import type { Viewer } from '../viewer.ts'

const rowSchema = z.strictObject({
  ledger: text,
  request: text,
  company: text,
  kind: text,
  category: text,
  method: text,
  purpose: text,
  budgetLine: text,
  contract: text,
  project: text,
  authority: text,
  state: text,
  outcome: text,
  suspended: z.boolean(),
  amount,
  payee: text,
  payeeName: text,
  handler: text,
  submittedOn: text,
  endedOn: text,
  round: z.int(),
  route: text,
  openFindings: z.int(),
})

export const requestListRoutes = (api: Api): readonly Route[] => [
  villageList(api),
  townshipList(api),
]

const shown = ({ amountFen, ...row }: RequestRow & { readonly ledger: Origin }) => ({
  ...row,
  amount: fromFen(amountFen),
})

const villageList = (api: Api): Route =>
  route({
    id: 'listRequests',
    method: 'get',
    path: '/villages/{village}/requests',
    tag: 'request',
    summary: { zh: '支出申请列表', en: 'requests, the newest first' },
    access: 'village',
    params: z.object(village),
    query: z.strictObject({ ...requestQuery, ...pageQuery('requests') }),
    answer: pageOf(rowSchema),
    handle: async ({ ledger: { origin: ledger }, query: { limit, after, ...query } }) => {
      const wanted = wantedOf(query, judgedBy(api, ledger))
      const page = await api.reading.requests({ ledger, limit, after, ...wanted })
      return { body: paged('requests', page, shown) }
    },
  })

const townshipList = (api: Api): Route =>
  route({
    id: 'listTownshipRequests',
    method: 'get',
    path: '/township/requests',
    tag: 'request',
    summary: { zh: '本镇各村的支出申请', en: 'requests of all villages of the township' },
    access: 'township',
    query: z.strictObject({
      village: codeSchema.optional(),
      ...requestQuery,
      ...pageQuery('widerRequests'),
    }),
    answer: pageOf(rowSchema),
    handle: async ({ ledger, viewer, query: { village: code, limit, after, ...query } }) => {
      const ledgers = villagesOf(api, { ledger, viewer })
        .filter((one) => code === undefined || one.code === code)
        .map(({ origin }) => ({
          ledger: origin,
          waits: wantedOf(query, judgedBy(api, origin)).waits,
        }))
      const { waits: _own, ...wanted } = wantedOf(query, judgedBy(api, ledger.origin))
      const page = await api.reading.requestsAcross({ ledgers, limit, after, ...wanted })
      return { body: paged('widerRequests', page, shown) }
    },
  })

/** What is late today in a ledger. */
export const judgedBy = (api: Api, ledger: Origin) => ({
  today: api.rights.today(),
  lateness: () => latenessOf(api.reading, { ledger, now: nowOf(api), calendar: api.calendar }),
})

/** The villages of a township whose officer asks, by code. */
export const villagesOf = (
  { rights }: Pick<Api, 'rights'>,
  { ledger, viewer }: { readonly ledger: KnownLedger; readonly viewer: Viewer },
): readonly KnownLedger[] =>
  rights
    .ledgers()
    .filter(({ origin, township }) => township === ledger.origin && viewer.rights.sees.has(origin))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
