// Taking refusals down: counted at once, written together, kept while the log cannot be written.
import { expect, test } from 'vitest'
import { Attempts } from '../../src/app/attempts.ts'
import {
  type Attempt,
  type AttemptLog,
  type CountedAttempt,
  MORE,
} from '../../src/domain/attempt-log.ts'
import { instantOf } from '../../src/domain/time.ts'

const tried = (more: Partial<Attempt> = {}): Attempt => ({
  account: 'account1',
  person: 'p_Shen01',
  office: '',
  mandate: '',
  act: 'request.issue',
  ledger: '',
  stream: '',
  code: 'officeNotHeld',
  township: '',
  home: '',
  at: instantOf(Date.parse('2026-03-02T16:30:00.000Z')),
  reference: 'first',
  ...more,
})

function world() {
  const written: (readonly CountedAttempt[])[] = []
  const later: (() => void)[] = []
  const failures: unknown[] = []
  const state = { broken: false }
  const log: AttemptLog = {
    add(attempts) {
      if (state.broken) return Promise.reject(new Error('the disk is full'))
      written.push(attempts)
      return Promise.resolve()
    },
    page: () => Promise.resolve({ rows: [] }),
    close: () => {},
  }
  const attempts = new Attempts({
    log,
    soon: (work) => later.push(work),
    failed: (error) => failures.push(error),
  })
  return { attempts, written, later, failures, state }
}

test('what is alike is written as one, in the day of the law', async () => {
  const { attempts, written, later } = world()
  attempts.note(tried())
  attempts.note(tried({ reference: 'second' }))
  attempts.note(tried({ code: 'other' }))
  expect([written.length, later.length]).toEqual([0, 1])
  later[0]?.()
  await attempts.flush()
  expect(written).toMatchObject([
    [
      { day: '2026-03-03', count: 2, firstReference: 'first', lastReference: 'second' },
      { code: 'other', count: 1 },
    ],
  ])
  // the next one is looked after anew
  attempts.note(tried())
  expect(later).toHaveLength(2)
})

test('a page has everything that was noted before', async () => {
  const { attempts, written } = world()
  attempts.note(tried())
  await attempts.page({ limit: 1 })
  expect(written).toHaveLength(1)
})

test('what could not be written is told to the operator, and written later with what came since', async () => {
  const { attempts, written, failures, state } = world()
  state.broken = true
  attempts.note(tried())
  await attempts.flush()
  expect(failures).toHaveLength(1)
  attempts.note(tried({ reference: 'second' }))
  state.broken = false
  await attempts.flush()
  expect(written).toMatchObject([[{ count: 2, lastReference: 'second' }]])
})

test('a burst of ever other attempts waits in so much memory, and is counted all the same', async () => {
  const { attempts, written, state } = world()
  state.broken = true
  for (let n = 0; n < 5000; n++) attempts.note(tried({ stream: `request/2026-${n}` }))
  await attempts.flush()
  state.broken = false
  await attempts.flush()
  const rows = written.flat()
  expect(rows.length).toBeLessThan(2010)
  expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(5000)
  expect(rows.find(({ act }) => act === MORE)).toMatchObject({ person: '', account: '' })
})
