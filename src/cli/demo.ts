// demo: the sample year carried through the chain by simulated office-holders, then verified. One seed, one ledger. A
// demonstration that is there already is not carried out again.
import { demoSources, DEMO_SEED } from '../app/demo/sources.ts'
import { runDemo } from '../app/demo/simulate.ts'
import { nodeCrypto } from '../app/crypto.ts'
import { fileKeys } from '../app/keys.ts'
import {
  type DemoMaking,
  draftsDigest,
  hasAdditions,
  readDemo,
  sameMaking,
  saveDemo,
  type SavedDemo,
} from './demo-saved.ts'
import { tellMonth, totals, whatNext } from './demo-told.ts'
import { fault } from './faults.ts'
import { inNewData } from './new-data.ts'
import { openData } from './open-data.ts'
import { withPersons } from './persons.ts'
import { programDigest } from './program-digest.ts'
import { opened, type Session, wholeNumber } from './session.ts'
import { verifyData } from './verify.ts'

export interface DemoOptions {
  readonly seed?: string
  readonly months?: string
  readonly again?: boolean
  readonly force?: boolean
}

const PLACE = 'data/demo'
const YEAR = 12

/** Exit 1 when something was left unfinished, or verify found anything. */
export async function demo(outer: Session, options: DemoOptions): Promise<0 | 1> {
  const making = makingOf(options)
  const session = outer.alone(PLACE)
  const there = readDemo(session)
  const kept = there === undefined || there === 'unknown' ? undefined : there
  const stays = kept !== undefined && sameMaking(kept, making) && options.again !== true
  if (there !== undefined && !stays) await requireUntouched(session, kept, options)
  const { report } = stays ? kept : await carryOut(session, making)
  if (stays) session.note(session.say(thereAlready))
  const verified = await verifyData(session, { demo: true })
  session.print(
    { seed: making.seed, simulated: !stays, ...report, verification: verified.value },
    () => [...totals(session, report), ...verified.lines(), '', ...whatNext(session, report)],
  )
  const clean = report.unfinished.length === 0 && report.surprises.length === 0
  return clean ? verified.exitCode : 1
}

/** Whatever demonstration is there; the sample year, or its first months, where there is none. */
export async function demoData(outer: Session, options: DemoOptions): Promise<Session> {
  const session = outer.alone(PLACE)
  if (readDemo(session) === undefined) await carryOut(session, makingOf(options))
  return session
}

const thereAlready = {
  zh: '示范数据已经在这里，不再重新模拟（要重新模拟请加 --again）。以下是当时的合计，并重新核验：',
  en: 'The demonstration is here already and is not simulated again (--again does). Its totals, and a fresh verification:',
}

function makingOf({ seed, months }: DemoOptions): DemoMaking {
  const count = months === undefined ? YEAR : wholeNumber('--months', months)
  if (count < 1 || count > YEAR) {
    throw fault('valueMalformed', { option: '--months', found: String(count), expected: '1–12' })
  }
  return {
    seed: seed === undefined ? DEMO_SEED : wholeNumber('--seed', seed),
    months: count,
    program: programDigest(),
  }
}

/** @throws CliFault `demoChanged` where something would be lost that the demonstration did not make */
async function requireUntouched(
  session: Session,
  kept: SavedDemo | undefined,
  { force }: DemoOptions,
): Promise<void> {
  if (force === true) return
  if (kept !== undefined && !(await hasAdditions(session, kept))) return
  throw fault('demoChanged', { path: session.paths.data })
}

const carryOut = (session: Session, making: DemoMaking): Promise<SavedDemo> =>
  inNewData(session, { replaceDemo: true }, async (made) => {
    const saved = await simulate(made, making)
    await saveDemo(made, saved)
    return saved
  })

async function simulate(session: Session, making: DemoMaking): Promise<SavedDemo> {
  const { seed, months } = making
  const sources = demoSources(seed)
  const { drafts: draftsFile, keys: folder } = session.paths
  const keys = fileKeys(folder, nodeCrypto, sources.keySeed)
  const { clock, nonce, vaultBytes: random } = sources
  return openData(session, { keys, clock: clock.read, nonce }, ({ store, ballots }) =>
    withPersons(session, { random }, async (vault) => {
      const drafts = await opened(draftsFile, () => session.world.doors.drafts(draftsFile))
      try {
        const ports = {
          context: { store, ballots, lists: vault },
          drafts,
          vault,
          vkey: keys.create,
        }
        const onMonth = tellMonth(session)
        const report = await runDemo(ports, sources, { months, onMonth })
        return { ...making, drafts: await draftsDigest(drafts), report }
      } finally {
        await drafts.close()
      }
    }),
  )
}
