// The small parts of a founding: who is of full capacity, and what an id is made of.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { birthdayNo, capacityOf } from '../../src/app/township/capacity.ts'
import { mintIds } from '../../src/app/township/ids.ts'
import { localDateSchema } from '../../src/domain/time.ts'

const date = (text: string) => localDateSchema.parse(text)
const on = date('2024-11-01')

describe('capacity on 2024-11-01', () => {
  it.each([
    ['no birthday: an adult', {}, { capacity: 'full' }],
    ['found to be of limited capacity', { capacity: 'limited' }, { capacity: 'limited' }],
    ['18 today', { birthday: '2006-11-01' }, { capacity: 'full' }],
    ['18 tomorrow', { birthday: '2006-11-02' }, { capacity: 'limited', fullFrom: '2024-11-02' }],
    [
      '16 and living by own work (Art 18)',
      { birthday: '2008-11-01', capacity: 'full' },
      { capacity: 'full' },
    ],
    ['not yet 16', { birthday: '2008-11-02', capacity: 'full' }, { fault: 'capacityImpossible' }],
    [
      'an adult of limited capacity never comes of age',
      { birthday: '1950-01-01', capacity: 'limited' },
      { capacity: 'limited' },
    ],
    ['born tomorrow', { birthday: '2024-11-02' }, { fault: 'birthdayAhead' }],
    [
      'born on 29 February',
      { birthday: '2008-02-29' },
      { capacity: 'limited', fullFrom: '2026-02-28' },
    ],
  ] as const)('%s', (_what, person, expected) => {
    const birthday = 'birthday' in person ? date(person.birthday) : undefined
    const capacity = 'capacity' in person ? person.capacity : undefined
    expect(capacityOf({ birthday, capacity }, on)).toEqual(expected)
  })

  it('a 29 February that exists is kept', () => {
    expect(birthdayNo(date('2008-02-29'), 16)).toBe('2024-02-29')
  })
})

describe('minted ids', () => {
  const bytes = (value: number) => (length: number) => new Uint8Array(length).fill(value)

  it('are of their kind whatever the randomness gives, and hold the time in their order', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), fc.nat(2 ** 41), (drawn, ms) => {
        // letters are drawn again while no byte is fair: some always are
        const random = (length: number) =>
          Uint8Array.from({ length }, (_, at) => (drawn[at % 64] ?? 0) ^ (at % 2 === 0 ? 0 : 0x80))
        const mint = mintIds({ random, clock: () => ms })
        const later = mintIds({ random, clock: () => ms + 1 })
        expect(mint.command() < later.command()).toBe(true)
        expect(mint.person()).toMatch(/^p_[A-Za-z0-9]{12}$/)
      }),
      { numRuns: 200 },
    )
  })

  it('carry every random bit that a version 7 has room for', () => {
    const low = mintIds({ random: bytes(0), clock: () => 0x0123_4567_89ab })
    const high = mintIds({ random: bytes(255), clock: () => 0x0123_4567_89ab })
    expect(low.command()).toBe('01234567-89ab-7000-8000-000000000000')
    expect(high.command()).toBe('01234567-89ab-7fff-bfff-ffffffffffff')
  })

  it('leave out bytes that would make some letters likelier', () => {
    const drawn = [255, 248, 247, 0, 61, 62]
    const mint = mintIds({
      random: (length) =>
        Uint8Array.from({ length }, (_unused, at) => drawn[at % drawn.length] ?? 0),
      clock: () => 0,
    })
    // 247 is the last fair byte (4 × 62 - 1): 247 → z, 0 → 0, 61 → z, 62 → 0
    expect(mint.person()).toBe('p_z0z0z0z0z0z0')
  })
})
