// A small township and village for tests of law: who sits where, and the words to let them act.
import { type By, bySchema } from '../../src/domain/entry.ts'
import {
  householdIdSchema,
  type OfficeId,
  officeIdSchema,
  type OrganisationId,
  organisationIdSchema,
  type Origin,
  originSchema,
  type PersonId,
  personIdSchema,
  type StreamId,
} from '../../src/domain/ids.ts'
import type { OfficeKind } from '../../src/domain/office.ts'
import { dateAt } from '../../src/domain/time.ts'
import { foundingOffice } from '../../workflows/ledger/v1/fold.ts'
import type { LawWorld } from './law.ts'

/** `p('m1')` → `p_m1xx`: readable, and of the right form. */
const id = (prefix: string, name: string): string =>
  `${prefix}_${name.replaceAll(/[^A-Za-z0-9]/g, '').padEnd(4, 'x')}`
export const p = (name: string): PersonId => personIdSchema.parse(id('p', name))
export const o = (name: string): OfficeId => officeIdSchema.parse(id('o', name))
export const g = (name: string): OrganisationId => organisationIdSchema.parse(id('g', name))
export const h = (name: string) => householdIdSchema.parse(id('h', name))

export const town: Origin = originSchema.parse('ledger.example.cn/330106109000')
export const village: Origin = originSchema.parse('ledger.example.cn/330106109203')
export const founder = p('founder')
export const founding: By = { auth: 'founding', office: foundingOffice, person: founder }

/** Organisations of the cast. */
export const township = g('town')
export const coop = g('coop')
export const company = g('company')

/** One office: its id, kind, organisation, who holds it, and whether it chairs. */
export type Seat = readonly [
  office: string,
  kind: OfficeKind,
  organisation: OrganisationId,
  holder: string,
  chair?: 'chair',
]

export const townSeats: readonly Seat[] = [
  ['officer', 'centreOfficer', township, 'officer'],
  ['officer2', 'centreOfficer', township, 'officer2'],
  ['head', 'centreHead', township, 'centrehead'],
  ['leader', 'townshipLeader', township, 'leader'],
  ['inspector1', 'inspector', township, 'inspector1'],
  ['inspector2', 'inspector', township, 'inspector2'],
  ['inspector3', 'inspector', township, 'inspector3'],
  ['secretary', 'disciplineSecretary', township, 'secretary'],
]

export const villageSeats: readonly Seat[] = [
  ['chead', 'companyHead', company, 'head'],
  ['dir1', 'director', company, 'dir1', 'chair'],
  ['dir2', 'director', company, 'dir2'],
  ['dir3', 'director', company, 'dir3'],
  ['sup1', 'supervisor', company, 'sup1', 'chair'],
  ['sup2', 'supervisor', company, 'sup2'],
  ['sup3', 'supervisor', company, 'sup3'],
  ['handler', 'handler', company, 'handler'],
  ['witness', 'witness', company, 'witness'],
  ['clerk', 'reportingClerk', company, 'clerk'],
  ['cashier', 'cashier', company, 'cashier'],
  ['book', 'bookkeeper', company, 'bookkeeper'],
  ['council1', 'councillor', coop, 'council1', 'chair'],
  ['council2', 'councillor', coop, 'council2'],
  ['council3', 'councillor', coop, 'council3'],
  ['watch1', 'coopSupervisor', coop, 'watch1', 'chair'],
  ['watch2', 'coopSupervisor', coop, 'watch2'],
  ['legal', 'legalRepresentative', coop, 'legal'],
  ['party', 'partySecretary', coop, 'party'],
  ['teller1', 'teller', coop, 'teller1'],
  ['teller2', 'teller', coop, 'teller2'],
]

/** `by('head')`: the person who holds that office of the cast, acting in it. */
export function by(office: string, auth = 'password+totp'): By {
  const held = [...townSeats, ...villageSeats].find(([name]) => name === office)
  if (held === undefined) throw new Error(`no office ${office} in the cast`)
  return bySchema.parse({ auth, office: o(office), person: p(held[3]) })
}

