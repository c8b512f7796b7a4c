// Changes as they happen: one stream of events a page, of what its reader may see now.
import { z } from 'zod'
import { originSchema, requestIdSchema, requestStream } from '../../domain/ids.ts'
import type { Api } from '../api.ts'
import { watchedAs } from '../live-frames.ts'
import { attempted, isProblem, type Problem, problem } from '../problem.ts'
import { type Route, route } from '../route.ts'
import type { Viewer } from '../viewer.ts'

/** `330106109203/2026-000012`: a request somebody has open. */
const watchSchema = z.string().regex(/^\d{12}\/\d{4}-\d{6}$/)
const WATCHED_MAX = 20
/** A place as it was told: `<ledger>:<size>`. */
const placeSchema = z.string().max(120)

export const liveRoutes = (api: Api): readonly Route[] => [followChanges(api)]

const followChanges = (api: Api): Route =>
  route({
    id: 'followChanges',
    method: 'get',
    path: '/me/events',
    tag: 'me',
    summary: {
      zh: '实时变化（待办、打开的申请、各村动态、新检查点），按 Last-Event-ID 续传',
      en: 'changes as they happen: inbox, open requests, villages, checkpoints; resumed by Last-Event-ID',
    },
    access: 'account',
    query: z.strictObject({
      watch: z.union([watchSchema, z.array(watchSchema).max(WATCHED_MAX)]).optional(),
      /** As Last-Event-ID, for a page that is opened anew. */
      since: placeSchema.optional(),
    }),
    media: 'text/event-stream',
    problems: ['noSuchThing', 'streamsTooMany', 'stopping'],
    handle: async ({ viewer, query: { watch = [], since }, header, language, gone }) => {
      const watched = watchedIn(api, viewer, typeof watch === 'string' ? [watch] : watch)
      if (isProblem(watched)) return watched
      const place = placeIn(header('last-event-id') ?? since)
      return api.live.open({
        viewer,
        cookie: header('cookie'),
        language,
        watched,
        since: place,
        gone: gone(),
      })
    },
  })

function watchedIn(
  { rights, reading }: Api,
  viewer: Viewer,
  asked: readonly string[],
): ReadonlySet<string> | Problem {
  const watched = new Set<string>()
  for (const one of asked) {
    const [code = '', id] = one.split('/')
    const ledger = rights.byCode(code)
    if (ledger === undefined) return problem('noSuchThing')
    const { origin } = ledger
    const stream = requestStream(requestIdSchema.parse(id))
    if (!viewer.rights.sees.has(origin))
      return attempted(problem('noSuchThing'), { ledger: origin, stream })
    if (reading.stream(origin, stream).length === 0) return problem('noSuchThing')
    watched.add(watchedAs(origin, stream))
  }
  return watched
}

/** What is none is the same as one nobody knows: everything is read anew. */
function placeIn(text: string | undefined) {
  if (text === undefined || text === '') return undefined
  const cut = text.lastIndexOf(':')
  const size = text.slice(cut + 1)
  const ledger = originSchema.safeParse(text.slice(0, Math.max(0, cut)))
  return ledger.success && /^\d{1,15}$/.test(size)
    ? { ledger: ledger.data, size: Number(size) }
    : { ledger: nowhere, size: 0 }
}

const nowhere = originSchema.parse('nowhere/000000000000')
