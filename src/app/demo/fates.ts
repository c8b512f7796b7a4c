// What befalls an invented request beside the ordinary. Decided by the seed and the request's number alone, so that nothing
// of it depends on who looks first.
import type { Draft } from '../../domain/draft.ts'
import type { Origin, RequestId, Sha256Hex } from '../../domain/ids.ts'
import { daysBetween } from '../../domain/time.ts'
import type { Random } from './random.ts'

/** How many of a thousand. What a request never comes to (a board, a filing) does not befall it. */
const chances = {
  returnedByHead: 12,
  returnedByDirector: 20,
  returnedBySupervisor: 35,
  returnedByOfficer: 30,
  returnedByCashier: 8,
  objected: 12,
  papersForgotten: 20,
  paymentFails: 25,
  rejectedByChair: 6,
  rejectedByBoard: 8,
  refusedByTownship: 16,
  withdrawnUnissued: 5,
  withdrawnBeforePapers: 6,
  withdrawnBeforeSignOff: 4,
  takenBack: 10,
  // these befall only whom they are meant for
  returnedFromVote: 0,
  settledLate: 0,
  suspendedAndLifted: 0,
  suspendedAndRenewed: 0,
  suspendedByHead: 0,
  paidOnDayOff: 0,
} as const
export type Fate = keyof typeof chances

/** Days within which two parts of one purchase belong together (the window of the law, by the shipped policy). */
const WINDOW_DAYS = 30

export class Fates {
  readonly #random: Random
  readonly #entangled: ReadonlySet<Sha256Hex>
  readonly #fates = new Map<string, Fate | undefined>()
  /** Requests whose number came from a draft that others hang on. */
  readonly #plain = new Set<string>()
  readonly #destined = new Set<string>()

  constructor(random: Random, drafts: readonly Draft[]) {
    this.#random = random
    this.#entangled = entangled(drafts)
  }

  submitted(ledger: Origin, request: RequestId, draft: Draft): void {
    if (this.#entangled.has(draft.id)) this.#plain.add(`${ledger} ${request}`)
  }

  /** A request that is told what befalls it: one thing, or nothing out of the ordinary. */
  destined(ledger: Origin, request: RequestId, fate: Fate | undefined): void {
    this.#fates.set(`${ledger} ${request}`, fate)
    this.#destined.add(`${ledger} ${request}`)
  }

  /** May a meeting vote it down? */
  isPlain(ledger: Origin, request: RequestId): boolean {
    const name = `${ledger} ${request}`
    return this.#plain.has(name) || this.#destined.has(name)
  }

  /** Does this befall the request? */
  awaits(ledger: Origin, request: RequestId, fate: Fate): boolean {
    const name = `${ledger} ${request}`
    if (this.#plain.has(name)) return false
    if (!this.#fates.has(name)) this.#fates.set(name, this.#draw(name))
    return this.#fates.get(name) === fate
  }

  /** True once: what has happened does not happen again. */
  strikes(ledger: Origin, request: RequestId, fate: Fate): boolean {
    if (!this.awaits(ledger, request, fate)) return false
    this.#fates.set(`${ledger} ${request}`, undefined)
    return true
  }

  #draw(name: string): Fate | undefined {
    let drawn = this.#random.of('fate', name).below(1000)
    for (const [fate, chance] of Object.entries(chances) as [Fate, number][]) {
      if (drawn < chance) return fate
      drawn -= chance
    }
    return undefined
  }
}

/**
 * Drafts that mean something only together with others: an invoice claimed twice, parts of one purchase, a related party.
 * They go the ordinary way, so that what the law does about them can be seen.
 */
function entangled(drafts: readonly Draft[]): ReadonlySet<Sha256Hex> {
  const invoices = new Map<string, number>()
  for (const { submission } of drafts) {
    for (const { number } of submission.invoices) {
      invoices.set(number, (invoices.get(number) ?? 0) + 1)
    }
  }
  const bound = drafts.filter(
    (draft) =>
      draft.submission.relation === 'related' ||
      draft.submission.invoices.some(({ number }) => (invoices.get(number) ?? 0) > 1) ||
      drafts.some((other) => isPartBeside(draft, other)),
  )
  return new Set(bound.map(({ id }) => id))
}

/** `…（第1段）` beside `…（第2段）`, to the same payee within the window. */
function isPartBeside({ submission, submittedOn }: Draft, other: Draft): boolean {
  const [mine, theirs] = [submission.purpose, other.submission.purpose]
  return (
    mine !== theirs &&
    whole(mine) === whole(theirs) &&
    submission.company === other.submission.company &&
    JSON.stringify(submission.payee) === JSON.stringify(other.submission.payee) &&
    Math.abs(daysBetween(submittedOn, other.submittedOn)) <= WINDOW_DAYS
  )
}

const whole = (purpose: string): string => purpose.replace(/（第\d+段）$/, '')
