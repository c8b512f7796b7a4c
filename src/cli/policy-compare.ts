// policy compare: what a proposed policy would have asked of the requests of a year.
import type { ChangedAuthority } from '../app/compare-authorities.ts'
import type { ChangedRequest } from '../app/compare-change.ts'
import { comparePolicy, type Comparison } from '../app/compare.ts'
import { entriesOf } from '../app/read/entries.ts'
import type { LedgerView } from '../app/read/ledgers.ts'
import { type Names, namesOf } from '../app/read/names.ts'
import { policyBase } from '../app/read/policy.ts'
import { checkPolicy } from '../app/read/policy-file.ts'
import { policyFaultText } from '../app/read/policy-words.ts'
import type { Reading } from '../app/read/port.ts'
import { fill } from '../domain/language.ts'
import { grouped } from '../domain/money.ts'
import { mustNames, musts } from '../domain/must.ts'
import { type PolicyValues, presetValues } from '../domain/policy.ts'
import { addDays, dateAt, instantOf, type LocalDate, localDateSchema } from '../domain/time.ts'
import { CliFault, fault } from './faults.ts'
import { readText } from './files.ts'
import { settingsOf } from './policy.ts'
import { chosenLedgers, type Session } from './session.ts'
import { table } from './table.ts'
import { words } from './words.ts'

export interface CompareOptions {
  readonly from?: string
  readonly to?: string
  readonly ledger?: string
}

const DAYS_OF_A_YEAR = 365

/** @throws CliFault when the proposal is not lawful */
export async function policyCompare(
  session: Session,
  file: string,
  options: CompareOptions,
): Promise<void> {
  const settings = settingsOf(file, await readText(session, file))
  const { from, to } = period(session, options)
  await session.reading(async (reading) => {
    const ledgers = chosenLedgers(reading, options.ledger)
    const villages = ledgers.filter(({ kind }) => kind === 'village')
    const { values, faults } = checkPolicy(baseOf(reading, ledgers), settings)
    const [wrong] = faults
    if (wrong !== undefined) {
      throw new CliFault('policyMalformed', {
        zh: `${file}：${policyFaultText(wrong, 'zh')}`,
        en: `${file}: ${policyFaultText(wrong, 'en')}`,
      })
    }
    const compared = comparison(reading, villages, { values, from, to })
    const names = new Map(villages.map(({ origin }) => [origin, namesIn(session, reading, origin)]))
    session.print(compared, () => lines(session, compared, names))
  })
}

const comparison = (
  reading: Reading,
  villages: readonly LedgerView[],
  asked: { readonly values: PolicyValues; readonly from: LocalDate; readonly to: LocalDate },
): Comparison =>
  comparePolicy(
    villages.map(({ origin }) => ({
      ledger: origin,
      entries: entriesOf(reading.ledgers, origin),
    })),
    asked,
  )

const namesIn = ({ language }: Session, reading: Reading, origin: LedgerView['origin']): Names =>
  namesOf(reading, origin, { language, persons: reading.person })

/** The township's last policy, which a proposal starts from. */
function baseOf(reading: Reading, ledgers: readonly LedgerView[]): PolicyValues {
  const [township] = ledgers.flatMap(({ kind, origin, township: relied }) =>
    kind === 'township' ? [origin] : relied === undefined ? [] : [relied],
  )
  return township === undefined ? presetValues : policyBase(reading, township)
}

/** @throws CliFault `valueMalformed` */
function period({ world }: Session, options: CompareOptions) {
  const to = dayOf('--to', options.to) ?? dateAt(instantOf(world.now()))
  return { from: dayOf('--from', options.from) ?? addDays(to, 1 - DAYS_OF_A_YEAR), to }
}

function dayOf(option: string, found: string | undefined): LocalDate | undefined {
  if (found === undefined) return undefined
  const parsed = localDateSchema.safeParse(found)
  if (parsed.success) return parsed.data
  throw fault('valueMalformed', { option, found, expected: 'yyyy-mm-dd' })
}

type NamesBy = ReadonlyMap<string, Names>

function lines(session: Session, compared: Comparison, names: NamesBy): readonly string[] {
  const word = words[session.language]
  const { from, to, requests, changed, authorities } = compared
  const counted = { from, to, requests: String(requests), changed: String(changed.length) }
  return [
    fill(word.compared, counted),
    '',
    ...totals(session, compared, names),
    ...changed.flatMap((one) => ['', ...changedLines(session, one, names)]),
    ...authorities.flatMap((one) => ['', ...authorityLines(session, one, names)]),
  ]
}

/** One request: what it would gain or be spared, and why. */
function changedLines(
  { language }: Session,
  { ledger, request, company, amount, submittedOn, changes, refused, signOff }: ChangedRequest,
  names: NamesBy,
): readonly string[] {
  const name = names.get(ledger)?.organisation(company) ?? company
  const word = words[language]
  return [
    `${request}  ${submittedOn}  ${name}  ${grouped(amount)}`,
    ...changes.map(({ must, change, would }) => {
      const sign = change === 'gained' ? '+' : '−'
      return `  ${sign} ${mustNames[must][language]}  ${would[language]}`
    }),
    ...(refused === undefined ? [] : [`  × ${word.wouldBeRefused}  ${refused.why[language]}`]),
    ...(signOff === undefined
      ? []
      : [`  ~ ${word.signatures}  ${word[signOff.was]} → ${word[signOff.would]}`]),
  ]
}

function authorityLines(
  { language }: Session,
  { ledger, authority, company, title, ceiling, enteredOn, changes }: ChangedAuthority,
  names: NamesBy,
): readonly string[] {
  const name = names.get(ledger)?.organisation(company) ?? company
  return [
    `${authority}  ${enteredOn}  ${name}  ${grouped(ceiling)}  ${title}`,
    ...changes.map((change) => `  ~ ${words[language][change]}`),
  ]
}

function totals(
  { language }: Session,
  { musts: all, companies }: Comparison,
  names: NamesBy,
): readonly string[] {
  const word = words[language]
  const rowsOf = (name: string, counts: Comparison['musts']) =>
    musts.map((must) => {
      const { was, would, gained, lost } = counts[must]
      return [name, mustNames[must][language], ...[was, would, gained, lost].map(String)]
    })
  return table(
    [
      { title: word.company, most: 30 },
      { title: word.must },
      { title: word.was, align: 'right' },
      { title: word.would, align: 'right' },
      { title: word.gained, align: 'right' },
      { title: word.lost, align: 'right' },
    ],
    [
      ...rowsOf(word.total, all),
      ...companies.flatMap(({ ledger, company, musts: own }) =>
        rowsOf(names.get(ledger)?.organisation(company) ?? company, own),
      ),
    ],
  )
}
