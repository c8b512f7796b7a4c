// A house with a door: a real accounts file, a real server, browsers that keep cookies. Beside it the same better-auth without
// our door, so that every hole we close can be seen open.
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toNodeHandler } from 'better-auth/node'
import express from 'express'
import { expect } from 'vitest'
import { openAccounts, type OpenAccounts } from '../../../db/accounts/open.ts'
import type { NewAccount, Session } from '../../../src/domain/account.ts'
import type { Standing, Standings } from '../../../src/domain/account-standing.ts'
import { type PersonId, personIdSchema } from '../../../src/domain/ids.ts'
import { type Auth, type Hashing, makeAuth } from '../../../src/http/identity/auth.ts'
import {
  createIdentity,
  type Identity,
  type IdentityOptions,
} from '../../../src/http/identity/identity.ts'
import { totpCode } from '../../../src/http/identity/totp.ts'
import type { RefusedAttempt } from '../../../src/http/identity/world.ts'

export const SECRET = 'a secret of a house in a test, 40 chars.'
export const PASSWORD = 'sluice gate at dawn'

/** As slow as nothing: the hash itself is better-auth's, and tried once in passwords.spec.ts. */
export const quick: Hashing = {
  hash: (password) => Promise.resolve(digest(password)),
  verify: ({ hash, password }) => Promise.resolve(hash === digest(password)),
}
const digest = (password: string): string =>
  createHash('sha256').update(password.normalize('NFKC')).digest('hex')

export const personOf = (name: string): PersonId => personIdSchema.parse(`p_${name}`)

export interface House {
  readonly url: string
  /** The same accounts through better-auth alone. */
  readonly bareUrl: string
  readonly identity: Identity
  readonly open: OpenAccounts
  readonly auth: Auth
  readonly file: string
  readonly refused: RefusedAttempt[]
  /** Who must enrol, and where people stand; tests fill them. */
  readonly mustEnrol: Set<PersonId>
  readonly standing: Map<PersonId, Standing>
  add(username: string, more?: Partial<NewAccount>): Promise<string>
  browser(address?: string): Browser
  bareBrowser(): Browser
  close(): Promise<void>
}

export interface HouseOptions extends Partial<
  Pick<IdentityOptions, 'demo' | 'oauth' | 'hashing' | 'origins'>
