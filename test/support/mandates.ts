// Mandates of the cast: granted as their offices grant them, and the words to act under one.
import { type By, bySchema } from '../../src/domain/entry.ts'
import type { Origin } from '../../src/domain/ids.ts'
import { type Asking, digest, type LawWorld } from './law.ts'
import { o, p, town, village } from './law-cast.ts'
import { all, as, close, matter, openSeats, sit, vote } from './meeting-cast.ts'

export const first = 'd_first'

/** Terms for four weeks of March; `change` is what a row is about. */
export const terms = (office: string, deputy: string, change: object = {}) => ({
  mandate: first,
  office: o(office),
  person: p(deputy),
  from: '2026-03-02',
  to: '2026-03-27',
  musts: office === 'chead' ? ['issuing'] : ['townshipFiling'],
  ...change,
})

interface Granting {
  readonly ledger: Origin
  readonly office: string
  readonly ground?: { readonly meeting: string; readonly item: string }
}

export const grant = (input: object, { ledger, office, ground }: Granting): Asking => ({
  ledger,
  stream: 'roster',
  type: 'mandate.grant',
  by: as(office),
  input: { ...input, paper: digest('mandate'), ...(ground === undefined ? {} : { ground }) },
})

/** The head of the centre, or another office of the township, names a deputy. */
export const grantInTown = (input: object, office = 'head'): Asking =>
  grant(input, { ledger: town, office })
/** The clerk enters the deputy the board appointed. */
export const grantByBoard = (input: object, office = 'clerk', item = 'a1'): Asking =>
  grant(input, { ledger: village, office, ground: { meeting: 'm-2026-0001', item } })

export const revoke = (office: string, ledger: Origin = town, mandate = first): Asking => ({
  ledger,
  stream: 'roster',
  type: 'mandate.revoke',
  by: as(office),
  input: { mandate, reason: '本人已回岗' },
})

/** The same act by a deputy: under their own name, in the office represented. */
export const deputising = (asking: Asking, deputy: string, mandate = first): Asking => ({
  ...asking,
  by: deputyOf(asking.by, deputy, mandate),
})
const deputyOf = ({ office }: By, deputy: string, mandate: string): By =>
  bySchema.parse({ auth: 'password+totp', office, person: p(deputy), mandate })

/** A board (or council) that meets tomorrow and votes on such a deputy. */
export function boardVotes(
  world: LawWorld,
  deputy: object | undefined,
  { kind = 'board', choice = 'for' }: { kind?: 'board' | 'council'; choice?: string } = {},
): LawWorld {
  const seats = kind === 'board' ? ['dir1', 'dir2', 'dir3'] : ['council1', 'council2', 'council3']
  openSeats(world, kind, [matter('a1', deputy === undefined ? {} : { deputy })])
  // the candidate takes no part in the vote on themselves
  const own = deputy !== undefined && 'person' in deputy ? deputy.person : undefined
  const votes = seats.flatMap((seat) =>
    p(seat) === own ? [sit(seat)] : [sit(seat), vote(seat, choice)],
  )
  return all(world, [...votes, close(seats[0])])
}
