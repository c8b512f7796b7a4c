// Accounts: setting one up by its link, one's own sessions and password, fresh confirmation, and managing the accounts of others.
// What identity answers is passed on; signing in itself is /api/auth.
import { z } from 'zod'
import type { Account } from '../../domain/account.ts'
import { personIdSchema } from '../../domain/ids.ts'
import { instantOf } from '../../domain/time.ts'
import type { Api } from '../api.ts'
import type { MadeLink } from '../identity/links.ts'
import type { Answer } from '../identity/problems.ts'
import { identityAs, type Problem } from '../problem.ts'
import { type Reply, type Route, route } from '../route.ts'
import { list, text } from '../schemas.ts'

const password = z.string().min(1).max(1000)
const token = z.string().min(1).max(200)
const idParam = z.object({ id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) })

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

/** What was done, shown; or why not. */
function passed<T, R>(answer: Answer<T>, shown: (done: T) => Reply<R>): Reply<R> | Problem {
  return 'problem' in answer ? identityAs(answer.problem) : shown(answer.done)
}

const nothing = (): Reply<never> => ({})

const linkShown = ({ account, username, url, expiresAt }: MadeLink) => ({
  body: { account, username, url, expiresAt: instantOf(expiresAt) },
})

const accountShown = ({ id, madeAt, ...rest }: Account) => ({
  account: id,
  ...rest,
  madeAt: instantOf(madeAt),
})

export const accountRoutes = (api: Api): readonly Route[] => [
  ...linkRoutes(api),
  ...ownRoutes(api),
  ...managing(api),
]

const linkRoutes = ({ identity }: Api): readonly Route[] => [
  route({
    id: 'showSetUpLink',
    method: 'post',
    path: '/set-up-links/showing',
    tag: 'account',
    summary: { zh: '查看设置链接', en: 'what a set-up link is for' },
    access: 'anybody',
    body: z.strictObject({ token }),
    answer: z.strictObject({ username: text, expiresAt: text, enrols: z.boolean() }),
    problems: ['setupLinkInvalid', 'accountSuspended'],
    handle: async ({ body }) =>
      passed(await identity.links.show(body.token), ({ username, expiresAt, enrols }) => ({
        body: { username, expiresAt: instantOf(expiresAt), enrols },
      })),
  }),
  route({
    id: 'useSetUpLink',
    method: 'post',
    path: '/set-up-links/use',
    tag: 'account',
    summary: { zh: '用设置链接设定密码', en: 'set the password by a set-up link' },
    access: 'anybody',
    body: z.strictObject({ token, password }),
    answer: z.strictObject({ next: z.enum(['none', 'secondFactor', 'enrolment', 'signIn']) }),
    problems: ['setupLinkInvalid', 'accountSuspended', 'passwordTooShort', 'passwordCommon'],
    handle: async ({ body, caller }) =>
      passed(await identity.links.use(body, caller), ({ next, cookies }) => ({
        body: { next },
        cookies,
      })),
  }),
  route({
    id: 'listProviders',
    method: 'get',
    path: '/providers',
    tag: 'account',
    summary: { zh: '可用的登录平台', en: 'other houses one can sign in through' },
    access: 'anybody',
    answer: z.strictObject({ providers: list(z.strictObject({ id: text, name: text })) }),
    handle: () => ({ body: { providers: identity.providers } }),
  }),
]

const confirmation = z.strictObject({
  password: password.optional(),
  code: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
})

const ownRoutes = ({ identity }: Api): readonly Route[] => [
  route({
    id: 'reauthenticate',
    method: 'post',
    path: '/reauthentication',
    tag: 'account',
    summary: { zh: '重新确认身份', en: 'confirm anew who you are' },
    access: 'account',
    whileLimited: true,
    body: confirmation,
    answer: z.strictObject({ confirmedAt: text.optional(), by: text.optional() }),
    problems: ['reauthenticationFailed', 'accountLocked', 'totpWrong', 'secondFactorNotSet'],
    handle: async ({ viewer, body: { password: typed, code } }) => {
      const given = {
        ...(typed === undefined ? {} : { password: typed }),
        ...(code === undefined ? {} : { code }),
      }
      return passed(await identity.stepUp(viewer.session, given), ({ confirmed }) => ({
        body:
          confirmed === undefined
            ? {}
            : { confirmedAt: instantOf(confirmed.at), by: confirmed.by },
      }))
    },
  }),
  route({
    id: 'changePassword',
    method: 'put',
    path: '/password',
    tag: 'account',
    summary: { zh: '修改本人密码', en: 'change your own password' },
    access: 'account',
    body: z.strictObject({ current: password, next: password }),
    answer: z.strictObject({ endedSessions: z.int() }),
    problems: ['reauthenticationFailed', 'accountLocked', 'passwordTooShort', 'passwordCommon'],
    handle: async ({ viewer, body }) =>
      passed(await identity.changePassword(viewer.session, body), (endedSessions) => ({
        body: { endedSessions },
      })),
  }),
  ...sessionRoutes(identity),
]

const sessionSchema = z.strictObject({
  id: text,
  startedAt: text,
  expiresAt: text,
  address: text,
  device: text,
  current: z.boolean(),
})

const sessionRoutes = ({ sessions }: Api['identity']): readonly Route[] => [
  route({
    id: 'listSessions',
    method: 'get',
    path: '/sessions',
    tag: 'account',
    summary: { zh: '我的登录', en: 'where I am signed in' },
    access: 'account',
    answer: z.strictObject({ sessions: list(sessionSchema) }),
    handle: async ({ viewer }) => {
      const listed = await sessions.list(viewer.session)
      return {
        body: {
          sessions: listed.map(({ startedAt, expiresAt, ...rest }) => ({
            ...rest,
            startedAt: instantOf(startedAt),
            expiresAt: instantOf(expiresAt),
          })),
        },
      }
    },
  }),
  route({
    id: 'endSession',
    method: 'delete',
    path: '/sessions/{id}',
    tag: 'account',
    summary: { zh: '结束一次登录', en: 'end one of my sessions' },
    access: 'account',
    params: idParam,
    status: 204,
    problems: ['sessionUnknown'],
    handle: async ({ viewer, params: { id } }) =>
      passed(await sessions.end(viewer.session, id), nothing),
  }),
  route({
    id: 'endOtherSessions',
    method: 'delete',
    path: '/sessions',
    tag: 'account',
    summary: { zh: '结束其他登录', en: 'end all my other sessions' },
    access: 'account',
    answer: z.strictObject({ endedSessions: z.int() }),
    handle: async ({ viewer }) => ({
      body: { endedSessions: await sessions.endOthers(viewer.session) },
    }),
  }),
]

const managed = ['accountUnknown', 'accountNotYours', 'accountOfSuperior', 'ownAccount'] as const

/** Who may manage whose account is identity's rule; each act is freshly confirmed. */
const managing = ({ identity: { accounts } }: Api): readonly Route[] => [
  route({
    id: 'listAccounts',
    method: 'get',
    path: '/accounts',
    tag: 'account',
    summary: { zh: '我可管理的账号', en: 'the accounts one may manage' },
    access: 'account',
    answer: z.strictObject({ accounts: list(accountSchema) }),
    handle: async ({ viewer }) =>
      passed(await accounts.list(viewer.session), (all) => ({
        body: { accounts: all.map(accountShown) },
      })),
  }),
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
