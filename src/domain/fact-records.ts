// How facts stand in an entry: whole where an answer is short, by count and digest where it may be long (law 10.2).
import type { JsonObject } from './entry.ts'
import { type FactAnswers, type FactName, factNames, type FactTypes } from './facts.ts'
import type { Sha256Hex } from './ids.ts'
import { sumWithin } from './money.ts'

type Recording = {
  readonly [N in FactName]: (answer: FactTypes[N]['answer'], digest: Digest) => JsonObject
}

type Digest = (text: string) => Sha256Hex

/** One line each, as JSON: no text in a field can be taken for the end of it. */
const lines = <T>(list: readonly T[], fields: (one: T) => readonly string[]): string =>
  list.map((one) => JSON.stringify(fields(one))).join('\n')

/** Mostly there is nothing: then the count says all. */
const counted = <T>(
  list: readonly T[],
  fields: (one: T) => readonly string[],
  digest: Digest,
): JsonObject =>
  list.length === 0 ? { count: 0 } : { count: list.length, digest: digest(lines(list, fields)) }

/** How an answer stands in the entry: whole where it is short, by count and digest where it may be long. */
export const recordFact: Recording = {
  payeeWindow: ({ payee, parts }, digest) => ({
    payee,
    count: parts.length,
    sum: sumWithin(parts.map(({ amount }) => amount)) ?? 'beyond',
    digest: digest(
      lines(parts, ({ request, amount, on, category, cash, voucherless }) => {
        return [request, amount, on, category, String(cash), String(voucherless)]
      }),
    ),
  }),
  invoiceUse: ({ here, elsewhere }) => ({
    here: here.map(({ invoice, request }) => ({ invoice, request })),
    elsewhere: elsewhere.map(({ invoice, ledger, request }) => ({ invoice, ledger, request })),
  }),
  openAdvances: ({ requests }) => ({ requests: [...requests] }),
  sellerInvoices: ({ invoices }, digest) =>
    counted(
      invoices,
      ({ invoice, ledger, request, seller, date }) => [invoice, ledger, request, seller, date],
      digest,
    ),
  fileUse: ({ files }, digest) =>
    counted(
      files,
      ({ sha256, ledger, request, under }) => [sha256, ledger, request, under],
      digest,
    ),
  amounts: ({ requests }, digest) =>
    counted(
      requests,
      ({ request, amount, on, payee, category, budgetLine, project, covered }) => {
        return [request, amount, on, payee, category, budgetLine, project, String(covered)]
      },
      digest,
    ),
  purchases: ({ month, cash, year, count, payee }) => ({ month, cash, year, count, payee }),
  contractParties: ({ parties }, digest) =>
    counted(parties, ({ payee, request }) => [payee, request], digest),
  ceilings: ({ authorities }, digest) =>
    counted(
      authorities,
      ({ authority, recurring, from, to, ceiling, taken, closed }) => {
        return [authority, String(recurring), from, to, ceiling, taken, String(closed)]
      },
      digest,
    ),
  population: ({ requests, red }, digest) => ({
    count: requests.length,
    digest: digest(requests.join('\n')),
    red: { count: red.length, digest: digest(red.join('\n')) },
  }),
  openRounds: ({ rounds }) => ({ rounds: [...rounds] }),
  rootAfter: ({ size, root }) => (size === undefined || root === undefined ? {} : { size, root }),
}

/** The answers as the entry holds them, by name; undefined where nothing was asked. */
export function recordFacts(
  answers: FactAnswers,
  digest: (text: string) => Sha256Hex,
): JsonObject | undefined {
  const facts: Record<string, JsonObject> = {}
  const record = <N extends FactName>(name: N): void => {
    const answer: FactTypes[N]['answer'] | undefined = answers[name]
    if (answer !== undefined) facts[name] = recordFact[name](answer, digest)
  }
  for (const name of factNames) record(name)
  return Object.keys(facts).length === 0 ? undefined : facts
}
