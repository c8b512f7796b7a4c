// Settling an advance (借支核销): vouchers for what was spent, the rest paid back, within days and the month (law 2.7).
import { above, grouped, sumWithin, zero } from '../../../../src/domain/money.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { dateAt, daysBetween } from '../../../../src/domain/time.ts'
import { alertsOfSettlement } from '../alert-notes.ts'
import { besides } from '../judgement.ts'
import {
  type AskedRequest,
  decided,
  mayHappen,
  mustHold,
  type Refused,
  type Scene,
} from '../scene.ts'
import {
  exceptionFits,
  papersMissing,
  referenceUsed,
  vouchersCover,
  voucherThere,
} from '../vouchers.ts'
import { addable } from './sign-off.ts'

/** Recorded by the clerk, as every voucher is. Late is accepted, since the money must come to an end; and it is told. */
export function settleAdvance(command: AskedRequest<'advance.settle'>, scene: Scene): Decision {
  const { input } = command
  const { deciding, request } = scene
  const today = dateAt(deciding.at)
  const lateDays = Math.max(0, daysBetween(request.settleBy ?? today, today))
  const event = { type: 'advance.settled', body: { given: input, lateDays } } as const
  const no =
    mayHappen(scene, event) ??
    mustHold(scene, ['reportingClerk']) ??
    addable(scene, input) ??
    accounted(input, scene) ??
    refundNew(input, scene) ??
    spentWith(input, scene)
  return no ?? decided(scene, event, alertsOfSettlement(scene, { ...input, lateDays }))
}

type Settlement = AskedRequest<'advance.settle'>['input']

/** Every fen of it was spent or came back, and what came back shows in the bank. */
function accounted(
  { spent, returned, bankReference }: Settlement,
  { request }: Scene,
): Refused | undefined {
  const { amount } = request.submission
  if (sumWithin([spent, returned]) !== amount) {
    const [a, b, c] = [spent, returned, amount].map(grouped)
    return refuse('settlementDiffers', { spent: a ?? '', returned: b ?? '', amount: c ?? '' })
  }
  return above(returned, zero) && bankReference === undefined
    ? refuse('refundUnproven', { returned: grouped(returned) })
    : undefined
}

/** One slip of the bank proves one repayment. */
const refundNew = (
  { bankReference }: Settlement,
  { request, deciding: { facts } }: Scene,
): Refused | undefined =>
  bankReference === undefined ? undefined : referenceUsed(bankReference, { facts, own: request })

/** Vouchers and papers for what was spent, as for any payment of that amount; for nothing none. */
function spentWith(
  { spent, invoices, voucherException, evidence }: Settlement,
  { request, deciding, policy: { values: policy } }: Scene,
): Refused | undefined {
  if (spent === zero) return undefined
  const { submission } = request
  const exception = voucherException === undefined ? {} : { voucherException }
  const vouchers = { kind: submission.kind, amount: spent, invoices, ...exception }
  const { facts, at } = deciding
  const alike =
    invoices.length === 0 ? besides({ facts, policy, today: dateAt(at) }, 'voucherless') : []
  return (
    voucherThere(vouchers, policy, alike) ??
    exceptionFits({ ...submission, ...exception }) ??
    vouchersCover(vouchers) ??
    papersMissing(
      { ...submission, amount: spent },
      { phase: 'voucher', policy, evidence: [...request.evidence, ...evidence] },
    )
  )
}
