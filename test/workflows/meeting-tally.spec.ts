// Quorum and majority by hand from the articles, then the properties no table can hold.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  boardOutcome,
  councilOutcome,
  memberOutcome,
  supervisorsOutcome,
} from '../../workflows/meeting/v1/tally.ts'

const twoThirds = { quorum: '2/3', majority: '2/3', put: true }
const votes = (inFavour: number, against = 0, abstain = 0) => ({ for: inFavour, against, abstain })

describe('law 5.4: members, two thirds of all take part, two thirds of all in favour (L1 Art 27)', () => {
  test.each([
    // roll, present, for, against, abstain → outcome
    [12, 8, 8, 0, 0, 'passed', 'just both bars'],
    [12, 12, 8, 4, 0, 'passed', 'four against do not hinder eight'],
    [12, 12, 7, 0, 5, 'failed', 'an abstention weighs like a vote against'],
    [12, 8, 7, 1, 0, 'failed', 'seven of eight present are not two thirds of twelve'],
    [12, 7, 7, 0, 0, 'notDecided', 'seven of twelve are no quorum'],
    [2400, 1600, 1600, 0, 0, 'passed', 'exactly two thirds of 2,400'],
    [2400, 2400, 1599, 801, 0, 'failed', 'one short of two thirds'],
    [2400, 1599, 1599, 0, 0, 'notDecided', 'one short of the quorum'],
    [2401, 1601, 1601, 0, 0, 'passed', '1,601 × 3 ≥ 2,401 × 2'],
    [2401, 2401, 1600, 801, 0, 'failed', '1,600 × 3 = 4,800 < 4,802: never rounded down'],
    [1, 1, 1, 0, 0, 'passed', 'a roll of one'],
    [0, 0, 0, 0, 0, 'notDecided', 'nothing passes because nobody is there'],
    [12, 12, 0, 0, 0, 'failed', 'a count of no ballots: the bar is not reached'],
    [12, 12, 0, 12, 0, 'failed', 'all against'],
  ] as const)(
    'roll %i, present %i, for %i, against %i, abstaining %i: %s (%s)',
    (roll, present, inFavour, against, abstain, outcome, _why) => {
      const counted = memberOutcome({
        roll,
        present,
        count: votes(inFavour, against, abstain),
        ...twoThirds,
      })
      expect(counted).toMatchObject({ outcome, base: roll })
    },
  )

  test.each([
    [9, 'failed'],
    [10, 'passed'],
  ] as const)('a stricter policy of four fifths: %i of 12 %s', (inFavour, outcome) => {
    const strict = { quorum: '2/3', majority: '4/5', put: true }
    expect(
      memberOutcome({ roll: 12, present: 12, count: votes(inFavour, 12 - inFavour), ...strict })
        .outcome,
    ).toBe(outcome)
  })

  test('a stricter quorum of four fifths', () => {
    const strict = { quorum: '4/5', majority: '2/3', put: true }
    expect(memberOutcome({ roll: 12, present: 9, count: votes(9), ...strict })).toEqual({
      outcome: 'notDecided',
      base: 12,
      reason: 'noQuorum',
    })
  })
})

const nobody = { all: 0, present: 0 }

describe('law 5.11: board, more than half present, more than half of all in favour (L2 Art 73)', () => {
  test.each([
    // directors, present, for, against → outcome
    [3, 2, 2, 0, 'passed', 'two of three'],
    [3, 3, 1, 0, 'failed', 'one in favour, two abstain'],
    [3, 1, 1, 0, 'notDecided', 'one of three is no quorum'],
    [4, 2, 2, 0, 'notDecided', 'half is not more than half'],
    [4, 3, 2, 1, 'failed', 'two of four in favour are half'],
    [4, 3, 3, 0, 'passed', 'three of four'],
    [5, 3, 3, 0, 'passed', 'three of five'],
    [5, 5, 2, 3, 'failed', 'a minority'],
    [1, 1, 1, 0, 'passed', 'a sole director'],
    [0, 0, 0, 0, 'notDecided', 'no directors'],
    [5, 5, 0, 0, 'notDecided', 'never put to the vote'],
  ] as const)(
    '%i directors, %i present, %i for, %i against: %s (%s)',
    (all, present, inFavour, against, outcome, _why) => {
      const counted = boardOutcome({
        directors: { all, present },
        related: nobody,
        relatedParty: false,
        count: votes(inFavour, against),
        unheard: 0,
      })
      expect(counted).toMatchObject({ outcome, base: all })
    },
  )
})

