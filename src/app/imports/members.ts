// A sheet of members (社员名册): a row a person, households told by their number. New households only: whoever is on the roll already
// is changed there and not by a sheet.
import type { RosterState } from '../../../workflows/roster/v1/fold.ts'
import type { HouseholdId, PersonId } from '../../domain/ids.ts'
import type { LocalDate } from '../../domain/time.ts'
import { readDay } from '../import/cells.ts'
import { excerpt, type Fault } from '../import/faults.ts'
import type { Notice } from '../import/notices.ts'
import { cellAt, headerOf, isBlank, type Table } from '../import/table.ts'
import { capacityOf } from '../township/capacity.ts'
import type { Mint } from '../township/ids.ts'
import type { PersonValues, ValueVault } from '../township/vault.ts'

const titles = {
  household: '户号',
  name: '姓名',
  birthday: '出生日期',
  capacity: '行为能力',
  delegate: '社员代表',
  phone: '联系电话',
} as const
type Column = keyof typeof titles
const columnNames = Object.keys(titles) as readonly Column[]
const needed: readonly Column[] = ['household', 'name']

const NAME_MAX = 60
const HOUSEHOLD_MAX = 30
export const MEMBERS_MAX = 5000

export interface MemberRow {
  readonly line: number
  readonly said: Readonly<Record<string, string>>
  readonly faults: readonly Fault[]
}

export interface NewHousehold {
  readonly household: HouseholdId
  readonly members: readonly {
    readonly person: PersonId
    readonly capacity: 'full' | 'limited'
    readonly fullFrom?: LocalDate
    readonly delegate?: boolean
  }[]
  readonly persons: readonly { readonly person: PersonId; readonly values: PersonValues }[]
}

export interface MemberSheet {
  readonly rows: readonly MemberRow[]
  readonly households: readonly NewHousehold[]
  /** Of the file: nothing of it is shown. */
  readonly faults: readonly Fault[]
  readonly notices: readonly Notice[]
}

export interface MemberSources {
  readonly roster: Pick<RosterState, 'members'>
  readonly vault: Pick<ValueVault, 'get'>
  readonly mint: Pick<Mint, 'person' | 'household'>
  readonly on: LocalDate
}

const titleOf = (title: string): Column | undefined => {
  const plain = title.normalize('NFC').replaceAll(/\s/g, '')
  return columnNames.find((name) => titles[name] === plain)
}

export function membersIn(table: Table, sources: MemberSources): MemberSheet {
  const { records } = table
  const above = headerOf(records, titleOf)
  const places = above.titles.map(titleOf)
  const none = { rows: [], households: [], notices: [] }
  const lacking = needed.filter((name) => !places.includes(name))
  if (lacking.length > 0) {
    const line = above.row + 1
    const faults = lacking.map((name): Fault => ({
      code: 'headerMissing',
      line,
      params: { header: titles[name] },
    }))
    return { ...none, faults }
  }
  const first = above.row + above.rows
  const read = records.slice(first).flatMap((record, at) => {
    const row = first + at
    return isBlank(record) ? [] : [readRow(new Cells(table, { row, places }), sources.on)]
  })
  if (read.length === 0) return { ...none, faults: [{ code: 'noRows', line: first, params: {} }] }
  if (read.length > MEMBERS_MAX)
    return {
      ...none,
      faults: [{ code: 'tooManyRows', line: 0, params: { limit: String(MEMBERS_MAX) } }],
    }
  return grouped(whole(unlikeOthers(read, sources)), sources)
}

interface Read {
  readonly line: number
  readonly said: Readonly<Record<string, string>>
  readonly faults: readonly Fault[]
  readonly household: string
  readonly name: string
  readonly phone: string
  readonly member: Omit<NewHousehold['members'][number], 'person'>
}

/** The cells of one row, by column. */
class Cells {
  readonly line: number
  readonly faults: Fault[] = []
  readonly said: Record<string, string> = {}
  readonly #table: Table
  readonly #row: number
  readonly #places: readonly (Column | undefined)[]

  constructor(
    table: Table,
    { row, places }: { readonly row: number; readonly places: readonly (Column | undefined)[] },
  ) {
    this.#table = table
    this.#row = row
    this.#places = places
    this.line = row + 1
  }

  text(name: Column): string {
    const place = this.#places.indexOf(name)
    const text = (this.#table.records[this.#row]?.[place] ?? '').trim().normalize('NFC')
    if (text !== '') this.said[titles[name]] = text
    const note = this.#table.notes.get(cellAt(this.#row, place))
    if (note !== undefined) this.wrong(name, note)
    else if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text))
      this.wrong(name, 'controlCharacter', pointOf(text))
    else if (text.includes('\uFFFD')) this.wrong(name, 'damagedText')
    else if (/^[=@]/.test(text)) this.wrong(name, 'formula')
    else if (text === '' && needed.includes(name)) this.wrong(name, 'required')
    else if ([...text].length > NAME_MAX) this.wrong(name, 'tooLong', { max: String(NAME_MAX) })
    else return text
    return ''
  }

  wrong(name: Column, code: Fault['code'], params: Fault['params'] = {}): void {
    const found = this.said[titles[name]]
    const shown = found === undefined ? {} : { found: excerpt(found) }
    this.faults.push({ code, line: this.line, column: titles[name], ...shown, params })
  }
}

