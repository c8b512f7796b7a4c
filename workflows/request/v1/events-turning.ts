// Standing still and taking back (law 2.31–2.35): suspension of payment (暂缓支付) and one's own last act.
import { z } from 'zod'
import { localDateSchema } from '../../../src/domain/time.ts'
import { act } from '../../workflow.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const nothing = z.strictObject({})
const reasoned = z.strictObject({ reason: text(1000) })

export const suspensionProposed = act('suspension.propose', 'suspension.proposed', {
  input: z.strictObject({ reason: text(1000), basis: text(300) }),
})
export const suspensionOrdered = act('suspension.order', 'suspension.ordered', {
  input: reasoned,
  adds: { until: localDateSchema },
})
/** Once, before the first ends, and on reasons of its own. */
export const suspensionRenewed = act('suspension.renew', 'suspension.renewed', {
  input: reasoned,
  adds: { until: localDateSchema },
})
export const suspensionLifted = act('suspension.lift', 'suspension.lifted', { input: reasoned })
/** The limit of a suspension has passed: whoever works on the request next makes its lapse visible. */
export const suspensionLapsed = act('suspension.lapse', 'suspension.lapsed', { input: nothing })

/** One's own last act, taken back before the next: which, and where the request stands again. */
export const takenBack = act('act.takeBack', 'act.takenBack', {
  input: reasoned,
  adds: { act: z.string(), to: z.string() },
})

export const turningActs = [
  suspensionProposed,
  suspensionOrdered,
  suspensionRenewed,
  suspensionLifted,
  suspensionLapsed,
  takenBack,
] as const
