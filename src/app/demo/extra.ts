// A request of the year beside its sheet, as the simulated clerk draws it up.
import type { Category, Paper } from '../../domain/expense.ts'
import type { EmergencyCause } from '../../domain/emergency.ts'
import type { RequestKind } from '../../domain/request.ts'
import type { Fate } from './fates.ts'
import type { FirmName } from './firms.ts'

export const companies = {
  fishing: '南塘渔家环境治理有限公司',
  farming: '菱桑农业发展有限公司',
  property: '青墩物业服务有限公司',
} as const
export type CompanyName = keyof typeof companies

/** A request as the simulated clerk draws it up on its day; what is not said follows from what is. */
export interface Extra {
  /** It is drawn up on this day, or on the first working day after. */
  readonly on: string
  readonly company: CompanyName
  readonly category: Category
  readonly purpose: string
  readonly yuan: string
  /** `single` where nothing is said. */
  readonly kind?: RequestKind
  /** The handler where none is named, or a seller without an account. */
  readonly payee?: FirmName | { readonly unregistered: string }
  /** How many days old its invoice is: today's where nothing is said. */
  readonly invoiceAge?: number
  /** `none`: a receipt or a lawful exception. `toCome`: added later. Consecutive ones count from a number. */
  readonly invoice?: 'none' | 'toCome' | { readonly run: number }
  /** Beside the papers of the checklist: with the days the paper's date lies after the invoice's, or the text of its file. */
  readonly paper?: { readonly paper: Paper; readonly datedAfter?: number; readonly text?: string }
  readonly project?: string
  readonly contract?: string
  readonly cash?: true
  /** The bank took it on the working day before (代扣). */
  readonly debit?: true
  readonly emergency?: EmergencyCause
  /** Refers to a request of the company that is closed. */
  readonly supplements?: true
  /** What befalls it. */
  readonly fate?: Fate
  /** It is tried on in the knowledge that it may be refused; a refused one is not tried again. */
  readonly daring?: true
  /** Under the authority for its payee: it waits until there is one. */
  readonly covered?: true
}
