// Every command with its options and what it is for. The reference lists them from here.
import type { Command } from 'commander'
import type { Language, Sentence } from '../domain/language.ts'
import type { DemoOptions } from './demo.ts'
import type { ExportOptions } from './export.ts'
import type { ShowOptions } from './found.ts'
import type { InitOptions } from './init.ts'
import type { ListOptions } from './listed.ts'
import type { MachineOptions } from './machine.ts'
import type { ProofOptions, VerifyProofOptions } from './proof.ts'
import type { RequestListOptions } from './request-list.ts'
import type { ServeOptions } from './serve.ts'
import type { Session } from './session.ts'
import { describeAttachments } from './tree-attachments.ts'
import { describeAttempts } from './tree-attempts.ts'
import { describeDrafts } from './tree-drafts.ts'
import { describeAuthorities, describePolicies } from './tree-policy.ts'
import { describeInspections } from './tree-inspection.ts'
import { describeTasks } from './tree-tasks.ts'
import type { VerifyOptions } from './verify.ts'

export interface Tree {
  readonly language: Language
  /** Runs a command's work; what it returns is the exit code, 0 when it returns nothing. */
  readonly act: (work: (session: Session) => Promise<number | void>) => Promise<void>
}

/** What the options and commands say of themselves. */
const texts = {
  program: { zh: '五个必经：村集体公司支出的五道监督', en: 'The five musts of village spending' },
  data: { zh: '数据目录（默认 ./data）', en: 'data directory (default ./data)' },
  keys: { zh: '签名密钥目录', en: 'folder of the signing keys' },
  heads: { zh: '库外检查点目录', en: 'folder of the heads kept outside the database' },
  json: { zh: '以 JSON 输出', en: 'print JSON' },
  lang: { zh: '语言', en: 'language' },
  help: { zh: '显示说明', en: 'show help' },
  ledger: { zh: '账本、区划代码或名称', en: 'ledger, code or name' },
  limit: { zh: '最多条数', en: 'at most' },
  init: { zh: '按一个文件建立一个镇', en: 'found a township from one file' },
  initDemo: { zh: '用附带的示范镇', en: 'the bundled township' },
  import: { zh: '导入会计导出的 CSV', en: 'import requests from CSV' },
  demo: { zh: '把示范年度走完五个必经', en: 'carry the sample year through the five musts' },
  seed: { zh: '随机种子', en: 'seed of all that is random' },
  months: { zh: '只演示前几个月（1–12）', en: 'only the first months of the year (1–12)' },
  again: { zh: '已有示范数据时重新模拟', en: 'simulate anew where a demonstration is' },
  force: {
    zh: '连同后来新增的草稿和记录一起放弃',
    en: 'give up drafts and entries added to it since',
  },
  serve: { zh: '启动服务（网页接口）', en: 'start the server' },
  serveDemo: { zh: '用示范镇，备好各职务的账号', en: 'the sample township with ready accounts' },
  serveCheck: { zh: '只检查并显示设置', en: 'check the settings, show them and stop' },
  serveForce: { zh: '演示也对外开放', en: 'open a demonstration to others all the same' },
  request: { zh: '支出申请', en: 'expenditure requests' },
  requestList: { zh: '列出支出申请', en: 'list requests' },
  requestShow: { zh: '一笔申请：表单、路线、经过', en: 'one request: form, route, what happened' },
  company: { zh: '公司编号', en: 'company id' },
  state: { zh: '环节', en: 'state' },
  month: { zh: '提交月份', en: 'month of submission' },
  meeting: { zh: '会议', en: 'meetings' },
  meetingList: { zh: '列出会议', en: 'list meetings' },
  meetingShow: {
    zh: '一次会议：议题、结果、经过',
    en: 'one meeting: agenda, outcome, what happened',
  },
  ledgers: { zh: '账本', en: 'ledgers' },
  ledgerList: { zh: '列出账本与公钥', en: 'list ledgers and their keys' },
  ledgerShow: { zh: '一个账本及其最新检查点', en: 'one ledger and its newest checkpoint' },
  verify: { zh: '核验未被改动且处处合规', en: 'check that nothing was changed and all was lawful' },
  only: { zh: '只报告这个账本', en: 'report this ledger only' },
  against: { zh: '与库外保存的检查点比对', en: 'compare with a checkpoint kept outside' },
  exported: { zh: '核验导出的目录（需 --vkey）', en: 'verify an exported folder (needs --vkey)' },
  vkey: { zh: '账本公钥，或存放它的文件', en: 'verifier key, or a file that holds it' },
  pinned: {
    zh: '从别处得知的账本公钥，或存放它的文件；可重复',
    en: 'verifier key known from elsewhere, or a file that holds it; repeatable',
  },
  export: {
    zh: '导出账本，供他人的软件核验',
    en: "export a ledger for others' software to verify",
  },
  outDir: { zh: '输出目录', en: 'folder to write' },
  proof: { zh: '导出一条记录的证明', en: 'write the proof of one entry' },
  seq: { zh: '记录序号', en: 'number of the entry' },
  outFile: { zh: '输出文件', en: 'file to write' },
  verifyProof: { zh: '核验证明文件', en: 'verify a proof file' },
  rebuild: { zh: '由账本重建读表', en: 'fold the read tables again from the ledgers' },
  machine: { zh: '由状态机本身画出流程图', en: 'draw a machine from the machine itself' },
  format: { zh: '格式', en: 'format' },
} as const satisfies Record<string, Sentence>

