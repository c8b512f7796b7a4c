// Opening a data directory for writing: with the keys, the guard of the heads, the clock and fresh nonces.
import { presentCalendar } from '../app/calendars.ts'
import { emptyBoxes } from '../app/count-ballots.ts'
import type { Keys } from '../app/keys.ts'
import type { BallotBox } from '../domain/ballot-box.ts'
import type { Sentence } from '../domain/language.ts'
import type { OpenedStore, Warning } from './doors.ts'
import { LazyBallotBox } from './ballots.ts'
import { CliFault } from './faults.ts'
import { opened, type Session } from './session.ts'

export interface Opening {
  readonly keys: Keys
  /** The real ones when left out; the demo brings its own. */
  readonly clock?: () => number
  readonly nonce?: () => string
  /** Told once when the store has stopped. */
  readonly onFatal?: (error: unknown) => void
}

export interface OpenedData extends OpenedStore {
  readonly ballots: BallotBox
}

/** Opens the store and the ballot box, and closes them whatever happens. @throws CliFault when it may not be written */
export async function openData<T>(
  session: Session,
  { keys, clock, nonce, onFatal }: Opening,
  work: (data: OpenedData) => Promise<T>,
): Promise<T> {
  const { ledger: file, heads } = session.paths
  const { doors, now, random } = session.world
  const store = await opened(file, () =>
    doors.store({
      file,
      heads,
      keys,
      clock: clock ?? now,
      nonce: nonce ?? nonces(random),
      calendar: presentCalendar,
      warn: (warning) => session.warn(said(warning)),
      ...(onFatal === undefined ? {} : { onFatal }),
    }),
  )
  try {
    const { readOnly } = store
    if (readOnly !== undefined) {
      throw new CliFault(readOnly.code, readOnly.sentence, { exitCode: 1 })
    }
    return await withBallots(session, store, work)
  } finally {
    await store.store.close()
  }
}

async function withBallots<T>(
  session: Session,
  store: OpenedStore,
  work: (data: OpenedData) => Promise<T>,
): Promise<T> {
  const ballots = new LazyBallotBox(session)
  try {
    await emptyBoxes({ store: store.store, ballots })
    return await work({ ...store, ballots })
  } finally {
    await ballots.close()
  }
}

function said(warning: Warning): Sentence {
  if (warning.code === 'headsUnkept') {
    const { detail } = warning
    return {
      zh: `headsUnkept: 检查点没有写到库外（${detail}）；账本照常，请检查 --heads 所在的介质`,
      en: `headsUnkept: a head could not be kept outside (${detail}); the ledger goes on, see to the medium of --heads`,
    }
  }
  const { ledger, kept, size } = warning
  return {
    zh: `headsBehind: 账本${ledger}的库外检查点只到${kept}条，库内已有${size}条；现在补齐`,
    en: `headsBehind: heads of ${ledger} were kept up to ${kept} of ${size} entries; the missing ones are added now`,
  }
}

const BLOCK = 512
const NONCE_BYTES = 16

/** 128 random bits each in base64url, drawn in blocks: one call to the system for many. */
function nonces(random: (bytes: number) => Uint8Array): () => string {
  let drawn: string[] = []
  return () => {
    if (drawn.length === 0) {
      const bytes = Buffer.from(random(BLOCK * NONCE_BYTES))
      drawn = Array.from({ length: BLOCK }, (_, i) =>
        bytes.subarray(i * NONCE_BYTES, (i + 1) * NONCE_BYTES).toString('base64url'),
      )
    }
    return drawn.pop() ?? ''
  }
}
