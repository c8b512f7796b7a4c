// Who I am, and what waits for me.
import { z } from 'zod'
import { actName } from '../../app/act-names.ts'
import type { WaitingTask } from '../../app/read/port.ts'
import { aboutOf } from '../../app/read/tasks.ts'
import { desksOf, type KnownLedger } from '../../app/rights.ts'
import { FRESH_MS } from '../../domain/account.ts'
import { type Origin, streamKind, streamKinds } from '../../domain/ids.ts'
import type { Language } from '../../domain/language.ts'
import { fromFen } from '../../domain/money.ts'
import { officeKinds } from '../../domain/office.ts'
import { instantOf } from '../../domain/time.ts'
import type { Api } from '../api.ts'
import { howOf } from '../looking.ts'
import { thingHref } from '../possible.ts'
import { type Route, route } from '../route.ts'
import { amount, list, pageOf, pageQuery, paged, text } from '../schemas.ts'
import type { Viewer } from '../viewer.ts'
import { resetSchema, resetsOf } from './account-acts.ts'

const placeSchema = z.strictObject({ ledger: text, code: text, name: text })

const meSchema = z.strictObject({
  account: text,
  username: text,
  person: text.optional(),
  name: text.optional(),
  administrator: z.boolean(),
  signedInBy: text,
  /** Until when signatures need no further confirmation. */
  confirmedUntil: text.optional(),
  /** What must be mended before anything else. */
  limit: z.enum(['enrolmentNeeded', 'secondFactorNeeded']).optional(),
  /** Somebody reset the account: told until `/me/account-acts` showed it. */
  resets: list(resetSchema).optional(),
  offices: list(
    z.strictObject({
      office: text,
      kind: text,
      title: text,
      organisation: text,
      organisationName: text,
      ledger: text,
      /** Held by this mandate, not in person. */
      mandate: text.optional(),
    }),
  ),
  memberOf: list(placeSchema),
  villages: list(placeSchema),
  townships: list(placeSchema),
})

const taskSchema = z.strictObject({
  ledger: text,
  code: text,
  village: text,
  stream: text,
  act: text,
  title: text,
  desk: text,
  since: text,
  dueAt: text,
  /** What it is about where that is a part of the thing: the finding to answer, the office to fill. */
  about: text.optional(),
  /** Where it is done: the page says how (`can`). */
  thing: z.strictObject({
    kind: z.enum(streamKinds),
    id: text.optional(),
    title: text.optional(),
    href: text,
  }),
  request: z.strictObject({ request: text, purpose: text, amount }).optional(),
})

export const meRoutes = (api: Api): readonly Route[] => [whoAmI(api), inbox(api)]

const whoAmI = (api: Api): Route =>
  route({
    id: 'whoAmI',
    method: 'get',
    path: '/me',
    tag: 'me',
    summary: { zh: '我的身份、职务和可见的村', en: 'who I am, my offices, what I may see' },
    access: 'account',
    whileLimited: true,
    answer: meSchema,
    handle: async ({ viewer, language }) => {
      const resets = await resetsOf(api, viewer.session, language)
      const me = meOf(api, viewer, language)
      return { body: resets.length === 0 ? me : { ...me, resets } }
    },
  })

function meOf(api: Api, viewer: Viewer, language: Language): z.infer<typeof meSchema> {
  const { session, rights } = viewer
  const { account, username, person, administrator, signedInBy, confirmed, limit } = session
  const until = confirmed === undefined ? 0 : confirmed.at + FRESH_MS
  const name = person === undefined ? undefined : api.reading.person(person)
  const places = (origins: Iterable<Origin>) =>
    [...origins].flatMap((origin) => placeOf(api.rights.ledger(origin)))
  return {
    account,
    username,
    ...(person === undefined ? {} : { person }),
    ...(name === undefined ? {} : { name }),
    administrator,
    signedInBy,
    ...(until > api.doorClock() ? { confirmedUntil: instantOf(until) } : {}),
    ...(limit === undefined ? {} : { limit }),
    offices: officesOf(api, viewer, language),
    memberOf: places(rights.memberOf),
    villages: places(rights.sees),
    townships: places(rights.townships),
  }
}

const placeOf = (ledger: KnownLedger | undefined) =>
  ledger === undefined ? [] : [{ ledger: ledger.origin, code: ledger.code, name: ledger.name }]

const officesOf = (api: Api, { rights }: Viewer, language: Language) =>
  rights.offices.map(({ office, kind, organisation, ledger, mandate }) => ({
    office,
    kind,
    title: officeKinds[kind][language],
    organisation,
    organisationName:
      api.rights.ledger(ledger)?.roster.organisations.get(organisation)?.name ?? organisation,
    ledger,
    ...(mandate === undefined ? {} : { mandate }),
  }))

const inbox = (api: Api): Route =>
  route({
    id: 'inbox',
    method: 'get',
    path: '/inbox',
    tag: 'me',
    summary: { zh: '我的待办', en: 'what waits for me, the longest waiting first' },
    access: 'account',
    query: z.strictObject(pageQuery('inbox')),
    answer: pageOf(taskSchema),
    handle: async ({ viewer, query, language }) => {
      const { session, rights } = viewer
      if (session.person === undefined) return { body: { rows: [] } }
      const desks = new Set([session.person, ...rights.offices.flatMap(desksOf)])
      const ledgers = [...rights.sees, ...rights.townships]
      const page = await api.reading.inbox({ desks: [...desks], ledgers, ...query })
      return {
        body: paged('inbox', page, (row) => {
          const { ledger: origin, stream, act, desk, since, dueAt, request } = row
          const ledger = api.rights.ledger(origin)
          const named = ledger === undefined ? desk : howOf(api, ledger, language).names.desk(desk)
          const about = aboutOf(row.key, row)
          return {
            ledger: origin,
            code: ledger?.code ?? '',
            village: ledger?.name ?? '',
            stream,
            act,
            title: actName(act, language),
            desk: named,
            since,
            dueAt,
            ...(about === '' ? {} : { about }),
            thing: thingOf(api, row),
            ...(request === undefined ? {} : { request: told(request) }),
          }
        }),
      }
    },
  })

/** What a task is about: what it is called, and the address of its page. */
function thingOf(
  { reading, rights }: Api,
  { ledger, stream, request }: WaitingTask,
): z.infer<typeof taskSchema>['thing'] {
  const [, id] = stream.split('/')
  const title =
    request === undefined
      ? reading.numbered([ledger], [stream]).find(({ key }) => key === '')?.title
      : request.purpose
  return {
    kind: streamKind(stream),
    ...(id === undefined ? {} : { id }),
    ...(title === undefined || title === '' ? {} : { title }),
    href: thingHref(rights.ledger(ledger), stream),
  }
}

const told = ({
  request,
  purpose,
  amountFen,
}: {
  readonly request: string
  readonly purpose: string
  readonly amountFen: number
}) => ({ request, purpose, amount: fromFen(amountFen) })
