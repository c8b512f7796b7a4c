// Mandates (授权代行): which offices may be represented at all, who names the deputy, and for what (law 7.10–7.16).
import { z } from 'zod'
import { mandateIdSchema, officeIdSchema, personIdSchema } from './ids.ts'
import type { Sentence } from './language.ts'
import { moneySchema } from './money.ts'
import type { OfficeKind } from './office.ts'
import { localDateSchema } from './time.ts'

/** What a mandate names: the issuing, and the musts in which an office acts that may be represented. */
export const mandateMusts = {
  issuing: { zh: '签发', en: 'issuing' },
  memberVote: { zh: '社员表决', en: 'member vote' },
  townshipFiling: { zh: '镇三资报备', en: 'township filing' },
  disciplineAudit: { zh: '镇纪委检查', en: 'discipline audit' },
} as const satisfies Record<string, Sentence>
export type MandateMust = keyof typeof mandateMusts
const names = Object.keys(mandateMusts) as [MandateMust, ...MandateMust[]]

/** At most so many days, first and last counted (law 7.16). */
export const MANDATE_DAYS_MAX = 30

/** The terms of a mandate: what a board votes on, and what is entered afterwards. */
export const mandateTerms = {
  mandate: mandateIdSchema,
  /** The office represented. */
  office: officeIdSchema,
  /** The deputy. */
  person: personIdSchema,
  from: localDateSchema,
  /** Last day. */
  to: localDateSchema,
  musts: z
    .array(z.enum(names))
    .min(1)
    .max(names.length)
    .refine((musts) => new Set(musts).size === musts.length, { message: 'a must is named once' }),
  /** Requests of more than this stay with the holder of the office. */
  upTo: moneySchema.exactOptional(),
} as const
export const deputySchema = z.strictObject(mandateTerms)
export type DeputyTerms = z.infer<typeof deputySchema>

interface Representation {
  /** Who names the deputy: the board by a vote, or the holder of the office in writing. */
  readonly grantedBy: 'board' | 'holder'
  readonly musts: readonly MandateMust[]
}

/**
 * Offices that may be represented. All others act in person: a supervisor and a cashier by the law's own
 * words (7.11, 7.15), a director only by another director and per meeting (7.10), a member only by a
 * household proxy (7.9), an officer because the task belongs to the office (7.13).
 */
export const representable: Partial<Record<OfficeKind, Representation>> = {
  companyHead: { grantedBy: 'board', musts: ['issuing', 'memberVote'] },
  centreHead: { grantedBy: 'holder', musts: ['townshipFiling'] },
  disciplineSecretary: { grantedBy: 'holder', musts: ['disciplineAudit'] },
}

/** The must a deputy's act falls under; `here`: the must its request waits in. */
type Under = MandateMust | 'here'

/**
 * Every command a deputy may give at all, by the office represented. A command that does not stand here is
 * given in person only: a mandate is for named musts, not for an office as a whole (law 7.16).
 */
export const deputised: Readonly<Record<string, Partial<Record<OfficeKind, Under>>>> = {
  'request.issue': { companyHead: 'issuing' },
  'request.return': { companyHead: 'here', centreHead: 'here' },
  'request.withdraw': { companyHead: 'issuing' },
  // stopping what one has issued, or what one files, goes with the right to do so
  'suspension.order': { companyHead: 'issuing', centreHead: 'townshipFiling' },
  'suspension.lift': { centreHead: 'townshipFiling' },
  'suspension.renew': { companyHead: 'issuing', centreHead: 'townshipFiling' },
  'suspension.lapse': { companyHead: 'issuing' },
  'townshipFiling.consent': { centreHead: 'townshipFiling' },
  'townshipFiling.refuse': { centreHead: 'townshipFiling' },
  'townshipFiling.confirm': { centreHead: 'townshipFiling' },
  'townshipFiling.refuseConfirmation': { centreHead: 'townshipFiling' },
  'authorityFiling.consent': { centreHead: 'townshipFiling' },
  'authorityFiling.refuse': { centreHead: 'townshipFiling' },
  'inspection.plan': { disciplineSecretary: 'disciplineAudit' },
  'inspection.cancel': { disciplineSecretary: 'disciplineAudit' },
  // one's own act, until the next (law 2.31)
  'act.takeBack': { companyHead: 'issuing', centreHead: 'townshipFiling' },
  // refused by its own rule, and so under its own code: never re-delegated
  'mandate.grant': {},
}
