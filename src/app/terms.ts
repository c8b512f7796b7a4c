// The vocabularies (词表) of the API: what each value of a list of values is called. The document names its values by them, and
// whoever draws a form asks for them, so that nobody translates by themselves.
import { alertColours, alertRules } from '../domain/alert.ts'
import { mediaKinds } from '../domain/attachment.ts'
import { emergencyCauses } from '../domain/emergency.ts'
import { categories, matters, papers } from '../domain/expense.ts'
import { faults, findingKinds, followUps } from '../domain/finding.ts'
import { importSubjects } from '../domain/import.ts'
import type { Sentence } from '../domain/language.ts'
import { mustNames } from '../domain/must.ts'
import { officeKinds } from '../domain/office.ts'
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
} from '../domain/places.ts'
import { policyKeys } from '../domain/policy-keys.ts'
import { fundSources, requestKinds } from '../domain/request.ts'
import { risks } from '../domain/risk.ts'
import { commandForms } from './command-forms.ts'
import {
  alertStateNames,
  demandNames,
  draftStateNames,
  inspectionKindNames,
  methodNames,
  outcomeNames,
  requestOutcomes,
} from './names.ts'
import { smallTerms } from './terms-small.ts'

type Names = Readonly<Record<string, Sentence>>

export interface Vocabulary {
  readonly title: Sentence
  readonly values: Names
}

const said = (zh: string, en: string, values: Names): Vocabulary => ({
  title: { zh, en },
  values: Object.fromEntries(
    // the tables bear more than the names
    Object.entries(values).map(([value, name]) => [value, { zh: name.zh, en: name.en }]),
  ),
})

const titles = <T>(from: Readonly<Record<string, T>>, title: (of: T) => Sentence): Names =>
  Object.fromEntries(Object.entries(from).map(([value, one]) => [value, title(one)]))

const acts: Names = Object.fromEntries([...commandForms].map(([type, { title }]) => [type, title]))

const media: Names = titles(mediaKinds, ({ name }) => ({ zh: name, en: name }))

/** By name, in the order of the request's way through the musts. */
export const vocabularies: Readonly<Record<string, Vocabulary>> = {
  requestKinds: said('申请种类', 'kinds of request', requestKinds),
  categories: said('支出类别', 'categories of expense', categories),
  matters: said('事项', 'matters', matters),
  papers: said('资料种类', 'kinds of paper', papers),
  payMethods: said('支付方式', 'ways to pay', methodNames),
  fundSources: said('资金来源', 'sources of funds', fundSources),
  emergencyCauses: said('抢险应急的原因', 'causes of an emergency', emergencyCauses),
  musts: said('必经环节', 'the musts', { issuing: { zh: '签发', en: 'issuing' }, ...mustNames }),
  demands: said('要求', 'what is asked of a must', demandNames),
  requestStates: said('申请的环节', 'where a request stands', requestPlaces),
  requestOutcomes: said('申请的结果', 'what became of a request', requestOutcomes),
  draftStates: said('草稿状态', 'states of a draft', draftStateNames),
  offices: said('职务', 'kinds of office', officeKinds),
  organisations: said('机构种类', 'kinds of organisation', organisationNames),
  meetingKinds: said('会议种类', 'kinds of meeting', meetingKindNames),
  meetingStates: said('会议状态', 'states of a meeting', meetingStates),
  itemOutcomes: said('议题结果', 'outcomes of an item', outcomeNames),
  authorityKinds: said('授权额度种类', 'kinds of authority', authorityKindNames),
  authorityStates: said('授权额度状态', 'where an authority stands', authorityPlaces),
  inspectionKinds: said('检查种类', 'kinds of inspection', inspectionKindNames),
  inspectionStates: said('检查状态', 'states of an inspection', inspectionStates),
  faults: said('检查问题', 'faults an inspection finds', faults),
  findingKinds: said('问题轻重', 'how hard a finding is', findingKinds),
  findingStates: said('问题状态', 'states of a finding', findingStates),
  followUps: said('整改以外的要求', 'what is asked beside the answer', followUps),
  alertRules: said(
    '预警规则',
    'rules of the alerts',
    titles(alertRules, ({ title }) => title),
  ),
  alertColours: said('预警颜色', 'colours of the alerts', alertColours),
  alertStates: said('预警状态', 'states of an alert', alertStateNames),
  risks: said('风险', 'risks', risks),
  policyKeys: said(
    '政策规则',
    'rules of the policy',
    titles<{ readonly title: Sentence }>(policyKeys, ({ title }) => title),
  ),
  policyStates: said('政策状态', 'where a proposal of the policy stands', policyStates),
  importSubjects: said('导入内容', 'what a sheet is of', importSubjects),
  media: said('文件类型', 'media types', media),
  ...smallTerms,
  acts: said('操作', 'acts', acts),
}

const sameValues = (values: readonly string[], { values: names }: Vocabulary): boolean =>
  values.length === Object.keys(names).length && values.every((value) => value in names)

/**
 * The vocabulary a list of values of a field is of: the one with these very values, else the smallest there is with all of them
 * that goes by the field's name.
 */
export function vocabularyOf(values: readonly string[], field: string): string | undefined {
  const all = Object.entries(vocabularies)
  const own = all.find(([, vocabulary]) => sameValues(values, vocabulary))
  if (own !== undefined) return own[0]
  const named = partly[field]?.find((name) =>
    values.every((value) => value in (vocabularies[name]?.values ?? {})),
  )
  return named
}

/** Fields that take a part of a vocabulary. */
const partly: Readonly<Record<string, readonly string[]>> = {
  stayed: ['musts'],
  must: ['musts'],
  musts: ['musts'],
  voucherException: ['voucherExceptions'],
  outcome: ['requestOutcomes', 'itemOutcomes'],
  state: ['findingStates'],
  next: ['nextSteps'],
}
