// Which refusals go to the attempt log (law 10.6), and as what: of the law, of the office, of a stale proof, of a wrong sign-in,
// and of a village that is not there for whoever asks. What they sent is never looked at.
import type { Attempts } from '../app/attempts.ts'
import type { PersonRights, Rights } from '../app/rights.ts'
import type { Session } from '../domain/account.ts'
import type { Attempt } from '../domain/attempt-log.ts'
import { mandateIdSchema, officeIdSchema, type Origin, type PersonId } from '../domain/ids.ts'
import type { Sentence } from '../domain/language.ts'
import { instantOf } from '../domain/time.ts'
import type { WayPath } from './identity/ways.ts'
import type { RefusedAttempt } from './identity/world.ts'
import { type Problem, type ProblemCode, problemKinds } from './problem.ts'
import type { Route } from './route.ts'

export interface NotingPorts {
  readonly attempts: Pick<Attempts, 'note'>
  readonly rights: Pick<Rights, 'of' | 'byCode' | 'ledger' | 'standingOf'>
  readonly sessionOf: (cookie: string | undefined) => Session | undefined
  /** Milliseconds since 1970, of the ledgers: an inspector lays both beside each other. */
  readonly clock: () => number
}

/** A call that was refused, as far as the log may know it. */
export interface RefusedCall {
  readonly route: Pick<Route, 'id' | 'command' | 'method'>
  readonly why: Problem
  readonly cookie: string | undefined
  /** Those of the path, checked or not. */
  readonly params: Readonly<Record<string, unknown>>
  readonly header: (name: string) => string | undefined
  readonly reference: string
}

export const noteCalls =
  (ports: NotingPorts) =>
  (call: RefusedCall): void => {
    const session = ports.sessionOf(call.cookie)
    // whoever is nobody has nothing refused to them but the door, which notes for itself
    if (session === undefined) return
    const rights = session.person === undefined ? undefined : ports.rights.of(session.person)
    const asked = askedLedger(ports, call)
    if (!isAttempt(call, { asked, rights })) return
    const { route, why, reference } = call
    ports.attempts.note({
      account: session.account,
      person: session.person ?? '',
      ...actedIn(call),
      act: route.command ?? route.id,
      ledger: asked ?? '',
      stream: streamOf(call),
      code: 'code' in why.problem ? why.problem.code : why.problem.refused.code,
      township: townshipOf(ports, asked),
      home: homeOf(ports, session.person),
      at: instantOf(ports.clock()),
      reference,
    })
  }

/** What went wrong at the door, whose ways have names of their own. */
export const noteDoor =
  (ports: Omit<NotingPorts, 'sessionOf'>) =>
  ({ way, code, account = '', person, reference }: RefusedAttempt): void => {
    if (!Object.hasOwn(doorActs, way) || !refusing(code)) return
    const attempt: Attempt = {
      account,
      person: person ?? '',
      office: '',
      mandate: '',
      act: way,
      ledger: '',
      stream: '',
      code,
      township: '',
      home: homeOf(ports, person),
      at: instantOf(ports.clock()),
      reference,
    }
    ports.attempts.note(attempt)
  }

interface Standing {
  readonly asked: Origin | undefined
  readonly rights: PersonRights | undefined
}

function isAttempt({ why, route }: RefusedCall, { asked, rights }: Standing): boolean {
  const write = route.method !== 'get'
  if ('refused' in why.problem) return write
  const { code } = why.problem
  if (code === 'noSuchThing') return asked !== undefined && !maySee(rights, asked)
  if (limits.has(code)) return write
  return refusing(code)
}

const maySee = (rights: PersonRights | undefined, asked: Origin): boolean =>
  rights !== undefined && (rights.sees.has(asked) || rights.townships.includes(asked))

/** Pages ask on their own while somebody still has to set up one-time codes. */
const limits: ReadonlySet<ProblemCode> = new Set(['enrolmentNeeded', 'secondFactorNeeded'])
/** Nobody was known, or nothing was protected. */
const idle: ReadonlySet<ProblemCode> = new Set(['notSignedIn', 'challengeEnded'])

/** Not theirs, or not proved to be them. */
function refusing(code: ProblemCode): boolean {
  const { status } = problemKinds[code]
  return code === 'accountLocked' || ((status === 401 || status === 403) && !idle.has(code))
}

function askedLedger({ rights }: NotingPorts, { params, why }: RefusedCall): Origin | undefined {
  const { village } = params
  if (why.attempt?.ledger !== undefined) return why.attempt.ledger
  return typeof village === 'string' ? rights.byCode(village)?.origin : undefined
}

/** The office the command was decided for; else the one the caller named. */
function actedIn({ why, header }: RefusedCall): Pick<Attempt, 'office' | 'mandate'> {
  const { attempt } = why
  const office = attempt?.office ?? officeIdSchema.safeParse(header('acting-office')).data
  const mandate = attempt?.mandate ?? mandateIdSchema.safeParse(header('acting-mandate')).data
  return { office: office ?? '', mandate: mandate ?? '' }
}

const things = ['request', 'meeting', 'inspection', 'authority'] as const
const THING = /^[a-z0-9-]{1,40}$/

/** Only what can be a number of ours: a path is also something that was sent. */
function streamOf({ why, params }: RefusedCall): string {
  if (why.attempt?.stream !== undefined) return why.attempt.stream
  const kind = things.find((one) => Object.hasOwn(params, one))
  const id = kind === undefined ? undefined : params[kind]
  return typeof id === 'string' && /\d/.test(id) && THING.test(id) ? `${kind}/${id}` : ''
}

const townshipOf = ({ rights }: Pick<NotingPorts, 'rights'>, ledger: Origin | undefined): string =>
  ledger === undefined ? '' : (rights.ledger(ledger)?.township ?? ledger)

/** The township of their office; of the roll they stand on where they hold none. */
function homeOf({ rights }: Pick<NotingPorts, 'rights'>, person: PersonId | undefined): string {
  if (person === undefined) return ''
  const { offices, townships } = rights.standingOf(person)
  return offices[0]?.township ?? townships[0] ?? ''
}

/** What the ways through the door are called. */
export const doorActs: Readonly<Record<WayPath, Sentence>> = {
  '/sign-in/username': { zh: '登录', en: 'sign in' },
  '/two-factor/verify-totp': { zh: '输入动态口令', en: 'give the one-time code' },
  '/two-factor/verify-backup-code': { zh: '输入备用码', en: 'give a backup code' },
  '/two-factor/enable': { zh: '绑定动态口令', en: 'set up one-time codes' },
  '/two-factor/generate-backup-codes': { zh: '换备用码', en: 'make new backup codes' },
  '/sign-out': { zh: '退出', en: 'sign out' },
  '/sign-in/social': { zh: '用其他平台登录', en: 'sign in by another provider' },
  '/link-social': { zh: '关联其他平台', en: 'link another provider' },
}