type Say = (text: keyof typeof texts) => string

/** Adds the options and commands to the program. */
export function describeCommands(program: Command, { language, act }: Tree): void {
  const say: Say = (text) => texts[text][language]
  program
    .description(say('program'))
    .option('--data <dir>', say('data'))
    .option('--keys <dir>', say('keys'))
    .option('--heads <dir>', say('heads'))
    .option('--json', say('json'))
    .option('--lang <zh|en>', say('lang'))
    .helpOption('-h, --help', say('help'))
    .helpCommand(false)
  founding(program, say, act)
  serving(program, say, act)
  describeDrafts(program, { language, act })
  describeAttachments(program, { language, act })
  requests(program, say, act)
  describeTasks(program, { language, act })
  meetings(program, say, act)
  describeInspections(program, { language, act })
  describePolicies(program, { language, act })
  describeAuthorities(program, { language, act })
  describeAttempts(program, { language, act })
  ledgers(program, say, act)
  proofs(program, say, act)
  upkeep(program, say, act)
}

type Act = Tree['act']

function founding(program: Command, say: Say, act: Act): void {
  program
    .command('init [file]')
    .description(say('init'))
    .option('--demo', say('initDemo'))
    .action((file: string | undefined, options: InitOptions) =>
      act(async (session) => (await import('./init.ts')).init(session, file, options)),
    )
  program
    .command('import <file>')
    .description(say('import'))
    .action((file: string) =>
      act(async (session) => (await import('./import.ts')).importFile(session, file)),
    )
  program
    .command('demo')
    .description(say('demo'))
    .option('--seed <n>', say('seed'))
    .option('--months <n>', say('months'))
    .option('--again', say('again'))
    .option('--force', say('force'))
    .action((options: DemoOptions) =>
      act(async (session) => (await import('./demo.ts')).demo(session, options)),
    )
}

function serving(program: Command, say: Say, act: Act): void {
  program
    .command('serve')
    .description(say('serve'))
    .option('--demo', say('serveDemo'))
    .option('--months <n>', say('months'))
    .option('--force', say('serveForce'))
    .option('--check', say('serveCheck'))
    .action((options: ServeOptions) =>
      act(async (session) => (await import('./serve.ts')).serve(session, options)),
    )
}

