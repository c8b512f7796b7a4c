// Every code verify reports under, with its sentence: the format's, the storage's, and the law's.
import type { Sentence } from '../../domain/language.ts'
import { explain, type Refusal, type RefusalCode, refusals } from '../../domain/refusal.ts'
import { VIOLATIONS, type ViolationCode } from '../../ledger/violation.ts'
import { unlawfulness, type Unlawful } from '../replay.ts'

/** What only a store can have wrong: its tables beside the entries' bytes. */
export const storageViolations = {
  storageDamaged: {
    zh: '数据库文件已损坏。',
    en: 'The database file is damaged.',
  },
  ledgerMissing: {
    zh: '有密钥或外部检查点的账本不在数据库中。',
    en: 'A ledger with a key or an outside checkpoint is not in the database.',
  },
  ledgerUnknown: {
    zh: '数据属于账本表中没有的账本。',
    en: 'There are rows of a ledger that the ledger table does not name.',
  },
  ledgerRowDiffers: {
    zh: '账本表的条数、时间或封存标记与记录不符。',
    en: 'Size, time or seal in the ledger table is not that of the entries.',
  },
  keyDiffers: {
    zh: '创世记录写明的公钥不是本账本的公钥。',
    en: 'The key named in the genesis is not the pinned key of this ledger.',
  },
  entryMissing: {
    zh: '此处缺少记录：被删除。',
    en: 'An entry is missing here: it was removed.',
  },
  entryAltered: {
    zh: '记录内容与写入时的散列值不符：被改动。',
    en: 'The entry is not what was hashed when it was written: it was altered.',
  },
  entryMalformed: {
    zh: '记录不具备应有的字段。',
    en: 'The entry does not have the fields of an entry.',
  },
  columnDiffers: {
    zh: '表中的列与记录内容不符。',
    en: 'A column of the table is not what the entry says.',
  },
  nodeMissing: { zh: '缺少散列树节点。', en: 'A node of the tree is missing.' },
  nodeDiffers: {
    zh: '散列树节点与由记录重新算出的不同。',
    en: 'A node of the tree is not what the entries hash to.',
  },
  nodeExtra: { zh: '有多余的散列树节点。', en: 'There are nodes beyond the tree.' },
  checkpointAbsent: {
    zh: '一次提交之后没有检查点。',
    en: 'There is no checkpoint after a commit.',
  },
  checkpointInside: {
    zh: '一次提交的中间有检查点：不可能由本系统签署。',
    en: 'There is a checkpoint inside a commit, where none can have been signed.',
  },
  nonceRepeated: {
    zh: '随机数重复使用。',
    en: 'A nonce was used twice.',
  },
  schemaDiffers: {
    zh: '数据库的表、索引或守护触发器与本版本的不同：被删除、改动或添加。',
    en: 'A table, an index or a guard trigger is not that of this release: dropped, changed or added.',
  },
  checkpointDiffers: {
    zh: '检查点表的列与其签署的内容不符。',
    en: 'A column of the checkpoint table is not what the checkpoint signs.',
  },
  commandMissing: {
    zh: '操作没有登记，重复提交将不被识别。',
    en: 'The command has no record, so a repetition would not be known.',
  },
  commandDiffers: {
    zh: '操作登记与其记录不符。',
    en: 'The record of the command is not that of its entries.',
  },
  commandExtra: {
    zh: '有登记而无记录的操作。',
    en: 'There are records of commands without entries.',
  },
} as const satisfies Record<string, Sentence>

export type VerifyCode = ViolationCode | keyof typeof storageViolations | Unlawful

/** One thing that is wrong, and where. */
export interface Violation {
  readonly code: VerifyCode
  /** Origin; `''` when the finding is about the whole file. */
  readonly ledger: string
  readonly seq?: number
  readonly stream?: string
  /** What was found, the same in every language. */
  readonly detail: string
  readonly sentence: Sentence
}

export type Finding = Omit<Violation, 'sentence'> & { readonly refused?: Refusal }

/** Adds the sentence. A command that the law refuses is told in the words of the refusal. */
export function violationOf({ refused, ...finding }: Finding): Violation {
  return { ...finding, sentence: sentenceOf(finding.code, refused) }
}

const known: Readonly<Record<string, Sentence>> = {
  ...VIOLATIONS,
  ...storageViolations,
  ...unlawfulness,
}

function sentenceOf(code: VerifyCode, refused: Refusal | undefined): Sentence {
  const own = known[code]
  if (own !== undefined) return own
  if (refused === undefined) return { zh: `违反规则：${code}`, en: `Against the rules: ${code}` }
  return {
    zh: `依当时规则不应准许：${explain(refused, 'zh').no}`,
    en: `Should have been refused: ${explain(refused, 'en').no}`,
  }
}

/** All of them, for the reference and for tests. */
export const verifyCodes: readonly VerifyCode[] = [
  ...(Object.keys(VIOLATIONS) as ViolationCode[]),
  ...(Object.keys(storageViolations) as (keyof typeof storageViolations)[]),
  ...(Object.keys(unlawfulness) as (keyof typeof unlawfulness)[]),
  ...(Object.keys(refusals) as RefusalCode[]),
]
