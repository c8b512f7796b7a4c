// The server: express around the list of routes. What every call passes through stands here, in order; what a route does, in its file.
import { randomUUID } from 'node:crypto'
import express, { type ErrorRequestHandler, type RequestHandler, type Response } from 'express'
import helmet from 'helmet'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { Language } from '../domain/language.ts'
import { isProblem, type Problem, problem, problemBody } from './problem.ts'
import type { Access, Call, Reply, Route } from './route.ts'
import { isOfDiscipline, type Viewer } from './viewer.ts'

export interface ServerPorts {
  readonly routes: readonly Route[]
  readonly log: Logger
  /** Milliseconds, monotonic: for the duration in the log. */
  readonly elapsed: () => number
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** Who the cookie stands for; undefined when nobody. Called on every request: microseconds. */
  readonly viewerOf: (cookie: string | undefined) => Viewer | undefined
  /** The origin pages of this server have, for the check of where a write comes from. */
  readonly baseUrl: string
  /** Tells what a thrown error stands for, if it is an expected one (busy, read-only). */
  readonly expected: (error: unknown) => Problem | undefined
  /** Everything under /api/auth: sign-in and what belongs to it. Mounted before bodies are read. */
  readonly signIn?: RequestHandler
  /** Behind a proxy: how many may be trusted to tell the client's address. */
  readonly proxies?: number
  readonly demo?: boolean
}

const BODY_LIMIT = 256 * 1024
const FRESH_MS = 5 * 60 * 1000

export function createServer(ports: ServerPorts): express.Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  app.set('query parser', 'simple')
  app.set('trust proxy', ports.proxies ?? false)
  app.use(logged(ports), secured(ports))
  if (ports.signIn !== undefined) app.all('/api/auth/*splat', ports.signIn)
  const read = express.raw({ type: () => true, limit: BODY_LIMIT })
  for (const [path, routes] of byPath(ports.routes)) {
    const place = `/api/v1${path.replaceAll(/\{(\w+)\}/g, ':$1')}`
    for (const route of routes) {
      const before = route.body === undefined ? [] : [read]
      app[route.method](place, ...before, (request, response, next) => {
        answer(ports, route, request, response).catch(next)
      })
    }
    const allow = routes.map(({ method }) => method.toUpperCase()).join(', ')
    app.all(place, (request, response) => {
      response.set('Allow', allow)
      send(response, problem('methodUnknown', { allow }), languageOf(request.headers['accept-language']))
    })
  }
  app.use((request, response) => {
    send(response, problem('noSuchThing'), languageOf(request.headers['accept-language']))
  })
  app.use(failed(ports))
  return app
}

function byPath(routes: readonly Route[]): ReadonlyMap<string, readonly Route[]> {
  const paths = new Map<string, Route[]>()
  for (const route of routes) {
    const there = paths.get(route.path)
    if (there === undefined) paths.set(route.path, [route])
    else there.push(route)
  }
  return paths
}

/** One line a request, without query strings, bodies, cookies or names. */
const logged =
  ({ log, elapsed }: ServerPorts): RequestHandler =>
  (request, response, next) => {
    const id = randomUUID()
    const start = elapsed()
    const { method, path } = request
    response.locals['reference'] = id
    response.set('X-Request-Id', id)
    response.once('finish', () => {
      const ms = Math.round(elapsed() - start)
      log.info({ id, method, path, status: response.statusCode, ms })
    })
    next()
  }

function secured({ demo, baseUrl }: ServerPorts): RequestHandler {
  const helmets = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
      },
    },
    // a village's own network has no certificates: promising https there would lock everybody out
    strictTransportSecurity: baseUrl.startsWith('https:'),
    crossOriginEmbedderPolicy: false,
    originAgentCluster: false,
  })
  return (request, response, next) => {
    response.set('Cache-Control', 'no-store')
    if (demo === true) response.set('X-Five-Musts-Demo', 'demonstration data: nobody is anybody')
    helmets(request, response, next)
  }
}

async function answer(
  ports: ServerPorts,
  route: Route,
  request: express.Request,
  response: Response,
): Promise<void> {
  const language = languageOf(request.headers['accept-language'])
  const call = parsed(ports, route, request, language)
  const reply = isProblem(call) ? call : await route.handle(call)
  if (isProblem(reply)) return send(response, reply, language)
  sendReply(response, route, reply)
}

/** The call, or the first reason why it is none: origin, who, what. */
function parsed(
  ports: ServerPorts,
  route: Route,
  request: express.Request,
  language: Language,
): Call | Problem {
  const foreign = route.method === 'get' ? undefined : foreignOrigin(request, ports.baseUrl)
  if (foreign !== undefined) return foreign
  const viewer = ports.viewerOf(request.headers.cookie)
  const barred = mayCall(route, viewer, ports.clock())
  if (barred !== undefined) return barred
  const params = placed(route.params, request.params)
  if (params === undefined) return problem('noSuchThing')
  const query = placed(route.query, request.query)
  if (query === undefined) return problem('queryInvalid')
  const body = route.body === undefined ? undefined : bodyOf(route.body, request)
  if (isProblem(body)) return body
  return {
    params,
    query,
    body: body?.value,
    viewer: viewer ?? nobody,
    language,
    header: (name) => request.get(name),
  }
}

