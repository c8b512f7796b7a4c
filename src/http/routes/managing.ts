// Managing the accounts of others: made, reset, suspended, removed. Who may manage whose is identity's rule; here it is told.
import { z } from 'zod'
import type { Account } from '../../domain/account.ts'
import { personIdSchema } from '../../domain/ids.ts'
import { instantOf } from '../../domain/time.ts'
import type { Api } from '../api.ts'
import type { MadeLink } from '../identity/links.ts'
import { type Route, route } from '../route.ts'
import { paged, pageOf, pageQuery, text } from '../schemas.ts'
import { idParam, nothing, passed } from './passing.ts'

const accountSchema = z.strictObject({
  account: text,
  username: text,
  person: text.optional(),
  role: z.enum(['administrator', 'none']),
  suspended: z.boolean(),
  ready: z.boolean(),
  secondFactor: z.boolean(),
  madeAt: text,
})
const linkSchema = z.strictObject({
  account: text,
  username: text,
  /** Told once. The token stands behind `#`. */
  url: text,
  expiresAt: text,
})

const linkShown = ({ account, username, url, expiresAt }: MadeLink) => ({
  body: { account, username, url, expiresAt: instantOf(expiresAt) },
})

const accountShown = ({ id, madeAt, ...rest }: Account) => ({
  account: id,
  ...rest,
  madeAt: instantOf(madeAt),
})

const managed = ['accountUnknown', 'accountNotYours', 'accountOfSuperior', 'ownAccount'] as const

/** Who may manage whose account is identity's rule; each act is freshly confirmed. */
export const managingRoutes = ({ identity: { accounts } }: Api): readonly Route[] => [
  accountList(accounts),
  route({
    id: 'addAccount',
    method: 'post',
    path: '/accounts',
    tag: 'account',
    summary: { zh: '新建账号', en: 'make an account and its set-up link' },
    access: 'account',
    signature: true,
    status: 201,
    body: z.strictObject({
      username: z.string().min(1).max(100),
      person: personIdSchema.optional(),
      role: z.enum(['administrator', 'none']).optional(),
    }),
    answer: linkSchema,
    problems: [...managed, 'usernameInvalid', 'usernameTaken', 'personHasAccount'],
    handle: async ({ viewer, body: { username, person, role } }) => {
      const wanted = {
        username,
        ...(person === undefined ? {} : { person }),
        ...(role === undefined ? {} : { role }),
      }
      return passed(await accounts.add(viewer.session, wanted), linkShown)
    },
  }),
  route({
    id: 'resetAccount',
    method: 'post',
    path: '/accounts/{id}/set-up-links',
    tag: 'account',
    summary: { zh: '发设置链接', en: 'make a new set-up link for an account' },
    access: 'account',
    signature: true,
    status: 201,
    params: idParam,
    answer: linkSchema,
    problems: managed,
    handle: async ({ viewer, params: { id } }) =>
      passed(await accounts.reset(viewer.session, id), linkShown),
  }),
  ...standingRoutes(accounts),
]

const accountList = (accounts: Api['identity']['accounts']): Route =>
  route({
    id: 'listAccounts',
    method: 'get',
    path: '/accounts',
    tag: 'account',
    summary: { zh: '我可管理的账号', en: 'the accounts one may manage' },
    access: 'account',
    query: z.strictObject({
      ...pageQuery('accounts'),
      named: z.string().trim().min(1).max(40).optional(),
    }),
    answer: pageOf(accountSchema),
    handle: async ({ viewer, query: { limit, after, named } }) => {
      const page = { limit, after: after?.[0], named: named?.normalize('NFKC').toLowerCase() }
      return passed(await accounts.list(viewer.session, page), (shown) => ({
        body: paged('accounts', shown, accountShown),
      }))
    },
  })

const standingRoutes = (accounts: Api['identity']['accounts']): readonly Route[] => [
  route({
    id: 'suspendAccount',
    method: 'post',
    path: '/accounts/{id}/suspension',
    tag: 'account',
    summary: { zh: '停用账号', en: 'suspend an account' },
    access: 'account',
    signature: true,
    status: 204,
    params: idParam,
    body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
    problems: managed,
    handle: async ({ viewer, params: { id }, body: { reason } }) =>
      passed(await accounts.suspend(viewer.session, { id, reason }), nothing),
  }),
  route({
    id: 'restoreAccount',
    method: 'delete',
    path: '/accounts/{id}/suspension',
    tag: 'account',
    summary: { zh: '恢复账号', en: 'restore a suspended account' },
    access: 'account',
    signature: true,
    status: 204,
    params: idParam,
    problems: managed,
    handle: async ({ viewer, params: { id } }) =>
      passed(await accounts.restore(viewer.session, id), nothing),
  }),
  route({
    id: 'removeAccount',
    method: 'delete',
    path: '/accounts/{id}',
    tag: 'account',
    summary: { zh: '删除账号', en: 'remove an account' },
    access: 'account',
    signature: true,
    status: 204,
    params: idParam,
    problems: managed,
    handle: async ({ viewer, params: { id } }) =>
      passed(await accounts.remove(viewer.session, id), nothing),
  }),
]
