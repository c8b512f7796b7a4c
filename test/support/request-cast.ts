// A village with a policy and one request, walked as far as a test needs. Built once, forked per row.
import type { Paper } from '../../src/domain/expense.ts'
import type { FactTypes } from '../../src/domain/facts.ts'
import {
  authorityIdSchema,
  authorityStream,
  type PersonId,
  requestIdSchema,
  sha256HexSchema,
  type StreamId,
} from '../../src/domain/ids.ts'
import { moneySchema } from '../../src/domain/money.ts'
import { localDateSchema } from '../../src/domain/time.ts'
import { type Submission, submissionSchema } from '../../src/domain/request.ts'
import { authorityWorkflow } from '../../workflows/authority/v1/decide.ts'
import { ledgerWorkflow } from '../../workflows/ledger/v1/decide.ts'
import { policyWorkflow } from '../../workflows/policy/v1/decide.ts'
import { requestWorkflow } from '../../workflows/request/v1/decide.ts'
import { placeOf, type Request, requestFold } from '../../workflows/request/v1/fold.ts'
import { rosterWorkflow } from '../../workflows/roster/v1/decide.ts'
import {
  by,
  company,
  confirm,
  enactPolicy,
  foundTownship,
  foundVillage,
  founding,
  o,
  p,
  populate,
  type Seat,
  town,
  township,
  townSeats,
  village,
  villageSeats,
} from './law-cast.ts'
import { type Asking, digest, LawWorld } from './law.ts'
import { quietFacts } from './quiet-facts.ts'
import { chamber, chamberWorkflow, round, roundWorkflow } from './request-chamber.ts'

const requestId = requestIdSchema.parse('2026-000001')
export const request: StreamId = 'request/2026-000001'

export const evidenceOf = (...papers: readonly Paper[]) =>
  papers.map((paper) => ({ paper, sha256: sha256HexSchema.parse(digest(paper)) }))

export const firmAccount = '6246270519836198971'
const name = '菱东船舶修理厂'
export const firm = { type: 'firm', name, account: firmAccount, bank: '湖州银行' } as const
export const invoice = {
  number: '25338768457947000195',
  date: '2026-03-01',
  sellerAccount: firmAccount,
  total: '1200.00',
} as const

/** An ordinary form; rows change what their rule is about. */
export function form(change: Record<string, unknown> = {}): Submission {
  const amount = moneySchema.parse(change['amount'] ?? '1200.00')
  return submissionSchema.parse({
    company,
    kind: 'single',
    category: 'equipmentRepair',
    matter: 'ordinary',
    purpose: '保洁船发动机维修',
    amount,
    method: 'transfer',
    payee: firm,
    invoices: [{ ...invoice, total: amount }],
    budgetLine: '设备维修',
    handler: p('handler'),
    witness: p('witness'),
    relation: 'none',
    evidence: evidenceOf('purposeNote', 'relationDeclaration', 'quotes', 'plan'),
    ...change,
  })
}

type Window = FactTypes['payeeWindow']
type Paid = Partial<Pick<Window['answer']['parts'][number], 'cash' | 'voucherless'>>

/** Other requests to the same payee, of the day itself. */
export const windowOf =
  (...amounts: readonly string[]) =>
  (query: Window['query']): Window['answer'] =>
    windowOn(...amounts.map((amount) => [amount, query.to] as const))(query)

/** Other requests to the same payee: amount, date of submission, and the category or how it was paid where it is another. */
export const windowOn =
  (...parts: readonly (readonly [amount: string, on: string, category?: string, paid?: Paid])[]) =>
  (query: Window['query']): Window['answer'] => ({
    payee: query.keys[0] ?? '',
    keys: query.keys,
    parts: parts.map(([amount, on, category = 'equipmentRepair', paid = {}], i) => ({
      request: requestIdSchema.parse(`2026-0009${String(i).padStart(2, '0')}`),
      amount: moneySchema.parse(amount),
      on: localDateSchema.parse(on),
      category,
      cash: false,
      voucherless: false,
      ...paid,
    })),
  })

/** A second head of the centre: somebody may hold that office while the first keeps the rosters. */
const spareSeats: readonly Seat[] = [['head2', 'centreHead', township, 'centrehead2']]

interface Founding {
  readonly seats?: readonly Seat[]
  readonly settings?: readonly { readonly key: string; readonly value: string | number | boolean }[]
  readonly policy?: boolean
  readonly confirmed?: boolean
}

export function foundWorld(wanted: Founding = {}): LawWorld {
  const { seats = villageSeats, settings = [], policy = true, confirmed = true } = wanted
  const { payeeWindow, invoiceUse, openAdvances } = quietFacts
  const world = new LawWorld({
    workflows: [
      ledgerWorkflow,
      rosterWorkflow,
      policyWorkflow,
      requestWorkflow,
      authorityWorkflow,
      chamberWorkflow,
      roundWorkflow,
    ],
    now: '2026-03-02T01:00:00.000Z',
    facts: { payeeWindow, invoiceUse, openAdvances },
  })
  foundTownship(world, [...townSeats, ...spareSeats])
  foundVillage(world, seats)
  populate(world, 4)
  confirm(world, town)
  if (confirmed) confirm(world, village)
  if (policy) enactPolicy(world, settings)
  return world
}

export const asked = (type: string, office: string, input: unknown = {}): Asking => ({
  ledger: village,
  stream: request,
  type,
  by: by(office),
  input,
})
/** The same act by another person, who says they hold that office. */
export const inPerson = (asking: Asking, person: PersonId, office?: string): Asking => ({
  ...asking,
  by: {
    auth: 'password+totp',
    office: office === undefined ? asking.by.office : o(office),
    person,
  },
})

