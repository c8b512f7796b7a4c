// What is said beside the decisions on a request, told.
import type { RequestEvent } from '../../../workflows/request/v1/events.ts'
import { plain, type Tellings, told } from './telling.ts'

type Talk = Extract<
  RequestEvent,
  {
    type:
      | 'request.urged'
      | 'request.copiedIn'
      | 'request.commented'
      | 'question.asked'
      | 'question.answered'
      | 'vote.opened'
      | 'vote.ended'
  }
>

export const besideTellings: Tellings<Talk> = {
  'request.urged': told('催办', 'urged', ({ desks, given }, names) =>
    plain(
      ...desks.map((desk) => names.desk(desk)),
      ...(given.reason === undefined ? [] : [given.reason]),
    ),
  ),
  'request.copiedIn': told('抄送', 'copied it in', ({ given }, names) =>
    plain(
      ...given.offices.map((office) => names.office(office)),
      ...given.persons.map((person) => names.person(person)),
    ),
  ),
  'request.commented': told('发表意见', 'commented', ({ given }) => plain(given.text)),
  'question.asked': told('提出询问', 'asked', ({ given, question }, names) =>
    plain(question, names.office(given.to), given.text),
  ),
  'question.answered': told('答复询问', 'answered', ({ given }) =>
    plain(given.question, given.text),
  ),
  'vote.opened': told('提交会议表决', 'was taken up by a meeting', ({ meeting, item }) =>
    plain(meeting, item),
  ),
  'vote.ended': told('会议审议结束', 'was let go by the meeting', ({ meeting }) => plain(meeting)),
}
