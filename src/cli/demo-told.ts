// How a demonstration is told: a line a month, what it came to, and what to look at next.
import { relative } from 'node:path'
import { type CaseName, demoCases } from '../app/demo/cases.ts'
import type { DemoReport, MonthLine } from '../app/demo/report.ts'
import { demandNames } from '../app/names.ts'
import { requestPlaces } from '../domain/places.ts'
import { grouped } from '../domain/money.ts'
import { musts, mustNames } from '../domain/must.ts'
import { refusals } from '../domain/refusal.ts'
import { fill } from '../domain/language.ts'
import type { Session } from './session.ts'
import { table } from './table.ts'
import { words } from './words.ts'

export const tellMonth =
  (session: Session) =>
  ({ month, submitted, amount, paid, entries, byState }: MonthLine): void => {
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

export function totals(session: Session, report: DemoReport): readonly string[] {
  const { language } = session
  const word = words[language]
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
    `${word.cases}:`,
    ...casesTold(session, report),
    '',
    `${word.refusals}:`,
    ...refusalTable(session, report),
    ...report.unfinished.map((what) => `✗ ${word.unfinished}: ${what}`),
    ...report.surprises.map((what) => `✗ ${JSON.stringify(what)}`),
    '',
  ]
}

/** Commands that work as they stand, in this folder. */
export function whatNext(session: Session, { ledgers }: DemoReport): readonly string[] {
  const { paths, world, language } = session
  const near = relative(world.cwd, paths.data)
  const data = quoted(near === '' || near.startsWith('..') ? paths.data : near)
  const village = ledgers[1]?.origin.split('/').at(-1) ?? ''
  const at = `--data ${data}${language === 'en' ? ' --lang en' : ''}`
  return [
    session.say({ zh: '接下来可以看：', en: 'What to look at next:' }),
    `  npx five-musts request list ${at}`,
    `  npx five-musts request show 2025-000001 --ledger ${village} ${at}`,
    `  npx five-musts verify ${at}`,
  ]
}

const quoted = (path: string): string => (/^[\w./\\:-]+$/.test(path) ? path : JSON.stringify(path))

const CASES_IN_LINE = 4

/** What the year has shown of the law, and how often. */
function casesTold({ language }: Session, { cases }: DemoReport): readonly string[] {
  const shown = (Object.keys(demoCases) as CaseName[])
    .filter((name) => cases[name] > 0)
    .map((name) => `${demoCases[name][language]} ${cases[name]}`)
  const [apart, end] = language === 'zh' ? ['；', ''] : ['; ', ';']
  return Array.from({ length: Math.ceil(shown.length / CASES_IN_LINE) }, (_, at) => {
    const line = shown.slice(at * CASES_IN_LINE, (at + 1) * CASES_IN_LINE)
    return `  ${line.join(apart)}${(at + 1) * CASES_IN_LINE < shown.length ? end : ''}`
  })
}

/** The rules that said no, in words; the places of a sentence stand open where each case filled them otherwise. */
function refusalTable({ language }: Session, { refused }: DemoReport): readonly string[] {
  return Object.entries(refused).map(([code, count]) => {
    const known = Object.entries(refusals).find(([name]) => name === code)?.[1]
    const named = language === 'zh' ? `（${code}）` : ` (${code})`
    return `  ${count} × ${known === undefined ? code : `${opened(known[language])}${named}`}`
  })
}

const opened = (template: string): string =>
  fill(
    template,
    Object.fromEntries([...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, '…'])),
  )

function mustTable({ language }: Session, { companies }: DemoReport): readonly string[] {
  const word = words[language]
  return table(
    [
      { title: word.company },
      { title: word.must },
      { title: demandNames.required[language], align: 'right' },
      { title: demandNames.covered[language], align: 'right' },
      { title: demandNames.deferred[language], align: 'right' },
      { title: demandNames.notRequired[language], align: 'right' },
      { title: word.done, align: 'right' },
    ],
    companies.flatMap(({ name, musts: counts }) =>
      musts.map((must) => [
        name,
        mustNames[must][language],
        String(counts[must].required),
        String(counts[must].covered),
        String(counts[must].deferred),
        String(counts[must].notRequired),
        String(counts[must].done),
      ]),
    ),
  )
}
