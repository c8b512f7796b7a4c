// How a refusal is written: what it says and what to do next, in both languages.
import type { Sentence } from '../language.ts'

export interface RefusalKind extends Sentence {
  /** What to do next. */
  readonly remedy: Sentence
  /** Guards a rule of law or separation of duties: verify must find its forged twin (law §10). */
  readonly protective: boolean
}

/** A rule of law or separation of duties. */
export const guard = (zh: string, en: string, remedyZh: string, remedyEn: string): RefusalKind => ({
  zh,
  en,
  remedy: { zh: remedyZh, en: remedyEn },
  protective: true,
})

/** Merely helps the person who asks: nothing unlawful would stand in the ledger without it. */
export const plain = (zh: string, en: string, remedyZh: string, remedyEn: string): RefusalKind => ({
  ...guard(zh, en, remedyZh, remedyEn),
  protective: false,
})
