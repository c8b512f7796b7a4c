// Verifying a ledger at the server: begun, watched and cancelled by whoever sees it. It says what the server finds of itself;
// who does not want to take its word downloads the export and verifies that.
import { z } from 'zod'
import type { KnownLedger } from '../../app/rights.ts'
import type { Verification } from '../../app/verifications.ts'
import type { Language } from '../../domain/language.ts'
import { instantOf } from '../../domain/time.ts'
import type { Api } from '../api.ts'
import { problem } from '../problem.ts'
import { type Route, route } from '../route.ts'
import { list, text, village } from '../schemas.ts'
import type { Viewer } from '../viewer.ts'

const verificationSchema = z.strictObject({
  ledger: text,
  state: z.enum(['none', 'waiting', 'running', 'clean', 'violated', 'cancelled', 'failed']),
  /** In words. */
  says: text,
  askedAt: text.optional(),
  endedAt: text.optional(),
  /** Entries read, of those of all ledgers it is decided under. */
  read: z.int(),
  of: z.int(),
  /** What was looked at, once it is done. */
  entries: z.int().optional(),
  commands: z.int().optional(),
  signatures: z.int().optional(),
  outside: z.int().optional(),
  /** How many violations; the first two hundred are told. */
  found: z.int().optional(),
  violations: list(
    z.strictObject({
      code: text,
      ledger: text,
      seq: z.int().optional(),
      stream: text.optional(),
      title: text,
      detail: text,
      remedy: text,
    }),
  ),
  /** May the caller cancel it? */
  cancellable: z.boolean(),
})

const path = '/ledgers/{village}/verification'
const common = { path, tag: 'ledger', access: 'ledger', params: z.object(village) } as const

export const verificationRoutes = (api: Api): readonly Route[] => [
  startVerification(api),
  showVerification(api),
  cancelVerification(api),
]

const startVerification = (api: Api): Route =>
  route({
    ...common,
    id: 'startVerification',
    method: 'post',
    summary: {
      zh: '开始核验账本（已在核验的返回进度；账本未增长的，十分钟内返回上次结果，检查员除外）',
      en: 'verify a ledger; shows the one under way, or, but to inspectors, a clean one of the last ten minutes where nothing was added',
    },
    status: 201,
    answer: verificationSchema,
    handle: ({ ledger, viewer, language }) => {
      const asking = { stands: standsOf(api, ledger), anew: isInspector(viewer) }
      const job = api.verifications.start(ledger.origin, viewer.session.account, asking)
      return { body: told(job, viewer, language) }
    },
  })

const showVerification = (api: Api): Route =>
  route({
    ...common,
    id: 'showVerification',
    method: 'get',
    summary: { zh: '核验进度与结果', en: 'how the verification stands, and what it found' },
    answer: verificationSchema,
    handle: ({ ledger: { origin }, viewer, language }) => {
      const job = api.verifications.of(origin)
      if (job !== undefined) return { body: told(job, viewer, language) }
      const nothing = { read: 0, of: 0, violations: [], cancellable: false }
      const state = 'none' as const
      return { body: { ledger: origin, state, says: says[state][language], ...nothing } }
    },
  })

/** Whoever asked for it, or an inspector; nobody ends another's because it finds something. */
const cancelVerification = (api: Api): Route =>
  route({
    ...common,
    id: 'cancelVerification',
    method: 'delete',
    summary: { zh: '取消核验', en: 'cancel the verification' },
    answer: verificationSchema,
    handle: ({ ledger: { origin }, viewer, language }) => {
      const job = api.verifications.of(origin)
      if (job === undefined || !isOpen(job)) return problem('noSuchThing')
      if (!mayCancel(job, viewer)) return problem('notAllowed')
      api.verifications.cancel(origin)
      return { body: told(api.verifications.of(origin) ?? job, viewer, language) }
    },
  })

const isOpen = ({ state }: Verification): boolean => state === 'waiting' || state === 'running'

const mayCancel = ({ by }: Verification, { session, rights }: Viewer): boolean =>
  by === session.account || isInspector({ rights })

const isInspector = ({ rights }: Pick<Viewer, 'rights'>): boolean =>
  rights.offices.some(({ kind }) => kind === 'inspector' || kind === 'disciplineSecretary')

/** A village's ledger is decided under its township's. */
const standsOf = ({ reading }: Api, { origin, township }: KnownLedger): string =>
  reading.ledgers
    .ledgers()
    .flatMap((one) => (one.origin === origin || one.origin === township ? [one.size] : []))
    .join(' ')

const says = {
  none: { zh: '还没有核验过', en: 'Not verified yet' },
  waiting: { zh: '排队等待中', en: 'Waiting for another to end' },
  running: { zh: '正在核验', en: 'Verifying' },
  clean: { zh: '未被改动，且每一步都合规', en: 'Nothing was changed, and every step was lawful' },
  violated: { zh: '发现问题', en: 'Violations were found' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
  failed: {
    zh: '核验没有完成，请告诉管理员',
    en: 'The verification did not end; tell the operator',
  },
} as const

function told(
  job: Verification,
  viewer: Viewer,
  language: Language,
): z.infer<typeof verificationSchema> {
  const { ledger, state, askedAt, endedAt, read, of, verified } = job
  const counts =
    verified === undefined
      ? {}
      : {
          entries: verified.entries,
          commands: verified.commands,
          signatures: verified.signatures,
          outside: verified.outside,
          found: verified.found,
        }
  return {
    ledger,
    state,
    says: says[state][language],
    askedAt: instantOf(askedAt),
    ...(endedAt === undefined ? {} : { endedAt: instantOf(endedAt) }),
    read,
    of,
    ...counts,
    violations: (verified?.violations ?? []).map(({ sentence, remedy, ...rest }) => ({
      ...rest,
      title: sentence[language],
      remedy: remedy[language],
    })),
    cancellable: isOpen(job) && mayCancel(job, viewer),
  }
}
