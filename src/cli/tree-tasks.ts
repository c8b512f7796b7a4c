// The command on what waits, with its options and what it is for.
import type { Command } from 'commander'
import type { Sentence } from '../domain/language.ts'
import type { TaskListOptions } from './task-list.ts'
import type { Tree } from './tree.ts'

const texts = {
  task: { zh: '待办', en: 'tasks' },
  list: {
    zh: '列出待办：岗位、期限、逾期及催办督办查办',
    en: 'list what waits: desk, limit, how late, and the step of the ladder',
  },
  ledger: { zh: '账本、区划代码或名称', en: 'ledger, code or name' },
  desk: {
    zh: '岗位：职务编号，或 机构编号/职务种类',
    en: 'an office id, or organisation/kind of office',
  },
  at: { zh: '按哪一天计算（默认今天）', en: 'judged on this day (default today)' },
  late: { zh: '只列已逾期的', en: 'only what is late' },
  limit: { zh: '最多条数', en: 'at most' },
} as const satisfies Record<string, Sentence>

/** Adds `task` and what is under it. */
export function describeTasks(program: Command, { language, act }: Tree): void {
  const say = (text: keyof typeof texts) => texts[text][language]
  program
    .command('task')
    .description(say('task'))
    .command('list')
    .description(say('list'))
    .option('--ledger <ledger>', say('ledger'))
    .option('--desk <desk>', say('desk'))
    .option('--at <date>', say('at'))
    .option('--late', say('late'))
    .option('--limit <n>', say('limit'), '50')
    .action((options: TaskListOptions) =>
      act(async (session) => (await import('./task-list.ts')).taskList(session, options)),
    )
}
