// Reading a sheet as far as it can be shown and confirmed: every row with what is wrong with it, and the plan of what confirming
// would do. Nothing is kept here and nothing changed.
import type { RosterState } from '../../../workflows/roster/v1/fold.ts'
import type { Draft, DraftStore } from '../../domain/draft.ts'
import type { CommandId, OrganisationId, Origin } from '../../domain/ids.ts'
import type { Money } from '../../domain/money.ts'
import type { LocalDate } from '../../domain/time.ts'
import { columns } from '../import/columns.ts'
import { excerpt, type Fault } from '../import/faults.ts'
import type { Notice } from '../import/notices.ts'
import type { SheetRow } from '../import/sheet.ts'
import { toDraft } from '../import/to-draft.ts'
import { listFaultsOf } from '../lists/keep.ts'
import type { ListPlace, ListRow } from '../lists/rows.ts'
import type { Directory } from '../township/directory.ts'
import type { Mint } from '../township/ids.ts'
import { chunked } from '../township/plan-roster.ts'
import type { ValueVault } from '../township/vault.ts'
import { membersIn, type MemberSheet, type NewHousehold } from './members.ts'
import { listIn, readEither, requestsIn } from './table.ts'

/** One row as it is shown. `known`: it was imported before, and adds nothing. */
export interface RowShown {
  readonly line: number
  readonly state: 'good' | 'bad' | 'known'
  readonly faults: readonly Fault[]
  readonly notices: readonly Notice[]
  /** What the cells say, by header; identity numbers masked. */
  readonly said: Readonly<Record<string, string>>
}

/** One command of a roster, with the names that go to the vault before it. */
export interface RosterStep {
  readonly command: CommandId
  readonly households: readonly NewHousehold[]
}

export type Plan =
  | { readonly subject: 'requests'; readonly drafts: readonly Draft[] }
  | {
      readonly subject: 'payees'
      readonly rows: readonly ListRow[]
      readonly place: ListPlace
      readonly amount: Money
    }
  | { readonly subject: 'members'; readonly steps: readonly RosterStep[] }

export interface Prepared {
  readonly rows: readonly RowShown[]
  /** Of the sheet as a whole. */
  readonly notices: readonly Notice[]
  readonly encoding?: string
  readonly plan: Plan
}

export type Preparing = Prepared | { readonly faults: readonly Fault[] }

/** What is shown at once; a year of a village has fewer. */
export const ROWS_SHOWN = 5000

const tooMany = (count: number): readonly Fault[] =>
  count > ROWS_SHOWN
    ? [{ code: 'tooManyRows', line: 0, params: { limit: String(ROWS_SHOWN) } }]
    : []

export interface RequestSources {
  readonly directory: Directory
  readonly drafts: Pick<DraftStore, 'find'>
  /** Whose books the person keeps. */
  readonly companies: readonly OrganisationId[]
}

export async function prepareRequests(
  bytes: Uint8Array,
  { directory, drafts, companies }: RequestSources,
): Promise<Preparing> {
  const sheet = await requestsIn(bytes)
  const broken = sheet.faults.filter(({ column }) => column === undefined)
  if (sheet.rows.length === 0 && broken.some(ofFile)) return { faults: broken }
  const many = tooMany(sheet.rows.length)
  if (many.length > 0) return { faults: many }
  const good: Draft[] = []
  const shown: RowShown[] = []
  const mine = (row: SheetRow) => ownDraft(row, { directory, companies })
  for (const row of sheet.rows) {
    const made = mine(row)
    const notices = sheet.notices.filter(({ line }) => line === row.line)
    const common = { line: row.line, notices, said: row.said }
    if ('faults' in made) {
      shown.push({ ...common, state: 'bad', faults: made.faults })
      continue
    }
    const known = (await drafts.find(made.draft.id)) !== undefined
    if (!known) good.push(made.draft)
    shown.push({ ...common, state: known ? 'known' : 'good', faults: [] })
  }
  const lines = new Set(shown.map(({ line }) => line))
  return {
    rows: inOrder([...shown, ...badRows(sheet.faults, sheet.notices)]),
    notices: sheet.notices.filter(({ line }) => !lines.has(line)),
    ...(sheet.encoding === undefined ? {} : { encoding: sheet.encoding }),
    plan: { subject: 'requests', drafts: good },
  }
}

