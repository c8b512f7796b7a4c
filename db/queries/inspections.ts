// Inspections, newest period first, and findings by limit or by request.
import { and, asc, desc, eq, getTableColumns, inArray } from 'drizzle-orm'
import {
  type InspectionId,
  inspectionStream,
  type Origin,
  type RequestId,
  type StreamId,
} from '../../src/domain/ids.ts'
import type { FindingRow, InspectionRow } from '../../src/domain/projection.ts'
import type { Reads } from '../reads.ts'
import { beyond, type Cursor, type Page, pageOf } from './page.ts'

export type StoredInspection = InspectionRow & { readonly ledger: Origin }
/** `stream` is that of the inspection that raised it. */
export type StoredFinding = FindingRow & {
  readonly ledger: Origin
  readonly stream: StreamId
  readonly key: string
}

export async function inspectionPage(
  { db, t }: Reads,
  {
    ledger,
    campaign,
    limit,
    after,
  }: {
    readonly ledger: Origin
    readonly campaign?: string | undefined
    readonly limit: number
    readonly after?: Cursor | undefined
  },
): Promise<Page<StoredInspection>> {
  const { inspection } = t
  const order = [inspection.periodTo, inspection.inspection]
  const rows = await db
    .select(inspectionFields(t))
    .from(inspection)
    .where(
      and(
        eq(inspection.ledger, ledger),
        campaign === undefined ? undefined : eq(inspection.campaign, campaign),
        after === undefined ? undefined : beyond(order, '<', after),
      ),
    )
    .orderBy(...order.map((column) => desc(column)))
    .limit(limit + 1)
  return pageOf(rows, limit, (row) => [row.periodTo, row.inspection])
}

/** Undefined when there is no such inspection. */
export async function inspectionRow(
  { db, t }: Reads,
  ledger: Origin,
  inspection: InspectionId,
): Promise<StoredInspection | undefined> {
  const [row] = await db
    .select(inspectionFields(t))
    .from(t.inspection)
    .where(
      and(eq(t.inspection.ledger, ledger), eq(t.inspection.stream, inspectionStream(inspection))),
    )
  return row
}

/** Findings in some states, the one due first before the others. */
export async function findingPage(
  { db, t }: Reads,
  filter: {
    readonly ledger: Origin
    readonly states: readonly string[]
    readonly limit: number
    readonly after?: Cursor | undefined
  },
): Promise<Page<StoredFinding>> {
  const { finding } = t
  const order = [finding.dueOn, finding.stream, finding.key]
  const { ledger, states, limit, after } = filter
  const rows = await db
    .select()
    .from(finding)
    .where(
      and(
        eq(finding.ledger, ledger),
        inArray(finding.state, [...states]),
        after === undefined ? undefined : beyond(order, '>', after),
      ),
    )
    .orderBy(...order.map((column) => asc(column)))
    .limit(limit + 1)
  return pageOf(rows, limit, (row) => [row.dueOn, row.stream, row.key])
}

/** Every finding about one request. */
export async function findingsOf(
  { db, t }: Reads,
  ledger: Origin,
  request: RequestId,
): Promise<readonly StoredFinding[]> {
  return db
    .select()
    .from(t.finding)
    .where(and(eq(t.finding.ledger, ledger), eq(t.finding.request, request)))
    .orderBy(t.finding.stream, t.finding.key)
}

function inspectionFields({ inspection }: Reads['t']) {
  const { stream: _stream, key: _key, ...columns } = getTableColumns(inspection)
  return columns
}
