// What the door says when it says no: one table, both languages, each with its status and with what to do next. The codes are
// stable; routes answer them as RFC 9457.
import type { PersonId } from '../../domain/ids.ts'
import { fill, type Language, type Sentence } from '../../domain/language.ts'

interface ProblemKind extends Sentence {
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429
  readonly remedy: Sentence
}

const kind = (
  status: ProblemKind['status'],
  [zh, en]: readonly [string, string],
  [remedyZh, remedyEn]: readonly [string, string],
): ProblemKind => ({ status, zh, en, remedy: { zh: remedyZh, en: remedyEn } })

export const identityProblems = {
  notSignedIn: kind(
    401,
    ['尚未登录，或登录已失效', 'Not signed in, or no longer'],
    ['请重新登录', 'Sign in again'],
  ),
  signInFailed: kind(
    401,
    ['账号或密码不对', 'The username or the password is wrong'],
    [
      '请核对后再试；忘记密码请找管理员要一个设置链接',
      'Check both and try again; if you forgot the password, ask for a set-up link',
    ],
  ),
  accountLocked: kind(
    429,
    ['试错次数过多，{until} 前不能再试', 'Too many failures: no further attempt before {until}'],
    [
      '请稍后再试；不是您本人在试时请告诉管理员',
      'Wait and try again; if it was not you who tried, tell an administrator',
    ],
  ),
  accountSuspended: kind(
    403,
    ['账号已停用', 'The account is suspended'],
    ['请联系管理员', 'Ask an administrator'],
  ),
  tooManyRequests: kind(
    429,
    ['操作过于频繁', 'Too many requests'],
    ['请 {seconds} 秒后再试', 'Try again in {seconds} seconds'],
  ),
  enrolmentNeeded: kind(
    403,
    ['您的职务须先绑定动态口令', 'Your office must set up a one-time code first'],
    [
      '请用验证器应用扫码绑定，并抄下备用码',
      'Scan the code with an authenticator app and write the backup codes down',
    ],
  ),
  secondFactorNeeded: kind(
    403,
    ['还须输入动态口令', 'The one-time code is still needed'],
    ['请输入验证器应用上的六位数字', 'Enter the six digits of your authenticator app'],
  ),
  totpWrong: kind(
    401,
    ['动态口令不对，或已用过', 'The one-time code is wrong or was used before'],
    [
      '请等下一个口令再试，并核对手机时间',
      'Wait for the next code and try again; check the clock of your phone',
    ],
  ),
  backupCodeWrong: kind(
    401,
    ['备用码不对，或已用过', 'The backup code is wrong or was used before'],
    [
      '每个备用码只能用一次；都用完时请找管理员要一个设置链接',
      'Each backup code works once; when none is left, ask for a set-up link',
    ],
  ),
  challengeEnded: kind(
    401,
    ['这次登录已过时', 'This sign-in has run out'],
    ['请从账号和密码重新开始', 'Begin again with username and password'],
  ),
  secondFactorAlreadySet: kind(
    409,
    ['动态口令已经绑定', 'The one-time code is set up already'],
    ['换手机时请找管理员要一个设置链接', 'For a new phone, ask for a set-up link'],
  ),
  secondFactorNotSet: kind(
    409,
    ['尚未绑定动态口令', 'No one-time code is set up'],
    ['请先绑定，或用密码确认', 'Set it up first, or confirm with the password'],
  ),
  setupLinkInvalid: kind(
    404,
    ['设置链接无效、已用过或已过期', 'The set-up link is wrong, used or out of date'],
    ['请向发给您链接的人要一个新的', 'Ask whoever gave it to you for a new one'],
  ),
  passwordTooShort: kind(
    422,
    ['密码至少 {least} 个字', 'A password has at least {least} characters'],
    [
      '长比花样要紧：一句自己记得住的话就很好',
      'Length counts, not variety: a sentence you remember is a good one',
    ],
  ),
  passwordTooLong: kind(
    422,
    ['密码最多 {most} 个字', 'A password has at most {most} characters'],
    ['请缩短', 'Shorten it'],
  ),
  passwordCommon: kind(
    422,
    ['这个密码太常见，一猜就中', 'This password is among the first anybody would guess'],
    [
      '请换一个：不用账号、生日、手机号、连号和常见词',
      'Choose another: no username, date, phone number, row of keys or common word',
    ],
  ),
  reauthenticationNeeded: kind(
    403,
    ['此事须在五分钟内重新确认身份', 'This needs a confirmation not older than five minutes'],
    ['请输入密码或动态口令', 'Enter your password or one-time code'],
  ),
  reauthenticationFailed: kind(
    401,
    ['身份确认未通过', 'The confirmation failed'],
    ['请核对密码或动态口令', 'Check the password or the one-time code'],
  ),
  usernameTaken: kind(
    409,
    ['账号名已被使用', 'The username is taken'],
    ['请另取一个', 'Choose another'],
  ),
  usernameInvalid: kind(
    422,
    ['账号名不合要求', 'The username is not allowed'],
    [
      '2 至 32 个汉字、英文字母、数字，中间可用 . _ - ·',
      '2 to 32 Chinese characters, letters and digits, with . _ - · between them',
    ],
  ),
  personHasAccount: kind(
    409,
    ['此人已有账号', 'This person has an account already'],
    ['请给原账号发设置链接', 'Make a set-up link for that account'],
  ),
  accountUnknown: kind(404, ['没有这个账号', 'There is no such account'], ['请核对', 'Check it']),
  accountNotYours: kind(
    403,
    ['此账号不归您管理', 'This account is not yours to manage'],
    ['请找能管理它的人', 'Ask somebody who may manage it'],
  ),
  accountOfSuperior: kind(
    403,
    ['不得管理上级或监督者的账号', 'Nobody manages the account of a superior or inspector'],
    ['请找更上一级或其他管理员', 'Ask somebody above them, or another administrator'],
  ),
  ownAccount: kind(
    403,
    ['不得管理本人账号', 'Nobody manages their own account'],
    [
      '改密码请用“修改密码”；其他请找别的管理员',
      'Change the password yourself; for the rest ask somebody else',
    ],
  ),
  sessionUnknown: kind(
    404,
    ['没有这次登录', 'There is no such session'],
    ['请刷新列表', 'Load the list again'],
  ),
  providerUnknown: kind(
    404,
    ['没有接入这个平台', 'This provider is not connected'],
    ['请用账号和密码登录', 'Sign in with username and password'],
  ),
  // the general ones: same codes and statuses as everywhere else at this server
  originForeign: kind(
    403,
    ['请求来自其他网站', 'The request comes from another site'],
    ['请在本系统页面操作', 'Act from the pages of this system'],
  ),
  bodyMalformed: kind(
    400,
    ['提交的内容不是合格的 JSON', 'The body is not well-formed JSON'],
    ['请更正后重新提交', 'Correct it and send it again'],
  ),
  keyRepeated: kind(
    400,
    ['提交的 JSON 中同一字段出现了两次', 'A key stands twice in one object of the body'],
    ['请每个字段只写一次', 'Name every field once'],
  ),
  inputInvalid: kind(
    422,
    ['有 {count} 处填写不合要求', 'Not of their form: {count}'],
    ['请核对：{fields}', 'Check: {fields}'],
  ),
  bodyTooLarge: kind(
    413,
    ['提交的内容过大', 'The body is too large'],
    ['请控制在 {limit} 以内', 'Keep it within {limit}'],
  ),
  mediaTypeUnknown: kind(
    415,
    ['不接受这种格式', 'This format is not accepted'],
    ['请用 {expected}', 'Use {expected}'],
  ),
  noSuchThing: kind(
    404,
    ['没有这个内容', 'There is no such thing'],
    ['请核对网址', 'Check the address'],
  ),
} as const satisfies Record<string, ProblemKind>

