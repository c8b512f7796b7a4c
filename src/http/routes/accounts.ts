// Accounts: setting one up by its link, one's own sessions and password, fresh confirmation, and managing the accounts of others.
// What identity answers is passed on; signing in itself is /api/auth.
import { z } from 'zod'
import { instantOf } from '../../domain/time.ts'
import type { Api } from '../api.ts'
import { type Route, route } from '../route.ts'
import { list, text } from '../schemas.ts'
import { managingRoutes } from './managing.ts'
import { idParam, nothing, passed } from './passing.ts'
import { peopleRoutes } from './people.ts'

const password = z.string().min(1).max(1000)
const token = z.string().min(1).max(200)

export const accountRoutes = (api: Api): readonly Route[] => [
  ...linkRoutes(api),
  ...ownRoutes(api),
  // before /accounts/{id}, which would take `people` for an id
  ...peopleRoutes(api),
  ...managingRoutes(api),
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
          confirmed === undefined ? {} : { confirmedAt: instantOf(confirmed.at), by: confirmed.by },
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
  /** Last used, to the minute. */
  seenAt: text,
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
          sessions: listed.map(({ startedAt, seenAt, expiresAt, ...rest }) => ({
            ...rest,
            startedAt: instantOf(startedAt),
            seenAt: instantOf(seenAt),
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
