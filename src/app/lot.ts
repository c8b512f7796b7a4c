// The lot of a round drawn again (law 6.6), from the entries of one village's ledger and nothing else: not from our tables, not
// with the law's own folds. Whoever has the entries can do the same by hand; docs/lot.md says how.
import { z } from 'zod'
import {
  type InspectionId,
  inspectionStream,
  type RequestId,
  requestIdSchema,
  type Sha256Hex,
  sha256HexSchema,
  type StreamId,
} from '../domain/ids.ts'
import type { Entry } from '../domain/entry.ts'
import { dateAt, instantSchema, localDateSchema } from '../domain/time.ts'
import { fromUtf8, toHex, utf8 } from '../ledger/bytes.ts'
import type { LedgerCrypto } from '../ledger/crypto.ts'
import { CompactRange, leafHash } from '../ledger/merkle.ts'
import { drawLot, seedOf } from '../../workflows/inspection/v1/lot.ts'

const counted = z.object({ count: z.int(), digest: sha256HexSchema })
const plannedSchema = z.object({
  given: z.object({
    companies: z.array(z.string()),
    period: z.object({ from: localDateSchema, to: localDateSchema }),
  }),
})
const noticedSchema = z.object({
  given: z.object({ drawAfter: instantSchema, commitment: sha256HexSchema }),
  population: counted,
  sample: z.int(),
})
const drawnSchema = z.object({
  given: z.object({ secret: z.string() }),
  root: z.object({ size: z.int(), root: sha256HexSchema }),
  seed: sha256HexSchema,
  lot: counted,
})
const listedSchema = z.object({ requests: z.array(requestIdSchema) })
const submittedSchema = z.object({ given: z.object({ company: z.string() }) })

/** Beside what the round recorded what comes out again; equal or not. */
export interface Compared<T> {
  readonly recorded: T
  readonly again: T
  readonly equal: boolean
}

export interface Redrawn {
  readonly ledger: string
  readonly inspection: InspectionId
  readonly drawAfter: string
  readonly sample: number
  /** Flows that ended in the period, by number. */
  readonly population: readonly RequestId[]
  readonly populationDigest: Compared<Sha256Hex>
  /** Absent until the lot is drawn. */
  readonly draw?: {
    readonly secret: string
    /** SHA-256 of the secret, as committed to in the notice. */
    readonly commitment: Compared<Sha256Hex>
    readonly size: Compared<number>
    readonly root: Compared<string>
    readonly seed: Compared<Sha256Hex>
    /** In the order drawn. */
    readonly lot: Compared<readonly RequestId[]>
  }
  /** Everything that there is to compare is equal. */
  readonly equal: boolean
}

type Recorded = z.infer<typeof noticedSchema> & z.infer<typeof plannedSchema>['given']

/** Takes the entries of a ledger in order, from the first; then says what comes out. */
export class LotRedraw {
  readonly #crypto: LedgerCrypto
  readonly #inspection: InspectionId
  readonly #stream: StreamId
  readonly #tree: CompactRange
  readonly #companyOf = new Map<string, string>()
  readonly #endedOn = new Map<string, string>()
  #ledger = ''
  #at = ''
  #plan: z.infer<typeof plannedSchema>['given'] | undefined
  #notice: Recorded | undefined
  #population: readonly RequestId[] = []
  #draw: z.infer<typeof drawnSchema> | undefined
  readonly #lot: RequestId[] = []
  /** At the first commit after the instant of the notice. */
  #head: { readonly size: number; readonly root: string } | undefined

  constructor(crypto: LedgerCrypto, inspection: InspectionId) {
    this.#crypto = crypto
    this.#inspection = inspection
    this.#stream = inspectionStream(inspection)
    this.#tree = new CompactRange(crypto)
  }