describe('law 5.12, law 5.13: board on a related-party deal, the related leave both denominators (L2 Art 185)', () => {
  test.each([
    // all, present, related, relatedPresent, for, against → outcome, base
    [5, 5, 1, 1, 3, 1, 'passed', 4, 'three of the four unrelated'],
    [5, 5, 1, 1, 2, 2, 'failed', 4, 'two of four are half'],
    [5, 4, 2, 1, 2, 1, 'passed', 3, 'two of the three unrelated'],
    [7, 3, 3, 0, 3, 0, 'passed', 4, 'three of seven, but three of the four unrelated'],
    [7, 4, 3, 2, 2, 0, 'referred', 4, 'four of seven meet, only two of them unrelated'],
    [3, 3, 1, 1, 2, 0, 'referred', 2, 'a board of three with one related'],
    [3, 2, 1, 0, 2, 0, 'referred', 2, 'the related one stays away'],
    [1, 1, 1, 1, 0, 0, 'referred', 0, 'a sole director who is related'],
    [2, 2, 1, 1, 1, 0, 'referred', 1, 'a board of two'],
    [2, 2, 0, 0, 2, 0, 'referred', 2, 'a related-party deal, though no director is related'],
    [5, 2, 1, 0, 2, 0, 'notDecided', 4, 'no meeting was held: two of five, two of four'],
    [7, 2, 1, 0, 2, 0, 'notDecided', 6, 'two of seven refer nothing'],
    [3, 1, 1, 1, 0, 0, 'notDecided', 2, 'the related director alone is no meeting'],
    [3, 0, 1, 0, 0, 0, 'notDecided', 2, 'nobody came'],
  ] as const)(
    '%i directors %i present, related %i of whom %i present, %i for, %i against: %s of %i (%s)',
    (all, present, relatedAll, relatedPresent, inFavour, against, outcome, base, _why) => {
      const counted = boardOutcome({
        directors: { all, present },
        related: { all: relatedAll, present: relatedPresent },
        relatedParty: true,
        count: votes(inFavour, against),
        unheard: 0,
      })
      expect(counted).toMatchObject({ outcome, base })
    },
  )

  test('the control: in another matter a recused director leaves the base alone', () => {
    const seats = {
      directors: { all: 3, present: 3 },
      related: { all: 1, present: 1 },
      count: votes(2),
      unheard: 0,
    }
    expect(boardOutcome({ ...seats, relatedParty: false })).toMatchObject({
      outcome: 'passed',
      base: 3,
    })
    expect(boardOutcome({ ...seats, relatedParty: true })).toMatchObject({
      outcome: 'referred',
      base: 2,
    })
  })
})

describe('law 5.11: council, two thirds present, more than half of all in favour (L1 Art 31)', () => {
  test.each([
    // all, present, related, relatedParty, for → outcome
    [3, 2, 0, false, 2, 'passed', 'two of three'],
    [3, 1, 0, false, 1, 'notDecided', 'one of three'],
    [5, 3, 0, false, 3, 'notDecided', 'three of five are less than two thirds'],
    [5, 4, 0, false, 3, 'passed', 'three of five in favour'],
    [5, 4, 0, false, 2, 'failed', 'two of five in favour'],
    [7, 5, 0, false, 4, 'passed', 'four of seven'],
    [0, 0, 0, false, 0, 'notDecided', 'no councillors'],
    [5, 5, 1, true, 3, 'passed', 'three of five, one related and recused'],
    [5, 5, 2, true, 2, 'failed', 'two of five: the related still count below'],
    [3, 3, 1, true, 2, 'referred', 'two unrelated in a board’s place'],
    [3, 3, 1, false, 2, 'passed', 'the same as the shareholder decides'],
  ] as const)(
    '%i councillors, %i present, %i related (%s), %i for: %s (%s)',
    (all, present, relatedAll, relatedParty, inFavour, outcome, _why) => {
      const counted = councilOutcome({
        directors: { all, present },
        related: { all: relatedAll, present: relatedAll },
        relatedParty,
        count: votes(inFavour),
        unheard: 0,
      })
      expect(counted).toMatchObject({ outcome, base: all })
    },
  )
})

