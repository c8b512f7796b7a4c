// What happens in a meeting, told. Nothing links a member to a choice: the ledger does not either.
import type { MeetingEvent } from '../../../workflows/meeting/v1/events.ts'
import type { Sentence } from '../../domain/language.ts'
import { clockText } from '../clock-text.ts'
import { outcomeNames } from '../names.ts'
import { plain, type Tellings, told } from './telling.ts'

interface HandedBody {
  readonly given: { readonly persons: readonly string[]; readonly reason?: string | undefined }
}

const reason = ({ given }: { readonly given: { readonly reason: string } }): Sentence =>
  plain(given.reason)

const choices = {
  for: { zh: '赞成', en: 'for' },
  against: { zh: '反对', en: 'against' },
  abstain: { zh: '弃权', en: 'abstaining' },
} as const

const handed = ({ given: { persons, reason: why } }: HandedBody): Sentence => ({
  zh: `${persons.length}人${why === undefined ? '' : `（补发：${why}）`}`,
  en: `${persons.length}${why === undefined ? '' : ` (some again: ${why})`}`,
})

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
      ? {
          zh: `应到${convened.roll}人${convened.secret ? '，无记名投票' : ''}`,
          en: `a roll of ${convened.roll}${convened.secret ? ', by secret ballot' : ''}`,
        }
      : { zh: `席位${convened.seats.length}个`, en: `${convened.seats.length} seats` },
  ),
  'attendance.recorded': told('登记到会', 'recorded attendance', ({ given }) => {
    if (given.as === 'seat') return { zh: '本人到会', en: 'present' }
    const proxies = given.proxies?.held.length ?? 0
    const onSite = given.onSite.length
    return {
      zh: `现场${onSite}人、委托${proxies}人`,
      en: `${onSite} on site, ${proxies} by proxy`,
    }
  }),
  'attendance.corrected': told('更正到会登记', 'corrected the attendance', ({ given }) => ({
    zh: `划去${given.persons.length}人：${given.reason}`,
    en: `took ${given.persons.length} off: ${given.reason}`,
  })),
  'ballotLink.issued': told('发放投票链接', 'handed out links to vote by', handed),
  'ballotPin.issued': told('发放投票口令', 'handed out PINs to vote with', handed),
  'ballot.taken': told('线上参加表决', 'takes part in the vote online'),
  'voting.closed': told('宣布投票截止', 'closed the voting'),
  'representation.recorded': told('受书面委托代为出席', 'came for another', (body, names) => ({
    zh: `代${names.person(body.person)}（${names.office(body.given.office)}）`,
    en: `for ${names.person(body.person)} (${names.office(body.given.office)})`,
  })),
  'recusal.declared': told('申明回避', 'declared a recusal', ({ given }) =>
    plain(given.items.join(' '), given.reason),
  ),
  'ballot.cast': told('表决', 'voted', ({ given }) => ({
    zh: `${given.seat === undefined ? '' : '（受托）'}${given.choices
      .map(({ item, choice }) => `${item}${choices[choice].zh}`)
      .join('、')}`,
    en: `${given.seat === undefined ? '' : 'for who is represented: '}${given.choices
      .map(({ item, choice }) => `${item} ${choices[choice].en}`)
      .join(', ')}`,
  })),
  'tally.recorded': told('登记计票', 'recorded the count', ({ given }) => ({
    zh: `${given.item}赞成${given.for}、反对${given.against}、弃权${given.abstain}（纸质${given.paper}张、线上${given.online}张）${again(given.reason).zh}`,
    en: `${given.item}: ${given.for} for, ${given.against} against, ${given.abstain} abstaining (${given.paper} on paper, ${given.online} online)${again(given.reason).en}`,
  })),
  'tally.signed': told('计票人签字', 'signed the count', ({ given }) =>
    plain(given.items.join(' ')),
  ),
  'tally.countersigned': told('监督人会签计票', 'countersigned the count', ({ present }) => ({
    zh: `到会${present}人`,
    en: `${present} present`,
  })),
  'minutes.signed': told('签署会议记录', 'signed the minutes', ({ given }) =>
    given.dissent === undefined
      ? { zh: '', en: '' }
      : { zh: `异议：${given.dissent}`, en: `dissent: ${given.dissent}` },
  ),
  'meeting.closed': told('宣布闭会', 'closed the meeting', ({ outcomes, unsigned = [] }, names) => {
    const missing = unsigned.map((office) => names.office(office)).join('、')
    const zh = outcomes.map(({ item, outcome }) => `${item}${outcomeNames[outcome].zh}`).join('、')
    const en = outcomes.map(({ item, outcome }) => `${item} ${outcomeNames[outcome].en}`).join(', ')
    return missing === ''
      ? { zh, en }
      : { zh: `${zh}；未签会议记录：${missing}`, en: `${en}; minutes not signed by: ${missing}` }
  }),
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

const again = (why: string | undefined) =>
  why === undefined
    ? { zh: '', en: '' }
    : { zh: `，重新计票：${why}`, en: `, counted again: ${why}` }
