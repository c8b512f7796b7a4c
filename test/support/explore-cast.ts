// The closed small world of design §9: three directors, three supervisors, two officers and a head, four members; some
// persons sit where the law will not let them act, so that it has to say so.
import type { FactSource } from '../../src/domain/facts.ts'
import {
  type RequestId,
  requestIdSchema,
  requestStream,
  type StreamId,
} from '../../src/domain/ids.ts'
import type { Fold, Folded } from '../../src/domain/store.ts'
import { payeeKeys } from '../../src/domain/request.ts'
import { type Instant, instantSchema } from '../../src/domain/time.ts'
import { folds, workflows } from '../../workflows/versions.ts'
import { placeOf, type Request } from '../../workflows/request/v1/fold.ts'
import { heldKeys } from '../../workflows/request/v1/vouchers.ts'
import type { Glance } from './explore.ts'
import { bySchema } from '../../src/domain/entry.ts'
import { type Asking, LawWorld, unanswered } from './law.ts'
import {
  company,
  confirm,
  coop,
  enactPolicy,
  foundTownship,
  foundVillage,
  o,
  p,
  populate,
  type Seat,
  town,
  township,
  village,
} from './law-cast.ts'

const townSeats: readonly Seat[] = [
  ['officer', 'centreOfficer', township, 'officer'],
  // a director of the company works in the centre
  ['officer2', 'centreOfficer', township, 'dir3'],
  ['head', 'centreHead', township, 'centrehead'],
  // an officer heads the centre as well
  ['head2', 'centreHead', township, 'officer'],
  ['leader', 'townshipLeader', township, 'leader'],
  ['inspector1', 'inspector', township, 'inspector1'],
  ['inspector2', 'inspector', township, 'inspector2'],
  // a supervisor of the company inspects
  ['inspector3', 'inspector', township, 'sup3'],
  ['secretary', 'disciplineSecretary', township, 'secretary'],
]
/** The handler comes to inspect: the township appoints them without a look into the villages' rosters. */
const lateSeat: Seat = ['inspector4', 'inspector', township, 'handler']

