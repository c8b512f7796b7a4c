// The command on refused attempts, with its options and what it is for.
import type { Command } from 'commander'
import type { Sentence } from '../domain/language.ts'
import type { AttemptListOptions } from './attempt-list.ts'
import type { Tree } from './tree.ts'

const texts = {
  attempt: { zh: '尝试记录', en: 'refused attempts' },
  list: {
    zh: '列出被拒绝的操作：谁、何职务、何事、为何',
    en: 'list what was refused: to whom, in which office, what and why',
  },
  ledger: { zh: '账本、区划代码或名称', en: 'ledger, code or name' },
  person: { zh: '人员编号', en: 'person id' },
  code: { zh: '拒绝代码', en: 'refusal code' },
  day: { zh: '哪一天', en: 'of this day' },
  limit: { zh: '最多条数', en: 'at most' },
} as const satisfies Record<string, Sentence>

/** Adds `attempt` and what is under it. */
export function describeAttempts(program: Command, { language, act }: Tree): void {
  const say = (text: keyof typeof texts) => texts[text][language]
  program
    .command('attempt')
    .description(say('attempt'))
    .command('list')
    .description(say('list'))
    .option('--ledger <ledger>', say('ledger'))
    .option('--person <id>', say('person'))
    .option('--code <code>', say('code'))
    .option('--day <yyyy-mm-dd>', say('day'))
    .option('--limit <n>', say('limit'), '50')
    .action((options: AttemptListOptions) =>
      act(async (session) => (await import('./attempt-list.ts')).attemptList(session, options)),
    )
}
