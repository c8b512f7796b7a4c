// Disclosure: what is open, from when, and that it stays what it was. Expectations are written by hand from what was done.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeCrypto } from '../../src/app/crypto.ts'
import type { JsonObject } from '../../src/domain/entry.ts'
import { canonicalText } from '../../src/ledger/canonical.ts'
import { openNote, parseVkey } from '../../src/ledger/note.ts'
import { by, village } from '../support/law-cast.ts'
import { vkeyOfLedger } from '../support/township-data.ts'
import type { Client } from './client.ts'
import { manOther, otherRequest } from './other-village.ts'
import { meeting, request } from './things.ts'
import { code, openTown, otherVillage, type Town } from './town.ts'

let town: Town
let anybody: Client
let paid = ''
let boardMeeting = ''
const here = `/disclosure/${code(village)}`

interface Head {
  readonly note: string
  readonly size: number
  readonly root: string
}
interface Month {
  readonly items: readonly Record<string, unknown>[]
  readonly meetings: readonly Record<string, unknown>[]
  readonly consents: readonly Record<string, unknown>[]
  readonly [key: string]: unknown
}

async function month(of: string): Promise<Month> {
  const { status, body } = await anybody.get(`${here}/${of}`)
  expect(status).toBe(200)
  return body as unknown as Month
}

/** One payment, one decision of the board, and a consent in March; a request that goes nowhere in April. */
beforeAll(async () => {
  town = await openTown()
  anybody = town.stranger()
  paid = await request(town, 'booking')
  boardMeeting = await meeting(town, 'board', 'voted')
  const onMeeting = (type: string, office: string, input: unknown) => ({
    ledger: village,
    stream: `meeting/${boardMeeting}` as const,
    type,
    by: by(office),
    input,
  })
  const minutes = { minutes: createHash('sha256').update('minutes').digest('hex') }
  for (const director of ['dir2', 'dir3'])
    await town.given(onMeeting('minutes.sign', director, minutes))
  await town.given(onMeeting('meeting.close', 'dir1', minutes))
  await manOther(town)
  await otherRequest(town, '2026-000900', { n: 900, amount: '777.00' })
})
afterAll(() => town.close())

describe('while a month runs', () => {
  test('it is said to, and only what is major is open', async () => {
    const { body } = await anybody.get(`${here}/months`)
    expect(body['rows']).toEqual([{ month: '2026-03', state: 'running', opensOn: '2026-04-01' }])
    expect(body['days']).toEqual({ posted: 7, objection: 5, answer: 5, major: 5 })
    const march = await month('2026-03')
    // 12,000 is not the members' to decide, and a board's meeting is none of theirs
    expect(march).toMatchObject({ scope: 'major', opensOn: '2026-04-01', total: '0.00', unpaid: 0 })
    expect([march.items, march.meetings, march.consents]).toEqual([[], [], []])
  })

  test.each(['2026-02', '2026-04', '2027-01'])(
    'another month does not exist: %s',
    async (other) => {
      expect((await anybody.get(`${here}/${other}`)).status).toBe(404)
    },
  )
})

describe('once a month is over', () => {
  let march: Month
  beforeAll(async () => {
    town.clock('2026-04-01T02:00:00.000Z')
    march = await month('2026-03')
  })

  test('all of it is open: payments, decisions with their totals, consents', () => {
    expect(march).toMatchObject({ scope: 'month', total: '12000.00', unpaid: 0 })
    expect(march.items).toMatchObject([
      {
        request: paid,
        on: '2026-03-02',
        amount: '12000.00',
        category: 'equipmentRepair',
        payeeKind: 'firm',
        persons: 0,
        purpose: '保洁船发动机维修',
      },
    ])
    expect(march.items[0]?.['payee']).toMatch(/^供应商\d+$/)
    expect(march.consents).toMatchObject([
      { number: paid, amount: '12000.00', decision: 'consented', on: '2026-03-02' },
    ])
    expect(march.meetings).toMatchObject([
      {
        meeting: boardMeeting,
        kind: 'board',
        items: [
          { title: '年度工作报告', outcome: 'passed', for: 3, against: 0, abstain: 0, base: 3 },
        ],
      },
    ])
  })

  test('it names the head that covers it, which the ledger signed', () => {
    const head = march['head'] as Head
    expect(march['size']).toBe(head.size)
    const { text } = openNote(nodeCrypto, head.note, [parseVkey(nodeCrypto, vkeyOfLedger(village))])
    const root = Buffer.from(head.root, 'hex').toString('base64')
    expect(text).toBe(`${village}\n${head.size}\n${root}\n`)
  })

  test('its digest is of the lines it says, and of nothing else', () => {
    const { digest, opensOn: _on, head: _head, sheet: _sheet, ...said } = march
    const { items, meetings, consents, ...rest } = said
    const lines = [rest, ...items, ...meetings, ...consents].map((part) =>
      canonicalText(part as unknown as JsonObject),
    )
    expect(digest).toBe(
      createHash('sha256')
        .update(`${lines.join('\n')}\n`)
        .digest('hex'),
    )
  })

  test('it says the same for ever, whatever is done later, in either language', async () => {
    await request(town, 'booking')
    await town.given({
      ledger: village,
      stream: `request/${paid}`,
      type: 'booking.record',
      by: by('book'),
      input: { voucherNo: '记-9', entity: 'g_company', debit: '5602', credit: '1002' },
    })
    town.clock('2026-06-10T02:00:00.000Z')
    const later = await month('2026-03')
    expect(later).toEqual(march)
    const { body } = await anybody.get(`${here}/2026-03`, { 'accept-language': 'en' })
    expect(body['digest']).toBe(march['digest'])
    expect(body['sheet']).not.toEqual(march['sheet'])
    // a server that has it not made yet makes the same
    expect((await month('2026-04')).items).toHaveLength(1)
  })

  test('the sheet for the board says what was spent, in words', () => {
    const sheet = march['sheet'] as {
      heading: string
      lines: string[]
      tables: { rows: string[][] }[]
    }
    expect(sheet.heading).toContain('2026年03月财务公开表')
    expect(sheet.lines[0]).toContain('12,000.00元（壹万贰仟元整），共1笔')
    expect(sheet.tables[0]?.rows).toEqual([
      [
        paid,
        '2026-03-02',
        expect.any(String),
        '保洁船发动机维修',
        '设备维修',
        '单笔支付',
        expect.stringMatching(/^供应商/),
        '12,000.00',
      ],
    ])
  })
})

test('the other village discloses its own alone', async () => {
  const { body } = await anybody.get(`/disclosure/${code(otherVillage)}/2026-03`)
  expect([body['items'], body['total'], body['village']]).toEqual([[], '0.00', expect.any(String)])
  expect(JSON.stringify(body)).not.toContain(paid)
})

test('villages are listed, townships are not; what discloses nothing does not exist', async () => {
  const { body } = await anybody.get('/disclosure')
  const codes = (body['rows'] as readonly { readonly code: string }[]).map((row) => row.code)
  expect(codes).toEqual([code(village), code(otherVillage)])
  for (const other of ['330106109000', '330106109999'])
    expect((await anybody.get(`/disclosure/${other}/months`)).status).toBe(404)
})
