// How one fault of a sheet is written down: what is wrong, and what to do.
import type { Sentence } from '../../domain/language.ts'

export interface FaultKind extends Sentence {
  readonly remedy: Sentence
}

export const kind = (zh: string, en: string, remedyZh: string, remedyEn: string): FaultKind => ({
  zh,
  en,
  remedy: { zh: remedyZh, en: remedyEn },
})
