// How one "no" of the door is written down: its status, its sentence, and what to do.
import type { Sentence } from '../domain/language.ts'

export interface ProblemKind extends Sentence {
  readonly status: number
  /** What to do next. */
  readonly remedy: Sentence
}

export const kind = (
  status: number,
  [zh, en]: readonly [zh: string, en: string],
  [remedyZh, remedyEn]: readonly [zh: string, en: string],
): ProblemKind => ({ status, zh, en, remedy: { zh: remedyZh, en: remedyEn } })