/** A command of the founder on a ledger's roster. */
export const found = (
  ledger: Origin,
  type: string,
  input: unknown,
  stream: StreamId = 'roster',
) => ({
  ledger,
  stream,
  type,
  by: founding,
  input,
})

export function openLedger(world: LawWorld, ledger: Origin, relied?: Origin): void {
  const code = ledger.slice(-12)
  world.given(
    found(
      ledger,
      'ledger.open',
      {
        ...(relied === undefined ? { kind: 'township' } : { kind: 'village', township: relied }),
        name: relied === undefined ? '云溪镇' : '云溪村',
        code,
        founder,
        vkey: `${ledger}+a7ca6d68+AYqI49dAn1Ge0NAN`,
      },
      'ledger',
    ),
  )
}

export function seat(world: LawWorld, ledger: Origin, seats: readonly Seat[]): void {
  for (const [office, kind, organisation, holder, chair] of seats) {
    world.given(
      found(ledger, 'office.open', {
        office: o(office),
        kind,
        organisation,
        ...(chair === undefined ? {} : { chair: true }),
      }),
    )
    world.given(
      found(ledger, 'office.appoint', { office: o(office), person: p(holder), from: '2026-01-05' }),
    )
  }
}

/** The township's ledger with its roster, still open to the founder. */
export function foundTownship(world: LawWorld, seats: readonly Seat[] = townSeats): void {
  openLedger(world, town)
  world.given(
    found(town, 'organisation.register', {
      kind: 'township',
      organisation: township,
      name: '云溪镇',
    }),
  )
  seat(world, town, seats)
}

/**
 * The village's ledger with its roster, still open to the founder; the township must be founded
 * before.
 */
export function foundVillage(world: LawWorld, seats: readonly Seat[] = villageSeats): void {
  openLedger(world, village, town)
  world.given(
    found(village, 'organisation.register', {
      kind: 'cooperative',
      organisation: coop,
      name: '云溪村股份经济合作社',
    }),
  )
  world.given(
    found(village, 'organisation.register', {
      kind: 'company',
      organisation: company,
      name: '云溪强村公司',
      owner: coop,
    }),
  )
  seat(world, village, seats)
}

/**
 * `count` full-capacity members m1, m2, …, four to a household (h1: m1–m4, …), every
 * `delegateEvery`-th a delegate.
 */
export function populate(world: LawWorld, count: number, delegateEvery = 0): void {
  const households = Array.from({ length: Math.ceil(count / 4) }, (_, i) => ({
    household: h(`${i + 1}`),
    members: Array.from({ length: Math.min(4, count - i * 4) }, (_unused, j) => ({
      person: p(`m${i * 4 + j + 1}`),
      capacity: 'full',
      ...(delegateEvery > 0 && (i * 4 + j) % delegateEvery === 0 ? { delegate: true } : {}),
    })),
  }))
  for (let i = 0; i < households.length; i += 30) {
    world.given(found(village, 'household.record', { households: households.slice(i, i + 30) }))
  }
}

export function confirm(world: LawWorld, ...ledgers: readonly Origin[]): void {
  for (const ledger of ledgers) world.given(found(ledger, 'roster.confirm', {}))
}

/** A policy through all its acts, by those who hold the offices; in force at once. */
export function enactPolicy(
  world: LawWorld,
  settings: readonly { readonly key: string; readonly value: string | number | boolean }[] = [],
): void {
  const act = (type: string, office: string, input: unknown) =>
    world.given({ ledger: town, stream: 'policy', type, by: by(office), input })
  const [proposed] = act('policy.propose', 'officer', {
    settings,
    reason: '按县级备案',
    basis: '云溪镇〔2026〕1号',
  })
  if (proposed !== undefined && 'clears' in proposed.body)
    act('policy.clear', 'officer', { document: '余财备〔2026〕3号', on: dateAt(world.now) })
  act('policy.endorse', 'head', {})
  act('policy.endorse', 'leader', {})
  act('policy.giveOpinion', 'secretary', { opinion: '无不同意见' })
  act('policy.enact', 'officer', {})
}
