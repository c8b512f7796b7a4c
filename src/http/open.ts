// The server put together from what the composition root opened; listening, and stopped without losing what it took on.
import { createServer as createHttp, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { destination, type Logger, pino } from 'pino'
import { malformedIn } from '../app/perform.ts'
import { type Config, isLoopback } from '../config.ts'
import type { Api } from './api.ts'
import { inputInvalid } from './body.ts'
import { docPages } from './docs.ts'
import { DEMO_PASSWORD, type DemoAccount } from './identity/demo.ts'
import { createIdentity, type Identity, type IdentityOptions } from './identity/identity.ts'
import type { MadeLink } from './identity/links.ts'
import { openApi } from './openapi.ts'
import { type Problem, problem } from './problem.ts'
import type { Route } from './route.ts'
import { allRoutes } from './routes/all.ts'
import { createServer } from './server.ts'

export interface Opening extends Omit<Api, 'identity' | 'demo' | 'ready'> {
  readonly config: Config
  /** From db/accounts/open.ts. */
  readonly accounts: Pick<IdentityOptions, 'accounts' | 'attempts' | 'database'>
  readonly identity: Pick<IdentityOptions, 'secret' | 'random' | 'oauth' | 'hashing'>
  readonly demo: boolean
  /** Milliseconds, monotonic. */
  readonly elapsed: () => number
  /** What an error of the store means to a caller. */
  readonly faultOf: (error: unknown) => 'busy' | 'stopping' | undefined
  /** To standard error, one JSON object a line, when left out. */
  readonly log?: Pick<Logger, 'info' | 'error'>
}

export interface Running {
  readonly url: string
  /** Of the first start: to be printed once, and never again. */
  readonly firstLink: MadeLink | undefined
  readonly demoAccounts: readonly DemoAccount[]
  readonly routes: readonly Route[]
  readonly identity: Identity
  /** Takes no more calls, answers those it has, and lets go; the store is closed afterwards. */
  close(): Promise<void>
}

export async function openServer(opening: Opening): Promise<Running> {
  const { config, demo } = opening
  const log = opening.log ?? pino({ level: config.log, base: null }, destination(2))
  const state: State = { ready: false, stopping: false }
  const leaving = new AbortController()
  // the address is known once bound, and identity needs it: who comes in between waits
  let attach: (app: ReturnType<typeof createServer>) => void = () => {}
  const attached = new Promise<ReturnType<typeof createServer>>((resolve) => {
    attach = resolve
  })
  const server = createHttp((request, response) => {
    // a connection that is kept would keep the process as well
    response.once('close', () => {
      if (state.stopping) setImmediate(() => server.closeIdleConnections())
    })
    attached.then((app): void => void app(request, response)).catch(() => response.destroy())
  })
  patient(server)
  const port = await listening(server, config)
  try {
    const where = whereOf(config, port)
    const identity = await identityOf(opening, { ...where, log })
    const demoAccounts = demo ? await identity.demoAccounts(rostersOf(opening)) : []
    const firstLink = demo ? undefined : await identity.firstAdministrator()
    const api: Api = {
      ...opening,
      identity,
      ready: () => state.ready,
      demo: demo ? { accounts: demoAccounts, password: DEMO_PASSWORD } : undefined,
    }
    const routes = allRoutes(api)
    attach(appOf(opening, { ...where, api, routes, log, stopping: leaving.signal }))
    state.ready = true
    const close = async () => {
      Object.assign(state, { ready: false, stopping: true })
      leaving.abort()
      await stopped(server)
    }
    return { url: where.baseURL, firstLink, demoAccounts, routes, identity, close }
  } catch (error) {
    await stopped(server)
    throw error
  }
}

interface State {
  ready: boolean
  stopping: boolean
}

const HEADERS_MS = 15_000
const REQUEST_MS = 30_000
const IDLE_MS = 65_000

/** Whoever sends a byte now and then does not hold a connection for ever. */
function patient(server: Server): void {
  server.headersTimeout = HEADERS_MS
  server.requestTimeout = REQUEST_MS
  server.keepAliveTimeout = IDLE_MS
}

function listening(server: Server, { host, port }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

interface Where {
  readonly baseURL: string
  readonly origins: readonly string[]
}

/** On this machine it goes by both its names. */
function whereOf({ url, host, origins }: Config, port: number): Where {
  if (url !== undefined) return { baseURL: url, origins: [url, ...origins] }
  const own = ['127.0.0.1', 'localhost'].map((name) => `http://${name}:${port}`)
  const bound = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  const names = isLoopback(host) ? [bound, ...own] : [bound]
  return { baseURL: bound, origins: [...new Set([...names, ...origins])] }
}

type Log = Pick<Logger, 'info' | 'error'>

const identityOf = (
  { accounts, identity, doorClock: clock, rights: standings, demo }: Opening,
  { baseURL, origins, log }: Where & { readonly log: Log },
): Promise<Identity> =>
  createIdentity({
    ...accounts,
    ...identity,
    baseURL,
    origins,
    clock,
    standings,
    demo,
    report: (message) => log.error({ of: 'identity' }, message),
    refused: ({ way, code }) => log.info({ way, code }, 'refused at the door'),
  })

/** Townships first: who holds several offices is named by the first. */
const rostersOf = ({ rights }: Opening) =>
  rights
    .ledgers()
    .toSorted((a, b) =>
      a.kind === b.kind ? (a.code < b.code ? -1 : 1) : a.kind === 'township' ? -1 : 1,
    )
    .map(({ name, code, kind, roster }) => ({
      name,
      code,
      kind: kind === 'township' ? ('township' as const) : ('village' as const),
      organisations: roster.organisations,
      offices: roster.offices,
    }))

interface Assembly extends Where {
  readonly api: Api
  readonly routes: readonly Route[]
  readonly log: Log
  readonly stopping: AbortSignal
}

function appOf(opening: Opening, { api, routes, log, baseURL, origins, stopping }: Assembly) {
  const { config, demo, doorClock, elapsed, faultOf } = opening
  const https = baseURL.startsWith('https:')
  return createServer({
    routes,
    log,
    clock: doorClock,
    elapsed,
    sessionOf: (cookie) => api.identity.sessionOf(cookie),
    rights: api.rights,
    origins: new Set(origins),
    expected: (error) => expected(error, faultOf),
    signIn: api.identity.handler,
    pages: docPages(openApi(routes, { https })),
    proxies: config.proxies,
    https,
    demo,
    stopping,
  })
}

/** What a caller can do something about; all else is ours, and masked. */
function expected(error: unknown, faultOf: Opening['faultOf']): Problem | undefined {
  const issues = malformedIn(error)
  if (issues !== undefined) return inputInvalid(issues)
  const fault = faultOf(error)
  return fault === undefined ? undefined : problem(fault)
}

const PATIENCE_MS = 10_000

/** Idle connections go at once, busy ones when they are answered, those that never end after a while. */
function stopped(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const last = setTimeout(() => server.closeAllConnections(), PATIENCE_MS)
    server.close(() => {
      clearTimeout(last)
      resolve()
    })
    server.closeIdleConnections()
  })
}
