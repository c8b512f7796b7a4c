// What is claimed once, by the names it is held under: beside invoices, whose number is their own.
import type { OrganisationId, PersonId } from './ids.ts'
import type { LocalDate } from './time.ts'

/** What an open advance is held by, among the vouchers of a request: one a handler, in the whole village (law 2.7, 2.22). */
export const advanceKey = ({ handler }: { readonly handler: PersonId }): string =>
  `advance:${handler}`

/** A debit the bank took: claimed once, as an invoice is, and for good, since the money is gone (law 2.6). */
export const debitKey = ({
  on,
  bankReference,
}: {
  readonly on: LocalDate
  readonly bankReference: string
}): string => `debit:${on}:${bankReference}`

/** A movement on a company's account: one reference of its bank records one payment (law 2.1). */
export const bankKey = (company: OrganisationId, reference: string): string =>
  `bank:${company}:${reference}`

/** Money that came back, by its bank's reference however it is spelt: it settles one recovery in the village (law 6.11). */
export const recoveryKey = (reference: string): string =>
  `recovery:${reference.normalize('NFKC').replaceAll(/\s/gu, '').toUpperCase()}`
