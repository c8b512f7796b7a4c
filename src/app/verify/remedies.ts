// What to do about a violation: one sentence a kind, so that whoever reads a report knows the next step.
import type { Sentence } from '../../domain/language.ts'
import type { VIOLATIONS } from '../../ledger/violation.ts'
import type { unlawfulness } from '../replay.ts'
import type { storageViolations, VerifyCode } from './codes.ts'

const remedies = {
  restore: {
    zh: '请停止使用并原样保留这些文件，报告镇纪委，再用完整备份恢复、重新核验',
    en: 'Stop using these files and keep them as they are, tell the discipline committee, then restore a complete copy and verify again',
  },
  rebuild: {
    zh: '账本不受影响：执行 five-musts rebuild 重建读表，再核验一次',
    en: 'The ledger is not affected: run five-musts rebuild, then verify again',
  },
  outside: {
    zh: '库外检查点说明账本曾有另外的内容：请保留两者，报告镇纪委，查明是谁换了文件',
    en: 'The checkpoint kept outside vouches for other content: keep both, tell the discipline committee, and find out who replaced the files',
  },
  key: {
    zh: '请向最初公布公钥的一方核对公钥；公钥无误而仍不符的，账本不是原来的账本',
    en: 'Check the key with whoever published it first; if the key is right, this is not the ledger it was',
  },
  notes: {
    zh: '请检查用来比对的检查点文件是否完整、是否属于本账本',
    en: 'See whether the checkpoint file is whole and of this ledger',
  },
  fetch: {
    zh: '请重新索取完整的导出文件，再核验一次',
    en: 'Ask for a whole export again, then verify it',
  },
  law: {
    zh: '请报告镇纪委，查明这条记录是谁、怎样写入的；记录不删改，另行办理更正',
    en: 'Tell the discipline committee and find out who wrote this entry and how; entries are not removed, a correction is a new request',
  },
} as const satisfies Record<string, Sentence>

type Own = keyof typeof VIOLATIONS | keyof typeof storageViolations | keyof typeof unlawfulness

const kinds: Readonly<Record<Own, keyof typeof remedies>> = {
  checkpointMissing: 'fetch',
  checkpointInvalid: 'key',
  outsideInvalid: 'notes',
  ledgerShortened: 'outside',
  historyChanged: 'outside',
  rootMismatch: 'restore',
  bundleMissing: 'fetch',
  bundleMalformed: 'fetch',
  tileMissing: 'fetch',
  tileMismatch: 'fetch',
  entryNotCanonical: 'restore',
  fieldMalformed: 'restore',
  ledgerMismatch: 'restore',
  seqMismatch: 'restore',
  revisionMismatch: 'restore',
  prevMismatch: 'restore',
  nonceMalformed: 'law',
  timeReversed: 'law',
  genesisMissing: 'restore',
  genesisRepeated: 'law',
  entryAfterSeal: 'law',
  storageDamaged: 'restore',
  ledgerMissing: 'outside',
  ledgerUnknown: 'restore',
  ledgerRowDiffers: 'restore',
  keyDiffers: 'key',
  entryMissing: 'restore',
  entryAltered: 'restore',
  entryMalformed: 'restore',
  columnDiffers: 'restore',
  nodeMissing: 'restore',
  nodeDiffers: 'restore',
  nodeExtra: 'restore',
  checkpointAbsent: 'restore',
  checkpointInside: 'law',
  nonceRepeated: 'law',
  schemaDiffers: 'restore',
  checkpointDiffers: 'restore',
  commandMissing: 'restore',
  commandDiffers: 'restore',
  commandExtra: 'restore',
  commandUnknown: 'law',
  commandMalformed: 'law',
  commandRepeated: 'law',
  calendarUnknown: 'law',
  reliesWrong: 'law',
  reliesStale: 'law',
  factDiffers: 'law',
  decidedOtherwise: 'law',
  historyImpossible: 'law',
  projectionDiffers: 'rebuild',
}

/** A command the law refuses has the law's remedy. */
export function remedyOf(code: VerifyCode): Sentence {
  const known: Readonly<Record<string, keyof typeof remedies>> = kinds
  return remedies[known[code] ?? 'law']
}

/**
 * Which comes first when several are found in one ledger: 0 what was done to the files or the entries, 1 what hashes and
 * signatures say of it, 2 what the law says of the entries, 3 the tables folded from them. A lower one explains the higher.
 */
export function causeRank(code: VerifyCode): 0 | 1 | 2 | 3 {
  if (code === 'projectionDiffers') return 3
  if (direct.has(code)) return 0
  const known: Readonly<Record<string, keyof typeof remedies>> = kinds
  return (known[code] ?? 'law') === 'law' ? 2 : 1
}

const direct: ReadonlySet<string> = new Set<Own>([
  'storageDamaged',
  'schemaDiffers',
  'entryMissing',
  'entryAltered',
  'entryMalformed',
  'ledgerMissing',
  'ledgerShortened',
  'historyChanged',
  'keyDiffers',
  'bundleMissing',
  'bundleMalformed',
])
