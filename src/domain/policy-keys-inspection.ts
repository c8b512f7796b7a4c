// Policy keys of suspension, inspection and rectification: the township's, no village sets them.
import { key, local, statutory, townshipOnly } from './policy-units.ts'

export const inspectionKeys = {
  'suspension.maxWd': key(
    'workingDays',
    15,
    townshipOnly(statutory('“五个必经”制度（暂缓支付）', 'atMost', 15)),
    {
      zh: '暂缓支付期限',
      en: 'Suspension up to',
    },
  ),
  'inspection.noticeDays': key(
    'days',
    3,
    townshipOnly(statutory('“五个必经”制度（检查通知）', 'atLeast', 3)),
    {
      zh: '检查通知提前',
      en: 'Notice of an inspection',
    },
  ),
  'inspection.team': key(
    'count',
    2,
    townshipOnly(statutory('“五个必经”制度（检查组）', 'atLeast', 2)),
    {
      zh: '检查人员不少于',
      en: 'Inspectors at least',
    },
  ),
  'inspection.samplePercent': key(
    'percent',
    5,
    townshipOnly(statutory('“五个必经”制度（抽查）', 'atLeast', 1)),
    {
      zh: '抽查比例',
      en: 'Sample share',
    },
  ),
  'inspection.sampleMin': key(
    'count',
    10,
    townshipOnly(statutory('“五个必经”制度（抽查）', 'atLeast', 1)),
    {
      zh: '抽查最少份数',
      en: 'Sample at least',
    },
  ),
  'finding.simpleDays': key('days', 15, local('“五个必经”制度，整改期限由镇纪委确定'), {
    zh: '一般问题整改期限',
    en: 'Simple findings fixed within',
  }),
  'finding.normalDays': key('days', 30, local('“五个必经”制度，整改期限由镇纪委确定'), {
    zh: '较重问题整改期限',
    en: 'Normal findings fixed within',
  }),
  'finding.complexDays': key('days', 60, local('“五个必经”制度，整改期限由镇纪委确定'), {
    zh: '复杂问题整改期限',
    en: 'Complex findings fixed within',
  }),
} as const
