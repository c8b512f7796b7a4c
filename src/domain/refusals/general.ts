// What any command may meet.
import { guard, plain, type RefusalKind } from './kind.ts'

export const generalRefusals = {
  commandReused: plain(
    '同一操作编号已用于不同内容',
    'This command id was used before with other content',
    '请刷新页面后重新提交',
    'Reload and submit again with a new command id',
  ),
  staleView: plain(
    '您看到的内容已变化（现为第{revision}版）',
    'What you saw has changed since (now revision {revision})',
    '请刷新后查看变化再操作',
    'Reload, look at what changed, and act again',
  ),
  notFound: plain('没有{what}', 'There is no {what}', '请核对编号', 'Check the id'),
  alreadyExists: plain('{what}已存在', '{what} already exists', '请换一个编号', 'Use another id'),
  textMalformed: plain(
    '{path}含有不能记入账本的文字（{code}）',
    '{path} holds text that no ledger can take ({code})',
    '请重新输入，不要粘贴控制字符或分解的字符',
    'Type it again; paste no control characters and no decomposed ones',
  ),
  tooLong: plain(
    '内容过长，一条记录放不下（{code} {path}）',
    'Too long for one entry ({code} {path})',
    '请缩短文字，或分几次提交',
    'Shorten the text, or submit it in several parts',
  ),
  ledgerSealed: plain(
    '账本已封存',
    'The ledger is sealed',
    '请在后继账本办理',
    'Use the ledger that succeeds it',
  ),
  officeNotHeld: guard(
    '您现在不担任可办理此事的职务（需要：{office}）',
    'You do not now hold an office that may do this (needed: {office})',
    '请由任职人员办理；职务变动由镇登记',
    'Let a holder of that office act; the township records appointments',
  ),
  notOpen: guard(
    '当前环节（{state}）不能办理此事',
    'This cannot be done in the present state ({state})',
    '请按五个必经的顺序办理',
    'Follow the five musts in their order',
  ),
  calendarMissing: plain(
    '缺少{year}年的工作日历',
    'There is no working-day calendar for {year}',
    '日历随程序发布：请让运行服务的人安装载有{year}年日历的新版本（国务院通常在前一年11月公布），随后再办',
    'The calendar comes with the program: have whoever runs the server install a version that holds {year} (the State Council usually publishes it in the November before), then try again',
  ),
} as const satisfies Record<string, RefusalKind>
