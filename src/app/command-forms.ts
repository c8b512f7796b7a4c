// The forms of all commands, for doors that must show them: the API's document, a page that draws a form.
import type { z } from 'zod'
import { workflows } from '../../workflows/versions.ts'
import type { StreamKind } from '../domain/ids.ts'
import type { Sentence } from '../domain/language.ts'
import { actName } from './act-names.ts'
import { eventName } from './sentences.ts'

export interface CommandForm {
  readonly type: string
  /** Which kind of stream it is put to. */
  readonly kind: StreamKind
  readonly input: z.ZodType
  readonly title: Sentence
}

export const commandForms: ReadonlyMap<string, CommandForm> = new Map(
  workflows.flatMap(({ kind, inputs, acts }) =>
    [...inputs].map(([type, input]): [string, CommandForm] => [
      type,
      { type, kind, input, title: titleOf(type, acts.get(type) ?? type) },
    ]),
  ),
)

/** As a task asks it; what no task asks, as it is told once it is done. */
function titleOf(type: string, event: string): Sentence {
  const done = eventName(event)
  const named = (language: 'zh' | 'en'): string => {
    const asked = actName(type, language)
    return asked === type ? done[language] : asked
  }
  return { zh: named('zh'), en: named('en') }
}
