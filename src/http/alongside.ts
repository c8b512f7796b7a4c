// What goes on beside the calls: refusals are taken down, whoever listens is told, ledgers are verified. Put together here, so
// that the server's own assembly stays one page.
import { Attempts } from '../app/attempts.ts'
import { Follower } from '../app/live/follower.ts'
import { Verifications } from '../app/verifications.ts'
import type { Verifier } from '../app/verify/apart.ts'
import type { Session } from '../domain/account.ts'
import type { AttemptLog } from '../domain/attempt-log.ts'
import type { Api } from './api.ts'
import { noteCalls, noteDoor, type RefusedCall } from './attempts.ts'
import type { RefusedAttempt } from './identity/world.ts'
import { Live } from './live.ts'
import type { Watching } from './watching.ts'

export interface Beside extends Pick<Api, 'reading' | 'rights' | 'context' | 'clock'> {
  /** From db/attempts/log.ts. */
  readonly attemptLog: AttemptLog
  /** A process of its own over the same data. */
  readonly verify: Verifier
  readonly accounts: {
    /** Differs once an account or a session changed, by whichever process. */
    readonly version: () => string
  }
}

export interface Alongside extends Pick<Api, 'attempts' | 'verifications'> {
  readonly refusedAtDoor: (attempt: RefusedAttempt) => void
  /** Once sessions can be told. */
  readonly listening: (
    sessionOf: (cookie: string | undefined) => Session | undefined,
    stopping: AbortSignal,
  ) => { readonly live: Live; readonly watching: Watching }
  /** After the last call: what was taken down is written, what runs is ended. */
  close(): Promise<void>
}

type Failed = (error: unknown) => void

const SOON_MS = 100

/** Later, without keeping the process for it. */
const soon = (work: () => void): void => void setTimeout(work, SOON_MS).unref()

function every(milliseconds: number, work: () => void): () => void {
  const timer = setInterval(work, milliseconds).unref()
  return () => clearInterval(timer)
}

export function alongside(beside: Beside, failed: Failed): Alongside {
  const { rights, clock, attemptLog, verify } = beside
  const attempts = new Attempts({ log: attemptLog, soon, failed })
  const verifications = new Verifications({ verify, clock, failed })
  const noting = { attempts, rights, clock }
  return {
    attempts,
    verifications,
    refusedAtDoor: noteDoor(noting),
    listening(sessionOf, stopping) {
      const live = liveOf(beside, { sessionOf, stopping, failed })
      const upToDate = () => rights.upToDate()
      const refused = unharmed(noteCalls({ ...noting, sessionOf }), failed)
      return { live, watching: { upToDate, refused, written: live.written } }
    },
    async close() {
      await verifications.close()
      await attempts.flush()
    },
  }
}

/** The call was answered: what goes wrong with its note is the operator's. */
const unharmed =
  (note: (call: RefusedCall) => void, failed: Failed) =>
  (call: RefusedCall): void => {
    try {
      note(call)
    } catch (error) {
      failed(error)
    }
  }

interface Listening {
  readonly sessionOf: (cookie: string | undefined) => Session | undefined
  readonly stopping: AbortSignal
  readonly failed: Failed
}

function liveOf({ reading, rights, context, accounts }: Beside, listening: Listening): Live {
  const { watch, ledgers } = reading
  const follower = new Follower({
    store: context.store,
    watch,
    ledgers,
    tasks: (...asked) => reading.tasks(...asked),
    waiting: (...asked) => reading.waiting(...asked),
    caughtUp: () => rights.upToDate(),
  })
  const accountsVersion = () => accounts.version()
  return new Live({ ...listening, follower, watch, rights, accountsVersion, every })
}
