// Secret ballots in a whole data directory: nothing in it links a person to a choice, before the meeting is closed and after.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createHmac } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBallotBox } from '../../db/ballots/box.ts'
import { castBallot, type Voting } from '../../src/app/cast-ballot.ts'
import { emptyBoxes } from '../../src/app/count-ballots.ts'
import { perform } from '../../src/app/perform.ts'
import type { BallotBox } from '../../src/domain/ballot-box.ts'
import type { PersonId } from '../../src/domain/ids.ts'
import { meetingFold, type MeetingState } from '../../workflows/meeting/v1/fold.ts'
import { p, village } from '../support/law-cast.ts'
import { close, closeVoting, countersign, meeting, sheet, take } from '../support/meeting-cast.ts'
import { filesIn, saidIn } from '../support/said-in.ts'
import { verifyData } from '../support/verify-data.ts'
import { type Choosing, box, must, online, VotingData } from '../support/voting-data.ts'

const place = mkdtempSync(join(tmpdir(), 'five-musts-votes-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))
const made = (name: string): VotingData => {
  mkdirSync(join(place, name))
  return new VotingData(join(place, name))
}

async function stateOf({ store }: Voting): Promise<MeetingState> {
  let state: MeetingState | undefined
  for (const entry of await store.read(village, meeting)) state = meetingFold.apply(state, entry)
  if (state === undefined) throw new Error('no meeting')
  return state
}

interface Held {
  /** While the members vote: the files as they lie there with the database open, then closed. */
  readonly voting: Readonly<Record<string, string>>
  readonly dropped: Readonly<Record<string, string>>
  /** After the meeting was closed, its result posted and the ledgers exported. */
  readonly over: Readonly<Record<string, string>>
  readonly filesBefore: ReadonlyMap<string, Buffer>
  readonly filesAfter: ReadonlyMap<string, Buffer>
  readonly state: MeetingState
}

/** The same vote of the same 2,400, but for what each of those online chooses. */
async function hold(name: string, choose: Choosing): Promise<Held> {
  const data = made(name)
  await data.open()
  await data.found()
  await data.vote(choose)
  data.keepLog()
  const voting = saidIn(join(data.path, 'kept'))
  await data.close()
  const dropped = saidIn(data.path)
  const filesBefore = filesIn(data.path)
  await data.open()
  await data.count()
  await data.end()
  await data.export()
  const state = await stateOf(data.voting)
  await data.close()
  return {
    voting,
    dropped,
    over: saidIn(data.path),
    filesBefore,
    filesAfter: filesIn(data.path),
    state,
  }
}

/** Every third is against, every seventh abstains on the second item. */
const plainly: Choosing = (_person, at) => [
  at % 3 === 0 ? 'against' : 'for',
  at % 7 === 0 ? 'abstain' : 'for',
]
/** Two of them have each other's choices. */
const swapped =
  (one: number, other: number): Choosing =>
  (person, at) =>
    plainly(person, at === one ? other : at === other ? one : at)
/** Everybody has another's: the totals are the same, and nobody's choice is. */
const turned: Choosing = (person, at) => plainly(person, (at + 1) % online.length)

describe('law 5.7: a roll of 2,400, 400 of them online', () => {
  let plain: Held
  beforeAll(async () => {
    plain = await hold('plain', plainly)
  }, 120_000)

  test('is counted exactly', () => {
    // online: a1 134 against; a2 58 abstain. on paper: 1,300 ballots, 20 against and 10 abstaining
    expect(plain.state.outcomes).toMatchObject([
      { item: 'a1', outcome: 'failed', for: 1536, against: 154, abstain: 10, base: 2400 },
      { item: 'a2', outcome: 'passed', for: 1612, against: 20, abstain: 68, base: 2400 },
    ])
    expect(plain.state.members.size).toBe(1700)
  })

  test.each([
    ['two neighbours have each other’s choices', 'two', swapped(0, 1)],
    ['two far apart have each other’s choices', 'apart', swapped(0, 398)],
    ['everybody has another’s choices', 'turned', turned],
  ])(
    'law 5.8: %s: every byte of every file is the same, while they vote, before the count and after',
    async (_what, name, choose) => {
      expect(choose(p('m1'), 0)).not.toEqual(plainly(p('m1'), 0))
      const other = await hold(name, choose)
      expect(other.voting).toEqual(plain.voting)
      expect(other.dropped).toEqual(plain.dropped)
      expect(other.over).toEqual(plain.over)
      rmSync(join(place, name), { recursive: true })
    },
    120_000,
  )

  test('the control: one other choice is other totals, and only those differ', async () => {
    const other = await hold('other', (person, at) =>
      at === 1 ? ['against', 'for'] : plainly(person, at),
    )
    const differing = (one: Held['over'], two: Held['over']) =>
      Object.keys(one).filter((name) => one[name] !== two[name])
    expect(differing(plain.dropped, other.dropped)).toEqual(['ballots.db'])
    const after = differing(plain.over, other.over)
    expect(after).toContain('ledger.db')
    expect(after).not.toContain('ballots.db')
    expect(other.state.outcomes[0]).toMatchObject({ for: 1535, against: 155 })
    rmSync(join(place, 'other'), { recursive: true })
  }, 120_000)

  test('who voted stands in the ledger and the vault alone, and in no file beside a choice', () => {
    const naming = (files: Held['filesAfter'], text: string) =>
      [...files].filter(([, bytes]) => bytes.includes(text)).map(([name]) => name)
    for (const person of ['p_m1xx', 'p_m2xx', 'p_m400']) {
      const before = naming(plain.filesBefore, person)
      expect(before).toContain('ledger.db')
      expect(
        before.filter((name) => !/^(?:ledger|vault|vault-keys)\.db$|^kept\//.test(name)),
      ).toEqual([])
      expect(naming(plain.filesAfter, person).filter((name) => name.startsWith('ballots'))).toEqual(
        [],
      )
    }
    expect(naming(plain.filesBefore, '社员p_m1xx')).toEqual([])
  })

  test('the marks of who has dropped a ballot are in the box alone, and gone with it', () => {
    const secret = createHmac('sha256', new Uint8Array(32).fill(7))
      .update('five-musts ballot marks')
      .digest()
    const mark = (person: PersonId) =>
      createHmac('sha256', secret)
        .update(JSON.stringify([village, 'm-2026-0001', person]))
        .digest()
        .subarray(0, 16)
    const holding = (files: Held['filesAfter'], bytes: Buffer) =>
      [...files]
        .filter(([, file]) => file.includes(bytes) || file.includes(bytes.toString('hex')))
        .map(([name]) => name)
    // a mark may lie across two pages of the file: most do not
    const found = online.map((person) => holding(plain.filesBefore, mark(person)))
    expect(found.filter((names) => names.length > 0).length).toBeGreaterThan(390)
    expect(new Set(found.flat())).toEqual(new Set(['ballots.db']))
    expect(online.flatMap((person) => holding(plain.filesAfter, mark(person)))).toEqual([])
  })

  test('and all of it is lawful: verify re-decides it without the box', async () => {
    const { found, entries } = await verifyData(join(place, 'plain'))
    expect(found).toEqual([])
    expect(entries).toBeGreaterThan(400)
  }, 60_000)

  test('law 5.8: after closing the box is empty', () => {
    // a count as the box writes one: 266 of those online are for the first item
    const [before, after] = [plain.filesBefore, plain.filesAfter].map((files) =>
      files.get('ballots.db'),
    )
    expect(before?.includes('000000000266')).toBe(true)
    expect(after?.includes('000000000266')).toBe(false)
  })
})

describe('law 5.8: one ballot a person, acknowledged when both have it', () => {
  let data: VotingData
  beforeAll(async () => {
    data = made('small')
    await data.open()
    await data.found()
  }, 120_000)
  afterAll(() => data.close())
  const [m1, m2, m3, m4] = [p('m1'), p('m2'), p('m3'), p('m4')]
  const failing = (box2: BallotBox): BallotBox => ({
    drop: () => Promise.reject(new Error('power cut')),
    holds: (of, person) => box2.holds(of, person),
    seal: (of) => box2.seal(of),
    erase: (of) => box2.erase(of),
    boxes: () => box2.boxes(),
    close: () => box2.close(),
  })
  const ballot = (person: PersonId, id = data.id()) => ({
    ...box,
    id,
    person,
    auth: 'password+totp' as const,
    choices: [
      { item: 'a2', choice: 'for' as const },
      { item: 'a1', choice: 'against' as const },
    ],
  })
  const codeOf = async (outcome: ReturnType<VotingData['cast']>) => {
    const answer = await outcome
    return 'refused' in answer ? answer.refused.code : 'recorded'
  }
  const totals = async () =>
    (await data.voting.ballots.seal(box)).map(({ item: _item, ...rest }) => rest)

  test('half a ballot is refused before anything is recorded', async () => {
    const { choices } = ballot(m1)
    const twice = [...choices.slice(0, 1), ...choices.slice(0, 1)]
    for (const wrong of [[], choices.slice(0, 1), twice])
      expect(await codeOf(castBallot(data.voting, { ...ballot(m1), choices: wrong }))).toBe(
        'ballotIncomplete',
      )
    expect((await stateOf(data.voting)).members.has(m1)).toBe(false)
  })

  test('a crash between ledger and box: the same command again drops the ballot', async () => {
    const id = data.id()
    const { store, ballots } = data.voting
    const cut = { store, ballots: failing(ballots) }
    await expect(castBallot(cut, ballot(m1, id))).rejects.toThrow('power cut')
    expect((await stateOf(data.voting)).members.get(m1)).toEqual({ method: 'online' })
    await must(castBallot(data.voting, ballot(m1, id)))
    await must(castBallot(data.voting, ballot(m1, id)))
    const entries = await store.read(village, meeting)
    expect(entries.filter(({ by }) => by.person === m1)).toHaveLength(1)
  })

  test('law 5.8: who lost the id of the command still drops the choice, once', async () => {
    const lost = { store: data.voting.store, ballots: failing(data.voting.ballots) }
    await expect(castBallot(lost, ballot(m2))).rejects.toThrow('power cut')
    await must(data.cast(m2, ['for', 'for']))
    const entries = await data.voting.store.read(village, meeting)
    expect(entries.filter(({ by }) => by.person === m2)).toHaveLength(1)
  })

  test('another command of the same person is refused, and changes nothing in the box', async () => {
    expect(await codeOf(data.cast(m2, ['against', 'against']))).toBe('alreadyPresent')
    await data.given(sheet([m3]))
    expect(await codeOf(data.cast(m3, ['for', 'for']))).toBe('alreadyPresent')
  })

  test('what is not in the ledger is not in the box: a guest, a meeting there is not', async () => {
    expect(await codeOf(data.cast(p('guest'), ['for', 'for']))).toBe('notOnRoll')
    const elsewhere = { ...ballot(m4), meeting: 'm-2026-0009' as typeof box.meeting }
    expect(await codeOf(castBallot(data.voting, elsewhere))).toBe('ballotIncomplete')
  })

  test('once the voting is closed nothing goes in, and what was on its way is told so', async () => {
    const id = data.id()
    await must(data.ask(take('m4')))
    await data.given(closeVoting())
    expect(await codeOf(data.cast(p('m5'), ['for', 'for'], id))).toBe('attendanceClosed')
    expect(await totals()).toEqual([
      { for: 1, against: 1, abstain: 0 },
      { for: 2, against: 0, abstain: 0 },
    ])
    expect(await data.voting.ballots.drop(box, m4, ballot(m4).choices)).toBe('sealed')
  })

  test('a box that a crash left behind goes when the directory is opened again', async () => {
    const { store, ballots } = data.voting
    expect(await ballots.boxes()).toEqual([box])
    expect(await emptyBoxes(data.voting)).toBe(0)
    await data.given(countersign())
    const closing = { ...close(), id: data.id() }
    const cut = { erase: () => Promise.reject(new Error('power cut')) }
    await expect(perform({ store, ballots: cut }, closing)).rejects.toThrow('power cut')
    expect(await ballots.boxes()).toEqual([box])
    expect(await emptyBoxes(data.voting)).toBe(1)
    expect(await ballots.boxes()).toEqual([])
  })
})

test('a box is not opened by another key: marks differ, and nobody is known by them', async () => {
  const file = join(place, 'keyed.db')
  const choices = [{ item: 'a1', choice: 'for' as const }]
  const one = openBallotBox({ file, key: new Uint8Array(32).fill(1) })
  expect(await one.drop(box, p('m1'), choices)).toBe('dropped')
  await one.close()
  const other = openBallotBox({ file, key: new Uint8Array(32).fill(2) })
  expect(await other.drop(box, p('m1'), choices)).toBe('dropped')
  await other.close()
})
