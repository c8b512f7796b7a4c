// Search (搜索): one line over everything the caller sees.
import { z } from 'zod'
import { searchView } from '../../app/read/search.ts'
import { PersonIndex } from '../../app/read/search-persons.ts'
import type { Found } from '../../domain/search.ts'
import type { KnownLedger } from '../../app/rights.ts'
import type { Origin } from '../../domain/ids.ts'
import type { Language } from '../../domain/language.ts'
import { fromFen } from '../../domain/money.ts'
import { officeKinds } from '../../domain/office.ts'
import type { Api } from '../api.ts'
import { type Route, route } from '../route.ts'
import { amount, cursorSchema, limitSchema, list, pageOf, paged, text } from '../schemas.ts'
import type { Viewer } from '../viewer.ts'
import { seesRoll } from './members.ts'

const placed = { ledger: text, code: text, village: text }

const hit = z.strictObject({
  ...placed,
  kind: z.enum(['request', 'meeting', 'authority', 'inspection', 'finding']),
  id: text,
  title: text,
  state: text,
  at: text,
  /** Of a request; the ceiling of an authority. */
  amount: amount.optional(),
})

/** Where a page of hits ended: ledger, stream and key of its last. */
const afterSchema = cursorSchema('search').transform(
  ([ledger, stream = '', key = '']): readonly [string, string, string] => [ledger, stream, key],
)

export function searchRoutes(api: Api): readonly Route[] {
  const people = new PersonIndex(api.reading.person)
  return [
    route({
      id: 'search',
      method: 'get',
      path: '/search',
      tag: 'search',
      summary: {
        zh: '搜索：编号、事由、收款单位、合同、金额、会议、授权、检查、问题、单位、人员',
        en: 'search by number, words, amount or name',
      },
      access: 'account',
      query: z.strictObject({
        q: z.string().trim().min(1).max(60),
        limit: limitSchema,
        after: afterSchema.optional(),
      }),
      /** A page may hold fewer than asked for, none even, and yet name a next one. */
      answer: pageOf(hit).extend({
        exact: list(hit),
        organisations: list(
          z.strictObject({ ...placed, organisation: text, kind: text, name: text }),
        ),
        persons: list(z.strictObject({ ...placed, person: text, name: text, offices: list(text) })),
      }),
      handle: async ({ viewer, language, query: { q, limit, after } }) => {
        const seen = seenBy(api, viewer)
        const view = await searchView(api.reading, people, { query: q, limit, after, ...seen })
        const where = whereIn([...seen.villages, ...seen.townships])
        const { organisations, persons } = view
        return {
          body: {
            exact: view.exact.map((one) => shown(one, where)),
            organisations: organisations.map((one) => ({ ...one, ...where(one.ledger) })),
            persons: persons.map(({ offices, ...one }) => ({
              ...one,
              ...where(one.ledger),
              offices: offices.map((kind) => officeName(kind, language)),
            })),
            ...paged('search', view, (one) => shown(one, where)),
          },
        }
      },
    }),
  ]
}

const officeName = (kind: keyof typeof officeKinds, language: Language): string =>
  officeKinds[kind][language]

/** A mere member sees who holds office, not who else is on the roll. */
function seenBy({ rights }: Api, viewer: Viewer) {
  const known = (origins: Iterable<Origin>): readonly KnownLedger[] =>
    [...origins].flatMap((origin) => {
      const found = rights.ledger(origin)
      return found === undefined ? [] : [found]
    })
  const villages = known(viewer.rights.sees)
  const rolls = villages.filter((ledger) => seesRoll(viewer, ledger)).map(({ origin }) => origin)
  return { villages, townships: known(viewer.rights.townships), rolls: new Set(rolls) }
}

type Where = (ledger: Origin) => { readonly code: string; readonly village: string }

function whereIn(ledgers: readonly KnownLedger[]): Where {
  const places = new Map(ledgers.map(({ origin, code, name }) => [origin, { code, village: name }]))
  return (ledger) => places.get(ledger) ?? { code: '', village: '' }
}

const shown = ({ stream: _stream, key: _key, amountFen, ...found }: Found, where: Where) => ({
  ...found,
  ...where(found.ledger),
  ...(amountFen === undefined ? {} : { amount: fromFen(amountFen) }),
})
