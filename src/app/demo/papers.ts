// The papers of an invented request: a page made from its form, of which the ledger holds the digest alone.
import { checklist, type PaperLine } from '../../domain/checklist.ts'
import { type Paper, papers, type Phase } from '../../domain/expense.ts'
import { type Sha256Hex, sha256HexSchema } from '../../domain/ids.ts'
import { presetValues } from '../../domain/policy.ts'
import type { Evidence, Submission } from '../../domain/request.ts'
import { toHex, utf8 } from '../../ledger/bytes.ts'
import { nodeCrypto } from '../crypto.ts'
import { pdfOf } from './pdf.ts'

/** SHA-256 of a text. */
export const digestOf = (text: string): Sha256Hex =>
  sha256HexSchema.parse(toHex(nodeCrypto.sha256(utf8(text))))

/** What the pages say that were made in this process, by their digests: a page is drawn again when its bytes are asked for. */
const pages = new Map<Sha256Hex, string>()

/** The digest of a page that says this (PDF). */
export function pageOf(text: string): Sha256Hex {
  const sha256 = sha256HexSchema.parse(toHex(nodeCrypto.sha256(pdfOf(text))))
  pages.set(sha256, text)
  return sha256
}

/** A page by its digest, with its title; undefined for what no page was made of. */
export function drawnPage(
  sha256: Sha256Hex,
): { readonly bytes: Uint8Array; readonly title: string } | undefined {
  const text = pages.get(sha256)
  if (text === undefined) return undefined
  const [line = ''] = text.split('\n')
  return { bytes: pdfOf(text), title: line.slice(line.lastIndexOf(' ') + 1) }
}

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
  return { paper, sha256: pageOf(text.join('\n')) }
}