  /** The next entry: its bytes as they stand in the ledger. */
  take(bytes: Uint8Array): void {
    const entry = JSON.parse(fromUtf8(bytes)) as Entry
    // entries of one commit share their time: a checkpoint stands where it changes
    if (entry.at !== this.#at) this.#mark()
    this.#at = entry.at
    this.#ledger = entry.ledger
    this.#read(entry)
    this.#tree.append(leafHash(this.#crypto, bytes))
  }

  /** Undefined when the ledger has no such round, or one without a notice. */
  redrawn(): Redrawn | undefined {
    this.#mark()
    const notice = this.#notice
    if (notice === undefined) return undefined
    const again = this.#digest(this.#population.join('\n'))
    const populationDigest = compared(notice.population.digest, again)
    const draw = this.#drawnAgain(notice)
    const parts =
      draw === undefined ? [] : [draw.commitment, draw.size, draw.root, draw.seed, draw.lot]
    return {
      ledger: this.#ledger,
      inspection: this.#inspection,
      drawAfter: notice.given.drawAfter,
      sample: notice.sample,
      population: this.#population,
      populationDigest,
      ...(draw === undefined ? {} : { draw }),
      equal: [populationDigest, ...parts].every(({ equal }) => equal),
    }
  }

  #drawnAgain(notice: Recorded): Redrawn['draw'] {
    const recorded = this.#draw
    if (recorded === undefined) return undefined
    const { secret } = recorded.given
    const digest = (text: string) => this.#digest(text)
    const root = this.#head?.root ?? ''
    const seed = seedOf(digest, secret, sha256HexSchema.catch(recorded.root.root).parse(root))
    const { sample } = notice
    const lot = drawLot(digest, { seed, population: this.#population, size: sample })
    return {
      secret,
      commitment: compared(notice.given.commitment, digest(secret)),
      size: compared(recorded.root.size, this.#head?.size ?? 0),
      root: compared<string>(recorded.root.root, root),
      seed: compared(recorded.seed, seed),
      lot: compared<readonly RequestId[]>(this.#lot, lot),
    }
  }

  /** The tree as it stands between two commits: the one that is asked for is the first after the notice's instant. */
  #mark(): void {
    const after = this.#notice?.given.drawAfter
    if (this.#head !== undefined || after === undefined || this.#at <= after) return
    this.#head = { size: this.#tree.size, root: toHex(this.#tree.root()) }
  }

  #read({ stream, type, body, at }: Entry): void {
    if (type === 'request.submitted' || type === 'request.resubmitted') {
      this.#companyOf.set(stream, submittedSchema.parse(body).given.company)
    }
    // a flow ends where its fifth must opens
    if (type === 'disciplineAudit.opened') this.#endedOn.set(stream, dateAt(at))
    if (stream !== this.#stream) return
    if (type === 'inspection.planned') this.#plan = plannedSchema.parse(body).given
    if (type === 'inspection.noticed' && this.#plan !== undefined) {
      this.#notice = { ...noticedSchema.parse(body), ...this.#plan }
      this.#population = this.#ended(this.#plan)
    }
    if (type === 'inspection.drawn') this.#draw = drawnSchema.parse(body)
    if (type === 'inspection.lotListed') this.#lot.push(...listedSchema.parse(body).requests)
  }

  #ended({ companies, period }: z.infer<typeof plannedSchema>['given']): readonly RequestId[] {
    return [...this.#endedOn]
      .filter(([stream, date]) => {
        const company = this.#companyOf.get(stream) ?? ''
        return date >= period.from && date <= period.to && companies.includes(company)
      })
      .map(([stream]) => requestIdSchema.parse(stream.slice('request/'.length)))
      .sort()
  }

  #digest(text: string): Sha256Hex {
    return sha256HexSchema.parse(toHex(this.#crypto.sha256(utf8(text))))
  }
}

const compared = <T>(recorded: T, again: T): Compared<T> => ({
  recorded,
  again,
  equal: JSON.stringify(recorded) === JSON.stringify(again),
})
