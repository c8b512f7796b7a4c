// The server put together from what the composition root opened; listening, and stopped without losing what it took on.
import { createServer as createHttp } from 'node:http'
import { destination, type Logger, pino } from 'pino'
import { erasePins } from '../app/ballot-links.ts'
import { pinHashing } from '../app/ballot-pin.ts'
import { malformedIn } from '../app/perform.ts'
import { type Config, isPrivate } from '../config.ts'
import type { BallotLinkStore } from '../domain/ballot-link.ts'
import type { JobState } from '../domain/job.ts'
import { isLoopback } from '../config-variables.ts'
import { type Alongside, alongside, type Beside } from './alongside.ts'
import type { Api } from './api.ts'
import { inputInvalid } from './body.ts'
import { docPages } from './docs.ts'
import { DEMO_PASSWORD, type DemoAccount } from './identity/demo.ts'
import { createIdentity, type Identity, type IdentityOptions } from './identity/identity.ts'
import type { MadeLink } from './identity/links.ts'
import { checking, counted, listening, patient, stopped } from './listening.ts'
import { type Measured, measured as measuring } from './metrics.ts'
import { openApi } from './openapi.ts'
import { type Problem, problem } from './problem.ts'
import type { Route } from './route.ts'
import { allRoutes } from './routes/all.ts'
import { createServer } from './server.ts'
import { DEMO_HEADER, DEMO_TOLD } from './shield.ts'
import { answerUnread, readable } from './unread.ts'
import type { Watching } from './watching.ts'

export interface Opening extends Omit<
  Api,
  | 'identity'
  | 'demo'
  | 'ready'
  | 'metrics'
  | 'baseURL'
  | 'ballotLinks'
  | 'attempts'
  | 'accountActs'
  | 'live'
  | 'verifications'
  | 'usernameOf'
  | 'titleOf'
> {
  readonly config: Config
  /** From db/accounts/open.ts. */
  readonly accounts: Pick<IdentityOptions, 'accounts' | 'attempts' | 'database'> &
    Beside['accounts'] & { readonly acts: Api['accountActs'] }
  readonly identity: Pick<IdentityOptions, 'secret' | 'random' | 'oauth' | 'hashing'>
  readonly attemptLog: Beside['attemptLog']
  readonly verify: Beside['verify']
  /** From db/ballot-links/open.ts. */
  readonly links: BallotLinkStore
  readonly demo: boolean
  /** Milliseconds, monotonic. */
  readonly elapsed: () => number
  /** What an error of the store means to a caller. */
  readonly faultOf: (error: unknown) => 'busy' | 'stopping' | undefined
  /** How the work the server does by itself stands. */
  readonly jobs: () => readonly JobState[]
  /** To standard error, one JSON object a line, when left out. */
  readonly log?: Pick<Logger, 'info' | 'error'>
}

export interface Running {
  readonly url: string
  /** Where it listens, whatever it goes by. */
  readonly port: number
  /** Of the first start: to be printed once, and never again. */
  readonly firstLink: MadeLink | undefined
  readonly demoAccounts: readonly DemoAccount[]
  readonly routes: readonly Route[]
  readonly identity: Identity
  readonly log: Log
  /** Takes no more calls, answers those it has, and lets go; the store is closed afterwards. */
  close(): Promise<void>
}

