// What a deputy did is told with both names (law 7.16), a mandate and a term with their dates.
import { describe, expect, test } from 'vitest'
import { namesOf } from '../../src/app/read/names.ts'
import type { Reading } from '../../src/app/read/port.ts'
import { tellAll } from '../../src/app/sentences.ts'
import type { Origin, StreamId } from '../../src/domain/ids.ts'
import type { Language } from '../../src/domain/language.ts'
import type { LawWorld } from '../support/law.ts'
import { o, p, town, village } from '../support/law-cast.ts'
import { deputising, grantInTown, revoke, terms } from '../support/mandates.ts'
import { as } from '../support/meeting-cast.ts'
import { consent, vacate } from '../support/request-acts.ts'
import { all, request, standing } from '../support/request-cast.ts'

const called: Readonly<Record<string, string>> = {
  [p('centrehead')]: '李主任',
  [p('officer2')]: '王代办',
  [p('newclerk')]: '赵会计',
}

/** The last entry of a stream, told. */
function last(world: LawWorld, language: Language, [ledger, stream]: readonly [Origin, StreamId]) {
  const reading = { stream: (of: Origin, id: StreamId) => world.entries(of, id) } as Reading
  const names = namesOf(reading, ledger, { language, persons: (person) => called[person] })
  const told = tellAll(world.entries(ledger, stream), { names, language }).at(-1)
  return [told?.who, told?.what]
}

const granted = (change: object = {}) =>
  all(standing('townshipFiling.accepted'), grantInTown(terms('head', 'officer2', change)))

describe('law 7.16 who acts, and for whom', () => {
  test.each<[language: Language, who: string]>([
    ['zh', '镇三资中心主任 王代办（代李主任）'],
    ['en', 'three-assets head 王代办 (for 李主任)'],
  ])('%s', (language, who) => {
    const world = all(granted(), deputising(consent, 'officer2'))
    const entries = world.entries(village, request)
    const consented = entries.findIndex(({ type }) => type === 'townshipFiling.consented')
    const reading = { stream: (of: Origin, id: StreamId) => world.entries(of, id) } as Reading
    const names = namesOf(reading, village, { language, persons: (person) => called[person] })
    expect(tellAll(entries, { names, language })[consented]?.who).toBe(who)
  })

  test('and still when the mandate is revoked: what was done stays done for the same person', () => {
    const world = all(granted(), deputising(consent, 'officer2'), revoke('head'))
    const reading = { stream: (of: Origin, id: StreamId) => world.entries(of, id) } as Reading
    const names = namesOf(reading, village, { language: 'zh', persons: (person) => called[person] })
    expect(names.represented('d_first')).toBe('李主任')
    expect(names.represented('d_unknown')).toBe('d_unknown')
  })
})

describe('law 7.16 the mandate itself', () => {
  const roster = [town, 'roster'] as const
  test('with its term, musts and limit', () => {
    expect(last(granted(), 'zh', roster)[1]).toBe(
      '授权代行：王代办代镇三资中心主任李主任，2026-03-02 – 2026-03-27，镇三资报备',
    )
    expect(last(granted({ upTo: '20000.00' }), 'en', roster)[1]).toBe(
      'granted a mandate: 王代办 for three-assets head 李主任, 2026-03-02 – 2026-03-27, township filing, up to 20,000.00 yuan',
    )
  })

  test('revoked, with its reason', () => {
    expect(last(all(granted(), revoke('head')), 'zh', roster)[1]).toBe(
      '撤销代行授权：李主任，本人已回岗',
    )
  })
})

test.each<[language: Language, term: object, what: string]>([
  ['zh', {}, '任命：赵会计任报账员'],
  ['zh', { to: '2029-03-01' }, '任命：赵会计任报账员，2026-03-02 – 2029-03-01'],
  ['en', { to: '2029-03-01' }, 'appointed: 赵会计 as reporting clerk, 2026-03-02 – 2029-03-01'],
])('law 1.10 an appointment with its term (%s)', (language, term, what) => {
  const world = all(granted(), vacate('clerk'), {
    ledger: village,
    stream: 'roster',
    type: 'office.appoint',
    by: as('officer'),
    input: { office: o('clerk'), person: p('newclerk'), from: '2026-03-02', ...term },
  })
  expect(last(world, language, [village, 'roster'])[1]).toBe(what)
})
