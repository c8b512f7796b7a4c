// Policy keys of meetings: members and their delegates, boards.
import { key, local, statutory } from './policy-units.ts'

export const meetingKeys = {
  'member.noticeDays': key('days', 10, statutory('农村集体经济组织法第27条', 'atLeast', 10), {
    zh: '社员大会通知提前',
    en: 'Notice of a member meeting',
  }),
  'member.consultDays': key(
    'days',
    15,
    statutory('浙江省农村集体资产管理条例第20条', 'atLeast', 15),
    {
      zh: '重大事项公示征求意见',
      en: 'Consultation on reserved matters',
    },
  ),
  'member.quorum': key('fraction', '2/3', statutory('农村集体经济组织法第27条', 'atLeast', '2/3'), {
    zh: '社员大会出席比例（占全体）',
    en: 'Quorum of the roll',
  }),
  'member.majority': key(
    'fraction',
    '2/3',
    statutory('农村集体经济组织法第27条', 'atLeast', '2/3'),
    {
      zh: '社员大会通过比例（占全体）',
      en: 'Majority of the roll',
    },
  ),
  'member.delegatesAllowed': key('yesNo', false, local('农村集体经济组织法第28条', 'atMost'), {
    zh: '可由社员代表大会表决',
    en: 'Delegate meetings allowed',
  }),
  'member.resultDays': key('days', 5, statutory('浙江省农村集体资产管理条例第25条', 'atMost', 5), {
    zh: '表决结果公布期限',
    en: 'Result posted within',
  }),
  'member.partyPrestudy': key('yesNo', true, statutory('农村集体经济组织法第26条', 'fixed', true), {
    zh: '村党组织前置研究',
    en: 'Studied by the party organisation first',
  }),
  'member.supervisorWatch': key(
    'yesNo',
    true,
    statutory('浙江省农村集体资产管理条例第17条', 'fixed', true),
    { zh: '社监会全程监督表决', en: 'A supervisor watches the vote' },
  ),
  'member.secretBallot': key(
    'yesNo',
    true,
    statutory('浙江省村经济合作社组织条例第30条', 'fixed', true),
    { zh: '无记名投票', en: 'Secret ballots' },
  ),
  'member.online': key('yesNo', true, local('农村集体经济组织法第27条（可线上参加）'), {
    zh: '社员可线上参加表决',
    en: 'Members may take part online',
  }),
  'member.proxy': key(
    'count',
    1,
    statutory('农村集体经济组织法第27条（本户社员书面委托，一人一份）', 'atMost', 1),
    { zh: '每名社员可受托人数', en: 'Written proxies a member may hold' },
  ),
  'board.proxiesPerDirector': key('count', 1, local('公司章程（董事书面委托）', 'atMost'), {
    zh: '每名董事可受托人数',
    en: 'Directors one director may represent',
  }),
  'board.quorum': key(
    'fraction',
    '1/2',
    statutory('公司法第73条（过半数出席）', 'atLeast', '1/2'),
    {
      zh: '董事会出席比例（1/2即过半数）',
      en: 'Quorum of a board (1/2: more than half)',
    },
  ),
  'board.majority': key(
    'fraction',
    '1/2',
    statutory('公司法第73条（全体董事过半数）', 'atLeast', '1/2'),
    {
      zh: '董事会通过比例（占全体，1/2即过半数）',
      en: 'Majority of a board, of all (1/2: more than half)',
    },
  ),
  'council.quorum': key(
    'fraction',
    '2/3',
    statutory('农村集体经济组织法第31条（三分之二以上出席）', 'atLeast', '2/3'),
    { zh: '理事会出席比例', en: 'Quorum of a council' },
  ),
  'council.majority': key(
    'fraction',
    '1/2',
    statutory('农村集体经济组织法第31条（全体理事过半数）', 'atLeast', '1/2'),
    {
      zh: '理事会通过比例（占全体，1/2即过半数）',
      en: 'Majority of a council, of all (1/2: more than half)',
    },
  ),
  'board.noticeDays': key('days', 1, local('公司章程', 'atLeast'), {
    zh: '董事会通知提前',
    en: 'Notice of a board meeting',
  }),
} as const
