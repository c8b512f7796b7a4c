// Ledgers, rosters, policies and authorities, told.
import type { AuthorityEvent } from '../../../workflows/authority/v1/events.ts'
import type { LedgerEvent } from '../../../workflows/ledger/v1/events.ts'
import type { PolicyEvent } from '../../../workflows/policy/v1/events.ts'
import type { RosterEvent } from '../../../workflows/roster/v1/events.ts'
import { mandateMusts } from '../../domain/mandate.ts'
import { grouped, type Money } from '../../domain/money.ts'
import { officeKinds } from '../../domain/office.ts'
import type { Language } from '../../domain/language.ts'
import type { PolicySetting } from '../../domain/policy.ts'
import { policyKeys } from '../../domain/policy-keys.ts'
import { clockText } from '../clock-text.ts'
import { valueWords } from '../read/policy-words.ts'
import { plain, type Tellings, told } from './telling.ts'

const members = (count: number) => ({ zh: `${count}人`, en: `${count} persons` })
const limitWords = (amount: string) => ({ zh: `，不超过${amount}元`, en: `, up to ${amount} yuan` })
const settingsWords = (settings: readonly PolicySetting[], language: Language): string =>
  settings
    .map(
      ({ key, value }) => `${policyKeys[key].title[language]} ${valueWords(key, value, language)}`,
    )
    .join(language === 'zh' ? '、' : ', ')
const use = ({ request, amount }: { readonly request: string; readonly amount: Money }) =>
  plain(request, grouped(amount))

export const townshipTellings: Tellings<LedgerEvent | RosterEvent | PolicyEvent | AuthorityEvent> =
  {
    'ledger.genesis': told('建立账本', 'opened the ledger', ({ given }) => plain(given.name)),
    'ledger.sealed': told('封存账本', 'sealed the ledger', ({ given }) => plain(given.reason)),
    'organisation.registered': told('登记机构', 'registered an organisation', ({ given }) =>
      plain(given.name),
    ),
    'office.opened': told('设置职务', 'opened an office', ({ given }, names) => {
      const of = names.organisation(given.organisation)
      const { zh, en } = officeKinds[given.kind]
      return { zh: `${of}${zh}`, en: `${en} of ${of}` }
    }),
    'office.appointed': told('任命', 'appointed', ({ given }, names) => {
      const { from, person, to } = given
      const of = names.office(given.office)
      const term = to === undefined ? { zh: '', en: '' } : termOf(from, to)
      return {
        zh: `${names.person(person)}任${of}${term.zh}`,
        en: `${names.person(person)} as ${of}${term.en}`,
      }
    }),
    'office.vacated': told('免去职务', 'vacated an office', ({ given }, names) =>
      plain(names.office(given.office), given.reason),
    ),
    'household.recorded': told('登记户与社员', 'recorded households', ({ given }) =>
      members(given.households.reduce((sum, household) => sum + household.members.length, 0)),
    ),
    'relatives.declared': told('申报近亲属', 'declared near relatives', ({ given }) => ({
      zh: `${given.pairs.length}对`,
      en: `${given.pairs.length} pairs`,
    })),
    'control.declared': told('申报控制的收款方', 'declared control of payees', ({ given }) => ({
      zh: `${given.controls.length}项`,
      en: `${given.controls.length} of them`,
    })),
    'mandate.granted': told('授权代行', 'granted a mandate', ({ given, represented }, names) => {
      const { person, from, to, musts, upTo } = given
      const of = names.office(given.office)
      const limit = upTo === undefined ? { zh: '', en: '' } : limitWords(grouped(upTo))
      const named = (language: 'zh' | 'en') => musts.map((must) => mandateMusts[must][language])
      return {
        zh: `${names.person(person)}代${of}${names.person(represented)}，${from} – ${to}，${named('zh').join('、')}${limit.zh}`,
        en: `${names.person(person)} for ${of} ${names.person(represented)}, ${from} – ${to}, ${named('en').join(', ')}${limit.en}`,
      }
    }),
    'mandate.revoked': told('撤销代行授权', 'revoked a mandate', ({ given }, names) =>
      plain(names.represented(given.mandate), given.reason),
    ),
    'roster.confirmed': told('确认花名册', 'confirmed the roster'),
    'policy.proposed': told('提出政策', 'proposed a policy', ({ given }) => ({
      zh: settingsWords(given.settings, 'zh'),
      en: settingsWords(given.settings, 'en'),
    })),
    'policy.cleared': told('登记县级备案', 'recorded the clearance by the county', ({ given }) =>
      plain(given.document, given.on),
    ),
    'policy.endorsed': told('会签政策', 'endorsed the policy'),
    'policy.opinionGiven': told('对政策提出意见', 'gave an opinion on the policy', ({ given }) =>
      plain(given.opinion),
    ),
    'policy.enacted': told('公布政策', 'enacted the policy', ({ id, from }) => ({
      zh: `${id}，${clockText(from)}起施行`,
      en: `${id}, in force from ${clockText(from)}`,
    })),
    'policy.withdrawn': told('撤回政策', 'withdrew the policy', ({ given }) => plain(given.reason)),
    'villageRule.voted': told(
      '表决通过村规',
      "the village's rule was voted on",
      ({ meeting, item, dueOn }) => ({
        zh: `${meeting} ${item}，最迟${dueOn}登记`,
        en: `${meeting} ${item}, to be entered by ${dueOn}`,
      }),
    ),
    'villageRule.enacted': told(
      '登记村规',
      "entered the village's rule",
      ({ given, version, from }) => ({
        zh: `第${version}版，${clockText(from)}起施行：${settingsWords(given.settings, 'zh')}`,
        en: `version ${version}, in force from ${clockText(from)}: ${settingsWords(given.settings, 'en')}`,
      }),
    ),
    'authority.approved': told('登记授权额度', 'recorded an authority', ({ given }) =>
      plain(given.title, grouped(given.ceiling), `${given.from} – ${given.to}`),
    ),
    'authorityFiling.accepted': told(
      '受理额度报备',
      'accepted the filing of an authority',
      ({ given }) => plain(...(given.opinion === undefined ? [] : [given.opinion])),
    ),
    'authorityFiling.consented': told(
      '同意额度报备',
      'consented to the filing of an authority',
      ({ given }) => plain(given.reason),
    ),
    'authorityFiling.refused': told(
      '不同意额度报备',
      'refused the filing of an authority',
      ({ given }) => plain(given.reason),
    ),
    'authority.closed': told('终止额度', 'ended an authority', ({ given }) => plain(given.reason)),
    'authority.replaced': told('额度被取代', 'Replaced by another authority', ({ by }) =>
      plain(by),
    ),
    'authority.reserved': told('占用额度', 'Reserved of the ceiling', use),
    'authority.converted': told('额度已使用', 'Drawn of the ceiling', use),
    'authority.released': told('释放额度', 'Released to the ceiling', use),
  }

const termOf = (from: string, to: string) => ({
  zh: `，${from} – ${to}`,
  en: `, ${from} – ${to}`,
})