> {
  /** Another house's file. */
  readonly file?: string
}

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'house-'))
  const file = options.file ?? join(folder, 'accounts.db')
  const open = openAccounts(file)
  const [app, bareApp] = [express(), express()]
  const [server, bareServer] = await Promise.all([listen(app), listen(bareApp)])
  const mustEnrol = new Set<PersonId>()
  const standing = new Map<PersonId, Standing>()
  const refused: RefusedAttempt[] = []
  const common = {
    ...open,
    secret: SECRET,
    clock: () => Date.now(),
    random: (bytes: number) => randomBytes(bytes),
    hashing: options.hashing ?? quick,
  }
  const { file: _file, ...rest } = options
  const identity = await createIdentity({
    ...common,
    ...rest,
    baseURL: urlOf(server),
    standings: standingsOf(mustEnrol, standing),
    refused: (attempt) => refused.push(attempt),
  })
  const auth = makeAuth({
    ...common,
    baseURL: urlOf(bareServer),
    origins: [],
    report: () => {},
    oauth: (options.oauth ?? []).map(({ config }) => config),
  })
  // one proxy in front: X-Forwarded-For is its word
  app.set('trust proxy', 1)
  app.all('/api/auth/*splat', identity.handler)
  bareApp.all('/api/auth/*splat', toNodeHandler(auth))
  return {
    url: urlOf(server),
    bareUrl: urlOf(bareServer),
    identity,
    open,
    auth,
    file,
    refused,
    mustEnrol,
    standing,
    add: (username, more = {}) => addAccount(open, username, more),
    browser: (address = '203.0.113.5') => new Browser(urlOf(server), address),
    bareBrowser: () => new Browser(urlOf(bareServer), '203.0.113.5'),
    async close() {
      await Promise.all([server, bareServer].map(stop))
      open.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const standingsOf = (
  mustEnrol: ReadonlySet<PersonId>,
  standing: ReadonlyMap<PersonId, Standing>,
): Standings => ({
  mustEnrol: (person) => mustEnrol.has(person),
  standingOf: (person) => standing.get(person) ?? { offices: [], townships: [] },
})

async function addAccount(
  { accounts }: OpenAccounts,
  username: string,
  more: Partial<NewAccount>,
): Promise<string> {
  const id = randomBytes(16).toString('hex')
  const password = digest(PASSWORD)
  const made = { id, username, role: 'none', password, ready: true, madeAt: Date.now() } as const
  expect(await accounts.add({ ...made, ...more })).toBe('added')
  return id
}

function listen(app: ReturnType<typeof express>): Promise<Server> {
  const server = createServer(app)
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}

const urlOf = (server: Server): string =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}`

function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => {
    server.close(() => resolve())
  })
}

export interface Got {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: Headers
  /** The whole body as text. */
  readonly text: string
}

export interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Instead of JSON. */
  readonly raw?: string | Uint8Array
}

/** Keeps cookies as a browser does, and says where it comes from. */
export class Browser {
  readonly url: string
  readonly address: string
  readonly jar = new Map<string, string>()

  constructor(url: string, address: string) {
    this.url = url
    this.address = address
  }

  get cookie(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  post(path: string, body: unknown = {}, { headers, raw }: Sent = {}): Promise<Got> {
    return this.send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.url, ...headers },
      raw: raw ?? JSON.stringify(body),
    })
  }

  async send(path: string, { method = 'GET', headers, raw }: Sent = {}): Promise<Got> {
    const response = await fetch(`${this.url}/api/auth${path}`, {
      method,
      redirect: 'manual',
      headers: {
        'x-forwarded-for': this.address,
        'user-agent': 'Firefox of a test',
        ...(this.jar.size === 0 ? {} : { cookie: this.cookie }),
        ...headers,
      },
      ...(raw === undefined ? {} : { body: raw }),
    })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    const text = await response.text()
    const body = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}
    return { status: response.status, body, headers: response.headers, text }
  }

  signIn(username: string, password = PASSWORD): Promise<Got> {
    return this.post('/sign-in/username', { username, password })
  }

  #keep(line: string): void {
    const [pair = ''] = line.split(';')
    const equals = pair.indexOf('=')
    const name = pair.slice(0, equals)
    if (/max-age=0\b/i.test(line)) this.jar.delete(name)
    else this.jar.set(name, pair.slice(equals + 1))
  }
}

/** The session of a browser; fails where there is none. */
export function sessionIn(house: House, browser: Browser): Session {
  const session = house.identity.sessionOf(browser.cookie)
  if (session === undefined) throw new Error('not signed in')
  return session
}

/** What an answer did; fails where it did not. */
export function done<T>(answer: { readonly done: T } | { readonly problem: unknown }): T {
  if ('problem' in answer) throw new Error(`refused: ${JSON.stringify(answer.problem)}`)
  return answer.done
}

/** The code of an answer that is a no; `done` where it is none. */
export const codeOf = (
  answer: { readonly done: unknown } | { readonly problem: { readonly code: string } },
): string => ('problem' in answer ? answer.problem.code : 'done')

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The code an authenticator app shows for what it scanned, so many steps from now. */
export function appCode(uri: string, off = 0): string {
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  const bits = [...secret].map((c) => ALPHABET.indexOf(c).toString(2).padStart(5, '0')).join('')
  const bytes = bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []
  return totpCode(Uint8Array.from(bytes), Math.floor(Date.now() / 30_000) + off)
}

/** Sets TOTP up in a browser that is signed in; the address the app scanned, and the backup codes. */
export async function enrol(
  browser: Browser,
): Promise<{ readonly uri: string; readonly backupCodes: readonly string[] }> {
  const begun = await browser.post('/two-factor/enable', { password: PASSWORD })
  expect(begun.status).toBe(200)
  const uri = String(begun.body['uri'])
  const verified = await browser.post('/two-factor/verify-totp', { code: appCode(uri) })
  expect(verified.body).toEqual({ next: 'none' })
  return { uri, backupCodes: begun.body['backupCodes'] as string[] }
}
