// Why a command could not run, or says no: a stable code each, in both languages, with what to do.
import { fillBoth, type Sentence } from '../domain/language.ts'

export const faults = {
  usage: { zh: '用法不对：{detail}', en: 'Wrong usage: {detail}' },
  commandUnknown: {
    zh: '没有“{detail}”这个命令。可用的命令见 five-musts --help',
    en: 'There is no command “{detail}”. See five-musts --help',
  },
  languageUnknown: {
    zh: '--lang 只能是 zh 或 en',
    en: '--lang must be zh or en',
  },
  numberMalformed: {
    zh: '{option} 应为非负整数，而不是“{found}”',
    en: '{option} must be a whole number from 0, not “{found}”',
  },
  valueMalformed: {
    zh: '{option} 的值“{found}”不对，应为{expected}',
    en: '“{found}” is no value of {option}: it must be {expected}',
  },
  notADataDirectory: {
    zh: '{path} 不是五个必经的数据目录。请用 --data 指定，或先执行 five-musts init',
    en: '{path} is not a data directory of five-musts. Name one with --data, or run five-musts init',
  },
  directoryNotEmpty: {
    zh: '{path} 已存在且不为空，不会覆盖。请换一个目录',
    en: '{path} exists and is not empty; nothing is overwritten. Choose another folder',
  },
  notADirectory: {
    zh: '{path} 是文件，不是目录。请换一个目录',
    en: '{path} is a file, not a folder. Choose another folder',
  },
  demoChanged: {
    zh: '{path} 里有演示之后新增的草稿或记录（或已读不出来），重新演示会丢掉它们。请用 --data 换一个目录；确实不要了再加 --force',
    en: '{path} holds drafts or entries added since the demonstration (or cannot be read); to simulate again would lose them. Name another folder with --data, or add --force to give them up',
  },
  fileUnreadable: { zh: '不能读取文件{path}（{detail}）', en: 'Cannot read {path} ({detail})' },
  fileUnwritable: { zh: '不能写入{path}（{detail}）', en: 'Cannot write {path} ({detail})' },
  databaseUnreadable: {
    zh: '数据库{path}打不开（{detail}）。请用完整备份恢复',
    en: 'The database {path} cannot be opened ({detail}). Restore a complete copy',
  },
  databaseUnfit: {
    zh: '数据库{path}不是本版本的（{detail}），未作任何改动。请用相应版本的程序打开',
    en: 'The database {path} is not of this release ({detail}); nothing was changed. Open it with the release that made it',
  },
  databaseBusy: {
    zh: '另一个程序正占用数据库，什么也没有写入。请稍后再试',
    en: 'Another process holds the database; nothing was written. Try again later',
  },
  internal: {
    zh: '程序内部错误（{detail}）。已提交的记录不受影响；请把以下内容交给维护人员',
    en: 'A fault of the program ({detail}). What was committed stands; give what follows to whoever maintains it',
  },
  ledgerUnknown: {
    zh: '没有账本“{found}”。现有：{known}',
    en: 'There is no ledger “{found}”. There are: {known}',
  },
  ledgerAmbiguous: {
    zh: '“{found}”不止一个账本：{known}',
    en: '“{found}” is more than one ledger: {known}',
  },
  idAmbiguous: {
    zh: '{known}都有{found}，请加 --ledger 指明哪个村（村名即可）',
    en: '{found} is in more than one village: {known}. Add --ledger <village>; its name will do',
  },
  draftAmbiguous: {
    zh: '“{found}”不止一条草稿：{known}',
    en: '“{found}” is more than one draft: {known}',
  },
  notFound: { zh: '没有{what}', en: 'There is no {what}' },
  entryBeyond: {
    zh: '账本只有{size}条记录，没有第{seq}条',
    en: 'The ledger has {size} entries; there is no number {seq}',
  },
  vkeyMalformed: {
    zh: '公钥格式不对（{detail}）',
    en: 'Not a verifier key ({detail})',
  },
  vkeyTwice: {
    zh: '对账本{ledger}给出了两个不同的公钥',
    en: 'Two different verifier keys were given for the ledger {ledger}',
  },
  fileMalformed: { zh: '文件{path}的格式不对（{detail}）', en: '{path} is malformed ({detail})' },
  dataInUse: {
    zh: '{path} 正由另一个服务使用。请先停止它，或用 --data 换一个目录',
    en: 'Another server is at work in {path}. Stop it first, or name another folder with --data',
  },
  configInvalid: { zh: '环境变量有误：{detail}', en: 'The environment is wrong: {detail}' },
  demoExposed: {
    zh: '演示不对外开放：谁都能以任何人的身份登录。请绑定 127.0.0.1，确实要开放再加 --force',
    en: 'A demonstration is not opened to others: anybody may sign in as anybody. Bind 127.0.0.1, or add --force',
  },
  demoData: {
    zh: '{path} 里是演示数据，其账号的密码人人皆知：请用 serve --demo 启动，正式使用请换一个目录',
    en: '{path} holds a demonstration, whose passwords everybody knows: start it with serve --demo, and use another folder in earnest',
  },
  portTaken: {
    zh: '不能监听 {host}:{port}（{detail}）。请用 PORT 换一个端口',
    en: 'Cannot listen at {host}:{port} ({detail}). Choose another port with PORT',
  },
  storeStopped: {
    zh: '账本停止了写入（{detail}）。已确认的记录不受影响；请检查磁盘后重新启动',
    en: 'The ledger has stopped ({detail}). What was acknowledged stands; look at the disk and start again',
  },
  proofInvalid: { zh: '证明不成立（{detail}）', en: 'The proof does not hold ({detail})' },
} as const satisfies Record<string, Sentence>

export type FaultCode = keyof typeof faults

/** 1: the answer is no. 2: there is no answer. */
export type ExitCode = 1 | 2

/** Ends a command with a sentence for people and a code for programs. */
export class CliFault extends Error {
  readonly code: string
  readonly sentence: Sentence
  readonly exitCode: ExitCode

  constructor(
    code: string,
    sentence: Sentence,
    { exitCode = 2, cause }: { exitCode?: ExitCode; cause?: unknown } = {},
  ) {
    super(`${code}: ${sentence.en}`, { cause })
    this.code = code
    this.sentence = sentence
    this.exitCode = exitCode
  }
}

/** A fault of the table, its places filled. */
export const fault = (
  code: FaultCode,
  params: Readonly<Record<string, string>> = {},
  how: { exitCode?: ExitCode; cause?: unknown } = {},
): CliFault => new CliFault(code, fillBoth(faults[code], params), how)

/** Did the system say no, about a file? */
export const isOfSystem = (error: unknown): boolean => /^E[A-Z]+$/.test(systemCode(error))

/** What the system says of a file: `ENOENT`, `EACCES`, … */
export const systemCode = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error)
