// A town with its server: a real database, real accounts, real HTTP. Two villages of one township, and another township, so that
// what others may not see can be asked for. Every answer is held against the OpenAPI document.
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import { openAccounts } from '../../db/accounts/open.ts'
import { openAttemptLog } from '../../db/attempts/log.ts'
import { openBallotLinks } from '../../db/ballot-links/open.ts'
import { openBallotBox } from '../../db/ballots/box.ts'
import { openSqlite } from '../../db/open.ts'
import { nextStream, type Numbered } from '../../src/app/begin.ts'
import { DemoClock } from '../../src/app/demo/clock.ts'
import { presentCalendar } from '../../src/app/calendars.ts'
import { nodeCrypto } from '../../src/app/crypto.ts'
import type { DeskPorts } from '../../src/app/desk.ts'
import type { Voting } from '../../src/app/cast-ballot.ts'
import { type Context, perform } from '../../src/app/perform.ts'
import { Rights } from '../../src/app/rights.ts'
import { mintIds } from '../../src/app/township/ids.ts'
import { type Verifier, verifyApart } from '../../src/app/verify/apart.ts'
import { workings } from '../../src/app/workings.ts'
import type { Config } from '../../src/config.ts'
import type { BallotBox } from '../../src/domain/ballot-box.ts'
import type { AttachmentStore } from '../../src/domain/attachment.ts'
import type { Entry } from '../../src/domain/entry.ts'
import type { Health } from '../../src/domain/health.ts'
import type { CommandId, Origin, PersonId, StreamId } from '../../src/domain/ids.ts'
import type { LocalDate } from '../../src/domain/time.ts'
import { originSchema } from '../../src/domain/ids.ts'
import { DEMO_PASSWORD } from '../../src/http/identity/demo.ts'
import { openServer, type Running } from '../../src/http/open.ts'
import type { Route } from '../../src/http/route.ts'
import {
  confirm,
  found,
  g,
  openLedger,
  seat,
  type Seat,
  town,
  village,
} from '../support/law-cast.ts'
import type { Asking, LawWorld } from '../support/law.ts'
import { program } from '../support/cli.ts'
import { readingOf } from '../support/reading-open.ts'
import { foundWorld, takeOver } from '../support/request-cast.ts'
import { founding, signerOf, vkeyOfLedger } from '../support/township-data.ts'
import { Client, documentOf } from './client.ts'
import { openTownDesk } from './town-desk.ts'
import { openTownFiles } from './town-files.ts'

export const otherVillage = originSchema.parse('ledger.example.cn/330106109204')
export const otherTown = originSchema.parse('ledger.example.cn/330106110000')

const quick = {
  hash: (password: string) => Promise.resolve(digest(password)),
  verify: ({ hash, password }: { readonly hash: string; readonly password: string }) =>
    Promise.resolve(hash === digest(password)),
}
const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

export interface ClientOptions {
  readonly confirm?: boolean
  /** Whether the papers of the law's cast are brought before they are named. */
  readonly papers?: boolean
}

export interface Town {
  readonly url: string
  readonly file: string
  readonly running: Running
  readonly routes: readonly Route[]
  /** Lines of the operator's log. */
  readonly log: unknown[]
  /** Moves the ledgers' clock on; the door's is the real one. */
  clock(to: string): void
  /** So many days from the ledgers' now, at nine in the morning there. */
  later(days: number): string
  /** Gives commands of the law's cast without the server, as what is given. */
  given(...askings: readonly Asking[]): Promise<void>
  /** Entries of a stream of the village. */
  read(stream: StreamId): Promise<readonly Entry[]>
  /** The day it is for the law. */
  today(): LocalDate
  /** The number the next thing of a kind in the village will bear. */
  next(kind: Numbered): string
  /** The door's clock, until it is given back to the system. */
  doorClock(now: number | undefined): void
  /** Takes up what was given past the server. */
  refresh(): Promise<void>
  /** Of every account. */
  readonly password: string
  /** Somebody signed in, freshly confirmed unless that is not wanted. */
  client(person: PersonId | 'administrator', how?: ClientOptions): Promise<Client>
  stranger(): Client
  /** The store of the files that commands name. */
  readonly files: AttachmentStore
  /** Drafts, imports, and the vault with names. */
  readonly desk: DeskPorts
  /** What commands are carried out in. */
  readonly context: Context & Voting
  close(): Promise<void>
}

/** What a generator of calls never meets. */
const unlimited = { writes: 1e9, reads: 1e9, calls: 1e9, connections: 10_000 }

