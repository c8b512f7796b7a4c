// Keys of the policy for emergencies and for what stands beside the decisions (law 3.10–3.12, 7.17).
import { emergencyCauseNames } from './emergency.ts'
import { choices, key, local, money, statutory, townshipOnly } from './policy-units.ts'

export const turnKeys = {
  'emergency.causes': choices(
    emergencyCauseNames,
    emergencyCauseNames,
    local('突发事件应对法第2条，范围由镇确定', 'atMost'),
    { zh: '可按应急办理的情形', en: 'Causes of an emergency' },
  ),
  'emergency.ceiling': key(
    'money',
    money('100000.00'),
    local('各地村级财务制度（抢险救灾先办后补），金额由镇确定', 'atMost'),
    { zh: '应急支出上限', en: 'Emergency spending up to' },
  ),
  'emergency.confirmWd': key(
    'workingDays',
    2,
    townshipOnly(statutory('“五个必经”制度（应急报备）', 'atMost', 2)),
    { zh: '应急报备由主任确认的期限', en: 'Emergency consent confirmed within' },
  ),
  'emergency.ratifyWd': key(
    'workingDays',
    30,
    local('“五个必经”制度（应急后补），由镇确定', 'atMost'),
    { zh: '应急支出追认期限', en: 'Emergency ratified within' },
  ),
  'emergency.notifyHours': key(
    'hours',
    24,
    local('“五个必经”制度（应急后补），由镇确定', 'atMost'),
    { zh: '应急支出告知社员和董事会的期限', en: 'Members and board told within' },
  ),
  'urge.everyHours': key('hours', 24, local('便民办事惯例，由镇确定', 'atLeast'), {
    zh: '催办间隔',
    en: 'Urged again after',
  }),
} as const
