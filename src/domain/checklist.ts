// The checklist (资料清单) of a request: what must be there when it is decided and before it is paid (law 2.11, domain §2.3).
import { categories, type Matter, type Paper, type Phase } from './expense.ts'
import { above, atLeast, type Money } from './money.ts'
import type { PolicyValues } from './policy.ts'
import type { Submission } from './request.ts'

/** One line of the list: one of the choices must be there, signed by at least so many persons where the line says so. */
export interface PaperLine {
  readonly choices: readonly Paper[]
  readonly signers?: number
}

/** What of a form its papers depend on. `amount` is what is paid, or of an advance what was spent. */
export type Listed = Pick<Submission, 'category' | 'amount' | 'kind' | 'authority'> & {
  readonly matter?: Matter
}

/** Every line of a phase, in the order it is printed. */
export function checklist(of: Listed, phase: Phase, policy: PolicyValues): readonly PaperLine[] {
  const lines = phase === 'decision' ? decision(of, policy) : voucher(of, policy)
  return lines.map((line) => ('choices' in line ? line : { choices: line }))
}

type Line = readonly Paper[] | PaperLine

function decision(
  { category, amount, matter = 'ordinary' }: Listed,
  policy: PolicyValues,
): readonly Line[] {
  const lines: Line[] = [['purposeNote'], ['relationDeclaration']]
  if (matter === 'disposal') lines.push(['valuation'])
  switch (categories[category].type) {
    case 'goods':
      // a plan names no price beside another: from the line on prices are compared, or were when the contract was made
      if (atLeast(amount, policy['goods.quotesFrom'])) lines.push(['quotes', 'contract'])
      else lines.push(['quotes', 'plan', 'contract'])
      break
    case 'works':
      lines.push(['plan', 'contract'])
      if (atLeast(amount, policy['works.tenderFrom'])) lines.push(['tenderRecord'])
      break
    case 'labour':
      lines.push(['rateBasis', 'contract'])
      break
    case 'lease':
      lines.push(['plan', 'valuation', 'contract'])
      break
    case 'investment':
      lines.push(['plan'], ['riskNote'])
      break
    case 'hospitality':
      lines.push(['officialLetter', 'guestList'])
      break
    default:
      break
  }
  return lines
}

function voucher(of: Listed, policy: PolicyValues): readonly Line[] {
  const { category, amount, kind } = of
  const lines: Line[] = [invoiceLine(amount, policy)]
  if (kind === 'card') lines.push(['cardSlip'])
  if (kind === 'directDebit') lines.push(['bankSlip'])
  switch (categories[category].type) {
    case 'goods':
      if (atLeast(amount, policy['goods.quotesFrom'])) {
        lines.push(['delivery'], ['acceptance'], ['assetCard'])
      } else lines.push(['acceptance', 'delivery'])
      break
    case 'works':
      lines.push(...works(of, policy))
      break
    case 'labour':
      lines.push(['nameList'], ['attendanceSheet'], ['transferList'])
      break
    case 'rent':
      lines.push(['nameList', 'contract'], ['transferList', 'contract'])
      break
    case 'lease':
    case 'investment':
      lines.push(['contract'])
      break
    default:
      break
  }
  return lines
}

/** Up to the line a receipt will do; above it only what the law takes for a voucher (law 2.18). */
const invoiceLine = (amount: Money, policy: PolicyValues): Line =>
  above(amount, policy['voucher.requiredFrom'])
    ? ['invoice', 'voucherException']
    : ['invoice', 'voucherException', 'receipt']

/** An instalment under a contract's authority is paid on a progress sign-off, by as many persons as accept the whole. */
function works({ amount, authority }: Listed, policy: PolicyValues): readonly Line[] {
  const instalment: readonly Paper[] = authority === undefined ? [] : ['progress']
  const signers = atLeast(amount, policy['works.acceptanceLargeFrom'])
    ? policy['works.acceptanceLarge']
    : policy['works.acceptanceMin']
  const lines: Line[] = [
    ['contract'],
    { choices: ['acceptance', ...instalment], signers },
    ['photos'],
  ]
  if (atLeast(amount, policy['works.auditFrom'])) {
    lines.push(['settlement', ...instalment], ['auditReport', ...instalment])
  }
  return lines
}
