// inspection@1 folded: the round, its lot, whom it has covered, and its findings.
import type { Entry } from '../../../src/domain/entry.ts'
import type {
  FindingId,
  InspectionId,
  OfficeId,
  PersonId,
  RequestId,
  Sha256Hex,
} from '../../../src/domain/ids.ts'
import { inspectionStream } from '../../../src/domain/ids.ts'
import { type Money, sum } from '../../../src/domain/money.ts'
import type { Fold, Past } from '../../../src/domain/store.ts'
import type { Instant, LocalDate } from '../../../src/domain/time.ts'
import { CorruptHistory } from '../../workflow.ts'
import { type InspectionEvent, inspectionEvents, type Plan } from './events.ts'
import {
  findingLife,
  type FindingSnapshot,
  inspectionLife,
  type InspectionSnapshot,
} from './machine.ts'

export type Result = 'notExamined' | 'noFinding' | 'finding'

type Body<T extends InspectionEvent['type']> = Extract<InspectionEvent, { type: T }>['body']

export interface Finding {
  readonly id: FindingId
  readonly snapshot: FindingSnapshot
  readonly what: Body<'finding.raised'>['given']
  readonly dueOn: LocalDate
  /** Money that came back, each transfer once. */
  readonly recovered: readonly { readonly amount: Money; readonly bankReference: string }[]
  /** When it came into its present state. */
  readonly since: Instant
  /** When it was raised. */
  readonly begunAt: Instant
  readonly raiser: PersonId
  /** Who answered last. */
  readonly answerer?: PersonId
}

export interface Notice {
  readonly startsOn: LocalDate
  readonly drawAfter: Instant
  readonly commitment: Sha256Hex
  readonly population: { readonly count: number; readonly digest: Sha256Hex }
  readonly sample: number
}

export interface InspectionState {
  readonly snapshot: InspectionSnapshot
  readonly plan: Plan
  /** When it came into its present state. */
  readonly since: Instant
  /** When it was planned. */
  readonly begunAt: Instant
  readonly team: ReadonlyMap<PersonId, OfficeId>
  readonly notice?: Notice
  /** What the lot drew, and what was picked beside it: these must be examined. */
  readonly lot: ReadonlySet<RequestId>
  readonly picks: ReadonlyMap<RequestId, string>
  /** Those that had an open red alert when the lot was drawn: examined as well. */
  readonly red: ReadonlySet<RequestId>
  readonly coverage: ReadonlyMap<RequestId, Result>
  /** How many requests each inspector has covered. */
  readonly coverers: ReadonlyMap<PersonId, number>
  readonly findings: ReadonlyMap<FindingId, Finding>
  /** Of the round it follows: findings that were looked at again and have lasted. */
  readonly reviewed: ReadonlySet<FindingId>
}

export const inspectionFold: Fold<InspectionState | undefined> = {
  kind: 'inspection',
  initial: undefined,
  apply(inspection, entry) {
    const parsed = inspectionEvents.safeParse({ type: entry.type, body: entry.body })
    if (!parsed.success) throw new CorruptHistory(entry, parsed.error.message)
    const event = parsed.data
    const before = inspection?.snapshot ?? inspectionLife.initial(undefined)
    if (!inspectionLife.accepts(before, event)) {
      throw new CorruptHistory(entry, `not open in ${before.value}`)
    }
    const snapshot = inspectionLife.step(before, event)
    if (event.type === 'inspection.planned') return planned(event.body, snapshot, entry.at)
    if (inspection === undefined) throw new CorruptHistory(entry, 'not planned first')
    const since = snapshot.value === before.value ? inspection.since : entry.at
    return { ...recorded(inspection, event, entry), snapshot, since }
  },
}

function planned(
  { given }: Body<'inspection.planned'>,
  snapshot: InspectionSnapshot,
  since: Instant,
): InspectionState {
  return {
    snapshot,
    plan: given,
    since,
    begunAt: since,
    team: teamOf(given.inspectors),
    lot: new Set(),
    picks: new Map(),
    red: new Set(),
    coverage: new Map(),
    coverers: new Map(),
    findings: new Map(),
    reviewed: new Set(),
  }
}

const teamOf = (inspectors: Plan['inspectors']): InspectionState['team'] =>
  new Map(inspectors.map(({ office, person }) => [person, office]))

type Later = Exclude<InspectionEvent, { type: 'inspection.planned' }>

function recorded(inspection: InspectionState, event: Later, entry: Entry): InspectionState {
  switch (event.type) {
    case 'inspection.noticed': {
      const { given, population, sample } = event.body
      const { startsOn, drawAfter, commitment } = given
      return { ...inspection, notice: { startsOn, drawAfter, commitment, population, sample } }
    }
    case 'inspection.lotListed':
      return { ...inspection, lot: new Set([...inspection.lot, ...event.body.requests]) }
    case 'inspection.redListed':
      return { ...inspection, red: new Set([...inspection.red, ...event.body.requests]) }
    case 'inspection.drawn':
    case 'inspection.picked':
      return { ...inspection, picks: withPicks(inspection.picks, event.body.given.picks) }
    case 'inspection.covered':
      return {
        ...inspection,
        coverage: withCoverage(inspection.coverage, event.body.given),
        coverers: new Map(inspection.coverers).set(
          entry.by.person,
          (inspection.coverers.get(entry.by.person) ?? 0) + event.body.fresh,
        ),
      }
    case 'inspection.teamChanged': {
      const { inspectors } = event.body.given
      return {
        ...inspection,
        plan: { ...inspection.plan, inspectors },
        team: teamOf(inspectors),
      }
    }
    case 'inspection.started':
    case 'inspection.concluded':
    case 'inspection.cancelled':
      return inspection
    default:
      return ofFinding(inspection, event, entry)
  }
}