describe('supervisors: more than half of all (L2 Art 81)', () => {
  test.each([
    [3, 2, 2, 0, 'passed'],
    [3, 3, 1, 2, 'failed'],
    [3, 1, 1, 0, 'notDecided'],
    [1, 1, 1, 0, 'passed'],
    [3, 3, 0, 0, 'notDecided'],
  ] as const)(
    '%i seats, %i present, %i for, %i against: %s',
    (all, present, inFavour, against, outcome) => {
      const counted = supervisorsOutcome({
        directors: { all, present },
        count: votes(inFavour, against),
        unheard: 0,
      })
      expect(counted.outcome).toBe(outcome)
    },
  )
})

describe('law 5.5: a chair who closes early rejects nothing', () => {
  const put = (outcome: string) => (outcome === 'notPut' ? 'notDecided' : outcome)
  test.each([
    // directors, present, for, against, not heard → outcome
    [3, 3, 0, 1, 2, 'notPut', 'the two not heard could carry it'],
    [3, 3, 0, 1, 1, 'failed', 'the one not heard could not'],
    [3, 3, 1, 1, 1, 'notPut', 'one for and one not heard'],
    [3, 3, 0, 2, 1, 'failed', 'it can no longer reach two of three'],
    [3, 3, 2, 0, 1, 'passed', 'it needs no more'],
    [5, 4, 1, 1, 2, 'notPut', 'three of five are still possible'],
    [5, 4, 1, 2, 1, 'failed', 'three of five no longer are'],
  ] as const)(
    '%i seats, %i present, %i for, %i against, %i not heard: %s (%s)',
    (all, present, inFavour, against, unheard, outcome, _why) => {
      const seats = { directors: { all, present }, related: nobody, relatedParty: false, unheard }
      const count = votes(inFavour, against)
      const counted = [boardOutcome, councilOutcome, supervisorsOutcome].map((of) =>
        of({ ...seats, count }),
      )
      for (const one of counted) {
        expect(one.outcome).toBe(put(outcome))
        expect(one.reason).toBe(outcome === 'notPut' ? 'notPut' : undefined)
      }
    },
  )

  test.each([
    // roll, present, for, against → outcome
    [12, 12, 0, 1, 'failed', 'one ballot of twelve was counted'],
    [12, 12, 0, 4, 'failed', 'the eight left gave in none'],
    [12, 12, 0, 5, 'failed', 'the seven left could not'],
    [12, 8, 7, 0, 'failed', 'seven of eight ballots were counted: the eighth is no vote in favour'],
    [12, 12, 8, 0, 'passed', 'eight are enough whatever the rest say'],
  ] as const)(
    'roll %i, present %i, %i for, %i against: %s (%s)',
    (roll, present, inFavour, against, outcome, _why) => {
      const counted = memberOutcome({
        roll,
        present,
        count: votes(inFavour, against),
        ...twoThirds,
      })
      expect(counted).toEqual({ outcome, base: roll })
    },
  )

  test('members: what was not counted at all was not put to them', () => {
    const vote = { roll: 12, present: 12, count: votes(0), ...twoThirds, put: false }
    expect(memberOutcome(vote)).toMatchObject({ outcome: 'notDecided', reason: 'notPut' })
  })
})

describe('where nobody may vote nothing is decided, whatever is counted', () => {
  const none = { outcome: 'notDecided', base: 0, reason: 'noQuorum' }
  const seats = {
    directors: nobody,
    related: nobody,
    relatedParty: false,
    count: votes(1),
    unheard: 0,
  }

  test.each([
    ['members', memberOutcome({ roll: 0, present: 0, count: votes(1), ...twoThirds })],
    ['board', boardOutcome(seats)],
    ['council', councilOutcome(seats)],
    ['supervisors', supervisorsOutcome(seats)],
  ])('%s', (_organ, counted) => {
    expect(counted).toEqual(none)
  })
})

