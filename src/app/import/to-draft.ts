// A row becomes a draft: names become ids, and what the sheet says in words takes the form's shape.
import type { Draft } from '../../domain/draft.ts'
import type { OrganisationId, PersonId } from '../../domain/ids.ts'
import type { Submission } from '../../domain/request.ts'
import { type Column, columns } from './columns.ts'
import { excerpt, type Fault, type RowFaultCode } from './faults.ts'
import type { Cells, SheetRow } from './sheet.ts'

/** Who is meant by the names in a sheet, as the roster and the vault know them now. */
export interface Directory {
  company(name: string): OrganisationId | undefined
  /** A person of the company or its cooperative, by name or by what the office is called in the village. */
  person(company: OrganisationId, label: string): PersonId | undefined
}

type Drafted = { readonly draft: Draft } | { readonly faults: readonly Fault[] }

/** All names that nobody bears are reported, not just the first. */
export function toDraft({ line, id, cells, said }: SheetRow, directory: Directory): Drafted {
  const unknown = (code: RowFaultCode, column: Column): Fault => ({
    code,
    line,
    column: columns[column].header,
    found: excerpt(cells[column]),
    params: {},
  })
  const company = directory.company(cells.company)
  if (company === undefined) return { faults: [unknown('companyUnknown', 'company')] }
  const [handler, clerk, witness] = [
    directory.person(company, cells.handler),
    directory.person(company, cells.clerk),
    directory.person(company, cells.witness),
  ]
  if (handler === undefined || clerk === undefined || witness === undefined) {
    const issuers = { handler, clerk, witness }
    const missing = (['handler', 'clerk', 'witness'] as const).filter(
      (column) => issuers[column] === undefined,
    )
    return { faults: missing.map((column) => unknown('personUnknown', column)) }
  }
  const { payee, needsList } = payeeOf(cells, {
    handler,
    person: directory.person(company, cells.payee),
  })
  const kind = kindOf(cells, { payee, needsList, handler })
  const invoices = invoicesOf(cells, payee, kind)
  const submission: Draft['submission'] = {
    company,
    kind,
    category: cells.category,
    matter: cells.category === 'investment' ? 'investment' : 'ordinary',
    purpose: cells.purpose,
    amount: cells.amount,
    method: cells.method,
    ...(payee === undefined ? {} : { payee }),
    ...vouchersOf(kind, invoices),
    ...(cells.contract === '' ? {} : { contract: cells.contract }),
    budgetLine: cells.budgetLine,
    handler,
    witness,
    relation: cells.relation === '无' ? 'none' : 'related',
  }
  return {
    draft: {
      id,
      line,
      submittedOn: cells.date,
      clerk,
      submission,
      ...(kind === 'card' && invoices.length > 0 ? { invoicesComing: invoices } : {}),
      needsList,
      columns: said,
    },
  }
}

function vouchersOf(kind: Submission['kind'], invoices: Submission['invoices']) {
  // the sheet tells of a swipe that is over; the form reports it, and its invoice is added afterwards (law 2.5)
  if (kind === 'card') return { invoices: [], invoicesToCome: true as const }
  // a signed list is itself the lawful voucher (law 2.3)
  const signed = kind === 'list' && invoices.length === 0
  return { invoices, ...(signed ? { voucherException: 'payeeList' as const } : {}) }
}

type Payee = Submission['payee'] | undefined

function payeeOf(
  { payee, account, bank, handler: named }: Cells,
  { handler, person }: { readonly handler: PersonId; readonly person: PersonId | undefined },
): { readonly payee: Payee; readonly needsList: boolean } {
  const is = (known: Payee) => ({ payee: known, needsList: false })
  // 明细见附表、名册见附表: who is paid stands on a list that must still be attached
  if (/见附[表件]/.test(payee)) return { payee: undefined, needsList: true }
  if (payee === '经办人垫付' || payee === '经办人' || payee === named)
    return is({ type: 'person', person: handler })
  if (person !== undefined) return is({ type: 'person', person })
  if (account !== '') return is({ type: 'firm', name: payee, account, bank })
  return is({ type: 'unregistered', name: payee })
}

function kindOf(
  { method }: Cells,
  {
    payee,
    needsList,
    handler,
  }: { readonly payee: Payee; readonly needsList: boolean; readonly handler: PersonId },
): Submission['kind'] {
  if (needsList) return 'list'
  if (method === 'card') return 'card'
  return payee?.type === 'person' && payee.person === handler ? 'reimbursement' : 'single'
}

/** One row, one invoice: of its date and whole amount, issued by who is paid; what was paid out: a seller unknown here. */
function invoicesOf(
  { invoice, date, amount }: Cells,
  payee: Payee,
  kind: Submission['kind'],
): Submission['invoices'] {
  if (invoice === '') return []
  return [{ number: invoice, date, total: amount, ...sellerOf(payee, kind) }]
}

function sellerOf(payee: Payee, kind: Submission['kind']) {
  if (payee?.type === 'firm') return { sellerAccount: payee.account }
  if (payee?.type === 'unregistered') return { seller: 'unregistered' as const }
  return kind === 'single' ? { seller: 'person' as const } : {}
}
