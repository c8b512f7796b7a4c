// demo: the sample year carried through the chain by simulated office-holders, then verified. One seed, one ledger.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { demoSources, DEMO_SEED } from '../app/demo/sources.ts'
import type { DemoReport, MonthLine } from '../app/demo/report.ts'
import { runDemo } from '../app/demo/simulate.ts'
import { nodeCrypto } from '../app/crypto.ts'
import { fileKeys } from '../app/keys.ts'
import { musts, mustNames } from '../domain/must.ts'
import { grouped } from '../domain/money.ts'
import { demandNames, requestPlaces } from '../app/names.ts'
import { DEMO_MARK, inNewData } from './new-data.ts'
import { openData } from './open-data.ts'
import { withPersons } from './persons.ts'
import { opened, type Session, wholeNumber } from './session.ts'
import { table } from './table.ts'
import { verifyAny } from './verify.ts'
import { words } from './words.ts'

export interface DemoOptions {
  readonly seed?: string
}

/** Exit 1 when something was left unfinished, or verify found anything. */
export async function demo(session: Session, options: DemoOptions): Promise<0 | 1> {
  const seed = options.seed === undefined ? DEMO_SEED : wholeNumber('--seed', options.seed)
  const report = await inNewData(session, { replaceDemo: true }, (made) => run(made, seed))
  session.print({ seed, ...report }, () => totals(session, report))
  const verified = await verifyAny(session, {})
  return report.unfinished.length > 0 || report.surprises.length > 0 ? 1 : verified
}

async function run(session: Session, seed: number): Promise<DemoReport> {
  const sources = demoSources(seed)
  const { drafts: draftsFile, keys: folder, data } = session.paths
  const keys = fileKeys(folder, nodeCrypto, sources.keySeed)
  const { clock, nonce } = sources
  const report = await openData(session, { keys, clock: clock.read, nonce }, ({ store }) =>
    withPersons(session, async (vault) => {
      const drafts = await opened(draftsFile, () => session.world.doors.drafts(draftsFile))
      try {
        const ports = { context: { store }, drafts, vault, vkey: keys.create }
        return await runDemo(ports, sources, { onMonth: (line) => tellMonth(session, line) })
      } finally {
        await drafts.close()
      }
    }),
  )
  await writeFile(join(data, DEMO_MARK), `${JSON.stringify({ seed })}\n`)
  return report
}

function tellMonth(session: Session, line: MonthLine): void {
  const { month, submitted, amount, paid, entries, byState } = line
  const open = Object.entries(byState)
    .filter(([state]) => state !== 'closed')
    .reduce((sum, [, count]) => sum + count, 0)
  session.note(
    session.say({
      zh: `${month}  提交 ${submitted} 笔 ${grouped(amount)} 元；在办 ${open} 笔；累计支付 ${grouped(paid)} 元；账本 ${entries} 条`,
      en: `${month}  ${submitted} submitted, ${grouped(amount)} yuan; ${open} open; ${grouped(paid)} paid so far; ${entries} entries`,
    }),
  )
}

function totals(session: Session, report: DemoReport): readonly string[] {
  const { language } = session
  const word = words[language]
  const refused = Object.entries(report.refused)
  return [
    '',
    session.say({
      zh: `合计 ${report.requests} 笔申请，${grouped(report.amount)} 元；检查 ${report.inspections} 轮，问题 ${report.findings} 个`,
      en: `${report.requests} requests, ${grouped(report.amount)} yuan; ${report.inspections} inspections, ${report.findings} findings`,
    }),
    ...Object.entries(report.byState).map(
      ([state, count]) => `  ${requestPlaces[state]?.[language] ?? state}  ${count}`,
    ),
    '',
    ...mustTable(session, report),
    '',
    `${word.refusals}: ${refused.map(([code, count]) => `${code} ${count}`).join(', ')}`,
    ...report.unfinished.map((what) => `✗ ${word.unfinished}: ${what}`),
    ...report.surprises.map((what) => `✗ ${JSON.stringify(what)}`),
    '',
  ]
}

function mustTable({ language }: Session, { companies }: DemoReport): readonly string[] {
  const word = words[language]
  return table(
    [
      { title: word.company },
      { title: word.must },
      { title: demandNames.required[language], align: 'right' },
      { title: demandNames.covered[language], align: 'right' },
      { title: demandNames.notRequired[language], align: 'right' },
      { title: word.done, align: 'right' },
    ],
    companies.flatMap(({ name, musts: counts }) =>
      musts.map((must) => [
        name,
        mustNames[must][language],
        String(counts[must].required),
        String(counts[must].covered),
        String(counts[must].notRequired),
        String(counts[must].done),
      ]),
    ),
  )
}
