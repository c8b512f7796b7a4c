// The tables the API is made of hold together: no command without its place, no code twice, no probe that is not of its form.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { probes } from '../../src/app/can.ts'
import { commandForms } from '../../src/app/command-forms.ts'
import { unprobed } from '../../src/app/probes/township.ts'
import { refusals, type RefusalCode } from '../../src/domain/refusal.ts'
import { ways } from '../../src/http/identity/ways.ts'
import { API_VERSION, openApi } from '../../src/http/openapi.ts'
import {
  identityAs,
  problem,
  problemBody,
  problemKinds,
  refusedAs,
} from '../../src/http/problem.ts'
import {
  beginsAt,
  commandPath,
  commandPlaces,
  notOverHttp,
  sidesOf,
} from '../../src/http/routes/command-places.ts'
import { refusalStatus } from '../../src/http/status.ts'
import { codesWithPlaces } from './places.ts'

describe('commands', () => {
  const all = [...commandForms.values()]

  test('every command has a place, or is done on the spot', () => {
    const placed = Object.keys(commandPlaces)
    expect([...placed, ...notOverHttp].sort()).toEqual(all.map(({ type }) => type).sort())
    expect(new Set([...placed, ...notOverHttp]).size).toBe(placed.length + notOverHttp.length)
  })

  test('no two have the same address', () => {
    const paths = all
      .filter(({ type }) => type in commandPlaces)
      .flatMap((form) => sidesOf(form.type, form.kind).map((side) => commandPath(form, side)))
    expect(new Set(paths).size).toBe(paths.length)
  })

  test('what counts as a signature asks for a fresh confirmation', () => {
    const signed = Object.entries(commandPlaces).flatMap(([type, { signature }]) =>
      signature === true ? [type] : [],
    )
    // the list: issuing, sign-off, consent, refusal, closing, payment, booking, close-out, conclusion, endorsement, suspension
    expect(signed).toEqual(
      expect.arrayContaining([
        'request.handle',
        'request.witness',
        'request.issue',
        'supervisorySignOff.sign',
        'townshipFiling.consent',
        'townshipFiling.refuse',
        'authorityFiling.consent',
        'meeting.close',
        'payment.order',
        'payment.record',
        'booking.record',
        'finding.verify',
        'inspection.conclude',
        'policy.endorse',
        'suspension.order',
        'household.record',
      ]),
    )
    expect(signed).not.toContain('request.submit')
    expect(signed).not.toContain('ballot.take')
  })

  test('every act on a thing has a probe, and what has none says so', () => {
    const acts = all.filter(({ type }) => type in commandPlaces).map(({ type }) => type)
    expect([...probes.keys(), ...unprobed].sort()).toEqual(acts.sort())
    for (const type of unprobed) {
      const form = commandForms.get(type)
      expect(form === undefined || beginsAt(form) || type === 'villageRule.enact', type).toBe(true)
    }
  })
})

describe('problems', () => {
  test('no code of the door is also one of the law', () => {
    expect(Object.keys(problemKinds).filter((code) => code in refusals)).toEqual([])
  })

  test.each(Object.keys(refusals) as RefusalCode[])(
    '%s has a status and is said in both languages',
    (code) => {
      expect([403, 404, 409, 412, 422]).toContain(refusalStatus(code))
      const params = codesWithPlaces(refusals[code])
      const said = (['zh', 'en'] as const).map((language) =>
        problemBody(refusedAs({ code, params }), language),
      )
      expect(said[0]).toMatchObject({ code, status: refusalStatus(code) })
      expect(said[0]?.title).toMatch(/\p{Script=Han}/u)
      expect(said[1]?.title).not.toBe(said[0]?.title)
    },
  )

  test.each(Object.entries(problemKinds))('%s is said in both languages', (code, kind) => {
    const params = codesWithPlaces(kind)
    const known = code as keyof typeof problemKinds
    expect(problemBody(problem(known, params), 'en').title).not.toMatch(/[{}]/)
    expect(problemBody(problem(known, params), 'zh')).toMatchObject({
      code,
      status: kind.status,
      type: `/api/docs/problems#${code}`,
    })
  })

  test('what identity answers is the same problem', () => {
    const until = '2026-03-02T01:00:00.000Z'
    const told = problemBody(identityAs({ code: 'accountLocked', params: { until } }), 'en')
    expect(told).toMatchObject({ status: 429, code: 'accountLocked', params: { until } })
  })
})

test('the document bears the version of the package', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string }
  expect(API_VERSION).toBe(manifest.version)
  const { info, paths } = openApi([], { https: true })
  expect(info).toMatchObject({ version: manifest.version })
  // of itself the document tells the ways through the door alone
  expect(Object.keys(paths)).toEqual(Object.keys(ways).map((way) => `/api/auth${way}`))
})
