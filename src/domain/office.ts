// Offices (职务): posts in organs of organisations. Persons hold them from–to; tasks and rights belong to the office.
import { z } from 'zod'
import type { Sentence } from './language.ts'

export const organisationKinds = ['township', 'cooperative', 'company'] as const
export type OrganisationKind = (typeof organisationKinds)[number]

interface OfficeKindFacts extends Sentence {
  readonly of: OrganisationKind
}

/** Every kind of office, the kind of organisation it sits in, and its name in both languages (law §1). */
export const officeKinds = {
  companyHead: { of: 'company', zh: '公司负责人', en: 'company head' },
  director: { of: 'company', zh: '董事', en: 'director' },
  supervisor: { of: 'company', zh: '监事', en: 'supervisor' },
  handler: { of: 'company', zh: '经办人', en: 'handler' },
  witness: { of: 'company', zh: '证明人', en: 'witness' },
  reportingClerk: { of: 'company', zh: '报账员', en: 'reporting clerk' },
  cashier: { of: 'company', zh: '出纳', en: 'cashier' },
  bookkeeper: { of: 'company', zh: '记账会计', en: 'bookkeeper' },
  councillor: { of: 'cooperative', zh: '理事', en: 'councillor' },
  coopSupervisor: { of: 'cooperative', zh: '社监会成员', en: 'cooperative supervisor' },
  legalRepresentative: { of: 'cooperative', zh: '社法定代表人', en: 'legal representative' },
  partySecretary: { of: 'cooperative', zh: '村党组织书记', en: 'party secretary' },
  teller: { of: 'cooperative', zh: '计票人', en: 'teller' },
  centreOfficer: { of: 'township', zh: '镇三资中心经办', en: 'three-assets officer' },
  centreHead: { of: 'township', zh: '镇三资中心主任', en: 'three-assets head' },
  inspector: { of: 'township', zh: '镇纪委检查员', en: 'inspector' },
  disciplineSecretary: { of: 'township', zh: '镇纪委书记', en: 'discipline secretary' },
  townshipLeader: { of: 'township', zh: '镇领导', en: 'township leader' },
} as const satisfies Record<string, OfficeKindFacts>

export type OfficeKind = keyof typeof officeKinds
const names = Object.keys(officeKinds) as [OfficeKind, ...OfficeKind[]]
export const officeKindSchema = z.enum(names)

/** As a refusal says which offices may: in both languages, for a sentence of either. */
export const officeNames = (kinds: readonly OfficeKind[]): string =>
  kinds.map((kind) => `${officeKinds[kind].zh} ${officeKinds[kind].en}`).join(' / ')

/** Where a task waits: an office id, `<organisation>/<office kind>` for any holder, or a person id where one is named. */
export type Desk = string
export const deskOf = (organisation: string, kind: OfficeKind): Desk => `${organisation}/${kind}`
