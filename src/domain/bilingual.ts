// Names inside refusals. The law puts them in both languages at once (村党组织书记 party secretary), for it does not know who will
// read; whoever reads is told in one.
import { emergencyCauses } from './emergency.ts'
import { categories, matters, papers } from './expense.ts'
import { findingKinds, followUps } from './finding.ts'
import { formParts } from './form-parts.ts'
import type { Language, Sentence } from './language.ts'
import { mandateMusts } from './mandate.ts'
import { mustNames } from './must.ts'
import { officeKinds } from './office.ts'
import {
  authorityKindNames,
  authorityPlaces,
  findingStates,
  inspectionStates,
  meetingKindNames,
  meetingStates,
  organisationNames,
  policyStates,
  requestPlaces,
} from './places.ts'
import { requestKinds } from './request.ts'

/** Every table a refusal may take a name from. */
export const namesInRefusals: Readonly<Record<string, Readonly<Record<string, Sentence>>>> = {
  authorityKindNames,
  authorityPlaces,
  categories,
  emergencyCauses,
  findingKinds,
  findingStates,
  followUps,
  formParts,
  inspectionStates,
  mandateMusts,
  matters,
  meetingKindNames,
  meetingStates,
  mustNames,
  officeKinds,
  organisationNames,
  papers,
  policyStates,
  requestKinds,
  requestPlaces,
}

const pairs: ReadonlyMap<string, Sentence> = new Map(
  Object.values(namesInRefusals).flatMap((names) =>
    Object.values(names).map((name) => [`${name.zh} ${name.en}`, name]),
  ),
)

/** Between names, where several stand in one place. */
const between = /( \/ | ≠ |; )/

/** The names in one language; what is no pair of ours stands as it is. */
export const inLanguage = (value: string, language: Language): string =>
  pairs.get(value)?.[language] ??
  value
    .split(between)
    .map((part) => pairs.get(part)?.[language] ?? part)
    .join('')
