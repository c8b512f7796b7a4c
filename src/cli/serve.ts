// serve: the server over a data directory. It refuses to start on a ledger that fails its checks, and stops without losing
// what it took on.
import { presentCalendar } from '../app/calendars.ts'
import { doorSecret } from '../app/keys.ts'
import { type Config, isLoopback, readConfig } from '../config.ts'
import { demoData } from './demo.ts'
import type { RunningServer } from './doors.ts'
import { fault, systemCode } from './faults.ts'
import { openData } from './open-data.ts'
import { opened, type Session } from './session.ts'

export interface ServeOptions {
  readonly demo?: boolean
  readonly months?: string
  readonly force?: boolean
}

/** Runs until it is told to stop. Exit 1 when the ledger stopped it. */
export async function serve(outer: Session, options: ServeOptions): Promise<0 | 1> {
  const config = configOf(outer)
  const { demo = false, force = false, months } = options
  if (demo && !isLoopback(config.host) && !force) throw fault('demoExposed')
  const making = months === undefined ? {} : { months }
  const session = demo ? await demoData(outer, making) : outer
  session.requireData()
  const stopping = new Stopping()
  // listened for before anybody is told that we are there: a signal that comes at once must find us
  const told = session.world.toldToStop()
  const failed = await openData(
    session,
    { keys: session.keys(), onFatal: (error) => stopping.because(error) },
    ({ store, ballots }) =>
      session.reading(async (reading) => {
        const { world, paths } = session
        const { now: clock, random, env, doors } = world
        const secret = doorSecret(paths.keys, random)
        const door = { config, store, ballots, reading, accounts: paths.accounts, secret, demo }
        const more = { calendar: presentCalendar, clock, random, env }
        const server = await opened(paths.accounts, () => doors.server({ ...door, ...more })).catch(
          (cause: unknown) => {
            throw listens(cause, config)
          },
        )
        tell(session, server, demo)
        await Promise.race([told, stopping.told])
        session.note(session.say({ zh: '正在停止……', en: 'Stopping …' }))
        await server.close()
        return stopping.failed
      }),
  )
  if (failed === undefined) return 0
  throw fault('storeStopped', { detail: systemCode(failed) }, { exitCode: 1, cause: failed })
}

/** Why the process stops by itself. */
class Stopping {
  failed: unknown
  readonly told: Promise<void>
  #tell: () => void = () => {}

  constructor() {
    this.told = new Promise((resolve) => {
      this.#tell = resolve
    })
  }

  because(error: unknown): void {
    this.failed = error
    this.#tell()
  }
}

/** @throws CliFault that names every variable that is wrong */
function configOf(session: Session): Config {
  const read = readConfig(session.world.env)
  if ('config' in read) return read.config
  throw fault('configInvalid', { detail: read.faults.map((one) => session.say(one)).join('; ') })
}

const NOT_LISTENING = new Set(['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL'])

function listens(cause: unknown, { host, port }: Config): unknown {
  const detail = systemCode(cause)
  if (!NOT_LISTENING.has(detail)) return cause
  return fault('portTaken', { host, port: String(port), detail }, { cause })
}

function tell(session: Session, server: RunningServer, demo: boolean): void {
  const { url, firstLink, demoAccounts, demoPassword } = server
  const docs = `${url}/api/docs`
  const told = {
    url,
    docs,
    demo,
    ...(firstLink === undefined ? {} : { firstLink: firstLink.url }),
    ...(demo ? { password: demoPassword, accounts: demoAccounts } : {}),
  }
  session.print(told, () => [
    session.say({ zh: `✓ 服务已启动：${url}`, en: `✓ Serving at ${url}` }),
    session.say({ zh: `接口说明：${docs}`, en: `The API: ${docs}` }),
    ...(firstLink === undefined ? [] : firstLines(session, firstLink)),
    ...(demo ? demoLines(session, server) : []),
  ])
}

const firstLines = (
  session: Session,
  { username, url }: NonNullable<RunningServer['firstLink']>,
): readonly string[] => [
  session.say({
    zh: `第一位账号管理员（${username}）请用这个链接设密码，一周内有效，只显示这一次：`,
    en: `The first administrator (${username}) sets a password by this link, within a week; it is shown this once:`,
  }),
  url,
]

const demoLines = (
  session: Session,
  { demoAccounts, demoPassword }: RunningServer,
): readonly string[] => [
  session.say({
    zh: `这是演示：没有一个人、一笔钱是真的。所有账号的密码都是 ${demoPassword}`,
    en: `This is a demonstration: no person and no money is real. The password of every account is ${demoPassword}`,
  }),
  ...demoAccounts.map(({ username, label }) => `  ${username}  ${label[session.language]}`),
]
