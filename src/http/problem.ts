// Problems (RFC 9457): how a "no" leaves over HTTP. The code is stable, the sentence and what to do are in the caller's language.
// One table holds what the door says, of requests and of identity; a refusal of the law comes with its own code and sentence.
import { fill, type Language, type Sentence } from '../domain/language.ts'
import { explain, type Refusal } from '../domain/refusal.ts'
import { type IdentityProblem, identityProblems } from './identity/problems.ts'
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

/** `{places}` are filled from the params. */
export const problemKinds = {
  ...identityProblems,
  queryInvalid: kind(
    400,
    ['查询参数不合格式（{fields}）', 'The query is not of its form ({fields})'],
    ['请更正后重试', 'Correct it and try again'],
  ),
  headerInvalid: kind(
    400,
    ['请求头 {header} 不合格式', 'The header {header} is not of its form'],
    ['请更正后重试', 'Correct it and try again'],
  ),
  keyMissing: kind(
    400,
    ['缺少 Idempotency-Key', 'The Idempotency-Key is missing'],
    ['请为每次提交生成一个 UUIDv7', 'Make a UUIDv7 for each submission'],
  ),
  notAllowed: kind(
    403,
    ['您的职务不能使用此处', 'This is not for your office'],
    ['请由任职人员办理', 'Let a holder of the office act'],
  ),
  methodUnknown: kind(
    405,
    ['此处不能这样操作', 'This cannot be done here'],
    ['可用：{allow}', 'Allowed: {allow}'],
  ),
  officeAmbiguous: kind(
    409,
    ['您有多个职务可办理此事，请选定一个', 'Several of your offices may do this: choose one'],
    ['请用 Acting-Office 指明：{offices}', 'Name it in Acting-Office: {offices}'],
  ),
  internal: kind(
    500,
    ['系统出错，编号{reference}', 'Something went wrong, reference {reference}'],
    [
      '请稍后再试；仍不行时把编号告诉管理员',
      'Try again later; if it stays so, give the reference to the operator',
    ],
  ),
  busy: kind(
    503,
    ['系统繁忙', 'The system is busy'],
    [
      '请稍后再试，用同一个 Idempotency-Key',
      'Try again later with the same Idempotency-Key: nothing is done twice',
    ],
  ),
  stopping: kind(
    503,
    ['系统正在停止', 'The system is stopping'],
    ['请稍后再试', 'Try again later'],
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

/** What has happened since the caller looked: beside `staleView`. */
export interface Change {
  readonly revision: number
  readonly type: string
  readonly at: string
  readonly what: string
}

/** What some problems tell beside their sentence. */
export interface Beside {
  readonly fields?: readonly FieldFault[]
  readonly changes?: readonly Change[]
}

/** A "no", before it is said in a language. */
export interface Problem extends Beside {
  readonly problem: { readonly code: ProblemCode } | { readonly refused: Refusal }
  readonly params: Readonly<Record<string, string>>
}

export const problem = (
  code: ProblemCode,
  params: Readonly<Record<string, string>> = {},
  beside: Beside = {},
): Problem => ({ problem: { code }, params, ...beside })

export const refusedAs = (refused: Refusal, beside: Beside = {}): Problem => ({
  problem: { refused },
  params: refused.params,
  ...beside,
})

export const identityAs = ({ code, params }: IdentityProblem): Problem => problem(code, params)

export const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'problem' in value && 'params' in value

/** As it is sent: `application/problem+json`. */
export interface ProblemBody extends Beside {
  /** The page that explains the code. */
  readonly type: string
  readonly status: number
  readonly code: string
  readonly title: string
  /** What to do next. */
  readonly detail: string
  /** What filled the sentence, for programs. */
  readonly params: Readonly<Record<string, string>>
}

export function problemBody(
  { problem: what, params, fields, changes }: Problem,
  language: Language,
): ProblemBody {
  const said =
    'refused' in what ? lawful(what.refused, language) : ours(what.code, params, language)
  return {
    ...said,
    type: `/api/docs/problems#${said.code}`,
    params,
    ...(fields === undefined ? {} : { fields }),
    ...(changes === undefined ? {} : { changes }),
  }
}

type Said = Pick<ProblemBody, 'status' | 'code' | 'title' | 'detail'>

function lawful(refused: Refusal, language: Language): Said {
  const { code } = refused
  const { no, remedy } = explain(refused, language)
  return { status: refusalStatus(code), code, title: no, detail: remedy }
}

function ours(
  code: ProblemCode,
  params: Readonly<Record<string, string>>,
  language: Language,
): Said {
  const { status, remedy, ...title }: ProblemKind = problemKinds[code]
  return {
    status,
    code,
    title: fill(title[language], params),
    detail: fill(remedy[language], params),
  }
}

/** Whole seconds to wait, for Retry-After; undefined where waiting does not help. */
export function retryAfter({ problem: what, params }: Problem, now: number): number | undefined {
  if ('code' in what && (what.code === 'busy' || what.code === 'stopping')) return 1
  const { until } = params
  if (until === undefined || 'refused' in what) return undefined
  return Math.max(1, Math.ceil((Date.parse(until) - now) / 1000))
}
