// Keys of the policy for the ladder of deadlines (law 9.2). The township's alone: it calls itself and its villages to account.
import { key, local, townshipOnly } from './policy-units.ts'

export const deadlineKeys = {
  'ladder.remindWd': key(
    'workingDays',
    1,
    townshipOnly(local('“五个必经”制度（催办），由镇确定')),
    { zh: '到期前几个工作日起催办', en: 'Reminded before the limit' },
  ),
  'ladder.superviseWd': key(
    'workingDays',
    1,
    townshipOnly(local('“五个必经”制度（督办），由镇确定')),
    { zh: '逾期几个工作日起督办', en: 'Supervised after the limit' },
  ),
  'ladder.investigateWd': key(
    'workingDays',
    5,
    townshipOnly(local('“五个必经”制度（查办），由镇确定')),
    { zh: '逾期几个工作日起查办', en: 'Investigated after the limit' },
  ),
} as const
