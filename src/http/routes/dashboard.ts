// Figures (统计) of a village and of a township. Each carries the filter of the list of requests that it is the sum of.
import { z } from 'zod'
import { dashboardView } from '../../app/read/dashboard.ts'
import { namesIn } from '../../app/read/names.ts'
import type { KnownLedger } from '../../app/rights.ts'
import { organisationIdSchema } from '../../domain/ids.ts'
import type { Language } from '../../domain/language.ts'
import type { Api } from '../api.ts'
import { rostersAt } from '../looking.ts'
import { monthSchema } from '../request-query.ts'
import { type Route, route } from '../route.ts'
import { amount, list, text, village } from '../schemas.ts'
import { judgedBy, villagesOf } from './request-lists.ts'

/** To be put into the query of the list of requests. */
const filter = z.record(text, text)
const figure = z.strictObject({ of: text, title: text, requests: z.int(), amount, filter })
const stay = { seconds: z.int(), requests: z.int(), filter }

const dashboardSchema = z.strictObject({
  /** Where the filters are asked. */
  list: text,
  ledgers: list(z.strictObject({ ledger: text, code: text, name: text })),
  total: z.strictObject({ requests: z.int(), amount, filter }),
  byVillage: list(figure),
  /** Of submission. */
  byMonth: list(figure),
  byCompany: list(figure),
  byCategory: list(figure),
  byState: list(figure),
  byOutcome: list(figure),
  musts: list(
    z.strictObject({
      must: text,
      title: text,
      stays: z.int(),
      requests: z.int(),
      filter,
      median: z.strictObject(stay),
      ninth: z.strictObject(stay),
      worst: z.strictObject({ ...stay, ledger: text, request: text }),
    }),
  ),
  returns: list(
    z.strictObject({
      place: text,
      placeTitle: text,
      field: text,
      fieldTitle: text,
      returns: z.int(),
      requests: z.int(),
      filter,
    }),
  ),
  openFindings: z.strictObject({ open: z.int(), requests: z.int(), filter }),
  findings: list(
    z.strictObject({
      kind: text,
      title: text,
      open: z.int(),
      requests: z.int(),
      filter,
      late: z.strictObject({ findings: z.int(), requests: z.int(), filter }),
    }),
  ),
  tasks: list(
    z.strictObject({
      act: text,
      title: text,
      waiting: z.int(),
      requests: z.int(),
      filter,
      late: z.strictObject({ waiting: z.int(), requests: z.int(), filter }),
    }),
  ),
  alerts: list(
    z.strictObject({
      rule: text,
      title: text,
      colour: text,
      colourName: text,
      state: text,
      stateName: text,
      alerts: z.int(),
      requests: z.int(),
      filter,
    }),
  ),
  /** Open ones: one by one in a village, by kind in a township. */
  authorities: list(
    z.strictObject({
      of: text,
      title: text,
      kind: text,
      authorities: z.int(),
      ceiling: amount,
      reserved: amount,
      drawn: amount,
      /** Absent where the ceiling begins anew each month. */
      left: amount.optional(),
      requests: z.int(),
      filter,
    }),
  ),
})

const query = z.strictObject({
  company: organisationIdSchema.optional(),
  from: monthSchema.optional(),
  to: monthSchema.optional(),
})

export const dashboardRoutes = (api: Api): readonly Route[] => [
  route({
    id: 'showVillageFigures',
    method: 'get',
    path: '/villages/{village}/figures',
    tag: 'figures',
    summary: { zh: '一个村的统计', en: 'figures of a village' },
    access: 'village',
    params: z.object(village),
    query,
    answer: dashboardSchema,
    handle: async ({ ledger, language, query: asked }) => {
      const where = { ledgers: [ledger], wide: false, ...asked }
      return { body: await figuresOf(api, where, language) }
    },
  }),
  route({
    id: 'showTownshipFigures',
    method: 'get',
    path: '/township/figures',
    tag: 'figures',
    summary: { zh: '本镇的统计', en: 'figures of the township' },
    access: 'township',
    query,
    answer: dashboardSchema,
    handle: async ({ ledger, viewer, language, query: asked }) => {
      const where = { ledgers: villagesOf(api, { ledger, viewer }), wide: true, ...asked }
      return { body: await figuresOf(api, where, language) }
    },
  }),
]

type Asked = z.output<typeof query> & {
  readonly ledgers: readonly KnownLedger[]
  readonly wide: boolean
}

async function figuresOf(
  api: Api,
  asked: Asked,
  language: Language,
): Promise<z.infer<typeof dashboardSchema>> {
  const { ledgers, wide } = asked
  const rosters = ledgers.flatMap((ledger) => rostersAt(api, ledger))
  const names = namesIn(rosters, { language, persons: api.reading.person })
  const view = await dashboardView(api.reading.figures, asked, {
    language,
    organisation: (id) => names.organisation(id),
    today: api.rights.today(),
    lateness: (ledger) => judgedBy(api, ledger).lateness(),
  })
  const [first] = ledgers
  return {
    list: wide ? '/api/v1/township/requests' : `/api/v1/villages/${first?.code ?? ''}/requests`,
    ledgers: ledgers.map(({ origin, code, name }) => ({ ledger: origin, code, name })),
    ...view,
  }
}
