// What does not fit a kind, in words: the clerk sees the form, not its field names.
import { categories, matters } from '../../../src/domain/expense.ts'
import { formParts } from '../../../src/domain/form-parts.ts'
import { bothOf } from '../../../src/domain/places.ts'
import { type RequestKind, requestKinds } from '../../../src/domain/request.ts'

/** `单笔支付 single payment ≠ 收款人为发放表 the payees are a list`. */
export function misfit(kind: RequestKind, part: string): string {
  return `${bothOf(requestKinds, kind)} ≠ ${bothOf({ ...matters, ...categories, ...formParts }, part)}`
}
