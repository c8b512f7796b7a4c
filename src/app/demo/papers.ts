// The papers of an invented request: text made from its form, of which the ledger holds the digest alone.
import { checklist, type PaperLine } from '../../domain/checklist.ts'
import { type Paper, papers, type Phase } from '../../domain/expense.ts'
import { type Sha256Hex, sha256HexSchema } from '../../domain/ids.ts'
import { presetValues } from '../../domain/policy.ts'
import type { Evidence, Submission } from '../../domain/request.ts'
import { toHex, utf8 } from '../../ledger/bytes.ts'
import { nodeCrypto } from '../crypto.ts'

/** SHA-256 of a document's text. */
export const digestOf = (text: string): Sha256Hex =>
  sha256HexSchema.parse(toHex(nodeCrypto.sha256(utf8(text))))

type Form = Omit<Submission, 'evidence' | 'payee'> & { readonly payee?: Submission['payee'] }

/** What is checked for in a phase and not there yet, one paper for every line of the checklist. */
export function papersFor(
  form: Form,
  phase: Phase,
  there: readonly Evidence[] = [],
): readonly Evidence[] {
  const held = new Set(there.map(({ paper }) => paper))
  // the year of the demonstration runs under the shipped values
  const lines = checklist(form, phase, presetValues)
  return lines
    .filter(({ choices }) => !choices.some((paper) => held.has(paper)))
    .flatMap((line) => {
      const paper = chosen(line, form)
      if (paper === undefined) return []
      const made = paperOf(paper, form)
      return [line.signers === undefined ? made : { ...made, signers: line.signers }]
    })
}

/** With an invoice the invoice; else the exception the form names. */
function chosen(
  { choices }: PaperLine,
  { invoices, invoicesToCome, voucherException }: Form,
): Paper | undefined {
  if (!choices.includes('invoice')) return choices[0]
  if (invoices.length > 0 || invoicesToCome === true) return 'invoice'
  return voucherException === undefined && choices.includes('receipt')
    ? 'receipt'
    : 'voucherException'
}

export function paperOf(paper: Paper, form: Form, remark = ''): Evidence {
  const { purpose, amount, budgetLine, contract = '', invoices } = form
  const numbers = invoices.map(({ number }) => number).join(' ')
  const text = [papers[paper].zh, purpose, amount, budgetLine, contract, numbers, remark]
  return { paper, sha256: digestOf(text.join('\n')) }
}
