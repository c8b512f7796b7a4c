// The attempt log in words: who, in which office, was refused what, and why. The names stand beside the log, never in it.
import { type KeptAttempt, MORE } from '../../domain/attempt-log.ts'
import type { Origin } from '../../domain/ids.ts'
import type { Language, Sentence } from '../../domain/language.ts'
import { refusals } from '../../domain/refusal.ts'
import { commandForms } from '../command-forms.ts'
import type { Names } from './names.ts'

export interface AttemptView {
  readonly id: number
  readonly day: string
  readonly firstAt: string
  readonly lastAt: string
  readonly count: number
  /** Who, as far as anybody knows. */
  readonly who: string
  readonly account: string
  readonly person: string
  readonly office: string
  readonly officeName: string
  readonly mandate: string
  readonly act: string
  readonly title: string
  readonly ledger: string
  readonly place: string
  readonly stream: string
  readonly code: string
  readonly reason: string
  readonly reference: string
  readonly lastReference: string
}

export interface AttemptWords {
  readonly language: Language
  /** Of the ledger it was about, or of the township where it was about none. */
  readonly names: (ledger: Origin | '') => Pick<Names, 'office' | 'person'>
  /** What a ledger is called; `''` for none. */
  readonly place: (ledger: Origin | '') => string
  /** Of what is no command. */
  readonly title?: (act: string) => Sentence | undefined
  /** Of what is no refusal of the law. */
  readonly reason?: (code: string) => Sentence | undefined
  /** Of an account without a person. */
  readonly username?: (account: string) => string | undefined
}

const unknown: Sentence = { zh: '不明身份', en: 'somebody unknown' }
const others: Sentence = {
  zh: '其他各种操作（不再逐条记）',
  en: 'other acts, no longer told apart',
}
const various: Sentence = { zh: '各种原因', en: 'various reasons' }

export function attemptView(row: KeptAttempt, words: AttemptWords): AttemptView {
  const { language } = words
  const { firstReference, lastReference, township: _township, home: _home, ...rest } = row
  const ledger = row.ledger as Origin | ''
  const names = words.names(ledger)
  return {
    ...rest,
    who: whoIn(row, words),
    officeName: row.office === '' ? '' : names.office(row.office),
    title: row.act === MORE ? others[language] : titleOf(row.act, words),
    place: words.place(ledger),
    reason: row.code === MORE ? various[language] : reasonOf(row.code, words),
    reference: firstReference,
    lastReference,
  }
}

function whoIn({ person, account, ledger }: KeptAttempt, words: AttemptWords): string {
  if (person !== '') return words.names(ledger as Origin | '').person(person)
  return words.username?.(account) ?? (account === '' ? unknown[words.language] : account)
}

const titleOf = (act: string, { language, title }: AttemptWords): string =>
  (commandForms.get(act)?.title ?? title?.(act))?.[language] ?? act

/** What filled the places of the sentence was not kept: it may have been anything that was sent. */
function reasonOf(code: string, { language, reason }: AttemptWords): string {
  const lawful: Readonly<Record<string, Sentence>> = refusals
  const sentence = Object.hasOwn(lawful, code) ? lawful[code] : reason?.(code)
  return sentence?.[language].replaceAll(/\{\w+\}/g, '…') ?? code
}
