// Answering a return: the clerk changes what was asked for, and nothing more.
import type { Request } from '../../../workflows/request/v1/fold.ts'
import { atLeast, compare, minus, moneySchema } from '../../domain/money.ts'
import type { Submission } from '../../domain/request.ts'
import { paperOf } from './papers.ts'
import type { Random } from './random.ts'

/** The form again, changed by what the return asked: mostly a paper, sometimes the amount, now and then the purpose. */
export function corrected(request: Request, random: Random): Submission {
  const { submission, evidence, invoices } = request
  const form = { ...submission, evidence: [...evidence], invoices: [...invoices] }
  const note = paperOf('other', submission, `第${request.snapshot.context.round}次退回补正说明`)
  const roll = random.below(100)
  const purpose = `${submission.purpose}（补充说明）`
  if (roll < 15 && purpose.length <= 200) return { ...form, purpose }
  if (roll < 35) return reduced(form, random) ?? { ...form, evidence: [...evidence, note] }
  if (roll < 50) return { ...form, budgetLine: `${submission.budgetLine}（已核对）`.slice(0, 40) }
  return { ...form, evidence: [...evidence, note] }
}

const LEAST_REDUCED = moneySchema.parse('500.00')

/** A few yuan that were charged too much; a list's total would need another list. */
function reduced(form: Submission, random: Random): Submission | undefined {
  if (form.payee.type === 'list' || !atLeast(form.amount, LEAST_REDUCED)) return undefined
  const off = moneySchema.parse(`${random.between(5, 60)}.00`)
  const amount = minus(form.amount, off)
  return compare(amount, form.amount) < 0 ? { ...form, amount } : undefined
}
