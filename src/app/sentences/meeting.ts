// What happens in a meeting, told. Nothing links a member to a choice: the ledger does not either.
import type { MeetingEvent } from '../../../workflows/meeting/v1/events.ts'
import type { Sentence } from '../../domain/language.ts'
import { clockText } from '../clock-text.ts'
import { outcomeNames } from '../names.ts'
import { plain, type Tellings, told } from './telling.ts'

const reason = ({ given }: { readonly given: { readonly reason: string } }): Sentence =>
  plain(given.reason)

const choices = {
  for: { zh: '赞成', en: 'for' },
  against: { zh: '反对', en: 'against' },
  abstain: { zh: '弃权', en: 'abstaining' },
} as const

export const meetingTellings: Tellings<MeetingEvent> = {
  'meeting.planned': told('安排会议', 'planned the meeting', ({ given }) => ({
    zh: `${given.title}，议题${given.agenda.length}项`,
    en: `${given.title}, ${given.agenda.length} items`,
  })),
  'prestudy.recorded': told('登记党组织前置研究', 'recorded the study beforehand', ({ given }) =>
    plain(given.opinion),
  ),
  'consultation.posted': told('公示征求意见', 'posted the consultation', ({ given }) =>
    plain(given.items.join(' '), given.place),
  ),
  'meeting.noticed': told('发出会议通知', 'gave notice', ({ given }) =>
    plain(clockText(given.heldAt), given.place),
  ),
  'meeting.opened': told('宣布开会', 'opened the meeting', ({ convened }) =>
    convened.as === 'members'
      ? { zh: `应到${convened.roll}人`, en: `a roll of ${convened.roll}` }
      : { zh: `席位${convened.seats.length}个`, en: `${convened.seats.length} seats` },
  ),
  'attendance.recorded': told('登记到会', 'recorded attendance', ({ given }) => {
    if (given.as === 'seat') return { zh: '本人到会', en: 'present' }
    const proxies = given.proxies?.held.length ?? 0
    const [onSite, online] = [given.onSite.length, given.online.length]
    return {
      zh: `现场${onSite}人、线上${online}人、委托${proxies}人`,
      en: `${onSite} on site, ${online} online, ${proxies} by proxy`,
    }
  }),
  'recusal.declared': told('申明回避', 'declared a recusal', ({ given }) =>
    plain(given.items.join(' '), given.reason),
  ),
  'ballot.cast': told('表决', 'voted', ({ given }) => ({
    zh: given.choices.map(({ item, choice }) => `${item}${choices[choice].zh}`).join('、'),
    en: given.choices.map(({ item, choice }) => `${item} ${choices[choice].en}`).join(', '),
  })),
  'tally.recorded': told('登记计票', 'recorded the count', ({ given }) => ({
    zh: `${given.item}赞成${given.for}、反对${given.against}、弃权${given.abstain}`,
    en: `${given.item}: ${given.for} for, ${given.against} against, ${given.abstain} abstaining`,
  })),
  'tally.countersigned': told('监督人会签计票', 'countersigned the count', ({ present }) => ({
    zh: `到会${present}人`,
    en: `${present} present`,
  })),
  'meeting.closed': told('宣布闭会', 'closed the meeting', (body) => ({
    zh: body.outcomes.map(({ item, outcome }) => `${item}${outcomeNames[outcome].zh}`).join('、'),
    en: body.outcomes.map(({ item, outcome }) => `${item} ${outcomeNames[outcome].en}`).join(', '),
  })),
  'shareholderDecision.signed': told('签署股东决定', 'signed the shareholder decision', (body) =>
    plain(body.given.items.join(' ')),
  ),
  'result.posted': told('公布结果', 'posted the result', ({ given, late }) => ({
    zh: `${given.place}${late ? '（逾期）' : ''}`,
    en: `${given.place}${late ? ' (late)' : ''}`,
  })),
  'meeting.adjourned': told('休会', 'adjourned the meeting', reason),
  'meeting.cancelled': told('取消会议', 'cancelled the meeting', reason),
}
