// verify: was nothing changed, and was everything lawful? Exit 0 when nothing was found, 1 when something was.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { nodeCrypto } from '../app/crypto.ts'
import { readHeads } from '../app/heads.ts'
import { type VerifySummary, verify } from '../app/verify.ts'
import type { Violation } from '../app/verify/codes.ts'
import type { OutsideHead } from '../app/verify/heads-audit.ts'
import { lawWorkings } from '../app/verify/law.ts'
import { originSchema } from '../domain/ids.ts'
import { fillBoth } from '../domain/language.ts'
import { vkeyOf } from '../ledger/note.ts'
import { fault, systemCode } from './faults.ts'
import { mediumHint, onSecondMedium } from './medium.ts'
import { givenKey } from './proof.ts'
import { opened, type Session } from './session.ts'
import { words } from './words.ts'

export interface VerifyOptions {
  readonly ledger?: string
  readonly against?: string
  /** A folder that `export` wrote, here or elsewhere. */
  readonly export?: string
  /** Of an exported folder its one key; of a database those of any of its ledgers. */
  readonly vkey?: readonly string[]
}

export const verifyAny = async (session: Session, options: VerifyOptions): Promise<0 | 1> =>
  options.export === undefined
    ? verifyData(session, options)
    : (await import('./verify-export.ts')).verifyExported(session, options.export, options)

/** Beyond this many, only the count goes on. */
const SHOWN = 200

async function verifyData(session: Session, options: VerifyOptions): Promise<0 | 1> {
  const { ledger: file } = session.requireData()
  const given = await givenKeys(session, options.vkey)
  const outside = await outsideHeads(session, options.against)
  const source = await opened(file, () => session.world.doors.audit(file))
  const bar = session.bar({ zh: '核验', en: 'verifying' })
  const shown: Violation[] = []
  try {
    const known = source.ledgers().map(({ origin }) => origin)
    const summary = await verify({
      source,
      crypto: nodeCrypto,
      workings: lawWorkings,
      pinned: new Map([...ownKeys(session, known), ...given]),
      outside,
      ...chosen(options.ledger, known),
      onViolation: (violation) => {
        if (shown.length < SHOWN) shown.push(violation)
      },
      onProgress: ({ read, of }) => bar.show(read, of),
    })
    bar.clear()
    const clean = summary.violations === 0
    const { violations: found } = summary
    const secondMedium = onSecondMedium(session.paths)
    session.print({ clean, ...summary, violations: shown, found, secondMedium }, () => [
      ...shown.map((violation) => line(session, violation)),
      ...totals(session, summary, mediumHint(session)),
    ])
    return clean ? 0 : 1
  } finally {
    bar.clear()
    source.close()
  }
}

/**
 * What was kept outside: every head of the heads folder, and the checkpoint somebody brought. Read before the database is: a
 * head kept since would seem to speak of entries that were removed.
 */
async function outsideHeads(session: Session, against?: string): Promise<readonly OutsideHead[]> {
  const kept = await readHeads(session.paths.heads)
  if (against === undefined) return kept
  try {
    return [...kept, { note: await readFile(against, 'utf8'), from: against }]
  } catch (cause) {
    throw fault('fileUnreadable', { path: against, detail: systemCode(cause) }, { cause })
  }
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

function line(session: Session, { code, ledger, seq, stream, detail, sentence }: Violation) {
  const place = [ledger, seq === undefined ? '' : `#${seq}`, stream ?? ''].filter(Boolean).join(' ')
  return `✗ ${code}  ${place}\n  ${session.say(sentence)}\n  ${detail}`
}

function totals(
  { language }: Session,
  summary: VerifySummary,
  hint: readonly string[],
): readonly string[] {
  const { entries, commands, signatures, rows, violations } = summary
  const counts = mapped({ entries, commands, signatures, rows })
  const checked = fillBoth(
    {
      zh: '已核验 {entries} 条记录、{commands} 项操作、{signatures} 个检查点、{rows} 行读表',
      en: 'Verified {entries} entries, {commands} commands, {signatures} checkpoints, {rows} table rows',
    },
    counts,
  )
  const ledgers = summary.ledgers.map(
    ({ origin, entries: count }) => `  ${origin}  ${count} ${words[language].entries}`,
  )
  const verdict =
    violations === 0
      ? { zh: '✓ 未被改动，且每一步都合规', en: '✓ Nothing was changed, and every step was lawful' }
      : { zh: `✗ 发现 ${violations} 处问题`, en: `✗ ${violations} violations found` }
  return [checked[language], ...ledgers, ...hint, verdict[language]]
}

const mapped = (counts: Readonly<Record<string, number>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, String(count)]))
