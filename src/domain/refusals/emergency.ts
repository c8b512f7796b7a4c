// Emergencies and their ratification (law 3.10–3.12).
import { guard, type RefusalKind } from './kind.ts'

export const emergencyRefusals = {
  emergencyNotForKind: guard(
    '{kind}不得按应急先办后补',
    'No emergency lets a request of this kind ({kind}) go ahead of its decision',
    '急需支付抢险费用的，请另报一笔直接付给施工方或供货方的支出；本笔请去掉应急情形后报送',
    'Ask in a request of its own for what must be paid at once, straight to who supplies it; submit this one without the emergency',
  ),
  emergencyNotForMatter: guard(
    '{matter}不得按应急先办后补',
    'No emergency lets {matter} go ahead of its decision',
    '抢险费用请按日常支出先报；本事项请去掉应急情形，先经会议决定',
    'Ask for the emergency work as ordinary spending; submit this without the emergency, to be decided first',
  ),
  emergencyCauseNotNamed: guard(
    '现行政策未将{cause}列为应急情形',
    'The policy in force does not name {cause} as an emergency',
    '请按五个必经的顺序办理',
    'Follow the five musts in their order',
  ),
  emergencyOverCeiling: guard(
    '应急支出{sum}元（含期内付给同一收款人的款项）超过上限{ceiling}元',
    '{sum} yuan, with what this payee had in the window, is over the emergency ceiling of {ceiling}',
    '超出部分请按五个必经的顺序办理',
    'Put what exceeds it through the five musts in their order',
  ),
  notAnEmergency: guard(
    '本申请不是应急支出，不能由一人同意',
    'This is no emergency: one officer alone may not consent',
    '由经办受理后，由主任同意',
    'The officer accepts it, then the head consents',
  ),
  confirmationLate: guard(
    '主任确认期限{until}已过',
    'The limit for the head to confirm ({until}) has passed',
    '由报账员或检查员登记逾期未确认',
    'Have the reporting clerk or an inspector record that it lapsed',
  ),
  confirmationRuns: guard(
    '主任确认期限到{until}为止，尚未届满',
    'The head may still confirm until {until}',
    '请等待期满',
    'Wait until then',
  ),
  ratificationRuns: guard(
    '追认期限到{until}为止，尚未届满',
    'It may still be ratified until {until}',
    '请安排会议追认，或等待期满',
    'Hold the meeting, or wait until then',
  ),
} as const satisfies Record<string, RefusalKind>