type Organ = 'board' | 'members' | 'shareholder'

/** What a meeting decided; its voters are the three directors unless the row says who. */
export const resolve = (
  organ: Organ,
  outcome: 'passed' | 'failed' | 'referred' = 'passed',
  voters: readonly PersonId[] = organ === 'board' ? [p('dir1'), p('dir2'), p('dir3')] : [],
): Asking => ({
  ledger: village,
  stream: chamber,
  type: 'chamber.resolve',
  by: by('council1'),
  input: { organ, request: requestId, outcome, voters },
})

/** What a round says of the request. */
export const look = (
  does: 'cover' | 'raise' | 'settle',
  result: 'notExamined' | 'noFinding' | 'finding' = 'noFinding',
  finding = 'f-1',
): Asking => ({
  ledger: village,
  stream: round,
  type: 'round.look',
  by: by('inspector1'),
  input: { does, result, finding, request: requestId },
})

export const vouchers = { evidence: evidenceOf('invoice', 'acceptance', 'contract', 'photos') }
export const because = { reason: '见附件说明' }
export const returning = { ...because, fields: ['amount'] }
export const paid = { bankReference: 'HZ20260302001', paidOn: '2026-03-02' }
export const booked = { voucherNo: '记-12', entity: company, debit: '5602', credit: '1002' }

/** The ordinary acts in order. */
const ordinary: readonly Asking[] = [
  asked('request.handle', 'handler'),
  asked('request.witness', 'witness'),
  asked('request.issue', 'chead'),
  resolve('members'),
  resolve('shareholder'),
  resolve('board'),
  asked('evidence.add', 'clerk', vouchers),
  asked('papers.complete', 'clerk'),
  asked('supervisorySignOff.sign', 'sup1'),
  asked('supervisorySignOff.sign', 'sup2'),
  asked('supervisorySignOff.sign', 'sup3'),
  asked('townshipFiling.accept', 'officer'),
  asked('townshipFiling.consent', 'head', because),
  asked('payment.order', 'cashier'),
  asked('payment.record', 'cashier', paid),
  asked('booking.record', 'book', booked),
  look('cover'),
]

export function submit(world: LawWorld, change: Record<string, unknown> = {}): void {
  world.given(asked('request.submit', 'clerk', form(change)))
}

/** Where an act of `ordinary` on another stream has its turn. */
const turnOf: Readonly<Record<string, string>> = {
  members: 'memberVote.open',
  shareholder: 'memberVote.carried',
  board: 'boardReview.open',
  cover: 'disciplineAudit.open',
}
const isTurn = (world: LawWorld, { input }: Asking): boolean => {
  const { organ, does } = input as { organ?: string; does?: string }
  const turn = turnOf[organ ?? does ?? '']
  return turn === undefined || turn === placeOf(folded(world))
}

/** Walks the ordinary acts, passing over those whose must is not open, until the request stands at `place`. */
export function walk(world: LawWorld, place: string): LawWorld {
  for (const asking of ordinary) {
    if (placeOf(folded(world)) === place) return world
    if (!isTurn(world, asking)) continue
    const outcome = world.ask(asking)
    if ('refused' in outcome && outcome.refused.code !== 'notOpen') {
      throw new Error(`${asking.type}: ${outcome.refused.code}`)
    }
  }
  if (placeOf(folded(world)) !== place) {
    throw new Error(`never at ${place}, but at ${placeOf(folded(world))}`)
  }
  return world
}

export function all(world: LawWorld, ...askings: readonly Asking[]): LawWorld {
  for (const asking of askings) world.given(asking)
  return world
}

export function folded(world: LawWorld): Request {
  const state = world.state(requestFold, village, request)
  if (state === undefined) throw new Error('no request')
  return state
}
export const place = (world: LawWorld): string => placeOf(folded(world))
export const types = (world: LawWorld): readonly string[] =>
  world.entries(village, request).map(({ type }) => type)

export const authority = authorityIdSchema.parse('a-2026-0001')
/** A ceiling for the firm, taken over by the founder from a paper older than the ledger. */
export const takeOver = (ceiling: string, change: object = {}): Asking => ({
  ledger: village,
  stream: authorityStream(authority),
  type: 'authority.approve',
  by: founding,
  input: {
    kind: 'contract',
    company,
    title: '船舶维修年度合同',
    payees: [`account:${firmAccount}`],
    ceiling,
    from: '2026-01-01',
    to: '2026-12-31',
    ground: { type: 'paper', document: '村〔2025〕11号' },
    ...change,
  },
})

/** A village founded with that ceiling. */
export const coveredWorld = (ceiling: string, change: object = {}): LawWorld =>
  kept(`${ceiling} ${JSON.stringify(change)}`, () => {
    const world = foundWorld({ confirmed: false })
    world.given(takeOver(ceiling, change))
    confirm(world, village)
    return world
  })

const worlds = new Map<string, LawWorld>()

/** A village with nothing asked yet, to go on from. */
export const founded = (): LawWorld => kept('', () => foundWorld())

/** A request of 60,000, where all five musts are required, standing at `where`; to go on from. */
export const standing = (where: string): LawWorld =>
  kept(where, () => {
    const world = founded()
    submit(world, { amount: '60000.00' })
    return walk(world, where)
  })

function kept(key: string, make: () => LawWorld): LawWorld {
  const world = worlds.get(key) ?? make()
  worlds.set(key, world)
  return world.fork()
}
