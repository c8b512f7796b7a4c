// The server: express around the list of routes. What every call passes through stands here, in order; what a route does, in its
// file.
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
} from 'express'
import type { Logger } from 'pino'
import type { Session } from '../domain/account.ts'
import { proofOf } from '../domain/account.ts'
import type { KnownLedger, Rights } from '../app/rights.ts'
import type { Limits } from '../config.ts'
import { bodyOf, ofReader } from './body.ts'
import { compressed } from './compressing.ts'
import { placeOf } from './identity/address.ts'
import { Buckets, BUSY_MS, limited, Places, tooMany } from './limits.ts'
import { logged, named } from './logged.ts'
import type { Measured } from './metrics.ts'
import { isProblem, type Problem, problem, retryAfter } from './problem.ts'
import { goneOf, languageOf, send, sendReply } from './reply.ts'
import type { Call, Route } from './route.ts'
import { secured } from './shield.ts'
import { type Viewer, viewerOf } from './viewer.ts'
import { noted, watched, type Watching } from './watching.ts'

export interface ServerPorts {
  readonly routes: readonly Route[]
  readonly log: Pick<Logger, 'info' | 'error'>
  /** Milliseconds since 1970, of the door: sessions and confirmations. */
  readonly clock: () => number
  /** Milliseconds, monotonic: for the durations in the log. */
  readonly elapsed: () => number
  /** Who a `Cookie` header stands for. Asked with every call: microseconds. */
  readonly sessionOf: (cookie: string | undefined) => Session | undefined
  readonly rights: Pick<Rights, 'of' | 'byCode' | 'ledger'>
  readonly watching: Watching
  /** Origins pages of ours are served from, for the check of where a write comes from. */
  readonly origins: ReadonlySet<string>
  /** Tells what a thrown error stands for, if it is an expected one: busy, read-only, malformed. */
  readonly expected: (error: unknown) => Problem | undefined
  /** Everything under /api/auth. Mounted before bodies are read. */
  readonly signIn: RequestHandler
  /** Pages and files of ours beside the API. */
  readonly pages?: readonly { readonly path: string; readonly handle: RequestHandler }[]
  /** Behind so many proxies, whose word on the client's address is taken. */
  readonly proxies: number
  /** Promise https for ever. */
  readonly https: boolean
  readonly demo: boolean
  readonly limits: Pick<Limits, 'writes' | 'reads' | 'calls'>
  readonly measured: Pick<Measured, 'served' | 'streaming'>
  /** Aborted when the server begins to stop. */
  readonly stopping: AbortSignal
}

export function createServer(ports: ServerPorts): express.Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  app.set('query parser', 'simple')
  app.set('trust proxy', ports.proxies === 0 ? false : ports.proxies)
  app.use(logged(ports), ...secured(ports), compressed(), watched(ports.watching))
  app.all('/api/auth/*splat', named('/api/auth'), ports.signIn)
  for (const { path, handle } of ports.pages ?? []) app.get(path, named(path), handle)
  const refusing = (exchange: Exchange, why: Problem): void => answerNo(ports, exchange, why)
  const limit = limited({ ...ports, calls: ports.limits.calls, answerNo: refusing })
  const [writes, reads] = [new Buckets(ports.limits.writes), new Buckets(ports.limits.reads)]
  const places = new Places()
  for (const [path, routes] of byPath(ports.routes))
    mount(app, { path, routes, ports, limit, writes, reads, places })
  app.use((request, response) => send(response, problem('noSuchThing'), languageOf(request)))
  app.use(failed(ports))
  return app
}

/** Where express finds a route. */
const placeIn = ({ path, root }: Route): string =>
  `${root === true ? '' : '/api/v1'}${path.replaceAll(/\{(\w+)\*\}/g, '*$1').replaceAll(/\{(\w+)\}/g, ':$1')}`

