// The clock of a served demonstration.
import { expect, test } from 'vitest'
import { DemoClock } from '../../src/app/demo/clock.ts'
import { instantOf } from '../../src/domain/time.ts'

test('goes on from the newest entry, whatever the day is outside, and can be moved ahead', () => {
  let outside = Date.parse('2031-01-01T00:00:00.000Z')
  const clock = new DemoClock(() => outside)
  clock.goOnFrom([])
  expect(instantOf(clock.read())).toBe('2031-01-01T00:00:00.000Z')
  clock.goOnFrom([instantOf(Date.parse('2025-05-26T01:23:36.000Z')), instantOf(0)])
  expect(instantOf(clock.read())).toBe('2025-05-26T01:23:36.001Z')
  outside += 1000
  expect(instantOf(clock.read())).toBe('2025-05-26T01:23:37.001Z')
  expect(clock.inDays(20)).toBe('2025-06-15T01:23:37.001Z')
  clock.pass(20)
  expect(instantOf(clock.read())).toBe('2025-06-15T01:23:37.001Z')
})
