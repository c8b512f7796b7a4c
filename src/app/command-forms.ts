// The forms of all commands, for doors that must show them: the API's document, a page that draws a form.
import type { z } from 'zod'
import { workflows } from '../../workflows/versions.ts'
import type { StreamKind } from '../domain/ids.ts'

export interface CommandForm {
  readonly type: string
  /** Which kind of stream it is put to. */
  readonly kind: StreamKind
  readonly input: z.ZodType
}

export const commandForms: ReadonlyMap<string, CommandForm> = new Map(
  workflows.flatMap(({ kind, inputs }) =>
    [...inputs].map(([type, input]): [string, CommandForm] => [type, { type, kind, input }]),
  ),
)
