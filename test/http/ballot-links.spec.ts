// Members without accounts vote over HTTP, by a link and a PIN that two offices handed out: counted right, once, and nobody but
// they can; nothing that is kept or logged opens a vote, or says how anybody voted.
import { readdirSync, readFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { workings } from '../../src/app/workings.ts'
import type { BallotBox } from '../../src/domain/ballot-box.ts'
import type { PersonId } from '../../src/domain/ids.ts'
import { meetingFold, type MeetingState } from '../../workflows/meeting/v1/fold.ts'
import { checkLedger } from '../support/check-ledger.ts'
import { by, h, p, village } from '../support/law-cast.ts'
import { form } from '../support/request-cast.ts'
import { signerOf } from '../support/township-data.ts'
import {
  Assembly,
  choosing,
  type Holder,
  fortyMembers,
  members,
  slipsIn,
  tokenIn,
} from './assembly.ts'
import { commandKey } from './client.ts'
import { openTown, type Town } from './town.ts'

let town: Town
/** Cuts the power before the box has anything. */
const cut = { next: false }
const cutting = (box: BallotBox): BallotBox => ({
  drop: (of, person, choices) => {
    if (!cut.next) return box.drop(of, person, choices)
    cut.next = false
    return Promise.reject(new Error('power cut'))
  },
  holds: (of, person) => box.holds(of, person),
  seal: (of) => box.seal(of),
  erase: (of) => box.erase(of),
  boxes: () => box.boxes(),
  close: () => box.close(),
})

beforeAll(async () => {
  town = await openTown({ ballots: cutting })
  await town.given(fortyMembers())
  await town.refresh()
})
afterEach(() => town.doorClock(undefined))
afterAll(async () => {
  checkLedger(town.file, { workings, signer: signerOf })
  await town.close()
})

const [m1, m2, m3, m4] = [p('m1'), p('m2'), p('m3'), p('m4')]
const opened = async (persons: readonly PersonId[] = [m1, m2, m3]) => {
  const assembly = await (await Assembly.noticed(town)).open()
  return { assembly, holders: await assembly.hand(persons) }
}
/** The one holder most tests need. */
const one = async () => {
  const { assembly, holders } = await opened([m1])
  const [holder] = holders
  if (holder === undefined) throw new Error('nobody')
  return { assembly, holder }
}
async function stateOf({ id }: Assembly): Promise<MeetingState> {
  let state: MeetingState | undefined
  for (const entry of await town.read(`meeting/${id}`)) state = meetingFold.apply(state, entry)
  if (state === undefined) throw new Error('no meeting')
  return state
}
const takenBy = async ({ id }: Assembly, person: PersonId) =>
  (await town.read(`meeting/${id}`)).filter(
    (entry) => entry.type === 'ballot.taken' && entry.by.person === person,
  )
/** Everything that lies in the data folder, and the operator's log. */
const kept = (): ReadonlyMap<string, string> => {
  const place = dirname(town.file)
  const files = readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  return new Map([
    ...files.map((file) => [file, readFileSync(file, 'latin1')] as const),
    ['log', JSON.stringify(town.log)],
  ])
}

describe('law 5.20: a meeting of forty, thirty of them by link', () => {
  let assembly: Assembly
  let holders: readonly Holder[]
  const chosen = (at: number) =>
    choosing(at % 3 === 0 ? 'against' : 'for', at % 5 === 0 ? 'abstain' : 'for')

  beforeAll(async () => {
    town.log.length = 0
    const request = town.next('request')
    const stream = `request/${request}` as const
    const one2 = (type: string, office: string, input: unknown = {}) => ({
      ledger: village,
      stream,
      type,
      by: by(office),
      input,
    })
    await town.given(
      one2('request.submit', 'clerk', form({ amount: '60000.00' })),
      one2('request.handle', 'handler'),
      one2('request.witness', 'witness'),
      one2('request.issue', 'chead'),
    )
    assembly = await Assembly.noticed(town, [
      { item: 'a1', title: '发动机维修', request, round: 1 },
      { item: 'a2', title: '年度工作报告', power: 13 },
    ])
    holders = await assembly.hand(members(30))
  })

  test('before it opens the link shows what is asked, and casts nothing', async () => {
    const [first] = holders
    const { body, headers } = (await first?.show()) ?? {}
    expect(headers?.get('referrer-policy')).toBe('no-referrer')
    expect(headers?.get('cache-control')).toBe('no-store')
    expect(body).toMatchObject({
      state: 'early',
      meeting: {
        meeting: assembly.id,
        title: '社员大会',
        heldAt: assembly.heldAt,
        place: '村委会',
      },
      items: [
        {
          item: 'a1',
          title: '发动机维修',
          request: {
            purpose: '保洁船发动机维修',
            amount: '60000.00',
            papers: ['事由说明', '关联关系声明', '比价单', '方案或预算'],
          },
        },
        { item: 'a2', title: '年度工作报告' },
      ],
    })
    // of nobody else, and of no count
    expect(JSON.stringify(body)).not.toMatch(/p_m|receipt|"for"/)
    // and says when it will
    expect(await first?.code()).toBe('ballotTooEarly')
  })

  test('thirty vote, at once; five come and vote on paper', async () => {
    await assembly.open()
    const answers = await Promise.all(holders.map((holder, at) => holder.vote(chosen(at))))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
    await assembly.onPaper([p('m31'), p('m32'), p('m33'), p('m34'), p('m35')])
    const { members: there } = await stateOf(assembly)
    expect(there.size).toBe(35)
    const entries = (await town.read(`meeting/${assembly.id}`)).filter(
      ({ type }) => type === 'ballot.taken',
    )
    expect(new Set(entries.map(({ by: { auth, office } }) => `${auth} ${office}`))).toEqual(
      new Set(['ballotLink o_member']),
    )
    expect(new Set(entries.map(({ by: { person } }) => person))).toEqual(new Set(members(30)))
    expect(entries.map(({ body }) => body)).toEqual(entries.map(() => ({ given: {} })))
  })

  test('nothing that is kept or logged holds a token or a PIN, and no file names a person beside a choice', () => {
    const files = kept()
    expect([...files.keys()].filter((name) => /ballot-links\.db/.test(name))).not.toEqual([])
    for (const { token, pin } of holders) {
      for (const [name, text] of files) {
        expect(text.includes(token), name).toBe(false)
        expect(new RegExp(`(?<![0-9a-f.-])${pin}(?![0-9a-f])`).test(text), name).toBe(false)
      }
    }
    const box = [...files].find(([name]) => name.endsWith('ballots.db'))?.[1] ?? ''
    expect(box).toContain(assembly.id)
    // the control of both: what does lie there is found
    expect(box).not.toMatch(/p_m\d/)
    const links = [...files].filter(([name]) => /ballot-links/.test(name)).map(([, text]) => text)
    expect(links.join('')).toMatch(/p_m1x/)
    expect(links.join('')).not.toMatch(/abstain|against|'for'/)
    const log = files.get('log') ?? ''
    expect(log).toContain('/api/v1/ballot-links/ballots')
    expect(log).not.toMatch(/p_m\d|abstain|against/)
  })

  test('what was handed out is told once, and to one office each', async () => {
    const others = [p('m36'), p('m37')]
    const key = { 'idempotency-key': commandKey() }
    const first = await assembly.clerk.command(
      `${assembly.path}/ballot-links`,
      { persons: others },
      key,
    )
    const slips = slipsIn(first)
    expect(slips.map(({ household }) => household)).toEqual([h('9'), h('10')].toSorted())
    expect(
      slips.every((slip) => slip.pin === undefined && /\/ballot#.{43}$/.test(slip.url ?? '')),
    ).toBe(true)
    expect(first.body['left']).toBe(3)
    const again = await assembly.clerk.command(
      `${assembly.path}/ballot-links`,
      { persons: others },
      key,
    )
    expect([again.status, again.body['code']]).toEqual([409, 'slipsTold'])
    const pins = slipsIn(await assembly.pins({ persons: others }))
    expect(pins.every((slip) => slip.url === undefined && /^\d{6}$/.test(slip.pin ?? ''))).toBe(
      true,
    )
    const crossed = await assembly.clerk.command(`${assembly.path}/ballot-pins`, {
      persons: others,
    })
    expect([crossed.status, crossed.body['code']]).toEqual([403, 'officeNotHeld'])
  })

  test('it is counted exactly, and the link shows that its member took part: never how', async () => {
    await assembly.act('voting.close', 'clerk')
    // online a1: 10 against; a2: 6 abstain
    for (const item of ['a1', 'a2'])
      expect((await assembly.count(item, [5, 0, 0])).status).toBe(201)
    await assembly.closed()
    const { outcomes } = await stateOf(assembly)
    expect(outcomes).toMatchObject([
      { item: 'a1', for: 25, against: 10, abstain: 0, base: 40, outcome: 'failed' },
      { item: 'a2', for: 29, against: 0, abstain: 6, base: 40, outcome: 'passed' },
    ])
    for (const holder of holders.slice(0, 4)) {
      const { body } = await holder.show()
      const [entry] = await takenBy(assembly, holder.person)
      expect(body).toMatchObject({ state: 'taken', receipt: { seq: entry?.seq, at: entry?.at } })
      const receipt = body['receipt'] as { readonly checkpoint: string; readonly size: number }
      expect(receipt.checkpoint).toContain(`${village}\n${receipt.size}\n`)
      expect(JSON.stringify(body)).not.toMatch(/against|abstain|"choice"/)
      expect(await holder.code()).toBe('alreadyPresent')
    }
    const files = kept()
    const box = [...files].find(([name]) => name.endsWith('ballots.db'))?.[1] ?? ''
    expect(box).not.toContain('000000000010')
  })
})

describe('law 7.8: one person, one ballot', () => {
  test('two posts at once, of other choices: one is counted, and the other is told so', async () => {
    const { assembly, holder } = await one()
    const codes = await Promise.all([
      holder.code(choosing('for')),
      holder.code(choosing('against')),
      holder.code(choosing('abstain')),
    ])
    expect(codes.toSorted()).toEqual(['alreadyPresent', 'alreadyPresent', 'cast'])
    const winner = ['for', 'against', 'abstain'][codes.indexOf('cast')] ?? ''
    await assembly.act('voting.close', 'clerk')
    expect(await takenBy(assembly, m1)).toHaveLength(1)
    const box = await boxOf(assembly)
    expect(box.find(({ item }) => item === 'a1')).toEqual({
      item: 'a1',
      for: 0,
      against: 0,
      abstain: 0,
      [winner]: 1,
    })
  })

  test('by link and by account at once', async () => {
    const { assembly, holder } = await one()
    const account = await town.client(m1)
    const online = account.command(`${assembly.path}/online-ballots`, {
      choices: choosing('against'),
    })
    const codes = [await Promise.all([holder.vote(choosing('for')), online])].flat()
    expect(codes.map(({ status }) => String(status)).toSorted()).toEqual(['201', '422'])
    expect(await takenBy(assembly, m1)).toHaveLength(1)
    const [a1] = await boxOf(assembly)
    expect((a1?.for ?? 0) + (a1?.against ?? 0)).toBe(1)
  })

  test('paper after the link, and the link after paper', async () => {
    const { assembly, holders } = await opened([m1, m2])
    const [first, second] = holders
    expect(await first?.code()).toBe('cast')
    await expect(assembly.onPaper([m1])).rejects.toThrow('alreadyPresent')
    await assembly.onPaper([m2])
    expect(await second?.state()).toBe('elsewhere')
    expect(await second?.code()).toBe('alreadyPresent')
    expect(await takenBy(assembly, m2)).toEqual([])
  })

  test('a power cut between ledger and box: the link casts again, once', async () => {
    const { assembly, holder } = await one()
    cut.next = true
    const answer = await holder.vote(choosing('against'))
    expect([answer.status, answer.body['code']]).toEqual([500, 'internal'])
    expect(await takenBy(assembly, m1)).toHaveLength(1)
    expect(await holder.state()).toBe('unfinished')
    expect(await holder.code(choosing('against'))).toBe('cast')
    expect(await holder.state()).toBe('taken')
    expect(await takenBy(assembly, m1)).toHaveLength(1)
    expect((await boxOf(assembly))[0]).toMatchObject({ for: 0, against: 1 })
  })

  test('half a ballot uses nothing up', async () => {
    const { holder } = await one()
    expect(await holder.code(choosing('for').slice(1))).toBe('ballotIncomplete')
    expect(await holder.code()).toBe('cast')
  })
})

describe('law 5.21: what opens nothing', () => {
  test('a storm of wrong PINs: few are tried, then none, and another PIN mends it', async () => {
    const { assembly, holder } = await one()
    const wrong = holder.with({ pin: holder.pin === '000000' ? '000001' : '000000' })
    const start = Date.now()
    town.doorClock(start)
    const storm = await Promise.all(Array.from({ length: 20 }, () => wrong.vote()))
    const codes = storm.map(({ body }) => body['code'])
    expect(codes.filter((found) => found === 'ballotPinWrong')).toHaveLength(4)
    expect(codes.filter((found) => found === 'ballotPinWaits')).toHaveLength(16)
    const waits = storm.find(({ body }) => body['code'] === 'ballotPinWaits')
    expect(waits?.headers.get('retry-after')).toBe('60')
    // the right one waits as well
    expect(await holder.code()).toBe('ballotPinWaits')
    for (let tries = 5; tries <= 10; tries += 1) {
      town.doorClock(start + tries * 3_600_000)
      expect(await wrong.code()).toBe(tries < 10 ? 'ballotPinWrong' : 'ballotPinDead')
    }
    town.doorClock(start + 100 * 3_600_000)
    expect(await holder.code()).toBe('ballotPinDead')
    town.doorClock(undefined)
    const unsaid = await assembly.pins({ persons: [m1] })
    expect(unsaid.body['code']).toBe('ballotHalfAgain')
    const [slip] = slipsIn(await assembly.pins({ persons: [m1], reason: '试错过多' }))
    expect(await holder.with({ pin: slip?.pin ?? '' }).code()).toBe('cast')
  })

  test('a right PIN forgives what was wrong before it', async () => {
    const { holder } = await one()
    const wrong = holder.with({ pin: holder.pin === '000000' ? '000001' : '000000' })
    for (const left of [9, 8]) {
      const { body } = await wrong.vote()
      expect(body['params']).toEqual({ left: String(left) })
    }
    expect(await holder.code(choosing('for').slice(1))).toBe('ballotIncomplete')
    expect((await wrong.vote()).body['params']).toEqual({ left: '9' })
  })

  test('a link that was replaced; the new one opens with the same PIN, and the ledger tells of it', async () => {
    const { assembly, holder } = await one()
    expect((await assembly.links({ persons: [m1] })).body['code']).toBe('ballotHalfAgain')
    const [slip] = slipsIn(await assembly.links({ persons: [m1], reason: '通知单遗失' }))
    expect(await holder.state()).toBe('ballotLinkInvalid')
    expect(await holder.code()).toBe('ballotLinkInvalid')
    const page = await assembly.clerk.get(assembly.path)
    expect(JSON.stringify(page.body['trail'])).toContain('补发：通知单遗失')
    expect(await holder.with({ token: slip === undefined ? '' : tokenIn(slip) }).code()).toBe(
      'cast',
    )
  })

  test('a token of another meeting that is noticed at the same time', async () => {
    const [today, later] = [await Assembly.noticed(town), await Assembly.noticed(town)]
    const [mine] = await today.hand([m1])
    const [other] = await later.hand([m1])
    await today.open()
    if (mine === undefined || other === undefined) throw new Error('nobody')
    expect(await other.code()).toBe('ballotTooEarly')
    expect(await other.with({ pin: mine.pin }).code()).toBe('ballotTooEarly')
    const odd = mine.with({ pin: other.pin === mine.pin ? '000000' : other.pin })
    expect(await odd.code()).toBe('ballotPinWrong')
    expect(await mine.code()).toBe('cast')
    expect(await takenBy(later, m1)).toEqual([])
  })

  test('a PIN of the same person for another meeting, and a token of another meeting', async () => {
    const { assembly: earlier, holder: old } = await one()
    await earlier.act('voting.close', 'clerk')
    expect(await old.code()).toBe('attendanceClosed')
    const { assembly, holder } = await one()
    // eleven days later: out of date, and of another meeting in any case
    expect(await old.code()).toBe('ballotLinkInvalid')
    const odd = holder.with({ pin: old.pin === holder.pin ? '000000' : old.pin })
    expect(await odd.code()).toBe('ballotPinWrong')
    expect(await old.with({ pin: holder.pin }).code()).toBe('ballotLinkInvalid')
    expect(await takenBy(assembly, m1)).toEqual([])
    expect(await takenBy(earlier, m1)).toEqual([])
    expect(await holder.code()).toBe('cast')
  })

  test('a token nobody was given, whatever the PIN: all answers are alike', async () => {
    const { holder } = await one()
    const shapes = ['', 'A'.repeat(43), 'x'.repeat(44), "' or 1=1", '\u0000', holder.token.slice(1)]
    for (const token of [...shapes.slice(1), randomBytes(32).toString('base64url')]) {
      const shown = await holder.with({ token }).show()
      expect([shown.status, shown.body['code']]).toEqual([404, 'ballotLinkInvalid'])
      expect(await holder.with({ token }).code()).toBe('ballotLinkInvalid')
    }
    expect(await holder.with({ token: '' }).code()).toBe('inputInvalid')
    expect(await holder.with({ pin: '12345' }).code()).toBe('inputInvalid')
    // a link without its PIN has cost nobody an attempt
    expect(await holder.code()).toBe('cast')
  })

  test('a link that is out of date, while the voting is still open', async () => {
    const { assembly, holders } = await opened([m1, m2])
    const [voted, forgot] = holders
    expect(await voted?.code()).toBe('cast')
    town.clock(town.later(6))
    expect(await forgot?.state()).toBe('open')
    town.clock(town.later(2))
    expect(await forgot?.state()).toBe('ballotLinkInvalid')
    expect(await forgot?.code()).toBe('ballotLinkInvalid')
    // who has voted still sees that they have
    expect(await voted?.state()).toBe('taken')
    expect(await takenBy(assembly, m2)).toEqual([])
  })

  test('a link of who was struck off before the meeting opened', async () => {
    const assembly = await Assembly.noticed(town)
    const [holder] = await assembly.hand([m4])
    const household = (capacity: string) => ({
      ledger: village,
      stream: 'roster' as const,
      type: 'household.record',
      by: by('officer'),
      input: {
        households: [
          {
            household: h('1'),
            members: [m1, m2, m3, m4].map((person) => ({
              person,
              capacity: person === m4 ? capacity : 'full',
            })),
          },
        ],
      },
    })
    await town.given(household('limited'))
    await assembly.open()
    expect(await holder?.code()).toBe('notOnRoll')
    await town.given(household('full'))
    expect(await holder?.code()).toBe('notOnRoll')
  })

  test('once the voting is closed, and once the meeting is over', async () => {
    const { assembly, holder } = await one()
    await assembly.onPaper([m2])
    await assembly.act('voting.close', 'clerk')
    expect(await holder.state()).toBe('closed')
    expect(await holder.code()).toBe('attendanceClosed')
    for (const item of ['a1', 'a2'])
      expect((await assembly.count(item, [1, 0, 0])).status).toBe(201)
    await assembly.closed()
    expect(await holder.state()).toBe('closed')
    expect(await holder.code()).toBe('notOpen')
  })
})

test('whoever asks without signing in is asked to wait', async () => {
  const small = await openTown({
    config: { limits: { writes: 1e9, reads: 1e9, calls: 3, connections: 100 } },
  })
  const stranger = small.stranger()
  const ask = () => stranger.post('/ballot-links/showing', { token: 'A'.repeat(43) })
  const statuses = [await ask(), await ask(), await ask(), await ask()].map(({ status }) => status)
  expect(statuses).toEqual([404, 404, 404, 429])
  await small.close()
})

/** What lies in the box of a meeting, by the ledger's own count of it. */
async function boxOf({ id }: Assembly) {
  const { default: Database } = await import('better-sqlite3')
  const db = new Database(join(dirname(town.file), 'ballots.db'), { readonly: true })
  const rows = db
    .prepare<[string], Record<'item' | 'in_favour' | 'against' | 'abstain', string>>(
      'select item, in_favour, against, abstain from total where meeting = ? order by item',
    )
    .all(id)
  db.close()
  return rows.map(({ item, in_favour: yes, against, abstain }) => ({
    item,
    for: Number(yes),
    against: Number(against),
    abstain: Number(abstain),
  }))
}
