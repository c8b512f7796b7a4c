// Alerts and their dismissal (law 10.5).
import { guard, plain, type RefusalKind } from './kind.ts'

export const alertRefusals = {
  alertNeedsProof: guard(
    '红色预警{alert}须附证明资料方可消除',
    'Alert {alert} is red: only a paper that proves it dismisses it',
    '请附上证明资料后再消除',
    'Attach the proof',
  ),
  alertDismissed: plain(
    '预警{alert}已消除',
    'Alert {alert} is dismissed already',
    '无需重复',
    'Nothing to do',
  ),
} as const satisfies Record<string, RefusalKind>
