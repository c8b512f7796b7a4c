// Request (支出申请): one voucher, one payment or one payee list. The form as submitted; its history is the stream.
import { z } from 'zod'
import { categorySchema, matterSchema, paperSchema } from './expense.ts'
import type { PayeeKey } from './facts.ts'
import { authorityIdSchema, organisationIdSchema, personIdSchema, sha256HexSchema } from './ids.ts'
import type { Sentence } from './language.ts'
import { moneySchema } from './money.ts'
import { localDateSchema } from './time.ts'

const text = (max: number) => z.string().trim().min(1).max(max)

/** Each kind and who its payee must be (law §2). directDebit and advance join with their rules. */
export const requestKinds = {
  single: { zh: '单笔支付', en: 'single payment' },
  list: { zh: '发放表', en: 'payee list' },
  reimbursement: { zh: '垫付报销', en: 'reimbursement' },
  card: { zh: '村务卡', en: 'village card' },
} as const satisfies Record<string, Sentence>
export type RequestKind = keyof typeof requestKinds
export const requestKindSchema = z.enum(
  Object.keys(requestKinds) as [RequestKind, ...RequestKind[]],
)

/** Legal persons are public and stand in the entry; natural persons appear by id, their accounts in the vault. */
export const payeeSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('firm'),
    name: text(100),
    account: z.string().regex(/^\d{6,32}$/),
    bank: text(100),
    taxNo: z
      .string()
      .regex(/^[0-9A-Z]{15,20}$/)
      .exactOptional(),
  }),
  z.strictObject({ type: z.literal('person'), person: personIdSchema }),
  /** A seller without an account to pay to (个体商户): paid in cash, and only where the rules on cash and vouchers allow. */
  z.strictObject({ type: z.literal('unregistered'), name: text(100) }),
  z.strictObject({
    type: z.literal('list'),
    count: z.int().min(1).max(5000),
    total: moneySchema,
    /** SHA-256 of the canonical rows in the vault. */
    digest: sha256HexSchema,
  }),
])
export type Payee = z.infer<typeof payeeSchema>

/**
 * The keys by which a payee is known: same account or tax number ⇒ same payee; without either, its name. A list is known by
 * its company only.
 */
export function payeeKeys(payee: Payee): readonly PayeeKey[] {
  switch (payee.type) {
    case 'firm':
      return [
        `account:${payee.account}`,
        ...(payee.taxNo === undefined ? [] : [`tax:${payee.taxNo}`]),
      ]
    case 'person':
      return [`person:${payee.person}`]
    case 'unregistered':
      return [`name:${payee.name}`]
    case 'list':
      return []
  }
}

export const invoiceSchema = z.strictObject({
  /** 20 digits (数电票), or the 10 or 12 digit code with the 8 digit number of an older invoice: one spelling each. */
  number: z.string().regex(/^(?:\d{18}|\d{20})$/),
  date: localDateSchema,
  /** Account of the seller, to compare with the payee's; absent when the seller is a person. */
  sellerAccount: z
    .string()
    .regex(/^\d{6,32}$/)
    .exactOptional(),
  total: moneySchema,
})
export type Invoice = z.infer<typeof invoiceSchema>

export const evidenceSchema = z.strictObject({ paper: paperSchema, sha256: sha256HexSchema })
export type Evidence = z.infer<typeof evidenceSchema>

export const payMethods = ['transfer', 'card', 'cash'] as const

/** What the clerk submits. Who handled and witnessed is named here and signed by them afterwards. */
export const submissionSchema = z.strictObject({
  company: organisationIdSchema,
  kind: requestKindSchema,
  category: categorySchema,
  matter: matterSchema,
  purpose: text(200),
  amount: moneySchema.refine((amount) => amount !== '0.00', 'zero'),
  method: z.enum(payMethods),
  payee: payeeSchema,
  invoices: z
    .array(invoiceSchema)
    .max(20)
    .refine((list) => new Set(list.map(({ number }) => number)).size === list.length, {
      message: 'each invoice once',
    }),
  /** A lawful voucher other than an invoice (bank slip, payroll list, farmer's purchase slip). */
  voucherException: z.enum(['payeeList', 'bankSlip', 'farmPurchase', 'govReceipt']).exactOptional(),
  contract: text(40).exactOptional(),
  authority: authorityIdSchema.exactOptional(),
  budgetLine: text(40),
  handler: personIdSchema,
  witness: personIdSchema,
  /** Declared by the handler; the roster's declared links count besides (law §1). */
  relation: z.enum(['none', 'related']),
  evidence: z.array(evidenceSchema).max(60),
})
export type Submission = z.infer<typeof submissionSchema>
