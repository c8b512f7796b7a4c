// Every event as one plain sentence, in the language somebody reads.
import type { AuthorityEvent } from '../../workflows/authority/v1/events.ts'
import type { InspectionEvent } from '../../workflows/inspection/v1/events.ts'
import type { LedgerEvent } from '../../workflows/ledger/v1/events.ts'
import type { MeetingEvent } from '../../workflows/meeting/v1/events.ts'
import type { PolicyEvent } from '../../workflows/policy/v1/events.ts'
import type { RequestEvent } from '../../workflows/request/v1/events.ts'
import type { RosterEvent } from '../../workflows/roster/v1/events.ts'
import type { Entry } from '../domain/entry.ts'
import type { Language, Sentence } from '../domain/language.ts'
import { clockText } from './clock-text.ts'
import type { Names } from './read/names.ts'
import { inspectionTellings } from './sentences/inspection.ts'
import { meetingTellings } from './sentences/meeting.ts'
import { requestTellings } from './sentences/request.ts'
import type { Telling, Tellings } from './sentences/telling.ts'
import { townshipTellings } from './sentences/township.ts'

/** Everything that can stand in a ledger. */
export type AnyEvent =
  | RequestEvent
  | MeetingEvent
  | InspectionEvent
  | AuthorityEvent
  | LedgerEvent
  | PolicyEvent
  | RosterEvent

const tellings: Tellings<AnyEvent> = {
  ...requestTellings,
  ...meetingTellings,
  ...inspectionTellings,
  ...townshipTellings,
}

/** What an event type is called; a type of another release is called by itself. */
export const eventName = (type: string): Sentence => tellingOf(type)?.done ?? { zh: type, en: type }

export interface Told {
  readonly seq: number
  readonly type: string
  readonly at: string
  /** Who acted; absent for what followed from it. */
  readonly who?: string
  readonly what: string
}

/** One entry told. `first` of its command's entries: the others follow by themselves and have no subject. */
export function tell(
  entry: Entry,
  { names, language, first }: { names: Names; language: Language; first: boolean },
): Told {
  const { seq, type, at, body } = entry
  const telling = tellingOf(type)
  const done = eventName(type)[language]
  // bodies were checked when they were written, by the schema of this very type
  const detail = telling?.detail?.(body, names)[language] ?? ''
  const colon = language === 'zh' ? '：' : ': '
  const what = detail === '' ? done : `${done}${colon}${detail}`
  const who = actor(entry, names, language)
  return { seq, type, at: clockText(at), ...(first ? { who } : {}), what }
}

/** Who acted, in which office, and for whom: a deputy acts under their own name (law 7.16). */
function actor({ by }: Entry, names: Names, language: Language): string {
  const own = `${names.office(by.office)} ${names.person(by.person)}`
  if (by.mandate === undefined) return own
  const whom = names.represented(by.mandate)
  return language === 'zh' ? `${own}（代${whom}）` : `${own} (for ${whom})`
}

/** A stream's entries told, in order. */
export function tellAll(
  entries: readonly Entry[],
  how: { readonly names: Names; readonly language: Language },
): readonly Told[] {
  return entries.map((entry) => tell(entry, { ...how, first: 'given' in entry.body }))
}

function tellingOf(type: string): Telling<unknown> | undefined {
  const known: Readonly<Record<string, unknown>> = tellings
  return known[type] as Telling<unknown> | undefined
}