/** Stands for whoever did not sign in; sees nothing. */
const nobody = { offices: [], sees: new Set(), administrator: false } as unknown as Viewer

/** A browser names the page a write comes from; another site's is refused. Programs that name none carry no stolen cookie. */
function foreignOrigin(request: express.Request, baseUrl: string): Problem | undefined {
  const site = request.get('sec-fetch-site')
  const origin = request.get('origin')
  const foreign =
    (origin !== undefined && origin !== new URL(baseUrl).origin) ||
    site === 'cross-site' ||
    site === 'same-site'
  return foreign ? problem('originForeign') : undefined
}

function mayCall(
  { access, signature, id }: Route,
  viewer: Viewer | undefined,
  now: number,
): Problem | undefined {
  if (access === 'anybody') return undefined
  if (viewer === undefined) return problem('notSignedIn')
  if (viewer.mustEnrol && id !== 'whoAmI') return problem('enrolmentNeeded')
  if (!fits(access, viewer)) return problem('notAllowed')
  const stale = signature === true && now - viewer.provedAt > FRESH_MS
  return stale ? problem('reauthenticationNeeded') : undefined
}

function fits(access: Exclude<Access, 'anybody'>, viewer: Viewer): boolean {
  switch (access) {
    case 'account':
    case 'village':
      return true
    case 'township':
      return viewer.township !== undefined
    case 'discipline':
      return isOfDiscipline(viewer)
    case 'administrator':
      return viewer.administrator
  }
}

function placed(shape: z.ZodObject | undefined, found: unknown): unknown {
  if (shape === undefined) return {}
  const result = shape.safeParse({ ...(found as object) })
  return result.success ? result.data : undefined
}

const FIELDS_MAX = 50

function bodyOf(schema: z.ZodType, request: express.Request): { readonly value: unknown } | Problem {
  if (request.is('application/json') === false) {
    return problem('mediaTypeUnknown', { expected: 'application/json' })
  }
  const bytes: unknown = request.body
  let value: unknown
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(
      bytes instanceof Uint8Array ? bytes : new Uint8Array(),
    )
    value = text === '' ? {} : JSON.parse(text)
  } catch {
    return problem('bodyMalformed')
  }
  const result = schema.safeParse(value)
  if (result.success) return { value: result.data }
  const { issues } = result.error
  const fields = issues.slice(0, FIELDS_MAX).map(({ path, code, message }) => ({
    path: path.map(String).join('.').slice(0, 200),
    code,
    detail: message.slice(0, 300),
  }))
  return problem('inputInvalid', { count: String(issues.length) }, fields)
}

function sendReply(response: Response, route: Route, reply: Reply): void {
  const { status = route.status ?? 200, headers = {}, body, bytes } = reply
  response.status(status).set(headers)
  if (bytes !== undefined) {
    response.type(route.media ?? 'application/octet-stream').send(Buffer.from(bytes))
  } else if (status === 204) response.end()
  else response.json(body)
}

function send(response: Response, what: Problem, language: Language): void {
  const body = problemBody(what, language)
  response
    .status(body.status)
    .set('Content-Language', language === 'zh' ? 'zh-CN' : 'en')
    .type('application/problem+json')
    .send(JSON.stringify(body))
}

/** Chinese unless English is preferred. */
export const languageOf = (accept: string | undefined): Language =>
  accept !== undefined && /^\s*en\b/i.test(accept) ? 'en' : 'zh'

const readerFault = z.object({ type: z.string(), status: z.int(), limit: z.number().optional() })

const failed =
  ({ log, expected }: ServerPorts): ErrorRequestHandler =>
  (error, request, response, next) => {
    const reference = String(response.locals['reference'])
    if (response.headersSent) return next(error)
    const language = languageOf(request.headers['accept-language'])
    const said = ofReader(error) ?? expected(error)
    if (said !== undefined) return send(response, said, language)
    // the caller gets the reference, the operator the error
    log.error({ id: reference, err: error }, 'unexpected')
    send(response, problem('internal', { reference }), language)
  }

/** What express's own reader of bodies and paths throws. */
function ofReader(error: unknown): Problem | undefined {
  if (error instanceof URIError) return problem('noSuchThing')
  const fault = readerFault.safeParse(error)
  if (!fault.success) return undefined
  const { type, status, limit = BODY_LIMIT } = fault.data
  if (type === 'entity.too.large') return problem('bodyTooLarge', { limit: `${limit / 1024} KiB` })
  return status >= 400 && status < 500 ? problem('bodyMalformed') : undefined
}

