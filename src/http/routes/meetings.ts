// Meetings, rounds of inspection and authorities: lists and pages.
import { z } from 'zod'
import { authorityView } from '../../app/read/authority.ts'
import { inspectionView } from '../../app/read/inspection.ts'
import { meetingView } from '../../app/read/meeting.ts'
import { nextStream } from '../../app/begin.ts'
import {
  authorityIdSchema,
  authorityStream,
  inspectionIdSchema,
  inspectionStream,
  meetingIdSchema,
  meetingStream,
  organisationIdSchema,
} from '../../domain/ids.ts'
import { fromFen } from '../../domain/money.ts'
import { companiesOf } from '../../domain/projection.ts'
import type { Api } from '../api.ts'
import { howOf, stoodAt } from '../looking.ts'
import { canOf } from '../possible.ts'
import { problem } from '../problem.ts'
import { type Route, route } from '../route.ts'
import {
  amount,
  canSchema,
  list,
  pageOf,
  pageQuery,
  paged,
  text,
  toldSchema,
  village,
} from '../schemas.ts'

export const thingRoutes = (api: Api): readonly Route[] => [
  meetingList(api),
  meetingPage(api),
  inspectionList(api),
  inspectionPage(api),
  authorityList(api),
  authorityPage(api),
]

const keysSchema = z.array(z.string())
const standing = { ledger: text, revision: z.int(), trail: toldSchema, can: canSchema }

const meetingList = (api: Api): Route =>
  route({
    id: 'listMeetings',
    method: 'get',
    path: '/villages/{village}/meetings',
    tag: 'meeting',
    summary: { zh: '会议列表', en: 'meetings, the newest first' },
    access: 'village',
    params: z.object(village),
    query: z.strictObject({ state: z.string().max(40).optional(), ...pageQuery('meetings') }),
    answer: pageOf(
      z.strictObject({
        ledger: text,
        meeting: text,
        kind: text,
        organisation: text,
        state: text,
        heldOn: text,
        items: z.int(),
        passed: z.int(),
        failed: z.int(),
      }),
    ),
    handle: async ({ ledger, query }) => {
      const page = await api.reading.meetings({ ledger: ledger.origin, ...query })
      return { body: paged('meetings', page, (row) => row) }
    },
  })

const meetingPage = (api: Api): Route =>
  route({
    id: 'showMeeting',
    method: 'get',
    path: '/villages/{village}/meetings/{meeting}',
    tag: 'meeting',
    summary: { zh: '一次会议', en: 'one meeting' },
    access: 'village',
    params: z.object({ ...village, meeting: meetingIdSchema }),
    answer: z.strictObject({
      ...standing,
      meeting: text,
      kind: text,
      organisation: text,
      title: text,
      state: text,
      heldAt: text,
      place: text,
      agenda: list(
        z.strictObject({ item: text, title: text, request: text, outcome: text, votes: text }),
      ),
    }),
    handle: async ({ ledger, viewer, language, params: { meeting: id } }) => {
      const stream = meetingStream(id)
      const stood = stoodAt(api, ledger, stream)
      const how = howOf(api, ledger, language)
      const view = meetingView(api.reading, { ledger: ledger.origin, id }, how)
      if (stood === undefined || view === undefined) return problem('noSuchThing')
      const { entries, revision, headers } = stood
      const can = await canOf(api, { viewer, ledger, language }, { stream, entries })
      return { body: { ...view, revision, can }, headers }
    },
  })

const inspectionList = (api: Api): Route =>
  route({
    id: 'listInspections',
    method: 'get',
    path: '/villages/{village}/inspections',
    tag: 'inspection',
    summary: { zh: '检查列表', en: 'rounds of inspection, the newest first' },
    access: 'village',
    params: z.object(village),
    query: z.strictObject({ campaign: z.string().max(60).optional(), ...pageQuery('inspections') }),
    answer: pageOf(
      z.strictObject({
        ledger: text,
        inspection: text,
        kind: text,
        campaign: text,
        companies: list(text),
        state: text,
        periodFrom: text,
        periodTo: text,
        population: z.int(),
        covered: z.int(),
        examined: z.int(),
        openFindings: z.int(),
      }),
    ),
    handle: async ({ ledger, query }) => {
      const page = await api.reading.inspections({ ledger: ledger.origin, ...query })
      return {
        body: paged('inspections', page, (row) => ({ ...row, companies: companiesOf(row) })),
      }
    },
  })

