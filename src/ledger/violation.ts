// What an audit of a ledger's bytes can find. Each is evidence, not a refusal: the sentence says
// what is wrong, `detail` where, and whoever holds the export can check it again.

/** One thing that is not as the format demands. */
export interface Violation {
  readonly code: ViolationCode
  /** Origin of the ledger audited. */
  readonly ledger: string
  /** Place of the entry, if the finding is about one. */
  readonly seq?: number
  readonly stream?: string
  /** A path, the code of a format error, or `found ≠ expected`: the same in every language. */
  readonly detail: string
}

export type ViolationCode = keyof typeof VIOLATIONS

/** Every code with its sentence for people. */
export const VIOLATIONS = {
  checkpointMissing: {
    zh: '没有检查点文件，无法核对。',
    en: 'There is no checkpoint to verify against.',
  },
  checkpointInvalid: {
    zh: '检查点格式不对，或不是本账本的密钥所签。',
    en: "The checkpoint is malformed or was not signed by this ledger's key.",
  },
  outsideInvalid: {
    zh: '用来比对的外部检查点格式不对，或不是本账本的密钥所签。',
    en: "The outside checkpoint is malformed or was not signed by this ledger's key.",
  },
  ledgerShortened: {
    zh: '账本比外部检查点短：较新的记录被去掉了。',
    en: 'The ledger is shorter than the outside checkpoint: newer entries were removed.',
  },
  historyChanged: {
    zh: '账本与外部检查点不一致：历史被改写过。',
    en: 'The ledger contradicts the outside checkpoint: its history was rewritten.',
  },
  rootMismatch: {
    zh: '由全部记录重新算出的根与检查点签署的根不同。',
    en: 'The root recomputed from the entries is not the one the checkpoint signs.',
  },
  bundleMissing: {
    zh: '缺少记录文件，其后的记录无法核对。',
    en: 'A file of entries is missing; the entries after it cannot be verified.',
  },
  bundleMalformed: {
    zh: '记录文件残缺或有多余内容，其后的记录无法核对。',
    en: 'A file of entries is cut or overlong; the entries after it cannot be verified.',
  },
  tileMissing: {
    zh: '缺少散列文件。',
    en: 'A hash tile is missing.',
  },
  tileMismatch: {
    zh: '散列文件与由记录重新算出的内容不同。',
    en: 'A hash tile differs from what the entries hash to.',
  },
  entryNotCanonical: {
    zh: '记录的字节不是规范写法。',
    en: 'The bytes of the entry are not in canonical form.',
  },
  fieldMalformed: {
    zh: '记录缺少必有的字段，或其格式不对。',
    en: 'A field every entry must have is missing or malformed.',
  },
  ledgerMismatch: {
    zh: '记录写明属于另一个账本。',
    en: 'The entry says it belongs to another ledger.',
  },
  seqMismatch: {
    zh: '记录写明的序号不是它所在的位置。',
    en: 'The entry does not stand at the place it names.',
  },
  revisionMismatch: {
    zh: '记录的版次与同一流中的前一条不相接。',
    en: 'The revision does not follow that of the previous entry of its stream.',
  },
  prevMismatch: {
    zh: '记录没有指向同一流中的前一条。',
    en: 'The entry does not point to the previous entry of its stream.',
  },
  nonceMalformed: {
    zh: '记录没有合格的随机数，其内容可能被猜出。',
    en: 'The entry has no proper nonce, so its content could be guessed from its hash.',
  },
  timeReversed: {
    zh: '记录的时间早于前一条记录。',
    en: 'The entry is dated before the one that precedes it.',
  },
  genesisMissing: {
    zh: '账本的第一条记录不是创世记录。',
    en: 'The first entry of the ledger is not its genesis.',
  },
  genesisRepeated: {
    zh: '创世记录之后又出现创世记录。',
    en: 'There is a second genesis after the first.',
  },
  entryAfterSeal: {
    zh: '账本封存之后又有记录。',
    en: 'There is an entry after the ledger was sealed.',
  },
} as const satisfies Record<string, { readonly zh: string; readonly en: string }>
