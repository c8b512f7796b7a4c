// serve: the server over a data directory. It refuses to start on a ledger that fails its checks, and stops without losing
// what it took on.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { presentCalendar } from '../app/calendars.ts'
import type { DeskStores } from '../app/desk.ts'
import { doorSecret } from '../app/keys.ts'
import { hasRoom, isWritable } from '../app/room.ts'
import type { Reading } from '../app/read/port.ts'
import type { AttachmentStore } from '../domain/attachment.ts'
import { type Config, isPrivate } from '../config.ts'
import { withAttachments } from './attachments.ts'
import { DemoClock } from '../app/demo/clock.ts'
import { demoData } from './demo.ts'
import { withDesk } from './desk.ts'
import { fault, systemCode } from './faults.ts'
import { holding } from './holding.ts'
import { DEMO_MARK } from './new-data.ts'
import { installationAt } from './installation.ts'
import { openData } from './open-data.ts'
import { configOf, tellConfig } from './serve-config.ts'
import { tellServer } from './serve-told.ts'
import { opened, type Session } from './session.ts'

export interface ServeOptions {
  readonly demo?: boolean
  readonly months?: string
  readonly force?: boolean
  readonly check?: boolean
}

/** Runs until it is told to stop. Exit 1 when the ledger stopped it. */
export async function serve(outer: Session, options: ServeOptions): Promise<0 | 1> {
  const config = configOf(outer)
  const { demo = false, force = false, months } = options
  if (demo && !isPrivate(config) && !force) throw fault('demoExposed')
  if (options.check === true) {
    tellConfig(outer, config)
    return 0
  }
  const making = months === undefined ? {} : { months }
  const session = demo ? await demoData(outer, making) : outer
  // its accounts stand ready under the word everybody knows: left out once, --demo would open them to the world
  const { data } = session.paths
  if (!demo && existsSync(join(data, DEMO_MARK))) throw fault('demoData', { path: data })
  await installationAt(session)
  const failed = await holding(session, () => running(session, config, demo))
  if (failed === undefined) return 0
  throw fault('storeStopped', { detail: systemCode(failed) }, { exitCode: 1, cause: failed })
}

/** Serves until it is told to stop, or the store stopped it: then why. */
function running(session: Session, config: Config, demo: boolean): Promise<unknown> {
  const stopping = new Stopping()
  const demoClock = demo ? new DemoClock(session.world.now) : undefined
  const clock = demoClock?.read ?? session.world.now
  // listened for before anybody is told that we are there: a signal that comes at once must find us
  const told = session.world.toldToStop()
  return openData(
    session,
    { keys: session.keys(), clock, onFatal: (error) => stopping.because(error) },
    ({ store, ballots, well }) =>
      served(session, async ({ reading, files, desk }) => {
        const { world, paths } = session
        const { now: doorClock, random, env, doors } = world
        demoClock?.goOnFrom(headsOf(reading).map(({ at }) => at))
        const secret = doorSecret(paths.keys, random)
        const door = {
          config,
          store,
          ballots,
          files,
          desk,
          reading,
          accounts: paths.accounts,
          attempts: paths.attempts,
          verifying: ['--data', paths.data, '--keys', paths.keys, '--heads', paths.heads],
          ballotLinks: paths.ballotLinks,
          jobs: paths.jobs,
          health: async () => {
            const { store: stands, heads } = well()
            const [writable, disk] = await Promise.all([
              isWritable(paths.ledger),
              hasRoom(paths.data),
            ])
            return { store: stands && writable, heads, disk }
          },
          secret,
          demo,
        }
        const more = { calendar: presentCalendar, clock, doorClock, demoClock, random, env }
        const server = await opened(paths.accounts, () =>
          doors.server({ ...door, ...more }).catch((cause: unknown) => {
            throw listens(cause, config)
          }),
        )
        const founded = reading.ledgers.ledgers().length > 0
        tellServer(session, server, { demo, founded })
        await Promise.race([told, stopping.told])
        session.note(session.say({ zh: '正在停止……', en: 'Stopping …' }))
        await server.close()
        return stopping.failed
      }),
  )
}

/** The newest of every ledger. */
const headsOf = ({ ledgers }: Reading) =>
  ledgers.ledgers().flatMap(({ origin }) => ledgers.checkpoint(origin) ?? [])

/** With all that is read, the files, and what lies at desks. */
const served = <T>(session: Session, work: (served: Served) => Promise<T>): Promise<T> =>
  withAttachments(session, {}, (files) =>
    withDesk(session, (desk) => session.reading((reading) => work({ reading, files, desk }))),
  )

interface Served {
  readonly reading: Reading
  readonly files: AttachmentStore
  readonly desk: DeskStores
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

const NOT_LISTENING = new Set(['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL'])

function listens(cause: unknown, { host, port }: Config): unknown {
  const detail = systemCode(cause)
  // a file may be refused by the same codes: that is not the port's doing
  const listening = cause instanceof Error && 'syscall' in cause && cause.syscall === 'listen'
  if (!listening || !NOT_LISTENING.has(detail)) return cause
  return fault('portTaken', { host, port: String(port), detail }, { cause })
}
