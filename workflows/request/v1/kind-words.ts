// What does not fit a kind, in words: the clerk sees the form, not its field names.
import { categories, matters } from '../../../src/domain/expense.ts'
import type { Sentence } from '../../../src/domain/language.ts'
import { bothOf } from '../../../src/domain/places.ts'
import { type RequestKind, requestKinds } from '../../../src/domain/request.ts'

/** Payees, ways to pay and fields of the form, as the form calls them. */
const parts: Readonly<Record<string, Sentence>> = {
  firm: { zh: '收款人为单位', en: 'the payee is a firm' },
  person: { zh: '收款人为个人', en: 'the payee is a person' },
  unregistered: {
    zh: '收款人为无账户商户（只能付现金）',
    en: 'the payee has no account (cash only)',
  },
  list: { zh: '收款人为发放表', en: 'the payees are a list' },
  transfer: { zh: '银行转账', en: 'by bank transfer' },
  card: { zh: '刷村务卡', en: 'by village card' },
  cash: { zh: '付现金', en: 'in cash' },
  debit: {
    zh: '银行代扣（须且仅代扣填写扣款信息）',
    en: 'the debit (a direct debit names one, nothing else does)',
  },
  authority: { zh: '未填授权额度', en: 'no authority is named' },
  invoicesToCome: { zh: '发票后补一项', en: 'whether the invoices are to come' },
  invoices: { zh: '已填发票或凭证', en: 'it brings vouchers already' },
  investment: { zh: '投资类支出须选投资等事项', en: 'an investment is its own matter' },
}

/** `单笔支付 single payment ≠ 收款人为发放表 the payees are a list`. */
export function misfit(kind: RequestKind, part: string): string {
  return `${bothOf(requestKinds, kind)} ≠ ${bothOf({ ...matters, ...categories, ...parts }, part)}`
}
