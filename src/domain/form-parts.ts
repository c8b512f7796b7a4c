// Payees, ways to pay and fields of the request, as a refusal calls them that does not fit the kind.
import type { Sentence } from './language.ts'

export const formParts: Readonly<Record<string, Sentence>> = {
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
