// The chapters of the API, by the tag of their operations; the order of the contents.
import type { Sentence } from '../domain/language.ts'

const tagNames: Readonly<Record<string, Sentence>> = {
  door: { zh: '登录', en: 'signing in' },
  me: { zh: '本人：待办、权限', en: 'oneself: inbox and rights' },
  account: { zh: '账号', en: 'accounts' },
  request: { zh: '支出申请', en: 'requests' },
  draft: { zh: '草稿', en: 'drafts' },
  import: { zh: '导入', en: 'imports' },
  attachment: { zh: '附件', en: 'attachments' },
  meeting: { zh: '会议和表决', en: 'meetings and votes' },
  authority: { zh: '授权额度', en: 'authorities' },
  inspection: { zh: '检查和整改', en: 'inspections and findings' },
  policy: { zh: '政策', en: 'the policy' },
  roster: { zh: '名册：机构、职务、社员', en: 'the roster: organisations, offices, members' },
  search: { zh: '查找', en: 'search' },
  figures: { zh: '数字', en: 'figures' },
  disclosure: { zh: '公开', en: 'disclosure' },
  ledger: { zh: '账本和证明', en: 'ledgers and proofs' },
  attempt: { zh: '被拒绝的操作', en: 'what was refused' },
  terms: { zh: '词表', en: 'the vocabularies' },
  operation: { zh: '运行', en: 'operation' },
}

const order = Object.keys(tagNames)

/** As the contents have them: those without a name last. */
export const inOrder = (tags: readonly string[]): readonly string[] => [
  ...order.filter((tag) => tags.includes(tag)),
  ...tags.filter((tag) => !order.includes(tag)),
]

export const tagTitle = (tag: string): string => {
  const { zh, en } = tagNames[tag] ?? { zh: '', en: tag }
  return `${zh} ${en}`.trim()
}
