// The ways through the door (/api/auth) as the OpenAPI document tells them: their forms are the door's own.
import { z } from 'zod'
import type { Sentence } from '../domain/language.ts'
import { BASE_PATH } from './identity/auth.ts'
import { type IdentityCode, identityProblems } from './identity/problems.ts'
import { type WayPath, ways } from './identity/ways.ts'
import type { Json, Operation } from './openapi.ts'

interface Told {
  /** The operationId. */
  readonly id: string
  readonly summary: Sentence
  /** The session cookie, or the half of a sign-in that waits for its code, goes with it. */
  readonly session?: true
  readonly answer: z.ZodType
  readonly codes: readonly IdentityCode[]
}

const next = z.strictObject({ next: z.enum(['none', 'secondFactor', 'enrolment']) })
const backupCodes = z.array(z.string())
const elsewhere = z.strictObject({ url: z.string() })

const told: Readonly<Record<WayPath, Told>> = {
  '/sign-in/username': {
    id: 'signIn',
    summary: { zh: '用账号和密码登录', en: 'sign in; the answer sets the session cookie' },
    answer: next,
    codes: ['signInFailed', 'accountLocked', 'accountSuspended'],
  },
  '/two-factor/verify-totp': {
    id: 'verifyCode',
    summary: { zh: '输入动态口令', en: 'the one-time code, after the password or to set it up' },
    session: true,
    answer: next,
    codes: ['totpWrong', 'challengeEnded', 'secondFactorAlreadySet', 'accountLocked'],
  },
  '/two-factor/verify-backup-code': {
    id: 'verifyBackupCode',
    summary: { zh: '输入备用码', en: 'a backup code in place of the one-time code' },
    session: true,
    answer: next,
    codes: ['backupCodeWrong', 'challengeEnded', 'accountLocked'],
  },
  '/two-factor/enable': {
    id: 'enableCode',
    summary: { zh: '开始绑定动态口令', en: 'begin to set the one-time code up' },
    session: true,
    answer: z.strictObject({ uri: z.string(), backupCodes }),
    codes: ['notSignedIn', 'secondFactorNeeded', 'signInFailed', 'accountLocked'],
  },
  '/two-factor/generate-backup-codes': {
    id: 'newBackupCodes',
    summary: { zh: '换一组备用码', en: 'new backup codes; the old are void' },
    session: true,
    answer: z.strictObject({ backupCodes }),
    codes: [
      'notSignedIn',
      'enrolmentNeeded',
      'signInFailed',
      'secondFactorNotSet',
      'accountLocked',
    ],
  },
  '/sign-out': {
    id: 'signOut',
    summary: { zh: '退出登录', en: 'end this session' },
    session: true,
    answer: z.strictObject({}),
    codes: [],
  },
  '/sign-in/social': {
    id: 'signInElsewhere',
    summary: { zh: '通过其他平台登录', en: 'where to sign in through another house' },
    answer: elsewhere,
    codes: ['providerUnknown'],
  },
  '/link-social': {
    id: 'linkElsewhere',
    summary: { zh: '关联其他平台的账号', en: 'tie an account of another house to one’s own' },
    session: true,
    answer: elsewhere,
    codes: ['providerUnknown', 'notSignedIn', 'enrolmentNeeded', 'reauthenticationNeeded'],
  },
}

const everyWay: readonly IdentityCode[] = [
  'originForeign',
  'bodyMalformed',
  'keyRepeated',
  'inputInvalid',
  'bodyTooLarge',
  'mediaTypeUnknown',
  'tooManyRequests',
]

interface Making {
  readonly schemaOf: (schema: z.ZodType, io: 'input' | 'output') => Json
  readonly problem: Json
}

/** Paths from the server's root. */
export function doorPaths(making: Making): Readonly<Record<string, Json>> {
  const paths = (Object.keys(ways) as readonly WayPath[]).map((path): [string, Json] => [
    `${BASE_PATH}${path}`,
    { servers: [{ url: '/' }], post: operation(path, making) },
  ])
  return Object.fromEntries(paths)
}

function operation(path: WayPath, { schemaOf, problem }: Making): Operation {
  const { id, summary, session, answer, codes } = told[path]
  const all = [...codes, ...everyWay]
  const statuses = [...new Set(all.map((code) => identityProblems[code].status))].sort(
    (a, b) => a - b,
  )
  const refusals = statuses.map((status): [string, Json] => {
    const own = all.filter((code) => identityProblems[code].status === status)
    const content = { 'application/problem+json': { schema: problem } }
    return [String(status), { description: own.join(', '), content }]
  })
  const works = { 'application/json': { schema: schemaOf(answer, 'output') } }
  return {
    operationId: id,
    tags: ['door'],
    summary: `${summary.zh} · ${summary.en}`,
    security: session === true ? [{ session: [] }] : [],
    'x-access': session === true ? 'account' : 'anybody',
    parameters: [],
    requestBody: {
      required: true,
      content: { 'application/json': { schema: schemaOf(ways[path].fields, 'input') } },
    },
    responses: {
      200: { description: 'it worked', content: works },
      ...Object.fromEntries(refusals),
    },
  }
}