export async function openServer(opening: Opening): Promise<Running> {
  const { config, demo } = opening
  const log = opening.log ?? pino({ level: config.log, base: null }, destination(2))
  const state: State = { ready: false, stopping: false }
  const leaving = new AbortController()
  const { server, attach } = waiting(opening, state)
  const watched = { ...opening, ledgers: opening.reading.ledgers, connections: counted(server) }
  const measured = measuring(watched)
  const port = await listening(server, config)
  try {
    const where = whereOf(config, port)
    const along = alongside(opening, (err) => log.error({ err, of: 'alongside' }, 'unexpected'))
    const identity = await identityOf(opening, { ...where, log, along })
    const { live, watching } = along.listening(quietly(identity), leaving.signal)
    const demoAccounts = demo ? await identity.demoAccounts(rostersOf(opening)) : []
    const firstLink = demo ? undefined : await identity.firstAdministrator()
    const { text } = measured
    const context = { ...opening.context, store: measured.metered(opening.context.store) }
    const api: Api = {
      ...opening,
      context,
      metrics: { text, token: config.metricsToken, private: isPrivate(config) },
      baseURL: where.baseURL,
      ballotLinks: ballotLinksOf({ ...opening, context }),
      identity,
      attempts: along.attempts,
      accountActs: opening.accounts.acts,
      verifications: along.verifications,
      live,
      usernameOf: async (id) => (await opening.accounts.accounts.account(id))?.username,
      titleOf: (act) => routes.find(({ id }) => id === act)?.summary,
      ready: () => state.ready,
      demo: demo ? { accounts: demoAccounts, password: DEMO_PASSWORD } : undefined,
    }
    // a meeting that another process ended leaves its PINs behind
    await erasePins(api.ballotLinks)
    const routes: readonly Route[] = allRoutes(api)
    const assembly = { ...where, api, routes, log, measured, watching, stopping: leaving.signal }
    attach(appOf(opening, assembly))
    state.ready = true
    const close = async () => {
      Object.assign(state, { ready: false, stopping: true })
      leaving.abort()
      await stopped(server)
      await along.close()
      measured.close()
    }
    return { url: where.baseURL, port, firstLink, demoAccounts, routes, identity, log, close }
  } catch (error) {
    await stopped(server)
    measured.close()
    throw error
  }
}

type App = ReturnType<typeof createServer>

/** A server that keeps who comes waiting until it is told what answers them. */
function waiting({ config: { limits }, demo }: Opening, state: State) {
  // the address is known once bound, and identity needs it: who comes in between waits
  let attach: (app: App) => void = () => {}
  const attached = new Promise<App>((resolve) => {
    attach = resolve
  })
  const bearing = demo ? { [DEMO_HEADER]: DEMO_TOLD } : {}
  const listener = readable((request, response) => {
    // a connection that is kept would keep the process as well
    response.once('close', () => {
      if (state.stopping) setImmediate(() => server.closeIdleConnections())
    })
    attached.then((app): void => void app(request, response)).catch(() => response.destroy())
  }, bearing)
  const server = createHttp({ ...checking(limits), requireHostHeader: false }, listener)
  answerUnread(server, listener, bearing)
  patient(server, limits)
  return { server, attach: (app: App): void => attach(app) }
}

/** PINs are peppered by the door's secret: whoever loses it hands out others. */
const ballotLinksOf = ({ context, links, identity, freshId, clock, doorClock }: Opening) => ({
  voting: context,
  links,
  pins: pinHashing(identity),
  random: identity.random,
  freshId,
  clock,
  doorClock,
})

/** A page that is only left open keeps no session alive. */
const quietly = (identity: Identity) => (cookie: string | undefined) =>
  identity.sessionOf(cookie, { quietly: true })

interface State {
  ready: boolean
  stopping: boolean
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
  { baseURL, origins, log, along }: Where & { readonly log: Log; readonly along: Alongside },
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
    refused: (attempt) => {
      log.info({ way: attempt.way, code: attempt.code }, 'refused at the door')
      along.refusedAtDoor(attempt)
    },
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
  readonly measured: Measured
  readonly watching: Watching
  readonly stopping: AbortSignal
}

function appOf(opening: Opening, assembly: Assembly) {
  const { api, routes, log, measured, watching, baseURL, origins, stopping } = assembly
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
    pages: docPages(openApi(routes, { https }), { demo }),
    proxies: config.proxies,
    https,
    demo,
    limits: config.limits,
    measured,
    watching,
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
