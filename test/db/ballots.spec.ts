// The ballot box on its own: one ballot a person, totals alone, and a file that tells nothing else.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { BallotsUnfit, openBallotBox } from '../../db/ballots/box.ts'
import type { BallotBox, BoxChoice, BoxOf } from '../../src/domain/ballot-box.ts'
import { meetingIdSchema, type PersonId } from '../../src/domain/ids.ts'
import { p, village } from '../support/law-cast.ts'

const place = mkdtempSync(join(tmpdir(), 'five-musts-ballots-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))
let files = 0
let file = ''
beforeEach(() => {
  file = join(place, `${(files += 1)}.db`)
})

const key = new Uint8Array(32).fill(7)
const box = (number: number): BoxOf => ({
  ledger: village,
  meeting: meetingIdSchema.parse(`m-2026-000${number}`),
})
const here = box(1)
type Choice = BoxChoice['choice']
const ballot = (a1: Choice, a2: Choice = 'for'): readonly BoxChoice[] => [
  { item: 'a1', choice: a1 },
  { item: 'a2', choice: a2 },
]

async function within<T>(work: (ballots: BallotBox) => Promise<T>, at = file): Promise<T> {
  const ballots = openBallotBox({ file: at, key })
  try {
    return await work(ballots)
  } finally {
    await ballots.close()
  }
}

describe('law 5.8: what is dropped is in the totals, once a person', () => {
  test('and the box says so whatever is dropped again', async () => {
    await within(async (ballots) => {
      expect(await ballots.drop(here, p('m1'), ballot('for'))).toBe('dropped')
      expect(await ballots.drop(here, p('m2'), ballot('against', 'abstain'))).toBe('dropped')
      expect(await ballots.drop(here, p('m1'), ballot('against'))).toBe('known')
      expect(await ballots.holds(here, p('m1'))).toBe(true)
      expect(await ballots.holds(here, p('m3'))).toBe(false)
      expect(await ballots.holds(box(2), p('m1'))).toBe(false)
      expect(await ballots.boxes()).toEqual([here])
      expect(await ballots.seal(here)).toEqual([
        { item: 'a1', for: 1, against: 1, abstain: 0 },
        { item: 'a2', for: 1, against: 0, abstain: 1 },
      ])
    })
  })

  test('sealed it takes nothing more, and is read again as it was', async () => {
    await within(async (ballots) => {
      await ballots.drop(here, p('m1'), ballot('for'))
      const read = await ballots.seal(here)
      expect(await ballots.drop(here, p('m2'), ballot('for'))).toBe('sealed')
      // who sends a dropped ballot again is told that it lies there
      expect(await ballots.drop(here, p('m1'), ballot('for'))).toBe('known')
      expect(await ballots.seal(here)).toEqual(read)
      expect(await ballots.drop(box(2), p('m2'), ballot('for'))).toBe('dropped')
    })
  })

  test('an empty one can be sealed', async () => {
    await within(async (ballots) => {
      expect(await ballots.seal(here)).toEqual([])
      expect(await ballots.drop(here, p('m2'), ballot('for'))).toBe('sealed')
    })
  })

  test('a ballot of other items is taken back whole', async () => {
    await within(async (ballots) => {
      await ballots.drop(here, p('m1'), ballot('for'))
      const other = [{ item: 'a3', choice: 'for' }] as const
      await expect(ballots.drop(here, p('m2'), other)).rejects.toThrow('no item a3')
      expect(await ballots.drop(here, p('m2'), ballot('against'))).toBe('dropped')
    })
  })

  test('it is there after a reopening, and of the others’ boxes nothing is', async () => {
    await within((ballots) => ballots.drop(here, p('m1'), ballot('for')))
    await within(async (ballots) => {
      expect(await ballots.drop(here, p('m1'), ballot('for'))).toBe('known')
      await ballots.drop(box(2), p('m1'), ballot('against'))
      expect(await ballots.boxes()).toEqual([here, box(2)])
      await ballots.erase(here)
      expect(await ballots.boxes()).toEqual([box(2)])
      expect(await ballots.seal(box(2))).toMatchObject([{ against: 1 }, { for: 1 }])
    })
  })
})

/** The file's bytes once these were dropped, one after another. */
async function bytesOf(
  dropped: readonly (readonly [PersonId, readonly BoxChoice[]])[],
  then: (ballots: BallotBox) => Promise<unknown> = async () => {},
): Promise<Buffer> {
  const at = join(place, `${(files += 1)}.db`)
  await within(async (ballots) => {
    for (const [person, choices] of dropped) await ballots.drop(here, person, choices)
    await then(ballots)
  }, at)
  return readFileSync(at)
}

test('law 5.8: erased it takes nothing more, whoever asks, and holds nothing', async () => {
  await within(async (ballots) => {
    await ballots.drop(here, p('m1'), ballot('for'))
    await ballots.erase(here)
    expect(await ballots.boxes()).toEqual([])
    for (const name of ['m1', 'm2'])
      expect(await ballots.drop(here, p(name), ballot('for'))).toBe('sealed')
    expect(await ballots.seal(here)).toEqual([])
    expect(await ballots.boxes()).toEqual([])
  })
})

describe('law 5.7: its bytes are the totals and the set of those who voted, and nothing else', () => {
  const choice = fc.constantFrom<Choice>('for', 'against', 'abstain')

  test('who of them chose what leaves no trace, nor who came first', async () => {
    const votes = fc.array(fc.tuple(choice, choice), { minLength: 2, maxLength: 40 })
    const shuffles = votes.chain((list) => {
      const order = fc.shuffledSubarray([...list.keys()], {
        minLength: list.length,
        maxLength: list.length,
      })
      return fc.record({ list: fc.constant(list), given: order, came: order })
    })
    await fc.assert(
      fc.asyncProperty(shuffles, async ({ list, given, came }) => {
        const dropped = (who: (at: number) => number) =>
          list.map(([a1, a2], at) => [p(`m${who(at)}`), ballot(a1, a2)] as const)
        const plain = await bytesOf(dropped((at) => at))
        // the same choices by other persons, and the same ballots in another order
        expect((await bytesOf(dropped((at) => given[at] ?? 0))).equals(plain)).toBe(true)
        const late = dropped((at) => at)
        const other = came.flatMap((at) => late.slice(at, at + 1))
        expect((await bytesOf(other)).equals(plain)).toBe(true)
      }),
      { numRuns: 15 },
    )
  })

  test('nor where the marks fill more than a page of the file', async () => {
    const many = Array.from(
      { length: 300 },
      (_, at) => [p(`m${at}`), ballot(at % 3 === 0 ? 'for' : 'against')] as const,
    )
    const plain = await bytesOf(many)
    expect((await bytesOf(many.toReversed())).equals(plain)).toBe(true)
  })

  test('the control: another choice and another person are other bytes', async () => {
    const plain = await bytesOf([[p('m1'), ballot('for')]])
    expect((await bytesOf([[p('m1'), ballot('against')]])).equals(plain)).toBe(false)
    expect((await bytesOf([[p('m2'), ballot('for')]])).equals(plain)).toBe(false)
  })

  test('no person stands in it, nor beside it', async () => {
    const bytes = await bytesOf([
      [p('m1234'), ballot('for')],
      [p('m5678'), ballot('against')],
    ])
    expect(bytes.includes('m1234')).toBe(false)
    expect(bytes.includes('m5678')).toBe(false)
    expect(bytes.includes(here.meeting)).toBe(true)
    expect(readdirSync(place).filter((name) => !name.endsWith('.db'))).toEqual([])
  })

  test('erased, it is as if another had been held there', async () => {
    const erase = (ballots: BallotBox) => ballots.erase(here)
    const one = await bytesOf([[p('m1'), ballot('for')]], erase)
    const other = await bytesOf([[p('m2'), ballot('against', 'abstain')]], erase)
    expect(other.equals(one)).toBe(true)
  })
})

test('a file of another release is not touched', () => {
  const db = new Database(file)
  db.pragma('user_version = 9')
  db.close()
  expect(() => openBallotBox({ file, key })).toThrow(BallotsUnfit)
})

test('it is written at once and without a log', async () => {
  await within(async (ballots) => {
    await ballots.drop(here, p('m1'), ballot('for'))
    expect(readdirSync(place).filter((name) => /wal|shm|journal/.test(name))).toEqual([])
  })
  const db = new Database(file, { readonly: true })
  expect(db.pragma('journal_mode', { simple: true })).toBe('delete')
  db.close()
})
