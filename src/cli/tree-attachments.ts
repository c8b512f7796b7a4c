// The commands on attachments, with their options and what they are for.
import type { Command } from 'commander'
import type { Sentence } from '../domain/language.ts'
import type { EraseOptions } from './attachment-erase.ts'
import type { CheckOptions } from './attachment-check.ts'
import type { Tree } from './tree.ts'

const texts = {
  attachment: { zh: '附件', en: 'attachments' },
  add: {
    zh: '把文件存为一个账本的附件，例如建账前的纸质文件',
    en: 'keep files for a ledger, such as papers from before its founding',
  },
  check: {
    zh: '账本记录所列的附件是否都在、是否原样',
    en: 'are the files that entries name all there, and unaltered',
  },
  read: { zh: '逐个读完并核对摘要', en: 'read every one of them to its end' },
  sweep: {
    zh: '清除三十天内没有任何记录用到的附件，以及中断留下的文件',
    en: 'remove files no entry named within 30 days, and what crashes left',
  },
  erase: {
    zh: '依法删除一份附件；账本中的摘要不变，核验不受影响',
    en: 'erase a file by law; its digest stays in the ledger and every proof stands',
  },
  ledger: { zh: '账本、区划代码或名称', en: 'ledger, code or name' },
  basis: { zh: '删除依据', en: 'what the erasure rests on' },
  approver: { zh: '批准人', en: 'who approved it' },
} as const satisfies Record<string, Sentence>

/** Adds `attachment` and what is under it. */
export function describeAttachments(program: Command, { language, act }: Tree): void {
  const say = (text: keyof typeof texts) => texts[text][language]
  const attachment = program.command('attachment').description(say('attachment'))
  attachment
    .command('add <ledger> <files...>')
    .description(say('add'))
    .action((ledger: string, files: readonly string[]) =>
      act(async (session) => {
        const { attachmentAdd } = await import('./attachment-add.ts')
        return attachmentAdd(session, { ledger, files })
      }),
    )
  attachment
    .command('check')
    .description(say('check'))
    .option('--ledger <ledger>', say('ledger'))
    .option('--read', say('read'))
    .action((options: CheckOptions) =>
      act(async (session) =>
        (await import('./attachment-check.ts')).attachmentCheck(session, options),
      ),
    )
  attachment
    .command('sweep')
    .description(say('sweep'))
    .action(() =>
      act(async (session) => (await import('./attachment-sweep.ts')).attachmentSweep(session)),
    )
  attachment
    .command('erase <ledger> <sha256>')
    .description(say('erase'))
    .requiredOption('--basis <text>', say('basis'))
    .requiredOption('--approver <name>', say('approver'))
    .action((ledger: string, sha256: string, options: EraseOptions) =>
      act(async (session) => {
        const { attachmentErase } = await import('./attachment-erase.ts')
        return attachmentErase(session, { ledger, sha256, ...options })
      }),
    )
}
