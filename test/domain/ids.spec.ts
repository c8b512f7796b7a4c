// Identifiers: the form of each, what is close to it and is none, and which stream is of which kind.
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import {
  authorityIdSchema,
  authorityStream,
  commandIdSchema,
  findingIdSchema,
  householdIdSchema,
  inspectionIdSchema,
  inspectionStream,
  meetingIdSchema,
  meetingStream,
  officeIdSchema,
  organisationIdSchema,
  originSchema,
  personIdSchema,
  requestIdSchema,
  requestStream,
  sha256HexSchema,
  type StreamId,
  streamIdSchema,
  streamKind,
  streamKinds,
} from '../../src/domain/ids.ts'

const hex = 'ab'.repeat(32)
const forms: readonly (readonly [
  string,
  z.ZodType,
  good: readonly string[],
  bad: readonly string[],
])[] = [
  [
    'origin',
    originSchema,
    [
      'ledger.example.cn/330106109203',
      'ledger.example.cn:8443/330106109203',
      'localhost/330106109203/e2',
    ],
    [
      'https://ledger.example.cn/330106109203',
      'ledger.example.cn/33010610920',
      'ledger.example.cn/3301061092033',
      'Ledger.example.cn/330106109203',
      'ledger.example.cn/330106109203/',
      'ledger.example.cn/330106109203/e0',
      'ledger.example.cn/330106109203/e01',
      'ledger.example.cn:/330106109203',
      '/330106109203',
      ' ledger.example.cn/330106109203',
      'ledger.example.cn/330106109203\n',
    ],
  ],
  [
    'command (UUIDv7)',
    commandIdSchema,
    ['01970000-0000-7000-8000-000000000001'],
    [
      '01970000-0000-4000-8000-000000000001',
      '01970000-0000-7000-c000-000000000001',
      '01970000000070008000000000000001',
      '',
    ],
  ],
  [
    'person',
    personIdSchema,
    ['p_abcd', `p_${'a'.repeat(32)}`],
    ['p_abc', 'o_abcd', 'p_ab-d', `p_${'a'.repeat(33)}`, 'P_abcd', 'p_张三李四'],
  ],
  ['office', officeIdSchema, ['o_abcd'], ['p_abcd', 'o_', 'abcd']],
  ['organisation', organisationIdSchema, ['g_abcd'], ['o_abcd', 'g_a b c']],
  ['household', householdIdSchema, ['h_abcd'], ['g_abcd']],
  [
    'request',
    requestIdSchema,
    ['2026-000001'],
    ['2026-1', '26-000001', '2026-0000001', '2026/000001', ' 2026-000001'],
  ],
  [
    'meeting',
    meetingIdSchema,
    ['m-2026-0001', 'm-2026-000001'],
    ['m-2026-001', '2026-0001', 'm-2026-0000001'],
  ],
  ['inspection', inspectionIdSchema, ['i-2026-01', 'i-2026-000001'], ['i-2026-1', 'm-2026-0001']],
  ['authority', authorityIdSchema, ['a-2026-0001'], ['a-2026-001', 'i-2026-0001']],
  ['finding', findingIdSchema, ['f-1', 'f-9999'], ['f-', 'f-12345', 'F-1']],
  ['SHA-256', sha256HexSchema, [hex], [hex.toUpperCase(), hex.slice(1), `${hex}0`, '']],
]

describe.each(forms)('%s', (_name, schema, good, bad) => {
  test.each(good)('%s', (text) => {
    expect(schema.safeParse(text).success).toBe(true)
  })
  test.each(bad)('%j is none', (text) => {
    expect(schema.safeParse(text).success).toBe(false)
  })
})

describe('streams', () => {
  test('one of each kind, made of its id', () => {
    const streams: readonly StreamId[] = [
      'ledger',
      'roster',
      'policy',
      requestStream(requestIdSchema.parse('2026-000001')),
      authorityStream(authorityIdSchema.parse('a-2026-0001')),
      meetingStream(meetingIdSchema.parse('m-2026-0001')),
      inspectionStream(inspectionIdSchema.parse('i-2026-01')),
    ]
    expect(streams.map((stream) => streamKind(stream))).toEqual(streamKinds)
    for (const stream of streams) expect(streamIdSchema.safeParse(stream).success).toBe(true)
  })

  test.each([
    '',
    'rosters',
    'request',
    'request/',
    'request/a/b',
    'request/../roster',
    'roster/1',
    'draft/2026-000001',
    `request/${'a'.repeat(41)}`,
    'request/2026 1',
  ])('%j is none', (text) => {
    expect(streamIdSchema.safeParse(text).success).toBe(false)
  })

  test('a stream of no kind is a broken invariant', () => {
    expect(() => streamKind('draft/1' as StreamId)).toThrow('not a stream')
  })
})