function byPath(routes: readonly Route[]): ReadonlyMap<string, readonly Route[]> {
  const paths = new Map<string, Route[]>()
  for (const one of routes) {
    const path = placeIn(one)
    const there = paths.get(path)
    if (there === undefined) paths.set(path, [one])
    else there.push(one)
  }
  return paths
}

interface Mounting {
  readonly path: string
  readonly routes: readonly Route[]
  readonly ports: ServerPorts
  /** Of what needs no sign-in. */
  readonly limit: RequestHandler
  /** Of one account each. */
  readonly writes: Buckets
  readonly reads: Buckets
  /** Of what is dear to answer. */
  readonly places: Places
}

function mount(app: express.Express, { path, routes, ports, limit, ...limits }: Mounting): void {
  for (const route of routes) {
    const template = named(`${route.root === true ? '' : '/api/v1'}${route.path}`)
    const open = route.access === 'anybody' && route.probe !== true
    const before = open ? [template, limit] : [template]
    app[route.method](path, ...before, async (request: Request, response: Response) => {
      await answer({ ...ports, ...limits }, route, { request, response })
    })
  }
  const allow = routes.map(({ method }) => method.toUpperCase()).join(', ')
  app.all(path, (request, response) => {
    response.set('Allow', allow)
    send(response, problem('methodUnknown', { allow }), languageOf(request))
  })
}

interface Exchange {
  readonly request: Request
  readonly response: Response
}

type Answering = ServerPorts & Pick<Mounting, 'writes' | 'reads' | 'places'>

async function answer(ports: Answering, route: Route, { request, response }: Exchange) {
  const call = await called(ports, route, { request, response })
  const leave = isProblem(call) ? () => {} : placeOfOne(ports, route, call)
  if (leave === undefined)
    return answerNo(ports, { request, response }, tooMany(BUSY_MS, ports.clock))
  try {
    await replied(ports, route, { request, response, call })
  } finally {
    leave()
  }
}

/** What gives back the place a dear call takes; undefined when the account has enough of them under way. */
const placeOfOne = ({ places }: Answering, { id, atOnce }: Route, { viewer }: Handled) =>
  atOnce === undefined ? () => {} : places.enter(`${id} ${viewer.session.account}`, atOnce)

async function replied(
  ports: Answering,
  route: Route,
  { request, response, call }: Exchange & { readonly call: Handled | Problem },
): Promise<void> {
  const reply = isProblem(call) ? call : await route.handle(call)
  if (isProblem(reply)) {
    answerNo(ports, { request, response }, reply)
    noted(ports.watching, route, { request, response }, reply)
    return
  }
  const ended = reply.stream === undefined ? undefined : ports.measured.streaming()
  try {
    await sendReply(response, route, reply)
  } finally {
    ended?.()
  }
}

/** A problem, and how long to wait where waiting helps. */
function answerNo(
  { clock }: Pick<ServerPorts, 'clock'>,
  { request, response }: Exchange,
  why: Problem,
) {
  const wait = retryAfter(why, clock())
  if (wait !== undefined) response.set('Retry-After', String(wait))
  send(response, why, languageOf(request))
}

type Handled = Parameters<Route['handle']>[0]

