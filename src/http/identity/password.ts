// What a password must be: long, and not among the first an attacker tries. No rule of composition: those make people write
// `Password1!`. The list of common passwords, and the estimate that also knows their variants, are zxcvbn's; nothing of a
// password leaves the process.
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'
import { type Answer, problem } from './problems.ts'

export const LEAST = 10
/** What better-auth takes, in its count: UTF-16 units. */
export const MOST = 128

/** Below 10^8 guesses: within reach of somebody who steals the file and tries a day. */
const STRONG = 3
/** What is common here and in no list made elsewhere. */
const localWords = [
  'woaini',
  'wubida',
  'fivemusts',
  '五个必经',
  '三资',
  '村集体',
  '5201314',
  '1314520',
]

const estimator = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: MOST })

/** The password as it will be hashed (NFKC, as better-auth does), or what is wrong with it. */
export function acceptablePassword(text: string, username: string): Answer<string> {
  const password = text.normalize('NFKC')
  if ([...password].length < LEAST) return problem('passwordTooShort', { least: String(LEAST) })
  if (password.length > MOST) return problem('passwordTooLong', { most: String(MOST) })
  return isCommon(password.toLowerCase(), username) ? problem('passwordCommon') : { done: password }
}

function isCommon(password: string, username: string): boolean {
  // phone, identity and bank numbers, dates: digits alone are known to others
  if (/^[\d\s.-]+$/.test(password)) return true
  if (username.length > 3 && password.replaceAll(username, '').length < LEAST / 2) return true
  return estimator.check(password, [username, ...localWords]).score < STRONG
}
