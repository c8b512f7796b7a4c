// Disclosure (公开): for everybody, without a sign-in. Nothing of a natural person leaves here.
import { z } from 'zod'
import { Disclosure, type DisclosedPage } from '../../app/read/disclosure.ts'
import { sheetOf } from '../../app/read/disclosure-sheet.ts'
import type { KnownLedger } from '../../app/rights.ts'
import { disclosureDays, opensOn } from '../../domain/disclosure.ts'
import type { Api } from '../api.ts'
import { nowOf } from '../looking.ts'
import { problem } from '../problem.ts'
import { monthSchema } from '../request-query.ts'
import { type Route, route } from '../route.ts'
import { amount, codeSchema, list, text } from '../schemas.ts'

const itemSchema = z.strictObject({
  request: text,
  on: text,
  company: text,
  kind: text,
  category: text,
  purpose: text,
  amount,
  payeeKind: z.enum(['firm', 'person', 'unregistered', 'list']),
  /** Of a firm; natural persons are not named. */
  payee: text,
  persons: z.int(),
  contract: text,
  authority: text,
  major: z.boolean(),
  musts: list(text),
})

const meetingSchema = z.strictObject({
  meeting: text,
  kind: text,
  title: text,
  on: text,
  items: list(
    z.strictObject({
      title: text,
      request: text,
      outcome: text,
      for: z.int(),
      against: z.int(),
      abstain: z.int(),
      base: z.int(),
    }),
  ),
})

const consentSchema = z.strictObject({
  number: text,
  title: text,
  amount,
  decision: z.enum(['consented', 'refused']),
  on: text,
  major: z.boolean(),
})

const monthAnswer = z.strictObject({
  ledger: text,
  village: text,
  month: text,
  /** Entries of the ledger it is made of. */
  size: z.int(),
  /** A month that still runs shows major matters alone. */
  scope: z.enum(['month', 'major']),
  items: list(itemSchema),
  meetings: list(meetingSchema),
  consents: list(consentSchema),
  total: amount,
  unpaid: z.int(),
  /** SHA-256 of what stands above: a line of canonical JSON for the month, then one an item, meeting and consent. */
  digest: text,
  /** From this day on everything of the month is open, and nothing of it changes. */
  opensOn: text,
  head: z.strictObject({ origin: text, size: z.int(), root: text, at: text, note: text }),
  /** For the notice board, in words. */
  sheet: z.strictObject({
    heading: text,
    lines: list(text),
    tables: list(
      z.strictObject({
        title: text,
        head: list(text),
        right: list(z.int()),
        rows: list(list(text)),
      }),
    ),
    foot: list(text),
  }),
})

const villageParam = { village: codeSchema }

export function disclosureRoutes(api: Api): readonly Route[] {
  const disclosure = new Disclosure(api.reading, api.crypto)
  return [villageList(api), monthList(api, disclosure), monthPage(api, disclosure)]
}

const villageList = (api: Api): Route =>
  route({
    id: 'listDisclosure',
    method: 'get',
    path: '/disclosure',
    tag: 'disclosure',
    summary: { zh: '公开的村', en: 'villages that disclose' },
    access: 'anybody',
    answer: z.strictObject({
      rows: list(z.strictObject({ code: text, village: text, ledger: text, township: text })),
    }),
    handle: () => {
      const rows = api.rights
        .ledgers()
        .filter(({ kind }) => kind === 'village')
        .map(({ origin, code, name, township }) => ({
          code,
          village: name,
          ledger: origin,
          township: (township === undefined ? undefined : api.rights.ledger(township)?.name) ?? '',
        }))
      return { body: { rows: rows.toSorted((a, b) => (a.code < b.code ? -1 : 1)) } }
    },
  })

/** A village; what discloses nothing does not exist here. */
function villageOf({ rights }: Api, code: string): KnownLedger | undefined {
  const found = rights.byCode(code)
  return found?.kind === 'village' ? found : undefined
}

const monthList = (api: Api, disclosure: Disclosure): Route =>
  route({
    id: 'listDisclosedMonths',
    method: 'get',
    path: '/disclosure/{village}/months',
    tag: 'disclosure',
    summary: { zh: '一个村公开的月份', en: 'months a village has disclosed' },
    access: 'anybody',
    params: z.object(villageParam),
    answer: z.strictObject({
      ledger: text,
      village: text,
      /** Days a sheet is posted, may be objected to, and has to be answered in; major matters are open within as many. */
      days: z.strictObject({
        posted: z.int(),
        objection: z.int(),
        answer: z.int(),
        major: z.int(),
      }),
      rows: list(
        z.strictObject({ month: text, state: z.enum(['open', 'running']), opensOn: text }),
      ),
    }),
    handle: ({ params }) => {
      const known = villageOf(api, params.village)
      if (known === undefined) return problem('noSuchThing')
      const { origin, name } = known
      const rows = disclosure.months(origin, nowOf(api))
      return { body: { ledger: origin, village: name, days: disclosureDays, rows } }
    },
  })

const monthPage = (api: Api, disclosure: Disclosure): Route =>
  route({
    id: 'showDisclosedMonth',
    method: 'get',
    path: '/disclosure/{village}/{month}',
    tag: 'disclosure',
    summary: { zh: '一个村一个月的公开内容', en: 'what a village discloses of a month' },
    access: 'anybody',
    params: z.object({ ...villageParam, month: monthSchema }),
    answer: monthAnswer,
    handle: ({ params: { village, month }, language }) => {
      const known = villageOf(api, village)
      const page =
        known === undefined ? undefined : disclosure.month(known.origin, month, nowOf(api))
      if (page === undefined) return problem('noSuchThing')
      return { body: shown(page, language) }
    },
  })

function shown(
  page: DisclosedPage,
  language: Parameters<typeof sheetOf>[1]['language'],
): z.infer<typeof monthAnswer> {
  const { disclosed, digest, head } = page
  const opens = opensOn(disclosed.month)
  const sheet = sheetOf(page, { language, opensOn: opens })
  return { ...disclosed, digest, opensOn: opens, head, sheet }
}
