// The commands on rounds of inspection, their lot, and alerts, with their options and what they are for.
import type { Command } from 'commander'
import type { Sentence } from '../domain/language.ts'
import type { AlertListOptions } from './alert-list.ts'
import type { ShowOptions } from './found.ts'
import type { InspectionListOptions } from './inspection-list.ts'
import type { LotOptions } from './lot.ts'
import type { Tree } from './tree.ts'

const texts = {
  inspection: { zh: '纪委检查', en: 'inspections' },
  inspectionList: { zh: '列出检查', en: 'list inspections' },
  campaign: { zh: '只列这一批次（跨村）', en: 'only the rounds of this campaign' },
  inspectionShow: { zh: '一轮检查：问题、经过', en: 'one round: findings, what happened' },
  lot: {
    zh: '由公开数据重新抽签，与当时的结果比对',
    en: 'draw the lot of a round again from public data, and compare',
  },
  lotRound: { zh: '检查编号', en: 'number of the round' },
  lotExport: { zh: '导出的目录（不需要数据库）', en: 'an exported folder: no database needed' },
  alert: { zh: '预警', en: 'alerts' },
  alertList: { zh: '列出预警：红色在前', en: 'list alerts, the red first' },
  alertShow: {
    zh: '一笔申请的预警：看到了什么、请核对什么',
    en: 'the alerts of one request: what was seen, what to look at',
  },
  colour: { zh: '只列 red、yellow 或 blue', en: 'red, yellow or blue only' },
  state: { zh: 'open（未消除，默认）或 dismissed（已消除）', en: 'open (default) or dismissed' },
  ledger: { zh: '账本、区划代码或名称', en: 'ledger, code or name' },
  limit: { zh: '最多条数', en: 'at most' },
} as const satisfies Record<string, Sentence>

type Say = (text: keyof typeof texts) => string

/** Adds `inspection`, `lot` and `alert`. */
export function describeInspections(program: Command, { language, act }: Tree): void {
  const say: Say = (text) => texts[text][language]
  rounds(program, say, act)
  alerts(program, say, act)
}

function rounds(program: Command, say: Say, act: Tree['act']): void {
  const inspection = program.command('inspection').description(say('inspection'))
  inspection
    .command('list')
    .description(say('inspectionList'))
    .option('--ledger <ledger>', say('ledger'))
    .option('--campaign <name>', say('campaign'))
    .option('--limit <n>', say('limit'), '50')
    .action((options: InspectionListOptions) =>
      act(async (session) => {
        const { inspectionList } = await import('./inspection-list.ts')
        await inspectionList(session, options)
      }),
    )
  inspection
    .command('show <number>')
    .description(say('inspectionShow'))
    .option('--ledger <ledger>', say('ledger'))
    .action((id: string, options: ShowOptions) =>
      act(async (session) => {
        const { inspectionShow } = await import('./inspection-show.ts')
        await inspectionShow(session, id, options)
      }),
    )
  program
    .command('lot')
    .description(say('lot'))
    .requiredOption('--inspection <number>', say('lotRound'))
    .option('--ledger <ledger>', say('ledger'))
    .option('--export <dir>', say('lotExport'))
    .action((options: LotOptions) =>
      act(async (session) => (await import('./lot.ts')).lot(session, options)),
    )
}

function alerts(program: Command, say: Say, act: Tree['act']): void {
  const alert = program.command('alert').description(say('alert'))
  alert
    .command('list')
    .description(say('alertList'))
    .option('--ledger <ledger>', say('ledger'))
    .option('--colour <colour>', say('colour'))
    .option('--state <state>', say('state'), 'open')
    .option('--limit <n>', say('limit'), '50')
    .action((options: AlertListOptions) =>
      act(async (session) => (await import('./alert-list.ts')).alertList(session, options)),
    )
  alert
    .command('show <request>')
    .description(say('alertShow'))
    .option('--ledger <ledger>', say('ledger'))
    .action((id: string, options: ShowOptions) =>
      act(async (session) => (await import('./alert-show.ts')).alertShow(session, id, options)),
    )
}
