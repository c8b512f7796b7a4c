// Votes by link in a whole data directory: two that differ only in who chose what leave the same bytes in every file.
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBallotLinks } from '../../db/ballot-links/open.ts'
import { showLink, voteByLink } from '../../src/app/ballot-link.ts'
import { erasePins, issueHalves, stillWithout } from '../../src/app/ballot-links.ts'
import { pinHashing } from '../../src/app/ballot-pin.ts'
import { meetingState } from '../../src/app/meeting-state.ts'
import type { Command } from '../../src/domain/command.ts'
import { rosterFold, rosterStream } from '../../workflows/roster/v1/fold.ts'
import type { PersonId } from '../../src/domain/ids.ts'
import { localDateSchema } from '../../src/domain/time.ts'
import { p, village } from '../support/law-cast.ts'
import { act, as, membersTo } from '../support/meeting-cast.ts'
import { filesIn, saidIn } from '../support/said-in.ts'
import { verifyData } from '../support/verify-data.ts'
import { box, type Choosing, VotingData } from '../support/voting-data.ts'

const place = mkdtempSync(join(tmpdir(), 'five-musts-links-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

const voters = membersTo(30)
const START = Date.parse('2026-03-12T02:00:00.000Z')

/** A data directory whose every byte of chance is counted out. */
async function linked(name: string) {
  const path = join(place, name)
  mkdirSync(path)
  const data = new VotingData(path)
  await data.open()
  await data.found()
  let drawn = 0
  const random = (bytes: number) =>
    createHash('sha256')
      .update(String((drawn += 1)))
      .digest()
      .subarray(0, bytes)
  const { links, close } = openBallotLinks(join(path, 'ballot-links.db'))
  const pins = pinHashing({ secret: 'a secret of a town in a test', random })
  const clocks = { clock: () => START, doorClock: () => START }
  const world = { voting: data.voting, links, pins, random, freshId: () => data.id(), ...clocks }
  const issuing = (part: 'links' | 'pins', persons: readonly PersonId[], more = {}): Command => {
    const [type, office] =
      part === 'links' ? ['ballotLink.issue', 'clerk'] : ['ballotPin.issue', 'watch1']
    return {
      ...act(type ?? '', 'clerk', { persons, ...more }),
      by: as(office ?? ''),
      id: data.id(),
    }
  }
  const hand = async (part: 'links' | 'pins', persons: readonly PersonId[]) => {
    const issued = await issueHalves(world, part, issuing(part, persons))
    if (issued === 'told' || 'refused' in issued) throw new Error(JSON.stringify(issued))
    return new Map(issued.slips.map(({ person, half }) => [person, half]))
  }
  return { path, data, world, close, issuing, hand }
}

const choicesOf = ([a1, a2]: ReturnType<Choosing>) => [
  { item: 'a1', choice: a1 },
  { item: 'a2', choice: a2 },
]

/** The same thirty by the same links, but for what each chooses; the files as they lie there then. */
async function hold(name: string, choose: Choosing) {
  const { path, data, world, close, hand } = await linked(name)
  const [tokens, pins] = [await hand('links', voters), await hand('pins', voters)]
  for (const [at, person] of voters.entries()) {
    const cast = await voteByLink(world, {
      token: tokens.get(person) ?? '',
      pin: pins.get(person) ?? '',
      choices: choicesOf(choose(person, at)),
    })
    expect(cast).toHaveProperty('receipt')
  }
  data.keepLog()
  copyFileSync(join(path, 'ballot-links.db-wal'), join(path, 'kept', 'ballot-links.db-wal'))
  const voting = saidIn(join(path, 'kept'))
  close()
  await data.close()
  return { path, voting, dropped: saidIn(path), files: filesIn(path) }
}

const plainly: Choosing = (_person, at) => [
  at % 3 === 0 ? 'against' : 'for',
  at % 7 === 0 ? 'abstain' : 'for',
]

describe('law 5.7: thirty of 2,400 vote by link', () => {
  let plain: Awaited<ReturnType<typeof hold>>
  beforeAll(async () => {
    plain = await hold('plain', plainly)
  }, 120_000)

  test.each([
    [
      'two have each other’s choices',
      'two',
      (_p: PersonId, at: number) => plainly(_p, at > 1 ? at : 1 - at),
    ],
    ['everybody has another’s', 'turned', (_p: PersonId, at: number) => plainly(_p, (at + 1) % 30)],
  ] as const)(
    '%s: every byte of every file is the same',
    async (_what, name, choose) => {
      expect(choose(p('m1'), 0)).not.toEqual(plainly(p('m1'), 0))
      const other = await hold(name, choose)
      expect(other.voting).toEqual(plain.voting)
      expect(other.dropped).toEqual(plain.dropped)
      expect(Object.keys(plain.dropped)).toContain('ballot-links.db')
    },
    120_000,
  )

  test('the control: one other choice is another box, and nothing else', async () => {
    const other = await hold('other', (person, at) =>
      at === 1 ? ['against', 'for'] : plainly(person, at),
    )
    const differing = Object.keys(plain.dropped).filter(
      (name) => plain.dropped[name] !== other.dropped[name],
    )
    expect(differing).toEqual(['ballots.db'])
  }, 120_000)

  test('who has a link stands there by id, and what it opens by nobody', () => {
    const file = plain.files.get('ballot-links.db')
    expect(file?.includes('p_m1xx')).toBe(true)
    const own = [...plain.files].filter(([name]) => name.includes('ballot-links'))
    expect(own.length).toBeGreaterThan(1)
    expect(own.filter(([, bytes]) => bytes.includes('against'))).toEqual([])
  })

  test('and all of it is lawful: verify re-decides who handed out which half', async () => {
    const { found } = await verifyData(plain.path)
    expect(found).toEqual([])
  }, 60_000)
})

describe('law 5.21: handed out once', () => {
  let town: Awaited<ReturnType<typeof linked>>
  const [m1, m2] = [p('m1'), p('m2')]
  beforeAll(async () => {
    town = await linked('small')
  }, 120_000)
  afterAll(async () => {
    town.close()
    await town.data.close()
  })

  test('a crash between ledger and file: the same command makes the halves, and only once', async () => {
    const { world, issuing } = town
    const command = issuing('links', [m1])
    const broken = { ...world.links, putLinks: () => Promise.reject(new Error('power cut')) }
    const cut = { ...world, links: broken as unknown as typeof world.links }
    await expect(issueHalves(cut, 'links', command)).rejects.toThrow('power cut')
    const issued = await issueHalves(world, 'links', command)
    expect(issued).toMatchObject({ slips: [{ person: m1 }] })
    expect(await issueHalves(world, 'links', command)).toBe('told')
    // and a command of before does not bring back what was replaced since
    const [token] = issued === 'told' || 'refused' in issued ? [] : issued.slips
    expect(await showLink(world, token?.half ?? '')).toMatchObject({ person: m1, state: 'open' })
    await issueHalves(world, 'links', issuing('links', [m1], { reason: '遗失' }))
    expect(await issueHalves(world, 'links', command)).toBe('told')
    expect(await showLink(world, token?.half ?? '')).toBeUndefined()
  })

  test('a refusal makes nothing', async () => {
    const { world, issuing } = town
    const issued = await issueHalves(world, 'links', issuing('links', [m1]))
    expect(issued).toMatchObject({ refused: { code: 'ballotHalfAgain' } })
  })

  test('who is still without, as many as one command takes', async () => {
    const { world, data } = town
    const state = await meetingState(world.voting.store, box)
    if (state === undefined) throw new Error('no meeting')
    let roster = rosterFold.initial
    for (const entry of await data.voting.store.read(village, rosterStream))
      roster = rosterFold.apply(roster, entry)
    const today = localDateSchema.parse('2026-03-12')
    const { persons, left } = stillWithout(state, 'links', { roster, today })
    expect([persons.length, left]).toEqual([400, 2400 - 1 - 400])
    expect(persons).not.toContain(m1)
  })

  test('PINs are gone once the meeting is over, and its links still show', async () => {
    const { world, data, hand } = town
    const [tokens, pins] = [await hand('links', [m2]), await hand('pins', [m2])]
    const ballot = {
      token: tokens.get(m2) ?? '',
      pin: pins.get(m2) ?? '',
      choices: choicesOf(['for', 'for']),
    }
    expect(await voteByLink(world, ballot)).toHaveProperty('receipt')
    await erasePins(world)
    expect(await world.links.meetings()).toEqual([box])
    await data.end('adjourned')
    await erasePins(world)
    expect(await world.links.meetings()).toEqual([])
    expect(await showLink(world, ballot.token)).toMatchObject({ person: m2, state: 'taken' })
  })
})

describe('a PIN', () => {
  const drawn = (...numbers: readonly number[]) => {
    const left = [...numbers]
    const random = (bytes: number) => {
      const buffer = Buffer.alloc(bytes)
      if (bytes === 4) buffer.writeUInt32BE(left.shift() ?? 0)
      return buffer
    }
    return pinHashing({ secret: 'a secret', random })
  }

  test('has six digits, all of them equally likely', () => {
    const { make } = drawn(7, 999_999, 2 ** 32 - 1, 1_000_001)
    expect([make(), make()]).toEqual(['000007', '999999'])
    // beyond the last whole million: drawn again
    expect(make()).toBe('000001')
  })

  test('is known again by the same secret alone', async () => {
    const random = (bytes: number) => new Uint8Array(bytes).fill(3)
    const one = pinHashing({ secret: 'one', random })
    const kept = await one.keep('123456')
    expect(await one.is('123456', kept)).toBe(true)
    expect(await one.is('123457', kept)).toBe(false)
    expect(await pinHashing({ secret: 'two', random }).is('123456', kept)).toBe(false)
    expect(JSON.stringify(kept)).not.toContain('123456')
  })
})
