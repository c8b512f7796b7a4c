// Problems (RFC 9457): how a "no" leaves over HTTP. The code is stable, the sentence and what to do are in the caller's language.
import { fill, type Language, type Sentence } from '../domain/language.ts'
import { explain, type Refusal } from '../domain/refusal.ts'
import { refusalStatus } from './status.ts'

interface ProblemKind extends Sentence {
  readonly status: number
  /** What to do next. */
  readonly remedy: Sentence
}

const kind = (
  status: number,
  [zh, en]: readonly [zh: string, en: string],
  [remedyZh, remedyEn]: readonly [zh: string, en: string],
): ProblemKind => ({ status, zh, en, remedy: { zh: remedyZh, en: remedyEn } })

const again = ['请更正后重新提交', 'Correct it and send it again'] as const

/** What only the door can say; a refusal of the law comes with its own code. `{places}` are filled from the params. */
export const problemKinds = {
  bodyMalformed: kind(400, ['提交的内容不是合格的JSON', 'The body is not well-formed JSON'], again),
  inputInvalid: kind(422, ['有{count}处填写不合格式', '{count} fields are not of their form'], again),
  queryInvalid: kind(400, ['查询参数不合格式', 'The query is not of its form'], again),
  keyMissing: kind(
    400,
    ['缺少 Idempotency-Key', 'The Idempotency-Key is missing'],
    ['请为每次提交生成一个 UUIDv7', 'Make a UUIDv7 for each submission'],
  ),
  notSignedIn: kind(
    401,
    ['您尚未登录，或登录已失效', 'You are not signed in, or no longer'],
    ['请登录', 'Sign in'],
  ),
  enrolmentNeeded: kind(
    403,
    ['您的职务须先设置动态口令', 'Your office must set up one-time codes first'],
    ['请在个人设置里添加动态口令', 'Add one-time codes in your profile'],
  ),
  originForeign: kind(
    403,
    ['请求来自其他网站', 'The request comes from another site'],
    ['请在本系统页面操作', 'Act from the pages of this system'],
  ),
  notAllowed: kind(
    403,
    ['您的职务不能办理此事', 'Your office may not do this'],
    ['请由任职人员办理', 'Let a holder of the office act'],
  ),
  reauthenticationNeeded: kind(
    403,
    ['此事等同签字，请先再次验证身份', 'This counts as a signature: prove again who you are'],
    ['请输入密码或动态口令（5分钟内有效）', 'Give your password or a one-time code (good for 5 minutes)'],
  ),
  officeAmbiguous: kind(
    409,
    ['您有多个职务，请选定以哪个职务办理', 'You hold several offices: choose one to act in'],
    ['请用 Acting-Office 指明：{offices}', 'Name it in Acting-Office: {offices}'],
  ),
  noSuchThing: kind(404, ['没有这个内容', 'There is no such thing'], ['请核对网址', 'Check the address']),
  methodUnknown: kind(
    405,
    ['此处不能这样操作', 'This cannot be done here'],
    ['可用：{allow}', 'Allowed: {allow}'],
  ),
  changedSince: kind(
    412,
    ['您看到的内容已变化（现为第{revision}版）', 'What you saw has changed since (now revision {revision})'],
    ['请刷新后查看变化再操作', 'Reload, look at what changed, and act again'],
  ),
  bodyTooLarge: kind(
    413,
    ['提交的内容过大', 'The body is too large'],
    ['请控制在{limit}以内', 'Keep it within {limit}'],
  ),
  mediaTypeUnknown: kind(
    415,
    ['不接受这种格式', 'This format is not accepted'],
    ['请用 {expected}', 'Use {expected}'],
  ),
  tooManyRequests: kind(
    429,
    ['操作过于频繁', 'Too many requests'],
    ['请{seconds}秒后再试', 'Try again in {seconds} seconds'],
  ),
  internal: kind(
    500,
    ['系统出错，编号{reference}', 'Something went wrong, reference {reference}'],
    ['请稍后再试；仍不行时把编号告诉管理员', 'Try again later; if it stays so, give the reference to the operator'],
  ),
  busy: kind(
    503,
    ['系统繁忙', 'The system is busy'],
    ['请稍后再试，用同一个 Idempotency-Key', 'Try again later with the same Idempotency-Key'],
  ),
  readOnly: kind(
    503,
    ['账本现为只读：{why}', 'The ledger is read-only now: {why}'],
    ['请联系管理员核对检查点', 'Have the operator compare the checkpoints'],
  ),
} as const satisfies Record<string, ProblemKind>
export type ProblemCode = keyof typeof problemKinds

/** One field that is not of its form. */
export interface FieldFault {
  /** Dotted path in the body. */
  readonly path: string
  readonly code: string
  readonly detail: string
}

/** A "no", before it is said in a language. */
export interface Problem {
  readonly problem: { readonly code: ProblemCode } | { readonly refused: Refusal }
  readonly params: Readonly<Record<string, string>>
  readonly fields?: readonly FieldFault[]
}

export const problem = (
  code: ProblemCode,
  params: Readonly<Record<string, string>> = {},
  fields?: readonly FieldFault[],
): Problem => ({ problem: { code }, params, ...(fields === undefined ? {} : { fields }) })

export const refusedAs = (refused: Refusal): Problem => ({
  problem: { refused },
  params: refused.params,
})

export const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'problem' in value

/** As it is sent: `application/problem+json`. */
export interface ProblemBody {
  readonly type: string
  readonly status: number
  readonly code: string
  readonly title: string
  /** What to do next. */
  readonly detail: string
  readonly fields?: readonly FieldFault[]
  readonly params?: Readonly<Record<string, string>>
}

export function problemBody(
  { problem: what, params, fields }: Problem,
  language: Language,
): ProblemBody {
  if ('refused' in what) {
    const { no, remedy } = explain(what.refused, language)
    const { code } = what.refused
    return {
      type: typeOf(code),
      status: refusalStatus(code),
      code,
      title: no,
      detail: remedy,
      params,
    }
  }
  const { status, remedy, ...title } = problemKinds[what.code]
  return {
    type: typeOf(what.code),
    status,
    code: what.code,
    title: fill(title[language], params),
    detail: fill(remedy[language], params),
    ...(fields === undefined ? {} : { fields }),
  }
}

/** Relative to the API's root: the page that explains the code. */
const typeOf = (code: string): string => `/api/docs/problems#${code}`
