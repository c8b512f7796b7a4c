// The composition root: the only file that knows the command line and the databases. It acts when it is imported.
import { randomBytes } from 'node:crypto'
import process from 'node:process'
import type { Doors } from './cli/doors.ts'
import { fault } from './cli/faults.ts'
import { run } from './cli/program.ts'
import { nodeCrypto } from './app/crypto.ts'
import { workings } from './app/workings.ts'

const doors: Doors = {
  async store({ file, heads, keys, clock, nonce, calendar, warn, onFatal }) {
    const { openSqlite } = await import('../db/open.ts')
    const { openHeads } = await import('../db/heads.ts')
    const { MigrationRefused } = await import('../db/sqlite/migrate.ts')
    const opened = await openSqlite({
      file,
      workings,
      crypto: nodeCrypto,
      signer: keys.signer,
      clock,
      nonce,
      calendar,
      ...(onFatal === undefined ? {} : { onFatal }),
      heads: openHeads(heads, (error) => warn({ code: 'headsUnkept', detail: messageOf(error) })),
    }).catch((cause: unknown) => {
      if (!(cause instanceof MigrationRefused)) throw cause
      throw fault('databaseUnfit', { path: file, detail: cause.code }, { cause })
    })
    for (const { origin, kept, size } of opened.unkept) {
      warn({ code: 'headsBehind', ledger: origin, kept, size })
    }
    return opened
  },
  async reading(file) {
    const { openReading } = await import('../db/reading.ts')
    const { requestPage } = await import('../db/queries/requests.ts')
    const { meetingPage } = await import('../db/queries/meetings.ts')
    const { authorityPage } = await import('../db/queries/authorities.ts')
    const { inspectionPage, findingsOf } = await import('../db/queries/inspections.ts')
    const { alertPage } = await import('../db/queries/alerts.ts')
    const { openTasks, taskPage, tasksOf } = await import('../db/queries/tasks.ts')
    const { reads, ledgers, stream, close } = openReading(file)
    return {
      ledgers,
      stream,
      close,
      requests: (filter) => requestPage(reads, filter),
      meetings: (filter) => meetingPage(reads, filter),
      inspections: (filter) => inspectionPage(reads, filter),
      alerts: (filter) => alertPage(reads, filter),
      authorities: (filter) => authorityPage(reads, filter),
      tasks: (ledger, id) => tasksOf(reads, ledger, id),
      inbox: (filter) => taskPage(reads, { ...filter, order: 'since' }),
      waiting: (ledger, desk) => openTasks(reads, ledger, desk),
      findings: (ledger, request) => findingsOf(reads, ledger, request),
    }
  },
  audit: async (file) => (await import('../db/audit.ts')).openAudit(file),
  async drafts(file) {
    const { DraftsUnfit, openDrafts } = await import('../db/drafts/store.ts')
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
  async server(door) {
    const { openAccounts } = await import('../db/accounts/open.ts')
    const { StoreBusy, StoreClosed, StoreFailed } = await import('../db/sqlite/faults.ts')
    const { Rights } = await import('./app/rights.ts')
    const { mintIds } = await import('./app/township/ids.ts')
    const { DEMO_PASSWORD } = await import('./http/identity/demo.ts')
    const { OAuthMisconfigured, oauthProviders } = await import('./http/identity/oauth.ts')
    const { openServer } = await import('./http/open.ts')
    const { config, store, ballots, reading, secret, demo, calendar, clock, random, env } = door
    const accounts = openAccounts(door.accounts)
    try {
      const oauth = oauthProviders(env)
      const origins = () => reading.ledgers.ledgers().map(({ origin }) => origin)
      const mint = mintIds({ random, clock })
      const running = await openServer({
        config,
        context: { store, ballots },
        reading,
        rights: await Rights.open({ store, origins, clock }),
        accounts,
        identity: { secret, random, oauth },
        calendar,
        crypto: nodeCrypto,
        clock,
        doorClock: clock,
        elapsed: () => performance.now(),
        freshId: () => mint.command(),
        faultOf: (error) => {
          if (error instanceof StoreBusy) return 'busy'
          return error instanceof StoreClosed || error instanceof StoreFailed
            ? 'stopping'
            : undefined
        },
        demo,
      })
      const close = async () => {
        await running.close()
        accounts.close()
      }
      return { ...running, demoPassword: DEMO_PASSWORD, close }
    } catch (cause) {
      accounts.close()
      if (!(cause instanceof OAuthMisconfigured)) throw cause
      throw fault('configInvalid', { detail: cause.message }, { cause })
    }
  },
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
  doors,
})
