// The policy change under way (拟议中的政策), whole: who endorses it must see what it sets, over what, why and from when.
import { policyEvents } from '../../../workflows/policy/v1/events.ts'
import {
  latestValues,
  policyFold,
  type PolicyState,
  policyStream,
} from '../../../workflows/policy/v1/fold.ts'
import type { Entry } from '../../domain/entry.ts'
import type { Origin } from '../../domain/ids.ts'
import type { Language } from '../../domain/language.ts'
import { presetValues } from '../../domain/policy.ts'
import { policyKeys } from '../../domain/policy-keys.ts'
import { folded } from '../folded.ts'
import type { Names } from './names.ts'
import { valueWords } from './policy-words.ts'
import type { Reading } from './port.ts'

interface Done {
  readonly person: string
  readonly who: string
  readonly at: string
}

export interface ProposalView extends Done {
  readonly settings: readonly {
    readonly key: string
    readonly title: string
    /** Of the policy it changes, as people write it; and what it is to be. */
    readonly was: string
    readonly value: string
  }[]
  readonly basis: string
  readonly reason?: string
  /** The day it is to take force; absent: with its enactment. */
  readonly from?: string
  /** The first amount for which the county must clear it. */
  readonly clears?: string
  readonly clearances: readonly (Done & { readonly document: string; readonly on: string })[]
  readonly endorsements: readonly (Done & { readonly as: string; readonly remark?: string })[]
  readonly opinions: readonly (Done & { readonly opinion: string })[]
}

interface Telling {
  readonly names: Pick<Names, 'person'>
  readonly language: Language
}

/** What stands proposed in a township now; undefined where nothing does. */
export function proposalView(
  reading: Reading,
  ledger: Origin,
  telling: Telling,
): ProposalView | undefined {
  const entries = reading.stream(ledger, policyStream)
  const state = folded(policyFold, entries)
  if (state.proposal === undefined) return undefined
  let view: ProposalView | undefined
  for (const entry of entries) view = next(view, entry, { state, ...telling })
  return view
}

function next(
  view: ProposalView | undefined,
  entry: Entry,
  { state, names, language }: Telling & { readonly state: PolicyState },
): ProposalView | undefined {
  const { type, body, by, at } = entry
  const event = policyEvents.parse({ type, body })
  const done: Done = { person: by.person, who: names.person(by.person), at }
  if (event.type === 'policy.proposed') {
    const { given, clears, upon } = event.body
    const { settings, ...why } = given
    const base = baseOf(state, upon)
    const shown = settings.map(({ key, value }) => ({
      key,
      title: policyKeys[key].title[language],
      was: valueWords(key, base[key], language),
      value: valueWords(key, value, language),
    }))
    const none = { clearances: [], endorsements: [], opinions: [] }
    return {
      ...done,
      ...why,
      settings: shown,
      ...(clears === undefined ? {} : { clears }),
      ...none,
    }
  }
  if (view === undefined) return undefined
  switch (event.type) {
    case 'policy.cleared':
      return { ...view, clearances: [...view.clearances, { ...done, ...event.body.given }] }
    case 'policy.endorsed': {
      const { given, as } = event.body
      return { ...view, endorsements: [...view.endorsements, { ...done, as, ...given }] }
    }
    case 'policy.opinionGiven':
      return { ...view, opinions: [...view.opinions, { ...done, ...event.body.given }] }
    default:
      return view
  }
}

const baseOf = (state: PolicyState, upon: string | undefined) =>
  upon === undefined
    ? presetValues
    : (state.enacted.find(({ id }) => id === upon)?.values ?? latestValues(state))
