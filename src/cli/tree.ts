// Every command with its options and what it is for. The reference lists them from here.
import type { Command } from 'commander'
import type { Language, Sentence } from '../domain/language.ts'
import type { RequestListOptions } from './request-list.ts'
import type { Session } from './session.ts'
import type { VerifyOptions } from './verify.ts'

export interface Tree {
  readonly language: Language
  /** Runs a command's work; what it returns is the exit code, 0 when it returns nothing. */
  readonly act: (work: (session: Session) => Promise<number | void>) => Promise<void>
}

/** Adds the options and commands to the program. */
export function describeCommands(program: Command, tree: Tree): void {
  const { language, act } = tree
  const say = (zh: string, en: string): string => ({ zh, en })[language]
  program
    .description(say('五个必经：村集体公司支出的五道监督', 'The five musts of village spending'))
    .option('--data <dir>', say('数据目录（默认 ./data）', 'data directory (default ./data)'))
    .option('--keys <dir>', say('签名密钥目录', 'folder of the signing keys'))
    .option('--heads <dir>', say('库外检查点目录', 'folder of the heads kept outside the database'))
    .option('--json', say('以 JSON 输出', 'print JSON'))
    .option('--lang <zh|en>', say('语言', 'language'))
    .helpOption('-h, --help', say('显示说明', 'show help'))
    .helpCommand(false)
  requests(program, tree)
  ledgers(program, tree)
  program
    .command('verify')
    .description(say('核验未被改动且处处合规', 'check that nothing was changed and all was lawful'))
    .option('--ledger <ledger>', say('只报告这个账本', 'report this ledger only'))
    .option(
      '--against <file>',
      say('与库外保存的检查点比对', 'compare with a checkpoint kept outside'),
    )
    .action((options: VerifyOptions) =>
      act(async (session) => (await import('./verify.ts')).verifyData(session, options)),
    )
}

function requests(program: Command, { language, act }: Tree): void {
  const say = (sentence: Sentence): string => sentence[language]
  const request = program
    .command('request')
    .description(say({ zh: '支出申请', en: 'expenditure requests' }))
  request
    .command('list')
    .description(say({ zh: '列出支出申请', en: 'list requests' }))
    .option('--ledger <ledger>', say({ zh: '账本、区划代码或村名', en: 'ledger, code or name' }))
    .option('--company <id>', say({ zh: '公司编号', en: 'company id' }))
    .option('--state <state>', say({ zh: '环节', en: 'state' }))
    .option('--month <yyyy-mm>', say({ zh: '提交月份', en: 'month of submission' }))
    .option('--limit <n>', say({ zh: '最多条数', en: 'at most' }), '50')
    .action((options: RequestListOptions) =>
      act(async (session) => (await import('./request-list.ts')).requestList(session, options)),
    )
}

function ledgers(program: Command, { language, act }: Tree): void {
  const say = (sentence: Sentence): string => sentence[language]
  const ledger = program.command('ledger').description(say({ zh: '账本', en: 'ledgers' }))
  ledger
    .command('list')
    .description(say({ zh: '列出账本与公钥', en: 'list ledgers and their keys' }))
    .action(() => act(async (session) => (await import('./ledger-list.ts')).ledgerList(session)))
}
