// What a list of requests can be narrowed by. Figures hand out the same filters, so that each leads to its requests.
import { z } from 'zod'
import type { Lateness, RequestWanted } from '../domain/figures.ts'
import { alertColourSchema, alertRuleSchema } from '../domain/alert.ts'
import { categorySchema } from '../domain/expense.ts'
import { findingKindSchema } from '../domain/finding.ts'
import { authorityIdSchema, organisationIdSchema } from '../domain/ids.ts'
import { mustSchema } from '../domain/must.ts'
import { authorityKindNames } from '../domain/places.ts'
import type { LocalDate } from '../domain/time.ts'

export const monthSchema = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/)
const authorityKinds = Object.keys(authorityKindNames) as [keyof typeof authorityKindNames]

export const requestQuery = {
  company: organisationIdSchema.optional(),
  state: z.string().max(40).optional(),
  month: monthSchema.optional(),
  /** Months of submission, both counted in. */
  from: monthSchema.optional(),
  to: monthSchema.optional(),
  category: categorySchema.optional(),
  outcome: z.enum(['open', 'paid', 'rejected', 'withdrawn']).optional(),
  authority: authorityIdSchema.optional(),
  authorityKind: z.enum(authorityKinds).optional(),
  /** Stood in this must and left it; with `stayedAtLeast`, for so many seconds. */
  stayed: mustSchema.optional(),
  stayedAtLeast: z.coerce.number().int().min(0).max(10_000_000_000).optional(),
  returnedFrom: z.string().max(40).optional(),
  /** A field of the form it was sent back for. */
  returnedFor: z.string().max(40).optional(),
  alert: alertRuleSchema.optional(),
  alertColour: alertColourSchema.optional(),
  alertState: z.enum(['open', 'dismissed']).optional(),
  /** With open findings; `late`: one of a round is past its day. */
  findings: z.enum(['open', 'late']).optional(),
  findingKind: findingKindSchema.optional(),
  /** The act it waits for. */
  waitsFor: z.string().max(60).optional(),
  /** With `waitsFor`: past its limit. */
  late: z.enum(['true']).optional(),
}

const querySchema = z.object(requestQuery)
export type RequestQuery = z.output<typeof querySchema>

interface Today {
  readonly today: LocalDate
  /** Of the ledger asked; only looked into where something late is asked for. */
  readonly lateness: () => Lateness
}

/** The query as the database is asked. */
export function wantedOf(query: RequestQuery, { today, lateness }: Today): RequestWanted {
  const { company, state, month, from, to, category, outcome, authority, authorityKind } = query
  const { returnedFrom, returnedFor, alert, alertColour, alertState, findings, findingKind } = query
  const { stayed, stayedAtLeast, waitsFor, late } = query
  return {
    company,
    state,
    month,
    from,
    to,
    category,
    outcome,
    authority,
    authorityKind,
    stayed: stayed === undefined ? undefined : { must: stayed, atLeast: stayedAtLeast ?? 0 },
    returned: some({ place: returnedFrom, field: returnedFor }),
    alert: some({ rule: alert, colour: alertColour, state: alertState }),
    finding:
      findings === undefined && findingKind === undefined
        ? undefined
        : { kind: findingKind, dueBefore: findings === 'late' ? today : undefined },
    waits:
      waitsFor === undefined
        ? undefined
        : { act: waitsFor, late: late === undefined ? undefined : lateness() },
  }
}

const some = <T extends object>(parts: T): T | undefined =>
  Object.values(parts).every((part) => part === undefined) ? undefined : parts
