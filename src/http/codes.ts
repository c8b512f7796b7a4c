// Every code a “no” may bear, of the door and of the law, in one list.
import type { Sentence } from '../domain/language.ts'
import { type RefusalCode, refusals } from '../domain/refusal.ts'
import { problemKinds } from './problem.ts'
import { refusalStatus } from './status.ts'

export interface Code extends Sentence {
  readonly code: string
  readonly status: number
  /** What to do next. */
  readonly remedy: Sentence
}

export const codes = (): readonly Code[] => [
  ...Object.entries(problemKinds).map(([code, kind]) => ({ code, ...kind })),
  ...Object.entries(refusals).map(([code, { zh, en, remedy }]) => ({
    code,
    status: refusalStatus(code as RefusalCode),
    zh,
    en,
    remedy,
  })),
]
