// The five musts (五个必经), in the order every request passes them.
import { z } from 'zod'
import type { Sentence } from './language.ts'

export const musts = [
  'memberVote',
  'boardReview',
  'supervisorySignOff',
  'townshipFiling',
  'disciplineAudit',
] as const
export const mustSchema = z.enum(musts)
export type Must = (typeof musts)[number]

export const mustNames: Readonly<Record<Must, Sentence>> = {
  memberVote: { zh: '社员表决', en: 'member vote' },
  boardReview: { zh: '董事会研究', en: 'board review' },
  supervisorySignOff: { zh: '监事会签字', en: 'supervisory sign-off' },
  townshipFiling: { zh: '镇三资报备', en: 'township filing' },
  disciplineAudit: { zh: '镇纪委检查', en: 'discipline audit' },
}

export const demands = ['required', 'covered', 'deferred', 'notRequired'] as const
/** required 需要 · covered 已由授权覆盖 · deferred 应急后补 · notRequired 不需要. */
export const demandSchema = z.enum(demands)
export type Demand = (typeof demands)[number]