export type IdentityCode = keyof typeof identityProblems

export interface IdentityProblem {
  readonly code: IdentityCode
  readonly params: Readonly<Record<string, string>>
  /** Whose account it was about, where nobody is signed in yet: for the attempt log, never sent. */
  readonly whose?: { readonly account: string; readonly person?: PersonId }
}

/** What a function of this room answers: what it did, or why not. */
export type Answer<T> = { readonly done: T } | { readonly problem: IdentityProblem }

export const problem = (
  code: IdentityCode,
  params: Readonly<Record<string, string>> = {},
): { readonly problem: IdentityProblem } => ({ problem: { code, params } })

/** Fields that are not of their form, by name. */
export const invalid = (...fields: readonly string[]): { readonly problem: IdentityProblem } =>
  problem('inputInvalid', { count: String(fields.length), fields: fields.join(', ') })

/** A wait, said to the caller: `until` is an instant. */
export const locked = (until: number): { readonly problem: IdentityProblem } =>
  problem('accountLocked', { until: new Date(until).toISOString() })

/** The body of an RFC 9457 answer. Params stand beside the sentence, for programs. */
export interface ProblemBody {
  /** Relative to the API's root: the page that explains the code. */
  readonly type: string
  readonly status: number
  readonly code: IdentityCode
  readonly title: string
  /** What to do next. */
  readonly detail: string
  readonly params: Readonly<Record<string, string>>
}

export function problemBody({ code, params }: IdentityProblem, language: Language): ProblemBody {
  const { status, remedy, ...sentence } = identityProblems[code]
  const title = fill(sentence[language], params)
  const detail = fill(remedy[language], params)
  return { type: `/api/docs/problems#${code}`, status, code, title, detail, params }
}

/** Whole seconds to wait, for Retry-After; undefined where waiting does not help. */
export function retryAfter({ params }: IdentityProblem, now: number): number | undefined {
  const { until } = params
  return until === undefined ? undefined : Math.max(1, Math.ceil((Date.parse(until) - now) / 1000))
}
