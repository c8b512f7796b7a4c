// One authority as a page: its ceiling, what is taken of it and left, what it rests on, and what the township said of it.
import {
  authorityFold,
  type AuthorityState,
  leftOn,
  totalOf,
} from '../../../workflows/authority/v1/fold.ts'
import { authorityIdSchema, authorityStream, type Origin } from '../../domain/ids.ts'
import { fill, type Language } from '../../domain/language.ts'
import type { Money } from '../../domain/money.ts'
import type { LocalDate } from '../../domain/time.ts'
import { authorityKindNames, authorityPlaces } from '../../domain/places.ts'
import { folded } from '../folded.ts'
import { tellAll, type Told } from '../sentences.ts'
import type { Names } from './names.ts'
import type { Reading } from './port.ts'

export interface AuthorityView {
  readonly ledger: Origin
  readonly authority: string
  readonly title: string
  readonly kind: string
  readonly company: string
  readonly payees: readonly string[]
  readonly contract: string
  /** `filing`, `accepted`, `open`, `refused` or `closed`; `ended` when its last day is past. */
  readonly place: string
  readonly state: string
  readonly from: string
  readonly to: string
  readonly ceiling: Money
  readonly reserved: Money
  readonly drawn: Money
  /** On the day asked about: of a recurring one in its month. */
  readonly left: Money
  /** The item of a meeting, or the paper it was taken over from. */
  readonly ground: string
  readonly filing: string
  readonly replaces: string
  readonly replacedBy: string
  readonly uses: readonly {
    readonly request: string
    readonly amount: Money
    readonly state: 'reserved' | 'drawn'
    readonly on: string
  }[]
  readonly trail: readonly Told[]
}

interface How {
  readonly names: Names
  readonly language: Language
}

/** Undefined when this ledger has no such authority. */
export function authorityView(
  reading: Reading,
  { ledger, id, on }: { readonly ledger: Origin; readonly id: string; readonly on: LocalDate },
  how: How,
): AuthorityView | undefined {
  const parsed = authorityIdSchema.safeParse(id)
  if (!parsed.success) return undefined
  const entries = reading.stream(ledger, authorityStream(parsed.data))
  const state = folded(authorityFold, entries)
  if (state === undefined) return undefined
  const { terms, uses, replacedBy = '' } = state
  const place = state.place === 'open' && terms.to < on ? 'ended' : state.place
  const { names, language } = how
  return {
    ledger,
    authority: id,
    title: terms.title,
    kind: authorityKindNames[terms.kind][language],
    company: names.organisation(terms.company),
    payees: terms.payees,
    contract: terms.contract ?? '',
    place,
    state: authorityPlaces[place][language],
    from: terms.from,
    to: terms.to,
    ceiling: terms.ceiling,
    reserved: totalOf(state, 'reserved'),
    drawn: totalOf(state, 'drawn'),
    left: leftOn(state, on),
    ground: groundWords(terms.ground),
    filing: filingWords(state, language),
    replaces: terms.replaces ?? '',
    replacedBy,
    uses: [...uses].map(([request, use]) => ({ request, ...use })),
    trail: tellAll(entries, how),
  }
}

const groundWords = (ground: AuthorityState['terms']['ground']): string =>
  ground.type === 'meeting' ? `${ground.meeting} ${ground.item}` : ground.document

const filings = {
  notDue: { zh: '无需报备', en: 'not due' },
  filing: { zh: '待镇三资受理，期限{dueOn}', en: 'waits for the officer until {dueOn}' },
  accepted: { zh: '已受理，待同意，期限{dueOn}', en: 'accepted, waits for the head until {dueOn}' },
  open: { zh: '已同意', en: 'consented' },
  refused: { zh: '不同意', en: 'refused' },
  closed: { zh: '已终止', en: 'ended' },
} as const

/** What the township has said of it (报备). */
function filingWords({ filing, place, dueOn }: AuthorityState, language: Language): string {
  if (filing === 'notDue') return filings.notDue[language]
  return fill(filings[place][language], { dueOn: dueOn ?? '' })
}
