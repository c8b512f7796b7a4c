// Refusals: every expected "no", with a stable code, both languages and what to do next. decide answers the first that applies.
import { inLanguage } from './bilingual.ts'
import { fill, type Language } from './language.ts'
import { alertRefusals } from './refusals/alert.ts'
import { authorityRefusals } from './refusals/authority.ts'
import { besideRefusals } from './refusals/beside.ts'
import { dutiesRefusals } from './refusals/duties.ts'
import { emergencyRefusals } from './refusals/emergency.ts'
import { generalRefusals } from './refusals/general.ts'
import { inspectionRefusals } from './refusals/inspection.ts'
import { meetingRefusals } from './refusals/meeting.ts'
import { meetingVoteRefusals } from './refusals/meeting-vote.ts'
import { mustsRefusals } from './refusals/musts.ts'
import { policyRefusals } from './refusals/policy.ts'
import { rosterRefusals } from './refusals/roster.ts'
import { submissionRefusals } from './refusals/submission.ts'
import { turningRefusals } from './refusals/turning.ts'

/** All refusal codes by subject. `{places}` are filled from the refusal's params. */
export const refusals = {
  ...generalRefusals,
  ...submissionRefusals,
  ...dutiesRefusals,
  ...mustsRefusals,
  ...rosterRefusals,
  ...meetingRefusals,
  ...meetingVoteRefusals,
  ...inspectionRefusals,
  ...policyRefusals,
  ...authorityRefusals,
  ...besideRefusals,
  ...alertRefusals,
  ...turningRefusals,
  ...emergencyRefusals,
} as const

export type RefusalCode = keyof typeof refusals

export interface Refusal {
  readonly code: RefusalCode
  readonly params: Readonly<Record<string, string>>
}

export const refuse = (
  code: RefusalCode,
  params: Readonly<Record<string, string>> = {},
): { readonly refused: Refusal } => ({ refused: { code, params } })

/** The sentence and the remedy, in one language, names among the params too. */
export function explain(
  { code, params }: Refusal,
  language: Language,
): { no: string; remedy: string } {
  const { remedy, ...sentence } = refusals[code]
  const said = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, inLanguage(value, language)]),
  )
  return { no: fill(sentence[language], said), remedy: fill(remedy[language], said) }
}
