// verify: was nothing changed, and was everything lawful? Exit 0 when nothing was found, 1 when something was.
import { join } from 'node:path'
import { nodeCrypto } from '../app/crypto.ts'
import { readHeads } from '../app/heads.ts'
import { verify } from '../app/verify.ts'
import type { Violation } from '../app/verify/codes.ts'
import type { OutsideHead } from '../app/verify/outside-audit.ts'
import { lawWorkings } from '../app/verify/law.ts'
import { remedyOf } from '../app/verify/remedies.ts'
import { originSchema } from '../domain/ids.ts'
import { vkeyOf } from '../ledger/note.ts'
import { fault } from './faults.ts'
import { reading, readText } from './files.ts'
import { mediumHint, onSecondMedium } from './medium.ts'
import { givenKey } from './proof.ts'
import { opened, type Session } from './session.ts'
import { type Checked, summaryLines, violationLines } from './verify-told.ts'

export interface VerifyOptions {
  readonly ledger?: string
  readonly against?: string
  /** A folder that `export` wrote, here or elsewhere. */
  readonly export?: string
  /** Of an exported folder its one key; of a database those of any of its ledgers. */
  readonly vkey?: readonly string[]
  /** A demonstration keeps its heads beside it on purpose. */
  readonly demo?: true
}

export const verifyAny = async (session: Session, options: VerifyOptions): Promise<0 | 1> => {
  if (options.export !== undefined) {
    return (await import('./verify-export.ts')).verifyExported(session, options.export, options)
  }
  const { value, lines, exitCode } = await verifyData(session, options)
  session.print(value, lines)
  return exitCode
}

/** Beyond this many, only the count goes on. */
const SHOWN = 200

export interface Verified {
  /** As JSON shows it. */
  readonly value: Readonly<Record<string, unknown>>
  readonly lines: () => readonly string[]
  readonly exitCode: 0 | 1
}

/** The database of the data directory, everything in it. */
export async function verifyData(session: Session, options: VerifyOptions): Promise<Verified> {
  const { ledger: file } = session.requireData()
  const given = await givenKeys(session, options.vkey)
  const outside = await outsideHeads(session, options.against)
  const source = await opened(file, () => session.world.doors.audit(file))
  const bar = session.bar({ zh: '核验', en: 'verifying' })
  const shown: Violation[] = []
  try {
    const known = source.ledgers().map(({ origin }) => origin)
    const pinned = new Map([...ownKeys(session, known), ...given])
    const summary = await verify({
      source,
      crypto: nodeCrypto,
      workings: lawWorkings,
      pinned,
      outside,
      ...chosen(options.ledger, known),
      onViolation: (violation) => {
        if (shown.length < SHOWN) shown.push(violation)
      },
      onProgress: ({ read, of }) => {
        bar.show(read, of)
        session.world.report?.({ read, of })
      },
    })
    const looked = summary.ledgers.map(({ origin }) => origin)
    return told(session, shown, {
      summary,
      outside: outside.filter(({ note }) => looked.includes(originOf(note))).length,
      unpinned: looked.filter((origin) => !pinned.has(origin)),
      hints: options.demo === true ? [] : mediumHint(session),
    })
  } finally {
    bar.clear()
    source.close()
  }
}

/** The ledger a checkpoint speaks of stands in its first line. */
const originOf = (note: string): string => note.slice(0, note.indexOf('\n'))

function told(session: Session, shown: readonly Violation[], checked: Checked): Verified {
  const { summary, outside } = checked
  const { violations: found } = summary
  const violations = shown.map((one) => ({ ...one, remedy: remedyOf(one.code) }))
  const secondMedium = onSecondMedium(session.paths)
  return {
    value: { clean: found === 0, ...summary, violations, found, outside, secondMedium },
    lines: () => [
      ...violationLines(shown, session.language),
      ...summaryLines(checked, session.language),
    ],
    exitCode: found === 0 ? 0 : 1,
  }
}

/**
 * What was kept outside: every head of the heads folder, and the checkpoint somebody brought. Read before the database is: a
 * head kept since would seem to speak of entries that were removed.
 */
async function outsideHeads(session: Session, against?: string): Promise<readonly OutsideHead[]> {
  const { heads } = session.paths
  const kept = await reading(heads, () => readHeads(heads))
  if (against === undefined) return kept
  return [...kept, { note: await readText(session, against), from: against }]
}

/** Keys of the data directory itself must all have their ledger; a folder named elsewhere may serve several. */
function ownKeys(session: Session, known: readonly string[]): ReadonlyMap<string, string> {
  const keys = session.keys()
  const own = session.paths.keys === join(session.paths.data, 'keys')
  const origins = keys.origins().filter((origin) => own || known.includes(origin))
  return new Map(origins.map((origin) => [origin, keys.vkey(origin)]))
}

/**
 * Those somebody brought, by the ledger they name. They go before the folder of keys: whoever could forge a ledger could put
 * its key there.
 */
async function givenKeys(
  session: Session,
  texts: readonly string[] = [],
): Promise<ReadonlyMap<string, string>> {
  const given = new Map<string, string>()
  for (const text of texts) {
    const { name, publicKey } = await givenKey(session, text)
    const vkey = vkeyOf(nodeCrypto, name, publicKey)
    if ((given.get(name) ?? vkey) !== vkey) throw fault('vkeyTwice', { ledger: name })
    given.set(name, vkey)
  }
  return given
}

function chosen(found: string | undefined, known: readonly string[]) {
  if (found === undefined) return {}
  const fits = known.filter((origin) => origin === found || origin.includes(`/${found}`))
  const only = originSchema.safeParse(fits.length === 1 ? fits[0] : undefined)
  if (!only.success) throw fault('ledgerUnknown', { found, known: known.join(' ') })
  return { only: only.data }
}