const villageSeats: readonly Seat[] = [
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
  // who witnesses may pay other requests, never this one
  ['cashier2', 'cashier', company, 'witness'],
  ['book', 'bookkeeper', company, 'bookkeeper'],
  ['book2', 'bookkeeper', company, 'witness'],
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
/** No office of the roster: a member who takes part online acts in it. */
const memberSeat: Seat = ['member', 'teller', coop, 'm3']
const seats = [...townSeats, lateSeat, ...villageSeats, memberSeat]

interface Wishing {
  readonly input?: unknown
  /** Another person who says that they hold the office. */
  readonly person?: string
  readonly mandate?: string
}

/** A command by whoever holds that office of the small world. */
export function wish(
  stream: StreamId,
  type: string,
  office: string,
  { input = {}, person, mandate }: Wishing = {},
): Asking {
  const held = seats.find(([name]) => name === office)
  if (held === undefined) throw new Error(`no office ${office} in the small world`)
  const by = bySchema.parse({
    auth: 'password+totp',
    office: o(office),
    person: p(person ?? held[3]),
    ...(mandate === undefined ? {} : { mandate }),
  })
  return { ledger: village, stream, type, by, input }
}

/** Who holds an office of the small world: for rules that look at persons. */
export const holder = (office: string): string => {
  const held = seats.find(([name]) => o(name) === office)
  return held === undefined ? office : p(held[3])
}

export const numbered = (number: number): RequestId =>
  requestIdSchema.parse(`2026-${String(number).padStart(6, '0')}`)
export const r1 = requestStream(numbered(1))
export const r2 = requestStream(numbered(2))
export const m1: StreamId = 'meeting/m-2026-0001'
export const m2: StreamId = 'meeting/m-2026-0002'

/** The days of the small world: enough for a notice to run, a suspension to lapse. */
export const days: readonly Instant[] = [
  '2026-03-02T01:00:00.000Z',
  '2026-03-13T01:00:00.000Z',
  '2026-03-30T01:00:00.000Z',
].map((at) => instantSchema.parse(at))

/** What is done before the first request, in order; an instant lets the time pass until then. */
type Before = readonly (Asking | string)[]

interface Founded {
  readonly village: ReadonlyMap<StreamId, Folded<unknown>>
  readonly town: ReadonlyMap<StreamId, Folded<unknown>>
}

/** The world before its first request, told through the real acts; `more` happens in it, in order. */
export function founded(more: Before = [], papers: readonly Asking[] = []): Founded {
  const world = new LawWorld({ workflows: [...workflows], now: '2026-02-23T01:00:00.000Z' })
  foundTownship(world, townSeats)
  foundVillage(world, villageSeats)
  populate(world, 4)
  confirm(world, town)
  enactPolicy(world)
  for (const asking of papers) world.given(asking)
  confirm(world, village)
  const [office, kind, organisation, person] = lateSeat
  const inTown = (type: string, input: object) =>
    world.given({ ...wish('roster', type, 'leader', { input }), ledger: town })
  inTown('office.open', { office: o(office), kind, organisation })
  inTown('office.appoint', { office: o(office), person: p(person), from: '2026-02-23' })
  for (const one of more) {
    if (typeof one === 'string') world.clock(one)
    else world.given(one)
  }
  const told = new Set(world.history().map(({ ledger, stream }) => `${ledger} ${stream}`))
  const kept = (ledger: typeof town) =>
    new Map(
      [...told]
        .filter((place) => place.startsWith(`${ledger} `))
        .map((place) => place.slice(ledger.length + 1) as StreamId)
        .map((stream): [StreamId, Folded<unknown>] => {
          const fold = folds.get(stream.split('/')[0] as Fold<unknown>['kind'])
          if (fold === undefined) throw new Error(`no fold for ${stream}`)
          const { length } = world.entries(ledger, stream)
          return [stream, { revision: length - 1, state: world.state(fold, ledger, stream) }]
        }),
    )
  return { village: kept(village), town: kept(town) }
}

const requestsIn = (glance: Glance): readonly (readonly [RequestId, Request])[] =>
  [1, 2].map(numbered).flatMap((id) => {
    const state = glance.state(requestStream(id)) as Request | undefined
    return state === undefined ? [] : [[id, state] as const]
  })

const lives = ({ snapshot }: Request): boolean =>
  snapshot.context.outcome === 'open' || snapshot.context.outcome === 'paid'

/** The facts as this world bears them out, told from its folded requests. */
export function factsOf(glance: Glance): FactSource {
  // looked at only when asked: what is read decides which decisions are the same
  const requests = () => requestsIn(glance)
  return {
    ...unanswered,
    payeeWindow: ({ company: of, keys, from, to, except }) => ({
      payee: keys[0] ?? '',
      keys,
      parts: requests()
        .filter(([id, { submission }]) => id !== except && submission.company === of)
        .filter(([, request]) => lives(request) && request.submission.authority === undefined)
        .filter(([, { submittedOn }]) => submittedOn >= from && submittedOn <= to)
        .filter(([, { submission }]) =>
          payeeKeys(submission.payee).some((key) => keys.includes(key)),
        )
        .map(([id, { submission, submittedOn }]) => ({
          request: id,
          amount: submission.amount,
          on: submittedOn,
          category: submission.category,
          cash: submission.method === 'cash',
          voucherless: submission.invoices.length === 0,
        })),
    }),
    invoiceUse: ({ invoices, except }) => ({
      here: requests()
        .filter(([id]) => id !== except)
        .flatMap(([id, request]) =>
          heldKeys(request)
            .filter((key) => invoices.includes(key))
            .map((key) => ({ invoice: key, request: id })),
        ),
      elsewhere: [],
    }),
    population: ({ from, to }) => ({
      requests: requests()
        .filter(([, { endedOn }]) => endedOn !== '' && endedOn >= from && endedOn <= to)
        .map(([id]) => id),
      red: [],
    }),
  }
}

/** Where a request stands, '' before it is submitted. */
export function placeIn(glance: Glance, stream: StreamId): string {
  const request = glance.state(stream) as Request | undefined
  return request === undefined ? '' : placeOf(request)
}
export const roundIn = (glance: Glance, stream: StreamId): number =>
  (glance.state(stream) as Request | undefined)?.snapshot.context.round ?? 0
