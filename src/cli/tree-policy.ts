// The commands on policies and authorities, with their options and what they are for.
import type { Command } from 'commander'
import type { Sentence } from '../domain/language.ts'
import type { AuthorityListOptions } from './authority-list.ts'
import type { ShowOptions } from './found.ts'
import type { CompareOptions } from './policy-compare.ts'
import type { PolicyShowOptions } from './policy.ts'
import type { Tree } from './tree.ts'

const texts = {
  policy: { zh: '政策', en: 'policy' },
  show: {
    zh: '现行政策：各项由谁规定、依据和法定底线（--ledger 村：含村规）',
    en: 'what is in force, set by whom and on what ground (--ledger of a village: with its rule)',
  },
  check: { zh: '拟定的政策是否守住法定底线', en: "does a proposal keep to the law's floor?" },
  compare: {
    zh: '按拟定的政策重算已提交申请的路线，列出会有哪些变化',
    en: 'route past requests again under a proposal, and tell what would have changed',
  },
  from: { zh: '提交日期自（默认一年前）', en: 'submitted from (default a year ago)' },
  to: { zh: '提交日期至（默认今天）', en: 'submitted to (default today)' },
  ledger: { zh: '账本、区划代码或名称', en: 'ledger, code or name' },
  authority: { zh: '授权额度', en: 'authorities' },
  list: {
    zh: '列出授权额度：额度、占用、支付、剩余',
    en: 'list authorities: ceiling, reserved, drawn, left',
  },
  one: {
    zh: '一项授权额度：依据、报备、使用、经过',
    en: 'one authority: ground, filing, uses, what happened',
  },
  company: { zh: '公司编号', en: 'company id' },
  limit: { zh: '最多条数', en: 'at most' },
} as const satisfies Record<string, Sentence>

/** Adds `policy` and what is under it. */
export function describePolicies(program: Command, { language, act }: Tree): void {
  const say = (text: keyof typeof texts) => texts[text][language]
  const policy = program.command('policy').description(say('policy'))
  policy
    .command('show')
    .description(say('show'))
    .option('--ledger <ledger>', say('ledger'))
    .action((options: PolicyShowOptions) =>
      act(async (session) => (await import('./policy.ts')).policyShow(session, options)),
    )
  policy
    .command('check <file>')
    .description(say('check'))
    .action((file: string) =>
      act(async (session) => (await import('./policy.ts')).policyCheck(session, file)),
    )
  policy
    .command('compare <file>')
    .description(say('compare'))
    .option('--from <date>', say('from'))
    .option('--to <date>', say('to'))
    .option('--ledger <ledger>', say('ledger'))
    .action((file: string, options: CompareOptions) =>
      act(async (session) => {
        const { policyCompare } = await import('./policy-compare.ts')
        return policyCompare(session, file, options)
      }),
    )
}

/** Adds `authority` and what is under it. */
export function describeAuthorities(program: Command, { language, act }: Tree): void {
  const say = (text: keyof typeof texts) => texts[text][language]
  const authority = program.command('authority').description(say('authority'))
  authority
    .command('list')
    .description(say('list'))
    .option('--ledger <ledger>', say('ledger'))
    .option('--company <id>', say('company'))
    .option('--limit <n>', say('limit'), '50')
    .action((options: AuthorityListOptions) =>
      act(async (session) => (await import('./authority-list.ts')).authorityList(session, options)),
    )
  authority
    .command('show <number>')
    .description(say('one'))
    .option('--ledger <ledger>', say('ledger'))
    .action((id: string, options: ShowOptions) =>
      act(async (session) => {
        const { authorityShow } = await import('./authority-show.ts')
        await authorityShow(session, id, options)
      }),
    )
}
