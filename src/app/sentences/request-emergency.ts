// Emergencies told: what was deferred, who consented and confirmed, what the meetings said of it afterwards.
import type { RequestEvent } from '../../../workflows/request/v1/events.ts'
import type { Deferrable } from '../../../workflows/request/v1/events-emergency.ts'
import type { Resolution } from '../../../workflows/request/v1/events-parts.ts'
import { faults } from '../../domain/finding.ts'
import type { Sentence } from '../../domain/language.ts'
import { grouped, type Money } from '../../domain/money.ts'
import { mustNames } from '../../domain/must.ts'
import type { Instant } from '../../domain/time.ts'
import { clockText } from '../clock-text.ts'
import { plain, type Tellings, told } from './telling.ts'

type Emergency = Extract<
  RequestEvent,
  {
    type:
      | 'memberVote.deferred'
      | 'boardReview.deferred'
      | 'emergency.notified'
      | 'townshipFiling.emergencyConsented'
      | 'townshipFiling.confirmed'
      | 'townshipFiling.confirmationRefused'
      | 'confirmation.lapsed'
      | 'ratification.opened'
      | 'ratification.carried'
      | 'ratification.referred'
      | 'ratification.passed'
      | 'ratification.failed'
      | 'ratification.lapsed'
      | 'automaticFinding.raised'
      | 'automaticFinding.answered'
      | 'automaticFinding.closed'
  }
>

const reason = ({ given }: { readonly given: { readonly reason: string } }): Sentence =>
  plain(given.reason)

const tellBy = ({ notifyBy }: { readonly notifyBy: Instant }): Sentence => ({
  zh: `须在${clockText(notifyBy)}前告知社员和董事会`,
  en: `members and board to be told by ${clockText(notifyBy)}`,
})

const votes = ({
  must,
  resolution,
}: {
  readonly must: Deferrable
  readonly resolution: Resolution
}): Sentence => ({
  zh: `${mustNames[must].zh}，${resolution.meeting}，赞成${resolution.for}、反对${resolution.against}、弃权${resolution.abstain}`,
  en: `${mustNames[must].en}, ${resolution.meeting}, ${resolution.for} for, ${resolution.against} against, ${resolution.abstain} abstaining`,
})

const recovery = ({ recover }: { readonly recover?: Money }) =>
  recover === undefined
    ? { zh: [], en: [] }
    : {
        zh: [`追回${grouped(recover)}元`],
        en: [`${grouped(recover)} yuan to be recovered`],
      }

export const emergencyTellings: Tellings<Emergency> = {
  'memberVote.deferred': told('应急：社员表决后补', 'An emergency defers the member vote', tellBy),
  'boardReview.deferred': told('应急：董事会研究后补', 'An emergency defers the board', tellBy),
  'emergency.notified': told(
    '已告知社员和董事会',
    'told the members and the board',
    ({ given, late }) => ({
      zh: `${given.how}${late ? '，已超过期限' : ''}`,
      en: `${given.how}${late ? ', after the limit' : ''}`,
    }),
  ),
  'townshipFiling.emergencyConsented': told(
    '值班经办应急同意',
    'consented alone as duty officer',
    ({ given, confirmBy }) => ({
      zh: `${given.reason}，主任须在${confirmBy}前确认`,
      en: `${given.reason}, the head confirms by ${confirmBy}`,
    }),
  ),
  'townshipFiling.confirmed': told('确认应急同意', 'confirmed the emergency consent', reason),
  'townshipFiling.confirmationRefused': told(
    '不予确认应急同意',
    'refused to confirm the emergency consent',
    reason,
  ),
  'confirmation.lapsed': told('登记逾期未确认', 'recorded that it was not confirmed in time'),
  'ratification.opened': told('须补办追认', 'It is to be ratified', ({ musts, dueOn }) => ({
    zh: `${musts.map((must) => mustNames[must].zh).join('、')}，期限${dueOn}`,
    en: `${musts.map((must) => mustNames[must].en).join(', ')}, due ${dueOn}`,
  })),
  'ratification.carried': told('社员表决同意追认', 'The members carried its ratification', votes),
  'ratification.referred': told('董事会转交追认', 'The board referred its ratification', ({ to }) =>
    to === 'council'
      ? { zh: '由合作社理事会代行', en: 'to the council' }
      : { zh: '由社员大会代行', en: 'to the members' },
  ),
  'ratification.passed': told('已追认', 'It was ratified', votes),
  'ratification.failed': told('未获追认', 'It was not ratified', votes),
  'ratification.lapsed': told('登记逾期未追认', 'recorded that it was not ratified in time'),
  'automaticFinding.raised': told('自动列为问题', 'A finding raised itself', (body) => ({
    zh: [body.finding, faults[body.fault].zh, ...recovery(body).zh, `期限${body.dueOn}`].join('，'),
    en: [body.finding, faults[body.fault].en, ...recovery(body).en, `due ${body.dueOn}`].join(', '),
  })),
  'automaticFinding.answered': told('自动问题整改反馈', 'answered the finding', ({ given }) =>
    plain(given.finding, given.text),
  ),
  'automaticFinding.closed': told('自动问题销号', 'closed out the finding', ({ given }) => {
    const { finding, reason: why, recovered, shortfall } = given
    const zh = recovered === undefined ? [] : [`追回${grouped(recovered.amount)}元`]
    const en = recovered === undefined ? [] : [`${grouped(recovered.amount)} yuan recovered`]
    const rest = shortfall === undefined ? [] : [shortfall.reason]
    return {
      zh: [finding, why, ...zh, ...rest].join('，'),
      en: [finding, why, ...en, ...rest].join(', '),
    }
  }),
}
