// The composition root: the only file that knows the command line and the databases. It acts when it is imported.
import { randomBytes } from 'node:crypto'
import process from 'node:process'
import type { Doors, ServerDoor } from './cli/doors.ts'
import { fault } from './cli/faults.ts'
import { run } from './cli/program.ts'
import { nodeCrypto } from './app/crypto.ts'
import { workings } from './app/workings.ts'
import type { JobMemory } from './domain/job.ts'
import type { Running } from './http/open.ts'
import type { Jobs } from './jobs/runner.ts'

const doors: Doors = {
  async store({ file, heads, keys, clock, nonce, calendar, warn, onFatal }) {
    const { openSqlite } = await import('../db/open.ts')
    const { openHeads } = await import('../db/heads.ts')
    const { MigrationRefused } = await import('../db/sqlite/migrate.ts')
    let failed = false
    const outside = openHeads(heads, (error) =>
      warn({ code: 'headsUnkept', detail: messageOf(error) }),
    )
    const opened = await openSqlite({
      file,
      workings,
      crypto: nodeCrypto,
      signer: keys.signer,
      clock,
      nonce,
      calendar,
      onFatal: (error) => {
        failed = true
        onFatal?.(error)
      },
      heads: outside,
    }).catch((cause: unknown) => {
      if (!(cause instanceof MigrationRefused)) throw cause
      throw fault('databaseUnfit', { path: file, detail: cause.code }, { cause })
    })
    for (const { origin, kept, size } of opened.unkept) {
      warn({ code: 'headsBehind', ledger: origin, kept, size })
    }
    return { ...opened, well: () => ({ store: !failed, heads: !outside.behind() }) }
  },
  hold: async (file) => (await import('../db/lock.ts')).holdFile(file),
  async reading(file) {
    const { openReading } = await import('../db/reading.ts')
    const { requestPage, widerRequestPage } = await import('../db/queries/requests.ts')
    const { figuresOf } = await import('../db/queries/figures.ts')
    const { meetingPage } = await import('../db/queries/meetings.ts')
    const { authorityPage } = await import('../db/queries/authorities.ts')
    const { findingPage, findingsOf, inspectionPage } = await import('../db/queries/inspections.ts')
    const { alertPage } = await import('../db/queries/alerts.ts')
    const { openTasks, taskPage, tasksOf } = await import('../db/queries/tasks.ts')
    const { reads, ledgers, watch, searching, stream, close } = openReading(file)
    return {
      ledgers,
      watch,
      stream,
      close,
      requests: (filter) => requestPage(reads, filter),
      requestsAcross: (filter) => widerRequestPage(reads, filter),
      figures: figuresOf(reads),
      ...searching,
      meetings: (filter) => meetingPage(reads, filter),
      inspections: (filter) => inspectionPage(reads, filter),
      alerts: (filter) => alertPage(reads, filter),
      authorities: (filter) => authorityPage(reads, filter),
      tasks: (ledger, id) => tasksOf(reads, ledger, id),
      inbox: (filter) => taskPage(reads, { ...filter, order: 'since' }),
      waiting: (ledger, desk) => openTasks(reads, ledger, desk),
      findings: (ledger, request) => findingsOf(reads, ledger, request),
      findingPage: (filter) => findingPage(reads, filter),
    }
  },
  audit: async (file) => (await import('../db/audit.ts')).openAudit(file),
  async drafts(file) {
    const { DraftsUnfit, openDrafts } = await import('../db/drafts/open.ts')
    try {
      return openDrafts(file)
    } catch (cause) {
      if (!(cause instanceof DraftsUnfit)) throw cause
      throw fault('databaseUnfit', { path: file, detail: cause.message }, { cause })
    }
  },
  async ballots(door) {
    const { BallotsUnfit, openBallotBox } = await import('../db/ballots/box.ts')
    try {
      return openBallotBox(door)
    } catch (cause) {
      if (!(cause instanceof BallotsUnfit)) throw cause
      throw fault('databaseUnfit', { path: door.file, detail: cause.message }, { cause })
    }
  },
  vault: async (door) => (await import('../db/vault/vault.ts')).openVault(door),
  async attachments(door) {
    const { openAttachments } = await import('../db/attachments/open.ts')
    const { MigrationRefused } = await import('../db/sqlite/migrate.ts')
    try {
      return await openAttachments(door)
    } catch (cause) {
      if (!(cause instanceof MigrationRefused)) throw cause
      throw fault('databaseUnfit', { path: door.file, detail: cause.code }, { cause })
    }
  },
  attempts: async (file) => (await import('../db/attempts/log.ts')).openAttemptLog(file),
  async server(door) {
    const { StoreBusy, StoreClosed, StoreFailed } = await import('../db/sqlite/faults.ts')
    const { Rights } = await import('./app/rights.ts')
    const { mintIds } = await import('./app/township/ids.ts')
    const { verifyApart } = await import('./app/verify/apart.ts')
    const { DEMO_PASSWORD } = await import('./http/identity/demo.ts')
    const { OAuthMisconfigured, oauthProviders } = await import('./http/identity/oauth.ts')
    const { openServer } = await import('./http/open.ts')
    const { config, store, ballots, files, reading, secret, demo, calendar, clock, random, env } =
      door
    const beside = await besideTheLedgers(door)
    let jobs: Jobs | undefined
    try {
      const oauth = oauthProviders(env)
      const mint = mintIds({ random, clock })
      const running = await openServer({
        config,
        context: { store, ballots, files, lists: door.desk.vault },
        files,
        desk: { ...door.desk, mint, random },
        reading,
        rights: await Rights.open({ store, watch: reading.watch, clock }),
        accounts: beside.accounts,
        links: beside.ballotLinks.links,
        attemptLog: beside.attemptLog,
        verify: verifyApart({ ...self, args: door.verifying }),
        identity: { secret, random, oauth },
        calendar,
        crypto: nodeCrypto,
        clock,
        doorClock: door.doorClock,
        demoClock: door.demoClock,
        elapsed: () => performance.now(),
        freshId: () => mint.command(),
        faultOf: (error) => {
          if (error instanceof StoreBusy) return 'busy'
          return error instanceof StoreClosed || error instanceof StoreFailed
            ? 'stopping'
            : undefined
        },
        health: door.health,
        jobs: () => jobs?.states() ?? [],
        demo,
      })
      jobs = await jobsOf(door, beside.memory, running)
      const close = async () => {
        await Promise.all([jobs?.stop(), running.close()])
        beside.close()
      }
      return { ...running, demoPassword: DEMO_PASSWORD, close }
    } catch (cause) {
      beside.close()
      if (!(cause instanceof OAuthMisconfigured)) throw cause
      throw fault('configInvalid', { detail: cause.message }, { cause })
    }
  },
}

