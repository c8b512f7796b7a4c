// Accepted acts on accounts (账号操作记录): for the township's discipline committee, of whoever belongs to it and of
// administrators; and for everybody, of their own account.
import { z } from 'zod'
import {
  type AccountActPage,
  accountActs,
  accountActKinds,
  type KeptAccountAct,
  rightName,
} from '../../domain/account-act.ts'
import type { Session } from '../../domain/account.ts'
import { type PersonId, personIdSchema } from '../../domain/ids.ts'
import { fill, type Language } from '../../domain/language.ts'
import { atShanghai, dateAt, endOf, instantOf, localDateSchema, msOf } from '../../domain/time.ts'
import type { Api } from '../api.ts'
import { problem } from '../problem.ts'
import { type Route, route } from '../route.ts'
import { pageOf, pageQuery, paged, text } from '../schemas.ts'
import { isInspector } from './attempts.ts'

const rowSchema = z.strictObject({
  id: z.int(),
  /** In Asia/Shanghai. */
  day: text,
  at: text,
  act: z.enum(accountActKinds),
  title: text,
  /** Whose. */
  account: text,
  person: text,
  whose: text,
  /** Who: `''` where nobody was signed in. */
  byAccount: text,
  byPerson: text,
  who: text,
  /** By which office's right, or which other. */
  right: text,
  rightName: text,
})

const filters = {
  act: z.enum(accountActKinds).optional(),
  day: localDateSchema.optional(),
  ...pageQuery('accountActs'),
}

export const accountActRoutes = (api: Api): readonly Route[] => [
  listAccountActs(api),
  listOwnAccountActs(api),
]

const listAccountActs = (api: Api): Route =>
  route({
    id: 'listAccountActs',
    method: 'get',
    path: '/township/account-acts',
    tag: 'account',
    summary: {
      zh: '账号操作记录：谁对谁的账号做了什么（镇纪委）',
      en: 'who did what to whose account: for the discipline committee',
    },
    access: 'township',
    query: z.strictObject({ person: personIdSchema.optional(), ...filters }),
    answer: pageOf(rowSchema),
    handle: async ({ viewer, ledger: { origin }, language, query: { day, ...query } }) => {
      if (!isInspector(viewer, origin)) return problem('notAllowed')
      const page = await api.accountActs.page({ ...query, ...during(day), township: origin })
      return { body: await shown(api, page, language) }
    },
  })

/** What is shown here was seen: `/me` tells of a reset until then. */
const listOwnAccountActs = (api: Api): Route =>
  route({
    id: 'listOwnAccountActs',
    method: 'get',
    path: '/me/account-acts',
    tag: 'me',
    summary: { zh: '对我的账号做过的操作', en: 'what was done to my account' },
    access: 'account',
    query: z.strictObject(filters),
    answer: pageOf(rowSchema),
    handle: async ({ viewer, language, query: { day, ...query } }) => {
      const { account, person } = viewer.session
      const own = { account, person: person ?? ('' as const) }
      const page = await api.accountActs.page({ ...query, ...during(day), own })
      const body = await shown(api, page, language)
      const resets = page.rows.filter(({ act }) => act === 'reset')
      if (resets.length > 0) await api.accountActs.seen(resets.map(({ id }) => id))
      return { body }
    },
  })

const during = (day: Parameters<typeof endOf>[0] | undefined) =>
  day === undefined ? {} : { from: msOf(atShanghai(day, '00:00')), before: msOf(endOf(day)) }

async function shown(api: Api, page: AccountActPage, language: Language) {
  const rows = []
  for (const row of page.rows) rows.push(await viewOf(api, row, language))
  return paged('accountActs', { ...page, rows }, (row) => row)
}

async function viewOf(api: Api, row: KeptAccountAct, language: Language) {
  const { id, act, account, person, byAccount, byPerson, byRight } = row
  const right = rightName(byRight)[language]
  return {
    id,
    day: dateAt(instantOf(row.at)),
    at: instantOf(row.at),
    act,
    title: accountActs[act][language],
    account,
    person,
    whose: await nameOf(api, person, account),
    byAccount,
    byPerson,
    who: byAccount === '' ? right : await nameOf(api, byPerson, byAccount),
    right: byRight,
    rightName: right,
  }
}

/** The person's name; of an account that is nobody's its username; of one that is gone, its number. */
async function nameOf(
  { reading, usernameOf }: Api,
  person: PersonId | '',
  account: string,
): Promise<string> {
  if (person !== '') return reading.person(person) ?? person
  return (await usernameOf(account)) ?? account
}

export const resetSchema = z.strictObject({ at: text, right: text, told: text })

const resetTold = {
  zh: '您的账号已于{date}由{office}重置（发出新的设置链接）。如非您本人要求，请告知镇纪委',
  en: 'Your account was reset by {office} on {date}. If you did not ask for it, tell the discipline committee',
}

/** Resets of one's own account that one has not been shown in the list yet. */
export async function resetsOf(
  { accountActs: log }: Api,
  { account }: Session,
  language: Language,
): Promise<readonly z.infer<typeof resetSchema>[]> {
  return (await log.unseenResets(account)).map(({ at, byRight }) => {
    const params = { date: dateAt(instantOf(at)), office: rightName(byRight)[language] }
    return { at: instantOf(at), right: byRight, told: fill(resetTold[language], params) }
  })
}
