// Request (支出申请): one voucher, one payment or one payee list. The form as submitted; its history is the stream.
import { z } from 'zod'
import { emergencySchema } from './emergency.ts'
import { categorySchema, matterSchema, paperSchema } from './expense.ts'
import type { PayeeKey } from './facts.ts'
import {
  authorityIdSchema,
  organisationIdSchema,
  personIdSchema,
  requestIdSchema,
  sha256HexSchema,
} from './ids.ts'
import type { Sentence } from './language.ts'
import { moneySchema } from './money.ts'
import { localDateSchema } from './time.ts'

const text = (max: number) => z.string().trim().min(1).max(max)

/** Each kind of request (law 2.1–2.7); which payee, method and fields each takes stands in request@1's kinds. */
export const requestKinds = {
  single: { zh: '单笔支付', en: 'single payment' },
  list: { zh: '发放表', en: 'payee list' },
  reimbursement: { zh: '垫付报销', en: 'reimbursement' },
  card: { zh: '村务卡', en: 'village card' },
  directDebit: { zh: '代扣', en: 'direct debit' },
  advance: { zh: '借支', en: 'advance' },
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

/** A firm or seller by its name, however it is spaced and in whatever width it is typed. */
export const nameKey = (name: string): PayeeKey =>
  `name:${name.normalize('NFKC').replaceAll(/[\s\p{Cf}]/gu, '')}`

/**
 * The keys by which a payee is known: same account or tax number ⇒ same payee. A name counts too: it stands on every form,
 * so that who leaves the tax number out, or gives another account, is the same payee still (law 3.8). A list is known by its
 * company only.
 */
export function payeeKeys(payee: Payee): readonly PayeeKey[] {
  switch (payee.type) {
    case 'firm':
      return [
        `account:${payee.account}`,
        ...(payee.taxNo === undefined ? [] : [`tax:${payee.taxNo}`]),
        nameKey(payee.name),
      ]
    case 'person':
      return [`person:${payee.person}`]
    case 'unregistered':
      return [nameKey(payee.name)]
    case 'list':
      return []
  }
}

export const invoiceSchema = z.strictObject({
  /** 20 digits (数电票), or the 10 or 12 digit code with the 8 digit number of an older invoice: one spelling each. */
  number: z.string().regex(/^(?:\d{18}|\d{20})$/),
  date: localDateSchema,
  /** Account of the seller, to compare with the payee's. */
  sellerAccount: z
    .string()
    .regex(/^\d{6,32}$/)
    .exactOptional(),
  /** Stated where the seller has no account of a firm: leaving the account out must not evade the comparison (law 2.19). */
  seller: z.enum(['person', 'unregistered']).exactOptional(),
  total: moneySchema,
})
export type Invoice = z.infer<typeof invoiceSchema>

/** Invoices of one request: each number once. */
export const invoicesSchema = z
  .array(invoiceSchema)
  .max(20)
  .refine((list) => new Set(list.map(({ number }) => number)).size === list.length, {
    message: 'each invoice once',
  })

export const evidenceSchema = z.strictObject({
  paper: paperSchema,
  sha256: sha256HexSchema,
  /** The date the paper itself bears. */
  dated: localDateSchema.exactOptional(),
  /** How many persons signed it: an acceptance of works needs several (domain §2.3). */
  signers: z.int().min(1).max(50).exactOptional(),
})
export type Evidence = z.infer<typeof evidenceSchema>

/** `debit`: the bank takes it by itself (代扣). */
export const payMethods = ['transfer', 'card', 'cash', 'debit'] as const

/** Where the money comes from (资金来源). */
export const fundSources = {
  own: { zh: '自有资金', en: 'own funds' },
  subsidy: { zh: '财政补助', en: 'subsidy' },
  project: { zh: '项目专项资金', en: 'project funds' },
  cooperative: { zh: '合作社拨款', en: 'from the cooperative' },
  loan: { zh: '借入资金', en: 'borrowed' },
  donation: { zh: '捐赠', en: 'donated' },
} as const satisfies Record<string, Sentence>
export type FundSource = keyof typeof fundSources

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
  invoices: invoicesSchema,
  /** Decided before the deal is made: the invoices are added before the supervisors sign (law 2.11). */
  invoicesToCome: z.literal(true).exactOptional(),
  /** A lawful voucher other than an invoice (bank slip, payroll list, farmer's purchase slip). */
  voucherException: z.enum(['payeeList', 'bankSlip', 'farmPurchase', 'govReceipt']).exactOptional(),
  contract: text(40).exactOptional(),
  /** The project it belongs to (项目编号). */
  project: text(40).exactOptional(),
  authority: authorityIdSchema.exactOptional(),
  budgetLine: text(40),
  /** Own funds where nothing is said. */
  fundSource: z.enum(Object.keys(fundSources) as [FundSource, ...FundSource[]]).exactOptional(),
  /** What the bank took, and when: for `directDebit` (law 2.6). */
  debit: z.strictObject({ on: localDateSchema, bankReference: text(60) }).exactOptional(),
  /** 抢险应急: the musts of members and board come after the payment (law 3.10). */
  emergency: emergencySchema.exactOptional(),
  /** A closed request that this one adds to: what is closed is never reopened (law 7.18). */
  supplements: requestIdSchema.exactOptional(),
  handler: personIdSchema,
  witness: personIdSchema,
  /** Declared by the handler; the roster's declared links count besides (law §1). */
  relation: z.enum(['none', 'related']),
  evidence: z.array(evidenceSchema).max(60),
})
export type Submission = z.infer<typeof submissionSchema>
