// The attempt log (law 10.6): for the township's discipline inspectors, of their villages and of whoever belongs to them; and
// for everybody, of their own account.
import { z } from 'zod'
import { attemptView, type AttemptWords } from '../../app/read/attempts.ts'
import type { AttemptPage } from '../../domain/attempt-log.ts'
import { type Origin, personIdSchema } from '../../domain/ids.ts'
import type { Language } from '../../domain/language.ts'
import { localDateSchema } from '../../domain/time.ts'
import type { Api } from '../api.ts'
import { doorActs } from '../attempts.ts'
import type { WayPath } from '../identity/ways.ts'
import { howOf } from '../looking.ts'
import { attempted, problem, problemKinds } from '../problem.ts'
import { type Route, route } from '../route.ts'
import { codeSchema, pageOf, pageQuery, paged, text } from '../schemas.ts'
import type { Viewer } from '../viewer.ts'

const rowSchema = z.strictObject({
  id: z.int(),
  /** In Asia/Shanghai. */
  day: text,
  firstAt: text,
  lastAt: text,
  /** How often that day, with the same answer. */
  count: z.int(),
  who: text,
  account: text,
  person: text,
  office: text,
  officeName: text,
  mandate: text,
  act: text,
  title: text,
  ledger: text,
  place: text,
  stream: text,
  code: text,
  reason: text,
  /** Finds the line of the operator's log: of the first and of the last. */
  reference: text,
  lastReference: text,
})

const filters = {
  code: z
    .string()
    .regex(/^(?:[A-Za-z]{1,60}|\*)$/)
    .optional(),
  day: localDateSchema.optional(),
  ...pageQuery('attempts'),
}

export const attemptRoutes = (api: Api): readonly Route[] => [
  listAttempts(api),
  listOwnAttempts(api),
]

const listAttempts = (api: Api): Route =>
  route({
    id: 'listAttempts',
    method: 'get',
    path: '/township/attempts',
    tag: 'attempt',
    summary: {
      zh: '尝试记录：谁被拒绝了什么（镇纪委）',
      en: 'who was refused what: for the discipline committee',
    },
    access: 'township',
    problems: ['noSuchThing'],
    query: z.strictObject({
      person: personIdSchema.optional(),
      village: codeSchema.optional(),
      ...filters,
    }),
    answer: pageOf(rowSchema),
    handle: async ({ viewer, ledger, language, query: { village, ...query } }) => {
      const { origin } = ledger
      if (!isInspector(viewer, origin)) return problem('notAllowed')
      const of = village === undefined ? undefined : api.rights.byCode(village)
      const own = of?.origin === origin || of?.township === origin
      if (village !== undefined && !own)
        return attempted(problem('noSuchThing'), of === undefined ? {} : { ledger: of.origin })
      const about = of === undefined ? {} : { ledger: of.origin }
      const page = await api.attempts.page({ ...query, ...about, townships: [origin] })
      return { body: await shown(api, page, { language, home: origin }) }
    },
  })

/** What was tried in one's own name: whoever reads of a sign-in they never tried knows that somebody else did. */
const listOwnAttempts = (api: Api): Route =>
  route({
    id: 'listOwnAttempts',
    method: 'get',
    path: '/me/attempts',
    tag: 'me',
    summary: { zh: '以我的账号被拒绝的操作', en: 'what was refused to my account' },
    access: 'account',
    query: z.strictObject(filters),
    answer: pageOf(rowSchema),
    handle: async ({ viewer, language, query }) => {
      const { account } = viewer.session
      const page = await api.attempts.page({ ...query, account })
      const [home] = [...viewer.rights.townships, ...viewer.rights.sees]
      return { body: await shown(api, page, { language, home }) }
    },
  })

/** Of the discipline committee. */
export const isInspector = ({ rights }: Viewer, township: Origin): boolean =>
  rights.offices.some(
    ({ kind, ledger }) =>
      ledger === township && (kind === 'inspector' || kind === 'disciplineSecretary'),
  )

interface Showing {
  readonly language: Language
  /** Names what is about no ledger. */
  readonly home: Origin | undefined
}

async function shown(api: Api, page: AttemptPage, { language, home }: Showing) {
  const usernames = await usernamesOf(api, page)
  const words: AttemptWords = {
    language,
    names: (ledger) => namesAt(api, ledger === '' ? home : ledger, language),
    place: (ledger) => (ledger === '' ? '' : (api.rights.ledger(ledger)?.name ?? ledger)),
    title: (act) => (Object.hasOwn(doorActs, act) ? doorActs[act as WayPath] : api.titleOf(act)),
    reason: (code) =>
      Object.hasOwn(problemKinds, code)
        ? problemKinds[code as keyof typeof problemKinds]
        : undefined,
    username: (account) => usernames.get(account),
  }
  return paged('attempts', page, (row) => attemptView(row, words))
}

function namesAt(api: Api, origin: Origin | undefined, language: Language) {
  const ledger = origin === undefined ? undefined : api.rights.ledger(origin)
  if (ledger !== undefined) return howOf(api, ledger, language).names
  return {
    office: (id: string) => id,
    person: (id: string) => api.reading.person(personIdSchema.parse(id)) ?? id,
  }
}

/** Of accounts that are nobody's in a roster. */
async function usernamesOf(
  { usernameOf }: Api,
  { rows }: AttemptPage,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const { account, person } of rows) {
    if (account === '' || person !== '' || found.has(account)) continue
    const username = await usernameOf(account)
    if (username !== undefined) found.set(account, username)
  }
  return found
}