function requests(program: Command, say: Say, act: Act): void {
  const request = program.command('request').description(say('request'))
  request
    .command('list')
    .description(say('requestList'))
    .option('--ledger <ledger>', say('ledger'))
    .option('--company <id>', say('company'))
    .option('--state <state>', say('state'))
    .option('--month <yyyy-mm>', say('month'))
    .option('--limit <n>', say('limit'), '50')
    .action((options: RequestListOptions) =>
      act(async (session) => (await import('./request-list.ts')).requestList(session, options)),
    )
  request
    .command('show <number>')
    .description(say('requestShow'))
    .option('--ledger <ledger>', say('ledger'))
    .action((id: string, options: ShowOptions) =>
      act(async (session) => (await import('./request-show.ts')).requestShow(session, id, options)),
    )
}

function meetings(program: Command, say: Say, act: Act): void {
  const meeting = program.command('meeting').description(say('meeting'))
  meeting
    .command('list')
    .description(say('meetingList'))
    .option('--ledger <ledger>', say('ledger'))
    .option('--limit <n>', say('limit'), '50')
    .action((options: ListOptions) =>
      act(async (session) => (await import('./meeting-list.ts')).meetingList(session, options)),
    )
  meeting
    .command('show <number>')
    .description(say('meetingShow'))
    .option('--ledger <ledger>', say('ledger'))
    .action((id: string, options: ShowOptions) =>
      act(async (session) => (await import('./meeting-show.ts')).meetingShow(session, id, options)),
    )
}

function ledgers(program: Command, say: Say, act: Act): void {
  const ledger = program.command('ledger').description(say('ledgers'))
  ledger
    .command('list')
    .description(say('ledgerList'))
    .action(() => act(async (session) => (await import('./ledger-list.ts')).ledgerList(session)))
  ledger
    .command('show <ledger>')
    .description(say('ledgerShow'))
    .action((name: string) =>
      act(async (session) => (await import('./ledger-show.ts')).ledgerShow(session, name)),
    )
}

function proofs(program: Command, say: Say, act: Act): void {
  program
    .command('verify')
    .description(say('verify'))
    .option('--ledger <ledger>', say('only'))
    .option('--against <file>', say('against'))
    .option('--export <dir>', say('exported'))
    .option('--vkey <key>', say('pinned'), several)
    .action((options: VerifyOptions) =>
      act(async (session) => (await import('./verify.ts')).verifyAny(session, options)),
    )
  program
    .command('export')
    .description(say('export'))
    .requiredOption('--ledger <ledger>', say('ledger'))
    .requiredOption('--out <dir>', say('outDir'))
    .action((options: ExportOptions) =>
      act(async (session) => (await import('./export.ts')).exportFiles(session, options)),
    )
  program
    .command('proof')
    .description(say('proof'))
    .requiredOption('--ledger <ledger>', say('ledger'))
    .requiredOption('--seq <n>', say('seq'))
    .requiredOption('--out <file>', say('outFile'))
    .action((options: ProofOptions) =>
      act(async (session) => (await import('./proof.ts')).writeProofFile(session, options)),
    )
  program
    .command('verify-proof <file>')
    .description(say('verifyProof'))
    .requiredOption('--vkey <key>', say('vkey'))
    .action((file: string, options: VerifyProofOptions) =>
      act(async (session) => (await import('./proof.ts')).verifyProof(session, file, options)),
    )
}

const several = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
]

function upkeep(program: Command, say: Say, act: Act): void {
  program
    .command('rebuild')
    .description(say('rebuild'))
    .action(() => act(async (session) => (await import('./rebuild.ts')).rebuild(session)))
  program
    .command('machine <name>')
    .description(say('machine'))
    .option('--format <mermaid|json>', say('format'), 'mermaid')
    .action((name: string, options: MachineOptions) =>
      act(async (session) => (await import('./machine.ts')).machine(session, name, options)),
    )
}
