// What a demonstration leaves beside its data: by what it was made, what it came to, and how to see whether anything was
// added to it since.
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { DemoReport } from '../app/demo/report.ts'
import { nodeCrypto } from '../app/crypto.ts'
import type { DraftStore, KeptDraft } from '../domain/draft.ts'
import { toHex, utf8 } from '../ledger/bytes.ts'
import { CliFault } from './faults.ts'
import { DEMO_MARK, isDemo } from './new-data.ts'
import { opened, type Session } from './session.ts'

/** The same three, the same bytes. */
export interface DemoMaking {
  readonly seed: number
  readonly months: number
  /** The program's digest. */
  readonly program: string
}

export interface SavedDemo extends DemoMaking {
  /** Digest of the drafts as the demonstration left them. */
  readonly drafts: string
  readonly report: DemoReport
}

// the report's shape is that of the program which the digest names
const isReport = (found: unknown): boolean => typeof found === 'object' && found !== null
const savedSchema = z.strictObject({
  seed: z.int(),
  months: z.int(),
  program: z.string(),
  drafts: z.string(),
  report: z.custom<DemoReport>(isReport),
})

export const sameMaking = (saved: DemoMaking, wanted: DemoMaking): boolean =>
  saved.seed === wanted.seed && saved.months === wanted.months && saved.program === wanted.program

/** `unknown`: a demonstration, but of which nothing can be said. Undefined: none is there. */
export function readDemo(session: Session): SavedDemo | 'unknown' | undefined {
  const { data } = session.paths
  if (!isDemo(data)) return undefined
  try {
    return savedSchema.parse(JSON.parse(readFileSync(join(data, DEMO_MARK), 'utf8')))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return 'unknown'
    throw error
  }
}

/** Into a directory that is still being made: the mark is there when all the rest is. */
export const saveDemo = (session: Session, saved: SavedDemo): Promise<void> =>
  writeFile(join(session.paths.data, DEMO_MARK), `${JSON.stringify(saved)}\n`)

/**
 * Was anything imported, submitted or recorded since it was made? What cannot be read counts as added: nothing is thrown
 * away unseen.
 */
export async function hasAdditions(session: Session, saved: SavedDemo): Promise<boolean> {
  try {
    const { ledgers } = saved.report
    const sizes = await session.reading(({ ledgers: reads }) =>
      Promise.resolve(new Map(reads.ledgers().map(({ origin, size }) => [origin, size]))),
    )
    const file = session.paths.drafts
    const drafts = await opened(file, () => session.world.doors.drafts(file))
    try {
      const grown = ledgers.some(({ origin, entries }) => sizes.get(origin) !== entries)
      return grown || sizes.size !== ledgers.length || (await draftsDigest(drafts)) !== saved.drafts
    } finally {
      await drafts.close()
    }
  } catch (error) {
    if (error instanceof CliFault) return true
    throw error
  }
}

const PAGE = 500

/** SHA-256 over every draft there is: its id and its state. */
export async function draftsDigest(drafts: DraftStore): Promise<string> {
  const lines: string[] = []
  for (let page = await drafts.list({ limit: PAGE }); page.length > 0;) {
    lines.push(...page.map(({ id, state }) => `${id} ${state}\n`))
    page = await drafts.list({ limit: PAGE, ...afterLast(page) })
  }
  return toHex(nodeCrypto.sha256(utf8(lines.join(''))))
}

function afterLast(page: readonly KeptDraft[]) {
  const last = page.at(-1)
  return last === undefined ? {} : { after: last.id }
}
