// What rows of refusals are made of: forms that a rule is about, and the check that a "no" is said in whole sentences.
import { expect } from 'vitest'
import type { Paper } from '../../src/domain/expense.ts'
import { requestIdSchema } from '../../src/domain/ids.ts'
import { languages } from '../../src/domain/language.ts'
import { explain, type RefusalCode } from '../../src/domain/refusal.ts'
import type { Asking, LawOutcome, LawWorld } from './law.ts'
import { by, p, town, village } from './law-cast.ts'
import { all, asked, authority, evidenceOf, firm, form, founded, invoice } from './request-cast.ts'

/** One "no": the world it is said in, and what is asked there. */
export type RefusalRow = readonly [
  code: RefusalCode,
  what: string,
  given: () => LawWorld,
  when: Asking,
]

/** Refused by this code, in whole sentences of both languages. */
export function expectRefused(outcome: LawOutcome, code: RefusalCode): void {
  if (!('refused' in outcome)) throw new Error(`recorded: ${outcome.entries[0]?.type}`)
  expect(outcome.refused.code).toBe(code)
  for (const language of languages) {
    const { no, remedy } = explain(outcome.refused, language)
    expect(`${no} ${remedy}`).not.toMatch(/[{}]|undefined|NaN/)
  }
}

export type Change = Record<string, unknown>
export const submission = (change: Change = {}): Asking =>
  asked('request.submit', 'clerk', form(change))

export const sealed = (world: LawWorld): LawWorld =>
  all(world, {
    ledger: village,
    stream: 'ledger',
    type: 'ledger.seal',
    by: by('head'),
    input: { successor: 'ledger.example.cn/330106109203/e1', reason: '并村' },
  })

export const claimed = (where: 'here' | 'elsewhere') => (): LawWorld =>
  founded().fact('invoiceUse', ({ invoices }) => {
    const uses = invoices.map((number) => ({
      invoice: number,
      request: requestIdSchema.parse('2026-000777'),
    }))
    return where === 'here'
      ? { here: uses, elsewhere: [] }
      : { here: [], elsewhere: uses.map((use) => ({ ...use, ledger: town })) }
  })

export const papers = (...there: readonly Paper[]): Change => ({ evidence: evidenceOf(...there) })
export const person = (name: string) => ({ type: 'person', person: p(name) }) as const
export const listOf = (total: string) =>
  ({ type: 'list', count: 12, total, digest: 'ab'.repeat(32) }) as const
export const listed: Change = {
  kind: 'list',
  payee: listOf('1200.00'),
  invoices: [],
  voucherException: 'payeeList',
}
export const claimOf = (date: string): Change => ({
  kind: 'reimbursement',
  payee: person('handler'),
  invoices: [{ ...invoice, date }],
})
export const card: Change = {
  kind: 'card',
  method: 'card',
  payee: { ...firm, name: '村务卡', account: '6217000000000000001' },
  invoices: [],
  invoicesToCome: true,
}
export const lending: Change = {
  matter: 'lending',
  amount: '900.00',
  invoices: [],
  payee: person('m1'),
}
/** Paid for by the bank itself, under a monthly ceiling. */
export const debited: Change = {
  kind: 'directDebit',
  method: 'debit',
  category: 'utilities',
  invoicesToCome: true,
  invoices: [],
  debit: { on: '2026-02-27', bankReference: 'DK20260227001' },
  authority,
}
/** Money handed to the handler, to be settled by vouchers. */
export const advanced: Change = {
  kind: 'advance',
  category: 'travel',
  payee: person('handler'),
  invoices: [],
  ...papers('purposeNote', 'relationDeclaration'),
}
export const hospitality: Change = {
  category: 'hospitality',
  evidence: evidenceOf('purposeNote', 'relationDeclaration', 'officialLetter'),
}
