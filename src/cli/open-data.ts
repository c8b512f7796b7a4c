// Opening a data directory for writing: with the keys, the guard of the heads, the clock and fresh nonces.
import { presentCalendar } from '../app/calendars.ts'
import type { Keys } from '../app/keys.ts'
import type { OpenedStore } from './doors.ts'
import { CliFault } from './faults.ts'
import { opened, type Session } from './session.ts'

export interface Opening {
  readonly keys: Keys
  /** The real ones when left out; the demo brings its own. */
  readonly clock?: () => number
  readonly nonce?: () => string
}

/** Opens the store, and closes it whatever happens. @throws CliFault when it may not be written */
export async function openData<T>(
  session: Session,
  { keys, clock, nonce }: Opening,
  work: (store: OpenedStore) => Promise<T>,
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
    }),
  )
  try {
    const { readOnly } = store
    if (readOnly !== undefined) {
      throw new CliFault(readOnly.code, readOnly.sentence, { exitCode: 1 })
    }
    return await work(store)
  } finally {
    await store.store.close()
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
