// Rows of refusals at meetings: each beside the nearest act that is recorded.
import { expect, test } from 'vitest'
import type { RefusalCode } from '../../src/domain/refusal.ts'
import type { Asking, LawWorld } from './law.ts'

/** One rule: refused so, and what is lawful next to it. */
export type MeetingRow = readonly [
  what: string,
  code: RefusalCode,
  past: LawWorld,
  asking: Asking,
  control: readonly [LawWorld, Asking],
]

export function testRows(table: readonly MeetingRow[]): void {
  test.each(table.map((row) => [row[0], row[1], row] as const))(
    '%s: %s',
    (_what, _code, [, code, past, asking, [lawful, control]]) => {
      expect(past.fork().refusal(asking)).toBe(code)
      expect(lawful.fork().refusal(control)).toBeUndefined()
    },
  )
}