export interface TownOptions {
  /** What differs from a server that hardly limits anybody. */
  readonly config?: Partial<Config>
  /** All is well when left out. */
  readonly health?: () => Health
  /** Without it accounts are as in a real town: some must set up one-time codes. */
  readonly demo?: boolean
  readonly now?: string
  /** Comes between the server and its ballot box: a power cut. */
  readonly ballots?: (box: BallotBox) => BallotBox
  /** A process of its own when left out, as in the program. */
  readonly verify?: Verifier
}

export async function openTown({
  demo = true,
  now = '2026-03-02T01:00:00.000Z',
  config = {},
  health,
  ballots: around = (box) => box,
  verify,
}: TownOptions = {}): Promise<Town> {
  const path = mkdtempSync(join(tmpdir(), 'town-'))
  const file = join(path, 'ledger.db')
  const time: { now: number; door: number | undefined } = { now: Date.parse(now), door: undefined }
  const clock = () => (time.now += 1)
  const open = await openSqlite({
    file,
    workings,
    crypto: nodeCrypto,
    signer: signerOf,
    clock,
    nonce: () => randomBytes(16).toString('base64url'),
    calendar: presentCalendar,
  })
  const ballots = around(openBallotBox({ file: join(path, 'ballots.db'), key: randomBytes(32) }))
  const accounts = openAccounts(join(path, 'accounts.db'))
  const context = { store: open.store, ballots }
  const mint = mintIds({ random: (bytes) => randomBytes(bytes), clock: () => Date.now() })
  const given = async (...askings: readonly Asking[]): Promise<void> => {
    for (const asking of askings) {
      const outcome = await perform(context, { ...asking, id: mint.command() })
      if ('refused' in outcome)
        throw new Error(`${asking.type}: ${JSON.stringify(outcome.refused)}`)
    }
  }
  await given(...founding(foundedWorld()), ...others())
  const log: unknown[] = []
  const kept = await openTownFiles(path, () => time.now)
  const { files } = kept
  const { running, reading, rights, desk } = await serverOver({
    file,
    context: { ...context, files },
    files,
    accounts,
    clock: () => time.now,
    doorClock: () => time.door ?? Date.now(),
    freshId: () => mint.command(),
    demo,
    log,
    config,
    ...(health === undefined ? {} : { health }),
    ...(verify === undefined ? {} : { verify }),
  })
  const { url, routes } = running
  const document = documentOf(routes)
  const bring = async (place: string, body: unknown): Promise<void> => {
    const [, there] = /^\/villages\/(\d{12})\//.exec(place) ?? []
    const ledgers = there === undefined ? [town, otherTown] : [village, otherVillage]
    for (const ledger of ledgers) {
      if (there === undefined || code(ledger) === there) await kept.bring(ledger, body)
    }
  }
  const usernames = new Map<string, string>()
  for (const { person = 'administrator', username } of running.demoAccounts) {
    if (!usernames.has(person)) usernames.set(person, username)
  }
  const username = async (person: PersonId | 'administrator'): Promise<string> => {
    const known = usernames.get(person)
    if (known !== undefined) return known
    const made = `u.${person.slice(2).toLowerCase()}`
    const id = randomBytes(16).toString('hex')
    const password = digest(DEMO_PASSWORD)
    const account = {
      id,
      username: made,
      role: 'none',
      password,
      ready: true,
      madeAt: Date.now(),
    } as const
    expect(
      await accounts.accounts.add(person === 'administrator' ? account : { ...account, person }),
    ).toBe('added')
    usernames.set(person, made)
    return made
  }
  return {
    url,
    file,
    running,
    routes,
    log,
    clock: (to) => {
      time.now = Date.parse(to)
    },
    later: (days) =>
      `${new Date(time.now + days * 86_400_000).toISOString().slice(0, 10)}T01:00:00.000Z`,
    given,
    read: (stream) => open.store.read(village, stream),
    today: () => rights.today(),
    next: (kind) => {
      const stream = nextStream({ ledgers: reading.ledgers, clock: () => time.now }, village, kind)
      return stream.slice(stream.indexOf('/') + 1)
    },
    password: DEMO_PASSWORD,
    refresh: () => rights.refresh(),
    doorClock: (at) => {
      time.door = at
    },
    stranger: () => new Client(url, document),
    files,
    desk,
    context,
    async client(person, { confirm: fresh = true, papers = true } = {}) {
      const client = new Client(url, document, papers ? bring : undefined)
      await client.signIn(await username(person), DEMO_PASSWORD, fresh)
      return client
    },
    async close() {
      await running.close()
      reading.close()
      await open.store.close()
      await ballots.close()
      accounts.close()
      kept.close()
      rmSync(path, { recursive: true, force: true })
    },
  }
}

