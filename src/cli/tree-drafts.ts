// The commands on drafts, with their options and what they are for.
import type { Command } from 'commander'
import type { Sentence } from '../domain/language.ts'
import type { DraftAttachOptions } from './draft-attach.ts'
import type { DraftListOptions } from './draft-list.ts'
import type { Tree } from './tree.ts'

const texts = {
  draft: { zh: '草稿', en: 'drafts' },
  list: {
    zh: '列出导入的草稿：缺什么、提交成了哪一笔',
    en: 'list drafts: what is missing, submitted as what',
  },
  company: { zh: '公司编号', en: 'company id' },
  state: {
    zh: '只列 waiting（待提交）、taken（提交中）或 submitted（已提交）',
    en: 'waiting, taken or submitted only',
  },
  limit: { zh: '最多条数', en: 'at most' },
  attach: {
    zh: '为草稿附上发放表（CSV 列：姓名、身份证号、账号、金额）；名册只存入保密库',
    en: 'attach the payee list a draft lacks (CSV columns 姓名, 身份证号, 账号, 金额); rows go to the vault alone',
  },
  month: { zh: '发放月份（默认单据月份）', en: "month it is for (default: the voucher's)" },
} as const satisfies Record<string, Sentence>

/** Adds `draft` and what is under it. */
export function describeDrafts(program: Command, { language, act }: Tree): void {
  const say = (text: keyof typeof texts) => texts[text][language]
  const draft = program.command('draft').description(say('draft'))
  draft
    .command('list')
    .description(say('list'))
    .option('--company <id>', say('company'))
    .option('--state <state>', say('state'))
    .option('--limit <n>', say('limit'), '50')
    .action((options: DraftListOptions) =>
      act(async (session) => (await import('./draft-list.ts')).draftList(session, options)),
    )
  draft
    .command('attach <draft> <file>')
    .description(say('attach'))
    .option('--month <yyyy-mm>', say('month'))
    .action((id: string, file: string, options: DraftAttachOptions) =>
      act(async (session) => {
        const { draftAttach } = await import('./draft-attach.ts')
        return draftAttach(session, { id, file, ...options })
      }),
    )
}
