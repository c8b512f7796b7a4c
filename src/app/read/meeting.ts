// One meeting as a page: its agenda with what each item came to.
import { meetingFold, type MeetingState, stateOf } from '../../../workflows/meeting/v1/fold.ts'
import { meetingIdSchema, meetingStream, type Origin } from '../../domain/ids.ts'
import type { Language } from '../../domain/language.ts'
import { clockText } from '../clock-text.ts'
import { folded } from '../folded.ts'
import { outcomeNames } from '../names.ts'
import { meetingKindNames, meetingStates } from '../../domain/places.ts'
import { tellAll, type Told } from '../sentences.ts'
import type { Names } from './names.ts'
import type { Reading } from './port.ts'

export interface MeetingView {
  readonly ledger: Origin
  readonly meeting: string
  readonly kind: string
  readonly organisation: string
  readonly title: string
  readonly state: string
  readonly heldAt: string
  readonly place: string
  readonly agenda: readonly {
    readonly item: string
    readonly title: string
    readonly request: string
    readonly outcome: string
    readonly votes: string
  }[]
  readonly trail: readonly Told[]
}

/** Undefined when this ledger has no such meeting. */
export function meetingView(
  reading: Reading,
  { ledger, id }: { readonly ledger: Origin; readonly id: string },
  how: { readonly names: Names; readonly language: Language },
): MeetingView | undefined {
  const parsed = meetingIdSchema.safeParse(id)
  if (!parsed.success) return undefined
  const entries = reading.stream(ledger, meetingStream(parsed.data))
  const state = folded(meetingFold, entries)
  if (state === undefined) return undefined
  const { names, language } = how
  return {
    ledger,
    meeting: id,
    kind: meetingKindNames[state.kind]?.[language] ?? state.kind,
    organisation: names.organisation(state.organisation),
    title: state.title,
    state: meetingStates[stateOf(state)]?.[language] ?? stateOf(state),
    heldAt: state.notice === undefined ? '' : clockText(state.notice.heldAt),
    place: state.notice?.place ?? '',
    agenda: agenda(state, language),
    trail: tellAll(entries, how),
  }
}

const agenda = ({ agenda: items, outcomes }: MeetingState, language: Language) =>
  items.map((item) => {
    const found = outcomes.find((outcome) => outcome.item === item.item)
    return {
      item: item.item,
      title: item.title,
      request: 'request' in item ? item.request : '',
      outcome: found === undefined ? '' : outcomeNames[found.outcome][language],
      votes:
        found === undefined ? '' : `${found.for}/${found.against}/${found.abstain} (${found.base})`,
    }
  })
