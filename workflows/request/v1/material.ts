// What a resubmission changes (law 2.28, 2.29): a material change voids every signature and decision so far.
import { above } from '../../../src/domain/money.ts'
import type { Evidence, Invoice, Submission } from '../../../src/domain/request.ts'
import type { Request } from './fold.ts'
import { knownKeys, relatedPersons } from './judgement.ts'
import type { Scene } from './scene.ts'

/** The form as it was, or with no more than the papers and invoices that were there when it was returned. */
export function isUnchanged(request: Request, next: Submission): boolean {
  const { submission, returnedWith = [], returnedInvoices = [] } = request
  const known = [submission, { ...submission, evidence: returnedWith, invoices: returnedInvoices }]
  return known.some((form) => JSON.stringify(form) === JSON.stringify(next))
}

/** What makes a change material (law §2): it voids every signature and decision so far. */
export function materialChanges(request: Request, next: Submission): readonly string[] {
  const now = request.submission
  const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b)
  return [
    ...(above(next.amount, now.amount) ? ['amount'] : []),
    // a list's rows lie in the vault: with another digest nobody can tell that the persons are the same
    ...(differs(now.payee, next.payee) ? ['payee'] : []),
    ...(now.category !== next.category ? ['category'] : []),
    ...(now.matter !== next.matter ? ['matter'] : []),
    ...(now.purpose !== next.purpose ? ['purpose'] : []),
    ...(now.company !== next.company ? ['company'] : []),
    ...(now.kind !== next.kind ? ['kind'] : []),
    ...(now.method !== next.method ? ['method'] : []),
    ...(differs(now.authority, next.authority) ? ['authority'] : []),
    // a voucher that no longer stands for an invoice leaves none
    ...(now.voucherException !== undefined && differs(now.voucherException, next.voucherException)
      ? ['voucherException']
      : []),
    ...(differs(now.emergency, next.emergency) ? ['emergency'] : []),
    ...(now.handler !== next.handler || now.witness !== next.witness ? ['issuers'] : []),
    ...(now.relation !== next.relation ? ['relation'] : []),
    ...(invoicesSwapped(request.invoices, next.invoices) ? ['invoices'] : []),
    ...(takesAway(request.evidence, next.evidence) ? ['evidence'] : []),
    ...(isPastTheBoard(request) ? decidedUpon(now, next) : []),
  ]
}

/** Where the board, or the members before it, have had the request in front of them. */
function isPastTheBoard({ route: stations, snapshot }: Request): boolean {
  const from = snapshot.context.returnedFrom
  if (from === 'boardReview')
    return stations.some(({ must, demand }) => must === 'memberVote' && demand === 'required')
  return from !== 'issuing' && from !== 'memberVote'
}

/** What they and the township decided on besides: under which contract, for which project, out of whose money. */
const decidedUpon = (now: Submission, next: Submission): readonly string[] => [
  ...(now.contract === next.contract ? [] : ['contract']),
  ...(now.project === next.project ? [] : ['project']),
  // own funds where nothing is said
  ...((now.fundSource ?? 'own') === (next.fundSource ?? 'own') ? [] : ['fundSource']),
]

/** A tie to the payee that was declared or recorded since: the musts passed without knowing it do not stand. */
export function newlyRelated(
  { request, roster, deciding }: Scene,
  next: Submission,
): readonly string[] {
  const known = request.related || next.relation !== request.submission.relation
  return !known && relatedPersons(roster, next, knownKeys(next, deciding.facts)).length > 0
    ? ['related']
    : []
}

/** An invoice that was there is gone, or another's; adding one or mending its figures changes nothing decided. */
function invoicesSwapped(now: readonly Invoice[], next: readonly Invoice[]): boolean {
  const identity = ({ number, sellerAccount, seller }: Invoice) =>
    `${number} ${sellerAccount ?? ''} ${seller ?? ''}`
  const kept = new Set(next.map(identity))
  return now.some((invoice) => !kept.has(identity(invoice)))
}

/** Fewer papers of a kind than there were: something went without one in its place. */
function takesAway(now: readonly Evidence[], next: readonly Evidence[]): boolean {
  const count = (papers: readonly Evidence[], kind: Evidence['paper']) =>
    papers.filter(({ paper }) => paper === kind).length
  return now.some(({ paper }) => count(next, paper) < count(now, paper))
}