/** A fault without a column is one of the file, or of a row that cannot be told into columns. */
const ofFile = ({ code }: Fault): boolean => code !== 'columnCount'

function ownDraft(
  row: SheetRow,
  { directory, companies }: Pick<RequestSources, 'directory' | 'companies'>,
): ReturnType<typeof toDraft> {
  const made = toDraft(row, directory)
  if ('faults' in made || companies.includes(made.draft.submission.company)) return made
  const fault: Fault = {
    code: 'companyNotYours',
    line: row.line,
    column: columns.company.header,
    found: excerpt(row.cells.company),
    params: {},
  }
  return { faults: [fault] }
}

const inOrder = (rows: readonly RowShown[]): readonly RowShown[] =>
  rows.toSorted((a, b) => a.line - b.line)

/** Rows that could not be read at all, told by what is wrong with them. */
function badRows(faults: readonly Fault[], notices: readonly Notice[] = []): readonly RowShown[] {
  const lines = [...new Set(faults.map(({ line }) => line))]
  return lines.map((line) => {
    const own = faults.filter((one) => one.line === line)
    const said = Object.fromEntries(
      own.flatMap(({ column, found = '' }) => (column === undefined ? [] : [[column, found]])),
    )
    return {
      line,
      state: 'bad',
      faults: own,
      notices: notices.filter((one) => one.line === line),
      said,
    }
  })
}

export interface PayeeSources {
  readonly ledger: Origin
  readonly place: Omit<ListPlace, 'ledger'>
  readonly amount: Money
}

/** A list is taken whole or not at all: with one row wrong nothing can be confirmed. */
export async function preparePayees(
  bytes: Uint8Array,
  { ledger, place, amount }: PayeeSources,
): Promise<Preparing> {
  const { rows, lines, faults } = await listIn(bytes)
  const broken = faults.filter(({ column }) => column === undefined)
  if (broken.length > 0) return { faults: broken }
  const many = tooMany(rows.length)
  if (many.length > 0) return { faults: many }
  const against = faults.length > 0 ? [] : listFaultsOf(rows, amount)
  // told by places in a sheet without titles above
  const placed = against.map((one) => ({ ...one, line: placedAt(one.line, lines) }))
  const ofWhole = placed.filter(({ line }) => line === 0)
  if (ofWhole.length > 0) return { faults: ofWhole }
  const bad = badRows([...faults, ...placed])
  const told = new Set(bad.map(({ line }) => line))
  const good = rows.map((row, at): RowShown => {
    const line = lines[at] ?? 0
    return { line, state: 'good', faults: [], notices: [], said: saidOf(row) }
  })
  return {
    rows: inOrder([...good.filter(({ line }) => !told.has(line)), ...bad]),
    notices: [],
    plan: {
      subject: 'payees',
      rows: bad.length > 0 ? [] : rows,
      place: { ledger, ...place },
      amount,
    },
  }
}

/** A list kept by the command line counts from row 2. */
const placedAt = (line: number, lines: readonly number[]): number =>
  line < 2 ? 0 : (lines[line - 2] ?? line)

const saidOf = (row: ListRow): RowShown['said'] =>
  'person' in row
    ? { 金额: row.amount }
    : { 姓名: row.name, 身份证号: row.id, 账号: row.account, 金额: row.amount }

export interface RollSources {
  readonly roster: Pick<RosterState, 'members'>
  readonly vault: Pick<ValueVault, 'get'>
  readonly mint: Mint
  readonly on: LocalDate
}

export async function prepareMembers(bytes: Uint8Array, sources: RollSources): Promise<Preparing> {
  const sheet = await readEither<MemberSheet>(bytes, {
    table: (table) => membersIn(table, sources),
    refused: (fault) => ({ rows: [], households: [], faults: [fault], notices: [] }),
  })
  if (sheet.faults.length > 0) return { faults: sheet.faults }
  const chunks = chunked(sheet.households, ({ members }) => members.length)
  const steps = chunks.map((households) => ({ command: sources.mint.command(), households }))
  return {
    rows: sheet.rows.map(({ line, said, faults }) => ({
      line,
      state: faults.length > 0 ? 'bad' : 'good',
      faults,
      notices: [],
      said,
    })),
    notices: sheet.notices,
    plan: { subject: 'members', steps },
  }
}
