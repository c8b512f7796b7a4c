// One round of inspection as a page: its lot, its coverage and its findings.
import { inspectionFold, type InspectionState } from '../../../workflows/inspection/v1/fold.ts'
import { faults, findingKinds } from '../../domain/finding.ts'
import { inspectionIdSchema, inspectionStream, type Origin } from '../../domain/ids.ts'
import type { Language } from '../../domain/language.ts'
import { folded } from '../folded.ts'
import { inspectionKindNames } from '../names.ts'
import { findingStates, inspectionStates } from '../../domain/places.ts'
import { tellAll, type Told } from '../sentences.ts'
import type { Names } from './names.ts'
import type { Reading } from './port.ts'

export interface InspectionView {
  readonly ledger: Origin
  readonly inspection: string
  readonly kind: string
  readonly state: string
  readonly period: { readonly from: string; readonly to: string }
  readonly companies: readonly string[]
  readonly team: readonly string[]
  readonly population: number
  readonly lot: readonly string[]
  /** Examined for an open red alert when the lot was drawn. */
  readonly red: readonly string[]
  readonly campaign: string
  readonly covered: number
  readonly findings: readonly {
    readonly finding: string
    readonly request: string
    readonly fault: string
    readonly kind: string
    readonly state: string
    readonly dueOn: string
    readonly text: string
  }[]
  readonly trail: readonly Told[]
}

/** Undefined when this ledger has no such inspection. */
export function inspectionView(
  reading: Reading,
  { ledger, id }: { readonly ledger: Origin; readonly id: string },
  how: { readonly names: Names; readonly language: Language },
): InspectionView | undefined {
  const parsed = inspectionIdSchema.safeParse(id)
  if (!parsed.success) return undefined
  const entries = reading.stream(ledger, inspectionStream(parsed.data))
  const state = folded(inspectionFold, entries)
  if (state === undefined) return undefined
  const { names, language } = how
  const { plan, snapshot, team, notice, lot, red, coverage } = state
  return {
    ledger,
    inspection: id,
    kind: inspectionKindNames[plan.kind]?.[language] ?? plan.kind,
    state: inspectionStates[snapshot.value]?.[language] ?? snapshot.value,
    period: plan.period,
    companies: plan.companies.map((company) => names.organisation(company)),
    team: [...team.keys()].map((person) => names.person(person)),
    population: notice?.population.count ?? 0,
    lot: [...lot],
    red: [...red],
    campaign: plan.campaign ?? '',
    covered: coverage.size,
    findings: findings(state, language),
    trail: tellAll(entries, how),
  }
}

const findings = (state: InspectionState, language: Language): InspectionView['findings'] =>
  [...state.findings.values()].map(({ id, what, snapshot, dueOn }) => ({
    finding: id,
    request: what.request ?? '',
    fault: faults[what.fault][language],
    kind: findingKinds[what.kind][language],
    state: findingStates[snapshot.value]?.[language] ?? snapshot.value,
    dueOn,
    text: what.text,
  }))
