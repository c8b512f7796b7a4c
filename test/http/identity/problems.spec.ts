// Every refusal of the door: two languages, every place filled, and a status that fits.
import { describe, expect, test } from 'vitest'
import {
  type IdentityCode,
  identityProblems,
  locked,
  problem,
  problemBody,
  retryAfter,
} from '../../../src/http/identity/problems.ts'

const codes = Object.keys(identityProblems) as IdentityCode[]

describe.each(codes)('%s', (code) => {
  const { zh, en, remedy } = identityProblems[code]

  test('says in both languages what is wrong and what to do', () => {
    for (const text of [zh, remedy.zh]) expect(text).toMatch(/\p{Script=Han}/u)
    for (const text of [en, remedy.en]) expect(text).toMatch(/^[\x20-\x7e·]+$/)
  })

  test('has the same places in both', () => {
    const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    expect(places(zh)).toEqual(places(en))
    expect(places(remedy.zh)).toEqual(places(remedy.en))
  })
})

/** Clients and routes rely on them: a change here is a change of the API. */
const statuses: Readonly<Record<IdentityCode, number>> = {
  notSignedIn: 401,
  signInFailed: 401,
  accountLocked: 429,
  accountSuspended: 403,
  tooManyRequests: 429,
  enrolmentNeeded: 403,
  secondFactorNeeded: 403,
  totpWrong: 401,
  backupCodeWrong: 401,
  challengeEnded: 401,
  secondFactorAlreadySet: 409,
  secondFactorNotSet: 409,
  setupLinkInvalid: 404,
  passwordTooShort: 422,
  passwordTooLong: 422,
  passwordCommon: 422,
  reauthenticationNeeded: 403,
  reauthenticationFailed: 401,
  usernameTaken: 409,
  usernameInvalid: 422,
  personHasAccount: 409,
  accountUnknown: 404,
  accountNotYours: 403,
  accountOfSuperior: 403,
  ownAccount: 403,
  sessionUnknown: 404,
  providerUnknown: 404,
  originForeign: 403,
  bodyMalformed: 400,
  keyRepeated: 400,
  inputInvalid: 422,
  bodyTooLarge: 413,
  mediaTypeUnknown: 415,
  noSuchThing: 404,
}

test.each(codes)('%s has its status', (code) => {
  expect(identityProblems[code].status).toBe(statuses[code])
})

test('a body has its places filled', () => {
  const { problem: why } = locked(Date.parse('2026-03-02T00:31:00.000Z'))
  expect(problemBody(why, 'en')).toEqual({
    type: '/api/docs/problems#accountLocked',
    title: 'Too many failures: no further attempt before 2026-03-02T00:31:00.000Z',
    status: 429,
    code: 'accountLocked',
    detail: 'Wait and try again; if it was not you who tried, tell an administrator',
    params: { until: '2026-03-02T00:31:00.000Z' },
  })
  expect(retryAfter(why, Date.parse('2026-03-02T00:30:00.001Z'))).toBe(60)
  expect(retryAfter(why, Date.parse('2026-03-02T00:40:00.000Z'))).toBe(1)
  expect(retryAfter(problem('signInFailed').problem, 0)).toBeUndefined()
  expect(() => problemBody(problem('accountLocked').problem, 'zh')).toThrow('until')
})