describe('whatever the numbers', () => {
  const roll = fc.integer({ min: 0, max: 5000 })
  const share = fc.double({ min: 0, max: 1, noNaN: true })

  test('members pass exactly when both thirds are there, counted without division', () => {
    fc.assert(
      fc.property(roll, share, share, (all, came, liked) => {
        const present = Math.floor(all * came)
        const inFavour = Math.floor(present * liked)
        const { outcome } = memberOutcome({
          roll: all,
          present,
          count: votes(inFavour, present - inFavour),
          ...twoThirds,
        })
        const both =
          BigInt(present) * 3n >= BigInt(all) * 2n && BigInt(inFavour) * 3n >= BigInt(all) * 2n
        expect(outcome === 'passed').toBe(all > 0 && both)
      }),
    )
  })

  test('one more vote in favour never undoes a pass', () => {
    const board = fc.record({
      all: fc.integer({ min: 1, max: 13 }),
      related: fc.integer({ min: 0, max: 3 }),
    })
    fc.assert(
      fc.property(
        board,
        fc.boolean(),
        fc.integer({ min: 0, max: 13 }),
        ({ all, related }, relatedParty, inFavour) => {
          fc.pre(related < all && inFavour < all - related)
          const seats = {
            directors: { all, present: all },
            related: { all: related, present: related },
            relatedParty,
            unheard: 0,
          }
          const before = boardOutcome({ ...seats, count: votes(inFavour, 1) }).outcome
          const after = boardOutcome({ ...seats, count: votes(inFavour + 1, 1) }).outcome
          expect(before !== 'passed' || after === 'passed').toBe(true)
        },
      ),
    )
  })

  test('nothing passes a board of which half or more are against or absent', () => {
    const seats = fc.integer({ min: 0, max: 13 })
    fc.assert(
      fc.property(seats, seats, seats, (all, present, inFavour) => {
        fc.pre(present <= all && inFavour <= present && inFavour * 2 <= all)
        const counted = boardOutcome({
          directors: { all, present },
          related: nobody,
          relatedParty: false,
          count: votes(inFavour, present - inFavour),
          unheard: 0,
        })
        expect(counted.outcome).not.toBe('passed')
      }),
    )
  })
})

describe('law 8.3, law 5.11: where the policy is stricter than the law', () => {
  const none = { all: 0, present: 0 }
  const law = { quorum: '1/2', majority: '1/2' }
  test.each([
    // all, present, for, bars → outcome of a board
    [4, 2, 2, law, 'notDecided', 'half is not more than half'],
    [4, 3, 2, law, 'failed', 'two of four are not more than half'],
    [4, 3, 3, law, 'passed', 'three are'],
    [6, 4, 4, { ...law, quorum: '2/3' }, 'passed', 'four of six are two thirds'],
    [7, 4, 4, { ...law, quorum: '2/3' }, 'notDecided', '4 × 3 = 12 < 14'],
    [6, 6, 4, { ...law, majority: '2/3' }, 'passed', 'four of six in favour'],
    [
      7,
      7,
      4,
      { ...law, majority: '2/3' },
      'failed',
      'four of seven are more than half and too few',
    ],
    [7, 7, 5, { ...law, majority: '2/3' }, 'passed', '5 × 3 = 15 ≥ 14'],
    [3, 3, 2, { ...law, majority: '1/1' }, 'failed', 'all must'],
    [3, 3, 3, { ...law, majority: '1/1' }, 'passed', 'all do'],
  ] as const)(
    'of %i directors %i present and %i for under %o: %s (%s)',
    (all, present, inFavour, bars, outcome, _why) => {
      const counted = boardOutcome({
        directors: { all, present },
        related: none,
        relatedParty: false,
        count: votes(inFavour, present - inFavour),
        unheard: 0,
        bars,
      })
      expect(counted.outcome).toBe(outcome)
    },
  )

  test.each([
    [3, 2, 2, { quorum: '2/3', majority: '1/2' }, 'passed'],
    [3, 2, 2, { quorum: '3/4', majority: '1/2' }, 'notDecided'],
    [4, 3, 3, { quorum: '3/4', majority: '1/2' }, 'passed'],
    [5, 5, 3, { quorum: '2/3', majority: '2/3' }, 'failed'],
    [5, 5, 4, { quorum: '2/3', majority: '2/3' }, 'passed'],
  ] as const)(
    'of %i councillors %i present and %i for under %o: %s',
    (all, present, inFavour, bars, outcome) => {
      const counted = councilOutcome({
        directors: { all, present },
        related: none,
        relatedParty: false,
        count: votes(inFavour, present - inFavour),
        unheard: 0,
        bars,
      })
      expect(counted.outcome).toBe(outcome)
    },
  )
})