/** The call, or the first reason why it is none: where from, who, where, how fresh, what. Nothing is read before who is known. */
async function called(
  ports: Answering,
  route: Route,
  { request, response }: Exchange,
): Promise<Handled | Problem> {
  if (route.method !== 'get' && isForeign(request, ports)) return problem('originForeign')
  const viewer = mayCall(ports, route, request)
  if (isProblem(viewer)) return viewer
  const wait = waitOf(ports, route, viewer)
  if (wait > 0) return tooMany(wait, ports.clock)
  const params = placed(route.params, flat(request.params))
  if (params === undefined) return problem('noSuchThing')
  const ledger = whereTo(ports, route, { viewer, params })
  if (isProblem(ledger)) return ledger
  const stale = route.signature === true && proofOf(viewer.session, ports.clock()) === undefined
  if (stale) return problem('reauthenticationNeeded')
  const query = placed(route.query, request.query)
  if (query === undefined) {
    return problem('queryInvalid', { fields: Object.keys(request.query).join(', ').slice(0, 200) })
  }
  const untaken = route.uploads !== undefined && request.is([...route.uploads]) === false
  if (untaken) return problem('mediaTypeUnknown', { expected: route.uploads.join(', ') })
  const body =
    route.body === undefined ? { value: undefined } : await bodyOf(route.body, request, response)
  if (isProblem(body)) return body
  const call: Call = {
    params,
    query,
    body: body.value,
    language: languageOf(request),
    header: (name) => request.get(name),
    caller: { address: placeOf(request.ip ?? ''), device: request.get('user-agent') ?? '' },
    incoming: request,
    gone: () => goneOf(response, ports.stopping),
  }
  // a route without them never looks
  return { ...call, viewer, ledger: ledger as KnownLedger }
}

/** All somebody asks counts, whatever comes of it; whoever did not sign in is counted by where they are. */
function waitOf(
  { writes, reads, elapsed }: Answering,
  { method }: Route,
  { session }: Partial<Viewer>,
): number {
  const buckets = method === 'get' ? reads : writes
  return session === undefined ? 0 : buckets.take(session.account, elapsed())
}

/** A browser names the page a write comes from; another site's is refused. Programs that name none carry no stolen cookie. */
function isForeign(request: Request, { origins }: ServerPorts): boolean {
  const origin = request.get('origin')
  if (origin !== undefined) return !origins.has(origin)
  const site = request.get('sec-fetch-site')
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

/** Stands for whoever did not sign in, where nobody needs to. */
const nobody = { rights: { offices: [], memberOf: [], sees: new Set(), townships: [] } }

function mayCall(
  { sessionOf, rights }: ServerPorts,
  { access, whileLimited }: Route,
  request: Request,
): Viewer | Problem {
  if (access === 'anybody') return nobody as unknown as Viewer
  const session = sessionOf(request.headers.cookie)
  if (session === undefined) return problem('notSignedIn')
  if (session.limit !== undefined && whileLimited !== true) return problem(session.limit)
  return viewerOf(session, rights)
}

/** The ledger the path names. What one may not see does not exist. */
function whereTo(
  { rights }: ServerPorts,
  { access }: Route,
  { viewer, params }: { readonly viewer: Viewer; readonly params: unknown },
): KnownLedger | undefined | Problem {
  if (access === 'anybody' || access === 'account') return undefined
  const { sees, townships } = viewer.rights
  if (access === 'township') {
    const [first] = townships
    const own = first === undefined ? undefined : rights.ledger(first)
    return own ?? problem('notAllowed')
  }
  const { village = '' } = params as { readonly village?: string }
  const found = rights.byCode(village)
  const seen =
    found !== undefined &&
    (sees.has(found.origin) || (access === 'ledger' && townships.includes(found.origin)))
  return seen ? found : problem('noSuchThing')
}

/** What a `{rest*}` took, as one text. */
const flat = (params: Request['params']): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : value.join('/'),
    ]),
  )

function placed(shape: Route['params'], found: object): unknown {
  if (shape === undefined) return {}
  const result = shape.safeParse({ ...found })
  return result.success ? result.data : undefined
}

const failed =
  ({ log, expected, clock }: ServerPorts): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    const reference = String(response.locals['reference'])
    if (response.headersSent) return next(error)
    const said = ofReader(error) ?? expected(error)
    if (said !== undefined) {
      // what is left of a body that was not read would be taken for the next request
      if (!request.complete) response.set('Connection', 'close')
      return answerNo({ clock }, { request, response }, said)
    }
    // the caller gets the reference, the operator the error
    log.error({ id: reference, err: error }, 'unexpected')
    send(response, problem('internal', { reference }), languageOf(request))
  }
