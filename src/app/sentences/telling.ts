// How an event is told: what happened, in two languages, and what is worth knowing of it.
import type { Sentence } from '../../domain/language.ts'
import type { Names } from '../read/names.ts'

export interface Telling<B> {
  /** What was done, as a sentence whose subject is whoever acted. Names the event in drawings too. */
  readonly done: Sentence
  readonly detail?: (body: B, names: Names) => Sentence
}

/** One telling an event type: a new event does not compile until it is told. */
export type Tellings<E extends { readonly type: string; readonly body: unknown }> = {
  readonly [T in E['type']]: Telling<Extract<E, { readonly type: T }>['body']>
}

export const told = <B>(
  zh: string,
  en: string,
  detail?: (body: B, names: Names) => Sentence,
): Telling<B> => (detail === undefined ? { done: { zh, en } } : { done: { zh, en }, detail })

/** A detail that is the same in both languages: a reason somebody wrote, numbers. */
export const plain = (...parts: readonly string[]): Sentence => ({
  zh: parts.join('，'),
  en: parts.join(', '),
})
