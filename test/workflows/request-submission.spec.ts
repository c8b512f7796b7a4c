// Submission (law §2–§4): what is refused and with which code, what is just taken, and which of two broken rules is named.
import { describe, expect, test } from 'vitest'
import { explain } from '../../src/domain/refusal.ts'
import { submissionRows, submitted } from '../support/request-rows.ts'

describe('refused at submission', () => {
  test.each(submissionRows)('%s: %s', (code, _what, given, when) => {
    const outcome = given().ask(when)
    if (!('refused' in outcome)) throw new Error(`recorded: ${outcome.entries[0]?.type}`)
    expect(outcome.refused.code).toBe(code)
    expect(explain(outcome.refused, 'zh').no).not.toMatch(/[{}]|undefined/)
    expect(explain(outcome.refused, 'en').no).not.toMatch(/[{}]|undefined/)
  })
})

describe('just inside the line', () => {
  test.each(submitted)('%s', (_what, given, when) => {
    const world = given()
    expect(world.ask(when)).not.toHaveProperty('refused')
  })
})
