// demo: the sample year carried through the chain by simulated office-holders, then verified. One seed, one ledger. A
// demonstration that is there already is not carried out again.
import { filePages } from '../app/demo/filing.ts'
import { demoSources, type DemoSources, DEMO_SEED } from '../app/demo/sources.ts'
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
import { withAttachments } from './attachments.ts'
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

/** Two carry requests through all five musts, and are there in seconds. */
const SERVED_MONTHS = '2'

/**
 * Whatever demonstration is there, for somebody may have gone on in it; where there is none, so many months of the sample
 * year.
 */
export async function demoData(outer: Session, { months }: DemoOptions): Promise<Session> {
  const session = outer.alone(PLACE)
  const there = readDemo(session)
  if (there === undefined) {
    const making = makingOf({ months: months ?? SERVED_MONTHS })
    session.note(session.say(preparing(making)))
    await carryOut(session, making)
  } else if (
    months !== undefined &&
    there !== 'unknown' &&
    there.months !== makingOf({ months }).months
  ) {
    session.warn(otherMonths(there))
  }
  return session
}

const preparing = ({ months }: DemoMaking) => ({
  zh: `正在准备示范镇（前 ${months} 个月；全年用 --months ${YEAR}）……`,
  en: `Preparing the sample township (its first ${months} months; --months ${YEAR} for the year) …`,
})

const otherMonths = ({ months }: DemoMaking) => ({
  zh: `示范数据已经在这里（${months} 个月），照用；要换月数，请先停止服务，再执行 five-musts demo --again --months N`,
  en: `The demonstration is here already (${months} months) and is used as it is; for another length stop the server and run five-musts demo --again --months N`,
})

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
    const sources = demoSources(making.seed)
    const saved = await simulate(made, making, sources)
    const drawn = { clock: sources.clock.read, random: sources.vaultBytes }
    await withAttachments(made, drawn, (files) =>
      made.reading(({ ledgers }) => filePages(files, ledgers)),
    )
    await saveDemo(made, saved)
    return saved
  })

async function simulate(
  session: Session,
  making: DemoMaking,
  sources: DemoSources,
): Promise<SavedDemo> {
  const { months } = making
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
