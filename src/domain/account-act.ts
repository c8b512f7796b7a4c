// Accepted acts on accounts (账号操作记录): who did what to whose account, when, and by which right. Whoever resets an account
// could act as its person, so that they did must be readable: by the discipline committee and by the person.
import { looksAfterBy, type Manager } from './account-standing.ts'
import type { PersonId } from './ids.ts'
import type { Sentence } from './language.ts'
import { type OfficeKind, officeKinds } from './office.ts'

/** What can be done to an account, and what it is called. */
export const accountActs = {
  made: { zh: '新建账号', en: 'account made' },
  linkIssued: { zh: '发首次设置链接', en: 'first set-up link issued' },
  reset: { zh: '重置账号（发新的设置链接）', en: 'account reset: a new set-up link issued' },
  linkUsed: { zh: '用设置链接设定密码', en: 'password set by a set-up link' },
  suspended: { zh: '停用账号', en: 'account suspended' },
  restored: { zh: '恢复账号', en: 'account restored' },
  removed: { zh: '删除账号', en: 'account removed' },
  secondFactorSet: { zh: '设置动态口令', en: 'one-time codes set up' },
  secondFactorReset: { zh: '清除动态口令', en: 'one-time codes taken away' },
  passwordChanged: { zh: '修改密码', en: 'password changed' },
  sessionsEnded: { zh: '结束登录', en: 'sessions ended' },
} as const satisfies Record<string, Sentence>
export type AccountActKind = keyof typeof accountActs
export const accountActKinds = Object.keys(accountActs) as readonly AccountActKind[]

/** Rights that are no office's. */
const otherRights = {
  self: { zh: '本人', en: 'the person themself' },
  administrator: { zh: '账号管理员', en: 'account administrator' },
  link: { zh: '持设置链接者', en: 'whoever held the set-up link' },
  start: { zh: '系统启动', en: 'the start of the system' },
} as const satisfies Record<string, Sentence>

/** By which right an act was done. */
export type ActRight = OfficeKind | keyof typeof otherRights

/** A right in words: the office's name where it is one's. */
export const rightName = (right: ActRight): Sentence =>
  isOther(right) ? otherRights[right] : officeKinds[right]
const isOther = (right: ActRight): right is keyof typeof otherRights =>
  Object.hasOwn(otherRights, right)

/** One accepted act. No names stand in it: they would outlive the account. */
export interface AccountAct {
  readonly act: AccountActKind
  /** Milliseconds since 1970, of the door's clock. */
  readonly at: number
  /** Whose account, and whose person it is; `''` for nobody's of a roster. */
  readonly account: string
  readonly person: PersonId | ''
  /** Who did it; `''` where nobody was signed in. */
  readonly byAccount: string
  readonly byPerson: PersonId | ''
  readonly byRight: ActRight
  /** Whose inspectors read it; none: those of every township, as with administrators, who manage everybody. */
  readonly townships: readonly string[]
}

export interface KeptAccountAct extends AccountAct {
  readonly id: number
}

export interface AccountActFilter {
  /** The township whose inspectors ask. */
  readonly township?: string | undefined
  /** Whoever asks about themself: this account's, and those of an earlier account of the same person. */
  readonly own?: { readonly account: string; readonly person: PersonId | '' } | undefined
  readonly person?: PersonId | undefined
  readonly act?: AccountActKind | undefined
  /** Milliseconds: from then on, and before then. */
  readonly from?: number | undefined
  readonly before?: number | undefined
  readonly limit: number
  readonly after?: readonly [string, ...string[]] | undefined
}

export interface AccountActPage {
  /** The newest first. */
  readonly rows: readonly KeptAccountAct[]
  readonly next?: readonly [string, ...string[]]
}

/** For reading; writing is the account store's, in the transaction of the act. */
export interface AccountActLog {
  page(filter: AccountActFilter): Promise<AccountActPage>
  /** Resets of an account by somebody else that its person has not been shown yet, the newest first. */
  unseenResets(account: string): Promise<readonly KeptAccountAct[]>
  /** They were shown to the person. */
  seen(acts: readonly number[]): Promise<void>
}

/**
 * By which right `actor` looks after `target`.
 * @throws RangeError where they do not: `mayManage` is asked before
 */
export function rightOver(actor: Manager, target: Manager): ActRight {
  if (actor.administrator) return 'administrator'
  const office = looksAfterBy(actor.standing, target.standing)
  if (office === undefined) throw new RangeError('an act without a right')
  return office
}