/** The files a server needs that the command line never opens. */
async function besideTheLedgers(door: ServerDoor) {
  const { openAccounts } = await import('../db/accounts/open.ts')
  const { openAttemptLog } = await import('../db/attempts/log.ts')
  const { openBallotLinks } = await import('../db/ballot-links/open.ts')
  const { openJobMemory } = await import('../db/jobs/memory.ts')
  const { MigrationRefused } = await import('../db/sqlite/migrate.ts')
  const opened: { close(): void }[] = []
  const close = () => {
    for (const one of opened.splice(0).reverse()) one.close()
  }
  const kept = <T extends { close(): void }>(open: (file: string) => T, file: string): T => {
    try {
      const one = open(file)
      opened.push(one)
      return one
    } catch (cause) {
      if (!(cause instanceof MigrationRefused)) throw cause
      throw fault('databaseUnfit', { path: file, detail: cause.code }, { cause })
    }
  }
  try {
    return {
      accounts: kept(openAccounts, door.accounts),
      ballotLinks: kept(openBallotLinks, door.ballotLinks),
      attemptLog: kept(openAttemptLog, door.attempts),
      memory: kept(openJobMemory, door.jobs),
      close,
    }
  } catch (error) {
    close()
    throw error
  }
}

/** What the server does by itself. Where that cannot begin, the server ends. */
async function jobsOf(
  { config, reading, files, desk, clock }: ServerDoor,
  memory: JobMemory,
  running: Pick<Running, 'log' | 'close'>,
): Promise<Jobs> {
  const { allJobs } = await import('./jobs/all.ts')
  const { startJobs } = await import('./jobs/runner.ts')
  const own = allJobs({ config, ledgers: reading.ledgers, files, desk, clock })
  return startJobs(own, { memory, clock, timer, log: running.log }).catch(
    async (error: unknown) => {
      await running.close()
      throw error
    },
  )
}

/** How this program is run once more, for work of its own: it needs no secret of the environment. */
const self = {
  program: import.meta.filename,
  execArgv: process.execArgv,
  env: { PATH: process.env['PATH'] },
}

// whoever works for another stops with it, and does not wait for its word once the work is done
process.once('disconnect', () => process.exit(1))
process.channel?.unref()

/** What waits keeps nobody from stopping. */
function timer(ms: number, work: () => void): () => void {
  const waiting = setTimeout(work, ms).unref()
  return () => clearTimeout(waiting)
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

// a reader that stops reading (| head) is no fault
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

/** What a run that is told to stop still does; the exit code is the shell's for that signal. */
function onInterrupt(tidy: () => void): () => void {
  const stop = (signal: NodeJS.Signals): never => {
    tidy()
    process.exit(signal === 'SIGINT' ? 130 : 143)
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
  return () => void process.off('SIGINT', stop).off('SIGTERM', stop)
}

/** Once: a second signal ends the process at once, as it would without us. */
const toldToStop = (): Promise<void> =>
  new Promise((resolve) => {
    const stop = (): void => {
      process.off('SIGINT', stop).off('SIGTERM', stop)
      resolve()
    }
    process.on('SIGINT', stop).on('SIGTERM', stop)
  })

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  stdout: process.stdout,
  stderr: process.stderr,
  now: () => Date.now(),
  random: (bytes) => randomBytes(bytes),
  onInterrupt,
  toldToStop,
  report: (progress) => void process.send?.(progress),
  doors,
})
