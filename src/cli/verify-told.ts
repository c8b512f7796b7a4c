// How a verification is told: what is wrong, first causes first, with what to do; and a headline that claims no more than
// was checked.
import type { VerifySummary } from '../app/verify.ts'
import type { Violation } from '../app/verify/codes.ts'
import { causeRank, remedyOf } from '../app/verify/remedies.ts'
import { fillBoth, type Language, type Sentence } from '../domain/language.ts'

type Known = Omit<Violation, 'stream'> & { readonly stream?: string | undefined }

const follows: Sentence = {
  zh: '以下很可能是同一原因的后果：',
  en: 'What follows is probably of the same cause:',
}

/** Those of one ledger and code together, the first in full. */
export function violationLines(found: readonly Known[], language: Language): readonly string[] {
  const groups = grouped(found)
  return [...new Set(found.map(({ ledger }) => ledger))].flatMap((ledger) => {
    const own = groups.filter(([first]) => first.ledger === ledger)
    const causes = own.filter(([{ code }]) => causeRank(code) === 0)
    const rest = own.filter((group) => !causes.includes(group))
    if (causes.length === 0) return own.flatMap((group) => inFull(group, language))
    return [
      ...causes.flatMap((group) => inFull(group, language)),
      ...(rest.length === 0 ? [] : [`  ${follows[language]}`]),
      ...rest.map(([first, ...more]) => {
        return `  · ${first.code} × ${more.length + 1}  ${place(first)}  ${first.sentence[language]}`
      }),
    ]
  })
}

type Group = readonly [Known, ...Known[]]

/** By ledger and code, a lower rank first, else in the order they were found. */
function grouped(found: readonly Known[]): readonly Group[] {
  const groups = new Map<string, [Known, ...Known[]]>()
  for (const one of found) {
    const name = `${one.ledger} ${one.code}`
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [one])
    else group.push(one)
  }
  return [...groups.values()].sort(([a], [b]) => causeRank(a.code) - causeRank(b.code))
}

const LISTED = 8

function inFull([first, ...more]: Group, language: Language): readonly string[] {
  const others = more
    .slice(0, LISTED)
    .map((one) => (one.seq === undefined ? one.detail : `#${one.seq}`))
  const cut = more.length > LISTED ? ' …' : ''
  const arrow = language === 'zh' ? '怎么办：' : 'what to do: '
  const again: Sentence = {
    zh: `另有 ${more.length} 处：${others.join(' ')}${cut}`,
    en: `and ${more.length} more: ${others.join(' ')}${cut}`,
  }
  return [
    `✗ ${first.code}  ${place(first)}`.trimEnd(),
    `  ${first.sentence[language]}`,
    `  ${first.detail}`,
    ...(more.length === 0 ? [] : [`  ${again[language]}`]),
    `  ${arrow}${remedyOf(first.code)[language]}`,
  ]
}

const place = ({ ledger, seq, stream }: Known): string =>
  [ledger, seq === undefined ? '' : `#${seq}`, stream ?? ''].filter(Boolean).join(' ')

export interface Checked {
  readonly summary: VerifySummary
  /** Ledgers whose key nobody brought: it was taken from themselves. */
  readonly unpinned: readonly string[]
  /** Checkpoints kept outside that were compared. */
  readonly outside: number
  /** Further lines for people. */
  readonly hints: readonly string[]
}

export function summaryLines(checked: Checked, language: Language): readonly string[] {
  const { summary, hints, unpinned } = checked
  const { entries, commands, signatures, rows } = summary
  const counts = Object.entries({ entries, commands, signatures, rows, outside: checked.outside })
  const said = fillBoth(
    {
      zh: '已核验 {entries} 条记录、{commands} 项操作、{signatures} 个检查点（库外 {outside} 个）、{rows} 行读表',
      en: 'Verified {entries} entries, {commands} commands, {signatures} checkpoints ({outside} from outside), {rows} table rows',
    },
    Object.fromEntries(counts.map(([name, count]) => [name, String(count)])),
  )
  const own = unpinned.map((ledger): Sentence => ({
    zh: `${ledger} 的公钥取自它自己的记录；请用 --vkey 给出从别处得知的公钥`,
    en: `The key of ${ledger} was taken from the ledger itself; give one known from elsewhere with --vkey`,
  }))
  return [
    said[language],
    ...summary.ledgers.map(({ origin, entries: count }) =>
      language === 'zh' ? `  ${origin}  ${count} 条记录` : `  ${origin}  ${count} entries`,
    ),
    ...own.map((line) => line[language]),
    ...hints,
    verdict(checked)[language],
  ]
}

function verdict({ summary, outside }: Checked): Sentence {
  const { violations } = summary
  if (violations > 0) {
    return { zh: `✗ 发现 ${violations} 处问题`, en: `✗ ${violations} violations found` }
  }
  if (outside === 0) {
    return {
      zh: '✓ 记录与库内签名一致，且每一步都合规。没有比对库外检查点：末尾被删、整库回退或改写后重签，这样看不出来',
      en: '✓ The entries are what was signed, and every step was lawful. No outside head was compared: entries removed from the end, a restore of the whole, or a rewriting signed again would not show',
    }
  }
  return {
    zh: `✓ 未被改动（与 ${outside} 个库外检查点一致），且每一步都合规`,
    en: `✓ Nothing was changed (by ${outside} outside heads), and every step was lawful`,
  }
}