export interface Served {
  /** Of its own when left out. */
  readonly files?: AttachmentStore
  /** Of the ledgers. */
  readonly file: string
  readonly context: Context & Voting
  readonly accounts: ReturnType<typeof openAccounts>
  readonly clock: () => number
  readonly doorClock: () => number
  readonly freshId: () => CommandId
  readonly demo: boolean
  readonly log: unknown[]
  readonly config?: Partial<Config>
  readonly health?: () => Health
  readonly verify?: Verifier
}

/** The program itself, over the town's own folder. */
function apart(file: string): Verifier {
  const [main = '', ...execArgv] = program.toReversed()
  const env = { PATH: process.env['PATH'] }
  return verifyApart({
    program: main,
    execArgv: execArgv.reverse(),
    args: ['--data', dirname(file)],
    env,
  })
}

const well = () => ({ store: true, heads: true, disk: true })

/** The server over a store that is open already. */
export async function serverOver(served: Served) {
  const { file, context, accounts, clock, log, config, health = well, ...rest } = served
  const { desk, close: closeDesk } = openTownDesk(dirname(file))
  const person = (id: PersonId) => desk.vault.get(id, 'name')
  const reading = { ...readingOf(file), person }
  const rights = await Rights.open({
    store: context.store,
    watch: reading.watch,
    clock,
  })
  const own = served.files === undefined ? await openTownFiles(dirname(file), clock) : undefined
  const files = served.files ?? own?.files
  if (files === undefined) throw new Error('no files')
  const attemptLog = openAttemptLog(join(dirname(file), 'attempts.db'))
  const { links, close: closeLinks } = openBallotLinks(join(dirname(file), 'ballot-links.db'))
  const running = await openServer({
    links,
    attemptLog,
    verify: served.verify ?? apart(file),
    config: {
      host: '127.0.0.1',
      port: 0,
      origins: [],
      proxies: 0,
      log: 'silent',
      limits: unlimited,
      ...config,
    },
    context,
    reading,
    rights,
    accounts,
    identity: {
      secret: 'a secret of a town in a test, 40 characters',
      random: (n) => randomBytes(n),
      hashing: quick,
    },
    calendar: presentCalendar,
    crypto: nodeCrypto,
    clock,
    ...(served.demo ? { demoClock: new DemoClock(clock) } : {}),
    elapsed: () => performance.now(),
    faultOf: () => undefined,
    health: () => Promise.resolve(health()),
    jobs: () => [],
    log: { info: (line: unknown) => log.push(line), error: (line: unknown) => log.push(line) },
    ...rest,
    files,
    desk,
  })
  const close = async (): Promise<void> => {
    await running.close()
    attemptLog.close()
    closeLinks()
    await closeDesk()
    own?.close()
  }
  return { running: { ...running, close }, reading, rights, desk }
}

/** The law's own cast, with an authority taken over from a paper. */
function foundedWorld(): LawWorld {
  const world = foundWorld({ confirmed: false })
  world.given(takeOver('900000.00'))
  confirm(world, village)
  return world
}

/** A village beside the first, and a township beside theirs. */
function others(): readonly Asking[] {
  const askings: Asking[] = []
  const collect = { given: (asking: Asking) => void askings.push(asking) } as unknown as LawWorld
  const [company, coop, township] = [g('bcompany'), g('bcoop'), g('btown')]
  openLedger(collect, otherVillage, town)
  const organisation = { kind: 'cooperative', organisation: coop, name: '菱东村合作社' }
  askings.push(found(otherVillage, 'organisation.register', organisation))
  const owned = { kind: 'company', organisation: company, name: '菱东公司', owner: coop }
  askings.push(found(otherVillage, 'organisation.register', owned))
  const seats: readonly Seat[] = [
    ['bclerk', 'reportingClerk', company, 'bclerk'],
    ['bhead', 'companyHead', company, 'bhead'],
  ]
  seat(collect, otherVillage, seats)
  openLedger(collect, otherTown)
  askings.push(
    found(otherTown, 'organisation.register', {
      kind: 'township',
      organisation: township,
      name: '菱湖镇',
    }),
  )
  const theirs: readonly Seat[] = [
    ['bofficer', 'centreOfficer', township, 'bofficer'],
    ['binspect', 'inspector', township, 'binspect'],
  ]
  seat(collect, otherTown, theirs)
  for (const ledger of [otherVillage, otherTown]) askings.push(found(ledger, 'roster.confirm', {}))
  return askings.map((asking) => withKey(asking))
}

/** The toy key in the genesis gives way to the real one. */
const withKey = (asking: Asking): Asking =>
  asking.type === 'ledger.open'
    ? { ...asking, input: { ...(asking.input as object), vkey: vkeyOfLedger(asking.ledger) } }
    : asking

export const code = (ledger: Origin): string => ledger.slice(-12)