const pointOf = (text: string): Fault['params'] => {
  const [sign = ''] = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.exec(text) ?? []
  const point = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return { point: `U+${point}` }
}

function readRow(cells: Cells, on: LocalDate): Read {
  const [household, name] = [cells.text('household'), cells.text('name')]
  const birthday = birthdayIn(cells)
  const said = cells.text('capacity')
  const capacity = said === '完全' ? 'full' : said === '限制' ? 'limited' : undefined
  if (said !== '' && capacity === undefined) cells.wrong('capacity', 'capacityUnknown')
  const found = capacityOf({ birthday, capacity }, on)
  if ('fault' in found)
    cells.wrong(found.fault === 'birthdayAhead' ? 'birthday' : 'capacity', found.fault)
  const delegate = cells.text('delegate')
  if (delegate !== '' && delegate !== '是' && delegate !== '否')
    cells.wrong('delegate', 'yesNoUnknown')
  const phone = cells.text('phone')
  if (phone !== '' && !/^\+?[0-9][0-9 -]{4,19}$/.test(phone)) cells.wrong('phone', 'phoneMalformed')
  const { line, faults, said: words } = cells
  return {
    line,
    said: words,
    faults,
    household,
    name,
    phone,
    member: {
      ...('fault' in found ? { capacity: 'limited' as const } : found),
      ...(delegate === '是' ? { delegate: true } : {}),
    },
  }
}

function birthdayIn(cells: Cells): LocalDate | undefined {
  const text = cells.text('birthday')
  if (text === '') return undefined
  const read = readDay(text)
  if ('value' in read) return read.value
  cells.wrong('birthday', read.code)
  return undefined
}

const phoneOf = (text: string): string => text.replaceAll(/[^\d]/g, '')
const nameOf = (text: string): string => text.normalize('NFKC').replaceAll(/[\s\p{Cf}]/gu, '')

/** One name is one person, unless phone numbers say otherwise. */
function unlikeOthers(read: readonly Read[], { roster, vault }: MemberSources): readonly Read[] {
  const known = new Map<string, { readonly phone: string; readonly line?: number }[]>()
  const note = (name: string, one: { readonly phone: string; readonly line?: number }): void => {
    const same = known.get(name)
    if (same === undefined) known.set(name, [one])
    else same.push(one)
  }
  for (const person of roster.members.keys()) {
    const name = vault.get(person, 'name')
    if (name !== undefined) note(nameOf(name), { phone: phoneOf(vault.get(person, 'phone') ?? '') })
  }
  return read.map((row) => {
    const name = nameOf(row.name)
    const phone = phoneOf(row.phone)
    const same = known
      .get(name)
      ?.find((one) => phone === '' || one.phone === '' || one.phone === phone)
    if (row.name === '') return row
    note(name, { phone, line: row.line })
    if (same === undefined) return row
    const common = { line: row.line, column: titles.name, found: excerpt(row.name) }
    const fault: Fault =
      same.line === undefined
        ? { code: 'memberOnRoll', ...common, params: {} }
        : { code: 'memberTwice', ...common, params: { to: String(same.line) } }
    return { ...row, faults: [...row.faults, fault] }
  })
}

/** A household with one row wrong is left out whole: half of it would be a false roll. */
function whole(read: readonly Read[]): readonly Read[] {
  const bad = new Map<string, number>()
  const count = new Map<string, number>()
  for (const { household, faults, line } of read) {
    count.set(household, (count.get(household) ?? 0) + 1)
    if (faults.length > 0 && household !== '' && !bad.has(household)) bad.set(household, line)
  }
  return read.map((row) => {
    const { household, line, faults } = row
    const common = { line, column: titles.household, found: excerpt(household) }
    const to = bad.get(household)
    if (household === '' || faults.length > 0) return row
    if ((count.get(household) ?? 0) > HOUSEHOLD_MAX)
      return {
        ...row,
        faults: [
          { code: 'householdTooLarge', ...common, params: { limit: String(HOUSEHOLD_MAX) } },
        ],
      }
    return to === undefined
      ? row
      : { ...row, faults: [{ code: 'householdIncomplete', ...common, params: { to: String(to) } }] }
  })
}

function grouped(read: readonly Read[], { mint }: MemberSources): MemberSheet {
  const byNumber = new Map<string, Read[]>()
  for (const row of read) {
    if (row.faults.length > 0) continue
    const own = byNumber.get(row.household)
    if (own === undefined) byNumber.set(row.household, [row])
    else own.push(row)
  }
  const households = [...byNumber.values()].map((rows): NewHousehold => {
    const persons = rows.map(({ name, phone, member }) => ({
      person: mint.person(),
      member,
      values: { name, ...(phone === '' ? {} : { phone }) },
    }))
    return {
      household: mint.household(),
      members: persons.map(({ person, member }) => ({ person, ...member })),
      persons: persons.map(({ person, values }) => ({ person, values })),
    }
  })
  const rows = read.map(({ line, said, faults }) => ({ line, said, faults }))
  return { rows, households, faults: [], notices: [] }
}