type OfFinding = Extract<Later, { type: `finding.${string}` | 'recovery.recorded' }>

function ofFinding(inspection: InspectionState, event: OfFinding, entry: Entry): InspectionState {
  switch (event.type) {
    case 'finding.raised': {
      const { finding: id, dueOn, given } = event.body
      const raised = {
        id,
        snapshot: findingLife.initial(undefined),
        what: given,
        dueOn,
        recovered: [],
        since: entry.at,
        begunAt: entry.at,
        raiser: entry.by.person,
      }
      return withFinding(inspection, moved(raised, event, entry))
    }
    case 'finding.answered': {
      const finding = moved(known(inspection, event.body.given.finding, entry), event, entry)
      return withFinding(inspection, { ...finding, answerer: entry.by.person })
    }
    case 'finding.verified':
      return withFinding(
        inspection,
        moved(known(inspection, event.body.given.finding, entry), event, entry),
      )
    case 'finding.reopened': {
      const finding = moved(known(inspection, event.body.given.finding, entry), event, entry)
      return withFinding(inspection, { ...finding, dueOn: event.body.dueOn })
    }
    case 'finding.reviewed':
      return {
        ...inspection,
        reviewed: new Set([...inspection.reviewed, event.body.given.finding]),
      }
    case 'recovery.recorded': {
      const { finding: id, amount, bankReference } = event.body.given
      const before = known(inspection, id, entry)
      // money that comes back does not put the finding into another state
      const finding = { ...moved(before, event, entry), since: before.since }
      const recovered = [...finding.recovered, { amount, bankReference }]
      return withFinding(inspection, { ...finding, recovered })
    }
  }
}

function withPicks(
  picks: InspectionState['picks'],
  added: readonly { readonly request: RequestId; readonly reason: string }[],
): InspectionState['picks'] {
  const next = new Map(picks)
  for (const { request, reason } of added) next.set(request, reason)
  return next
}

function withCoverage(
  coverage: InspectionState['coverage'],
  { notExamined, examined }: Body<'inspection.covered'>['given'],
): InspectionState['coverage'] {
  const next = new Map(coverage)
  for (const request of notExamined) next.set(request, 'notExamined')
  for (const { request, result } of examined) next.set(request, result)
  return next
}

function known({ findings }: InspectionState, id: FindingId, entry: Entry): Finding {
  const finding = findings.get(id)
  if (finding === undefined) throw new CorruptHistory(entry, `no finding ${id}`)
  return finding
}

function moved(finding: Finding, event: InspectionEvent, entry: Entry): Finding {
  if (!findingLife.accepts(finding.snapshot, event)) {
    throw new CorruptHistory(entry, `${finding.id} is ${finding.snapshot.value}`)
  }
  return { ...finding, since: entry.at, snapshot: findingLife.step(finding.snapshot, event) }
}

const withFinding = (inspection: InspectionState, finding: Finding): InspectionState => ({
  ...inspection,
  findings: new Map(inspection.findings).set(finding.id, finding),
})

/** The folded round of a stream this command named; undefined when it was never planned. */
export const inspectionIn = (past: Past, id: InspectionId): InspectionState | undefined =>
  past.stream(inspectionFold, inspectionStream(id)).state

/** Findings not yet closed out, oldest first. */
export const openFindings = ({ findings }: InspectionState): readonly Finding[] =>
  [...findings.values()].filter(({ snapshot }) => snapshot.value !== 'verified')

/** What this round must look into: the lot, what was picked beside it, and every open red alert (law 6.7). */
export const mustExamine = ({ lot, picks, red }: InspectionState, request: RequestId): boolean =>
  lot.has(request) || picks.has(request) || red.has(request)

/** What has come back of the money a finding asks for. */
export const recoveredOf = ({ recovered }: Finding): Money =>
  sum(recovered.map(({ amount }) => amount))

/** Who covered more than any other inspector: another one concludes, so that two answer for what the round says (law 6.1). */
export function coveredMost({ coverers }: InspectionState): PersonId | undefined {
  const [first, second] = [...coverers].toSorted(([, a], [, b]) => b - a)
  return first !== undefined && first[1] > (second?.[1] ?? 0) ? first[0] : undefined
}

/** Of the followed round: findings that this round has neither looked at again nor raised again, closed out or not (law 6.1). */
export function notReviewed(
  { reviewed, findings, plan }: InspectionState,
  followed: InspectionState,
): readonly Finding[] {
  const again = [...findings.values()].flatMap(({ what }) =>
    plan.kind === 'followUp' && what.again?.round === plan.follows ? [what.again.finding] : [],
  )
  return [...followed.findings.values()].filter(
    ({ id }) => !reviewed.has(id) && !again.includes(id),
  )
}

/** Every request the round has dealt with so far. */
export const requestsOf = ({ coverage }: InspectionState): readonly RequestId[] => [
  ...coverage.keys(),
]

export const examinedCount = ({ coverage }: InspectionState): number =>
  [...coverage.values()].filter((result) => result !== 'notExamined').length