const inspectionPage = (api: Api): Route =>
  route({
    id: 'showInspection',
    method: 'get',
    path: '/villages/{village}/inspections/{inspection}',
    tag: 'inspection',
    summary: { zh: '一次检查', en: 'one round of inspection' },
    access: 'village',
    params: z.object({ ...village, inspection: inspectionIdSchema }),
    answer: z.strictObject({
      ...standing,
      inspection: text,
      kind: text,
      state: text,
      period: z.strictObject({ from: text, to: text }),
      companies: list(text),
      team: list(text),
      population: z.int(),
      lot: list(text),
      red: list(text),
      campaign: text,
      covered: z.int(),
      findings: list(
        z.strictObject({
          finding: text,
          request: text,
          fault: text,
          kind: text,
          state: text,
          dueOn: text,
          text,
        }),
      ),
    }),
    handle: async ({ ledger, viewer, language, params: { inspection: id } }) => {
      const stream = inspectionStream(id)
      const stood = stoodAt(api, ledger, stream)
      const how = howOf(api, ledger, language)
      const view = inspectionView(api.reading, { ledger: ledger.origin, id }, how)
      if (stood === undefined || view === undefined) return problem('noSuchThing')
      const { entries, revision, headers } = stood
      const can = await canOf(api, { viewer, ledger, language }, { stream, entries })
      return { body: { ...view, revision, can }, headers }
    },
  })

const authorityList = (api: Api): Route =>
  route({
    id: 'listAuthorities',
    method: 'get',
    path: '/villages/{village}/authorities',
    tag: 'authority',
    summary: { zh: '授权额度列表', en: 'authorities, by number' },
    access: 'village',
    params: z.object(village),
    query: z.strictObject({
      company: organisationIdSchema.optional(),
      ...pageQuery('authorities'),
    }),
    answer: pageOf(
      z.strictObject({
        ledger: text,
        authority: text,
        company: text,
        payees: list(text),
        kind: text,
        state: text,
        validFrom: text,
        validTo: text,
        ceiling: amount,
        reserved: amount,
        drawn: amount,
      }),
    ).extend({
      /** The number the next one put to a vote can bear. */
      nextNumber: text,
    }),
    handle: async ({ ledger, query }) => {
      const { origin } = ledger
      const page = await api.reading.authorities({ ledger: origin, ...query })
      const shown = paged(
        'authorities',
        page,
        ({ ceilingFen, reservedFen, drawnFen, payees, ...row }) => ({
          ...row,
          payees: keysSchema.parse(JSON.parse(payees)),
          ceiling: fromFen(ceilingFen),
          reserved: fromFen(reservedFen),
          drawn: fromFen(drawnFen),
        }),
      )
      const numbers = { ledgers: api.reading.ledgers, clock: api.clock }
      const next = nextStream(numbers, origin, 'authority')
      return { body: { ...shown, nextNumber: next.slice('authority/'.length) } }
    },
  })

const authorityPage = (api: Api): Route =>
  route({
    id: 'showAuthority',
    method: 'get',
    path: '/villages/{village}/authorities/{authority}',
    tag: 'authority',
    summary: { zh: '一项授权额度', en: 'one authority' },
    access: 'village',
    params: z.object({ ...village, authority: authorityIdSchema }),
    answer: z.strictObject({
      ...standing,
      authority: text,
      title: text,
      kind: text,
      company: text,
      payees: list(text),
      contract: text,
      place: text,
      state: text,
      from: text,
      to: text,
      ceiling: amount,
      reserved: amount,
      drawn: amount,
      left: amount,
      ground: text,
      filing: text,
      replaces: text,
      replacedBy: text,
      uses: list(
        z.strictObject({ request: text, amount, state: z.enum(['reserved', 'drawn']), on: text }),
      ),
    }),
    handle: async ({ ledger, viewer, language, params: { authority: id } }) => {
      const stream = authorityStream(id)
      const stood = stoodAt(api, ledger, stream)
      const on = api.rights.today()
      const how = howOf(api, ledger, language)
      const view = authorityView(api.reading, { ledger: ledger.origin, id, on }, how)
      if (stood === undefined || view === undefined) return problem('noSuchThing')
      const { entries, revision, headers } = stood
      const can = await canOf(api, { viewer, ledger, language }, { stream, entries })
      return { body: { ...view, revision, can }, headers }
    },
  })
