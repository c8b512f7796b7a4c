// Emergencies (抢险应急): what may be paid before the members and the board have decided, who declares it, on which paper.
import { z } from 'zod'
import { sha256HexSchema } from './ids.ts'
import type { Sentence } from './language.ts'

/** Causes a policy may name (law 3.10); another cause is no emergency. */
export const emergencyCauses = {
  flood: { zh: '洪涝', en: 'flood' },
  fire: { zh: '火灾', en: 'fire' },
  typhoon: { zh: '台风', en: 'typhoon' },
  landslide: { zh: '山体滑坡', en: 'landslide' },
  snow: { zh: '雨雪冰冻', en: 'snow and ice' },
  epidemic: { zh: '疫情', en: 'epidemic' },
  safety: { zh: '危房及公共安全险情', en: 'danger to public safety' },
} as const satisfies Record<string, Sentence>
export type EmergencyCause = keyof typeof emergencyCauses
export const emergencyCauseNames = Object.keys(emergencyCauses) as [
  EmergencyCause,
  ...EmergencyCause[],
]

export const emergencySchema = z.strictObject({
  cause: z.enum(emergencyCauseNames),
  /** SHA-256 of the written declaration. */
  declaration: sha256HexSchema,
})
