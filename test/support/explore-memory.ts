// What is remembered of a small world, from its events alone, and the words to read them with.
import type { JsonObject } from '../../src/domain/entry.ts'
import type { Demand, Must } from '../../src/domain/must.ts'
import type { EventDraft } from '../../src/domain/store.ts'
import type { Happening } from './explore.ts'

/** Of one request. Persons and offices by id; lists ascending, so that order is no difference. */
export interface OfRequest {
  readonly amount: number
  /** It or the sum to the payee was large when its route was frozen: all supervisors sign (law 5.15, 3.9). */
  readonly large: boolean
  readonly payee: string
  readonly authority: string
  readonly issuers: readonly string[]
  readonly demands: Readonly<Record<string, Demand>>
  /** Handled, witnessed and issued in this round. */
  readonly issued: boolean
  readonly papers: boolean
  readonly discharged: readonly Must[]
  readonly signed: readonly string[]
  readonly accepted: string
  /** The head's confirmation of one officer's consent is awaited. */
  readonly unconfirmed: boolean
  /** The head said no, or nothing in time, while the money moved. */
  readonly denied: boolean
  /** Deferred musts that no meeting has decided yet. */
  readonly unratified: readonly string[]
  readonly suspended: boolean
  readonly ordered: boolean
  readonly outcome: 'open' | 'paid' | 'ended'
  readonly covered: boolean
  readonly findings: readonly string[]
  /** `person must`, of every round. */
  readonly decided: readonly string[]
  /** What its last act may be taken back to, and by whom. */
  readonly undo?: { readonly person: string; readonly was: OfRequest }
}

export interface Memory {
  readonly requests: Readonly<Record<string, OfRequest>>
  /** `meeting item` → request. */
  readonly agendas: Readonly<Record<string, string>>
  /** `meeting item seat` → choice and who made it. */
  readonly ballots: Readonly<Record<string, string>>
  /** `meeting seat` of those who signed the minutes as they stand. */
  readonly minutes: readonly string[]
  /** `meeting` → the day it was opened, and who has come. */
  readonly opened: Readonly<Record<string, number>>
  readonly seated: readonly string[]
  /** `meeting item` → for. */
  readonly tallies: Readonly<Record<string, number>>
  /** `meeting` → members who take part. */
  readonly present: Readonly<Record<string, number>>
  /** `authority request` → fen held. */
  readonly held: Readonly<Record<string, number>>
  /** Offices whose holder has left: who voted there can no longer sign the minutes. */
  readonly left: readonly string[]
}

export const nothing: Memory = {
  requests: {},
  agendas: {},
  ballots: {},
  minutes: [],
  opened: {},
  seated: [],
  tallies: {},
  present: {},
  held: {},
  left: [],
}

/** What this world knows of itself. */
export interface Known {
  /** Accounts of payees that a person of the organs controls. */
  readonly relatedAccounts: readonly string[]
  readonly head: string
  /** Seats of board, council and supervisors, the chair first. */
  readonly directors: readonly string[]
  readonly councillors: readonly string[]
  readonly supervisors: readonly string[]
  /** Seats and persons the related deal concerns. */
  readonly relatedSeats: readonly string[]
  readonly relatedPersons: readonly string[]
  /** Members who may vote. */
  readonly roll: number
  /** Mandate → person represented. */
  readonly mandates: Readonly<Record<string, string>>
}

export interface Told {
  readonly happening: Happening
  readonly complain: (rule: string) => void
  readonly known: Known
}

/** Who acts, and whom they represent. */
export function actingBy({ happening, known }: Told): readonly string[] {
  const { mandate, person } = happening.asking.by
  const represented = mandate === undefined ? undefined : known.mandates[mandate]
  return represented === undefined ? [person] : [person, represented]
}

/** A field that is text where it is there. */
export const word = (value: unknown): string => (typeof value === 'string' ? value : '')
/** `'1200.00'` → 120000. */
export const fen = (amount: unknown): number => Number(word(amount).replace('.', ''))
export const given = (event: EventDraft): JsonObject => (event.body['given'] ?? {}) as JsonObject
export const text = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value))
export const withItem = (list: readonly string[], item: string): readonly string[] =>
  list.includes(item) ? list : [...list, item].toSorted()

/** Without the keys that begin so. */
export const without = <V>(
  of: Readonly<Record<string, V>>,
  start: string,
): Readonly<Record<string, V>> =>
  Object.fromEntries(Object.entries(of).filter(([key]) => !key.startsWith(start)))
