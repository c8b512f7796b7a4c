// Problems (RFC 9457): how a "no" leaves over HTTP. The code is stable, the sentence and what to do are in the caller's language.
// One table holds what the door says, of requests and of identity; a refusal of the law comes with its own code and sentence.
import type { MandateId, OfficeId, Origin, StreamId } from '../domain/ids.ts'
import { fill, type Language, type Sentence } from '../domain/language.ts'
import { explain, type Refusal } from '../domain/refusal.ts'
import { type IdentityProblem, identityProblems } from './identity/problems.ts'
import { deskProblems } from './problems-desk.ts'
import { kind, type ProblemKind } from './problem-kind.ts'
import { attachmentProblems } from './problems-attachment.ts'
import { refusalStatus } from './status.ts'

/** `{places}` are filled from the params. */
export const problemKinds = {
  ...identityProblems,
  ...attachmentProblems,
  ...deskProblems,
  queryInvalid: kind(
    400,
    ['查询参数不合格式（{fields}）', 'The query is not of its form ({fields})'],
    ['请更正后重试', 'Correct it and try again'],
  ),
  headerInvalid: kind(
    400,
    ['请求头 {header} 不合格式', 'The header {header} is not of its form'],
    [
      '应为 {form}；生成方法见 /api/docs#headers',
      'It is to be {form}; how to make one: /api/docs#headers',
    ],
  ),
  keyMissing: kind(
    400,
    ['缺少 Idempotency-Key', 'The Idempotency-Key is missing'],
    [
      '请为每次提交生成一个 UUIDv7，方法见 /api/docs#headers',
      'Make a UUIDv7 for each submission; how: /api/docs#headers',
    ],
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
  ballotLinkInvalid: kind(
    404,
    ['投票链接无效、已换发或已过期', 'The voting link is wrong, replaced or out of date'],
    [
      '请用最新发给您的一张；仍不行的，请找会议登记人员补发，或到现场投票',
      'Use the newest one; if it fails, ask who records the meeting for another, or vote on paper',
    ],
  ),
  ballotPinWrong: kind(
    401,
    ['投票口令不对，还可再试{left}次', 'The PIN is wrong: {left} more attempts'],
    ['请核对口令单上的六位数字', 'Check the six digits on your PIN slip'],
  ),
  ballotPinWaits: kind(
    429,
    ['试错次数过多，{until} 前不能再试', 'Too many failures: no further attempt before {until}'],
    [
      '请稍后再试；不是您本人在试时请告诉社监会成员',
      'Wait and try again; if it was not you who tried, tell a supervisor of the cooperative',
    ],
  ),
  ballotPinDead: kind(
    403,
    ['投票口令已作废', 'The PIN is void'],
    [
      '请找社监会成员补发口令，或到现场投票',
      'Ask a supervisor of the cooperative for another, or vote on paper',
    ],
  ),
  slipsTold: kind(
    409,
    [
      '这批链接或口令已经发出，只显示一次',
      'These links or PINs were told already: they are told once',
    ],
    ['没有收到的，请写明理由补发', 'Whoever lost them issues others, with the reason'],
  ),
  streamsTooMany: kind(
    429,
    ['同一账号最多同时打开 {most} 个实时页面', 'One account listens on {most} pages at most'],
    ['请关闭不用的页面', 'Close the pages you do not need'],
  ),
  requestMalformed: kind(
    400,
    ['收到的不是合格的 HTTP 请求', 'What came is not a well-formed HTTP request'],
    ['请检查客户端和代理', 'Look at the client, and at proxies on the way'],
  ),
  requestTooSlow: kind(
    408,
    ['请求迟迟没有发完', 'The request did not come in time'],
    ['请检查网络后重发，用同一个 Idempotency-Key', 'Send it again with the same Idempotency-Key'],
  ),
  headersTooLarge: kind(
    431,
    ['请求头过大', 'The headers are too large'],
    ['请清除本站的 Cookie 后重试', 'Clear the cookies of this site and try again'],
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
  storeUnwritable: kind(
    503,
    ['账本不能写入', 'The ledger cannot be written'],
    ['请管理员检查磁盘后重新启动', 'Let the operator see to the disk and start again'],
  ),
} as const satisfies Record<string, ProblemKind>
export type ProblemCode = keyof typeof problemKinds

/** One field that is not of its form. */
export interface FieldFault {
  /** Dotted path in the body. */
  readonly path: string
  readonly code: string
  /** Said in the caller's language where it is in both. */
  readonly detail: string | Sentence
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
  /** For the attempt log; never sent. */
  readonly attempt?: Attempted
}

/** What was attempted, where the route alone does not tell. */
export interface Attempted {
  readonly ledger?: Origin
  readonly stream?: StreamId
  readonly office?: OfficeId
  readonly mandate?: MandateId
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

export const attempted = (what: Problem, attempt: Attempted): Problem => ({ ...what, attempt })

export const identityAs = ({ code, params }: IdentityProblem): Problem => problem(code, params)

export const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'problem' in value && 'params' in value

/** As it is sent: `application/problem+json`. */
export interface ProblemBody extends Omit<Beside, 'fields'> {
  /** The page that explains the code. */
  readonly type: string
  readonly status: number
  readonly code: string
  readonly title: string
  /** What to do next. */
  readonly detail: string
  /** What filled the sentence, for programs. */
  readonly params: Readonly<Record<string, string>>
  readonly fields?: readonly (FieldFault & { readonly detail: string })[]
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
    ...(fields === undefined ? {} : { fields: fields.map((one) => saidIn(one, language)) }),
    ...(changes === undefined ? {} : { changes }),
  }
}

const saidIn = ({ path, code, detail }: FieldFault, language: Language) => ({
  path,
  code,
  detail: typeof detail === 'string' ? detail : detail[language],
})

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
