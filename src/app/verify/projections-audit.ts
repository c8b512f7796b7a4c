// The read tables beside what the entries fold to, both ways: a row that should not be, and one that should.
import type { ProjectedRow } from '../../domain/projection.ts'
import type { Finding } from './codes.ts'
import type { StoredProjection } from './source.ts'

export interface ProjectionsOptions {
  readonly stored: Iterable<StoredProjection>
  /** What a stream folds to; undefined for a stream the ledger does not hold. */
  readonly rowsOf: (ledger: string, stream: string) => readonly ProjectedRow[] | undefined
  readonly streams: () => Iterable<{ readonly ledger: string; readonly stream: string }>
  readonly report: (finding: Finding) => void
}

/** Returns how many rows were compared. */
export function auditProjections(options: ProjectionsOptions): number {
  const { stored, streams, rowsOf, report } = options
  // rows found right, by stream: what is left over at the end is missing
  const matched = new Map<string, number>()
  let read = 0
  for (const found of stored) {
    read++
    const { ledger, stream, table, key, row } = found
    const expected = rowsOf(ledger, stream)?.find((one) => one.table === table && one.key === key)
    const place = `${ledger}\n${stream}`
    if (expected !== undefined) matched.set(place, (matched.get(place) ?? 0) + 1)
    const difference = differing(row, expected?.row)
    if (difference === undefined) continue
    const detail = `${table} ${key} ${difference}`.replaceAll('  ', ' ')
    report({ code: 'projectionDiffers', ledger, stream, detail })
  }
  for (const { ledger, stream } of streams()) {
    const expected = rowsOf(ledger, stream)?.length ?? 0
    const found = matched.get(`${ledger}\n${stream}`) ?? 0
    if (found >= expected) continue
    report({ code: 'projectionDiffers', ledger, stream, detail: `${found} < ${expected}` })
  }
  return read
}

/** The first field that differs, as `field: found ≠ expected`. */
function differing(
  found: StoredProjection['row'],
  expected: ProjectedRow['row'] | undefined,
): string | undefined {
  if (expected === undefined) return '≠ —'
  const wanted: Readonly<Record<string, unknown>> = { ...expected }
  for (const field of new Set([...Object.keys(wanted), ...Object.keys(found)])) {
    const [is, due] = [plain(found[field]), plain(wanted[field])]
    if (is !== due) return `${field}: ${is} ≠ ${due}`
  }
  return undefined
}

/** As stored: a boolean is 0 or 1, and a number is not the text of it. */
function plain(value: unknown): string {
  const stored = typeof value === 'boolean' ? Number(value) : value
  return JSON.stringify(stored) ?? '—'
}
