// Requests whose flow has ended, and a round over them, for tests of inspections.
import {
  type RequestId,
  requestIdSchema,
  requestStream,
  sha256HexSchema,
} from '../../src/domain/ids.ts'
import { authorityWorkflow } from '../../workflows/authority/v1/decide.ts'
import { inspectionWorkflow } from '../../workflows/inspection/v1/decide.ts'
import { ledgerWorkflow } from '../../workflows/ledger/v1/decide.ts'
import { policyWorkflow } from '../../workflows/policy/v1/decide.ts'
import { requestWorkflow } from '../../workflows/request/v1/decide.ts'
import { rosterWorkflow } from '../../workflows/roster/v1/decide.ts'
import { digest, LawWorld } from './law.ts'
import {
  by,
  company,
  confirm,
  enactPolicy,
  foundTownship,
  foundVillage,
  o,
  p,
  type Seat,
  town,
  townSeats,
  village,
} from './law-cast.ts'
import { quietFacts } from './quiet-facts.ts'

export const requestId = (number: number): RequestId =>
  requestIdSchema.parse(`2026-${String(number).padStart(6, '0')}`)

/** A founded township and village with a policy, in March 2026; no meeting, no round yet. */
export function inspectedWorld({
  seats = townSeats,
  policy = true,
}: { seats?: readonly Seat[]; policy?: boolean } = {}): LawWorld {
  const { payeeWindow, invoiceUse } = quietFacts
  const world = new LawWorld({
    workflows: [
      ledgerWorkflow,
      rosterWorkflow,
      policyWorkflow,
      requestWorkflow,
      authorityWorkflow,
      inspectionWorkflow,
    ],
    facts: { payeeWindow, invoiceUse },
  })
  foundTownship(world, seats)
  foundVillage(world)
  confirm(world, town, village)
  if (policy) enactPolicy(world)
  return world
}

/** A small purchase; every paper is there. */
export const purchase = (number: number, amount = '800.00') => ({
  company,
  kind: 'single',
  category: 'office',
  matter: 'ordinary',
  purpose: '办公用纸',
  amount,
  method: 'transfer',
  payee: { type: 'firm', name: '云溪文具店', account: '6222020000001', bank: '农商银行' },
  invoices: [
    {
      number: String(number).padStart(20, '1'),
      date: '2026-03-01',
      sellerAccount: '6222020000001',
      total: amount,
    },
  ],
  budgetLine: '管理费用',
  handler: p('handler'),
  witness: p('witness'),
  relation: 'none',
  evidence: [
    'purposeNote',
    'relationDeclaration',
    'quotes',
    'invoice',
    'delivery',
    'acceptance',
  ].map((paper) => ({
    paper,
    sha256: digest(paper),
  })),
})

export const onRequest = (number: number, type: string, office: string, input: unknown = {}) => ({
  ledger: village,
  stream: requestStream(requestId(number)),
  type,
  by: by(office),
  input,
})

/** `count` requests submitted and withdrawn: each waits in disciplineAudit. */
export function endRequests(world: LawWorld, count: number, from = 1): readonly RequestId[] {
  return Array.from({ length: count }, (_, i) => {
    world.given(onRequest(from + i, 'request.submit', 'clerk', purchase(from + i)))
    world.given(onRequest(from + i, 'request.withdraw', 'chead', { reason: '不再需要' }))
    return requestId(from + i)
  })
}

/** One small purchase through all its musts to its booking, paid; it waits in disciplineAudit. */
export function payRequest(world: LawWorld, number: number): RequestId {
  const act = (type: string, office: string, input: unknown = {}) =>
    world.given(onRequest(number, type, office, input))
  act('request.submit', 'clerk', purchase(number))
  act('request.handle', 'handler')
  act('request.witness', 'witness')
  act('request.issue', 'chead')
  act('papers.complete', 'clerk')
  act('supervisorySignOff.sign', 'sup1')
  act('supervisorySignOff.sign', 'sup2')
  act('payment.order', 'cashier')
  act('payment.record', 'cashier', { bankReference: `B${number}`, paidOn: '2026-03-02' })
  act('booking.record', 'book', {
    voucherNo: `记-${number}`,
    entity: company,
    debit: '5602',
    credit: '1002',
  })
  return requestId(number)
}

export const secret = 'a-secret-of-the-inspector'
/** What the ledger's root happens to be after the draw. */
export const root = sha256HexSchema.parse('ab'.repeat(32))

export const plan = {
  kind: 'periodic',
  period: { from: '2026-03-01', to: '2026-03-31' },
  companies: [company],
  inspectors: [
    { office: o('inspector1'), person: p('inspector1') },
    { office: o('inspector2'), person: p('inspector2') },
  ],
}
export const notice = {
  startsOn: '2026-04-10',
  drawAfter: '2026-04-08T01:00:00.000Z',
  commitment: digest(secret),
}

export const onRound = (type: string, office: string, input: unknown = {}, id = 'i-2026-01') => ({
  ledger: village,
  stream: `inspection/${id}` as const,
  type,
  by: by(office),
  input,
})

/**
 * Answers the two facts of a round: this population, and a root once the draw's instant is past.
 */
export function answerRound(
  world: LawWorld,
  population: readonly RequestId[],
  red: readonly RequestId[] = [],
): void {
  world.fact('population', () => ({ requests: population, red }))
  world.fact('rootAfter', ({ after }) => (world.now > after ? { size: 77, root } : {}))
}

/** `asking` recorded on a copy that knows this population, the clock set first. */
export function afterwards(
  before: LawWorld,
  population: readonly RequestId[],
  asking: Parameters<LawWorld['given']>[0],
  clock?: string,
): LawWorld {
  const world = before.fork()
  answerRound(world, population)
  if (clock !== undefined) world.clock(clock)
  world.given(asking)
  return world
}

/**
 * The same past in each state of a round over `ids`, from its plan on the 1st of April to its start
 * on the 10th.
 */
export function roundOver(before: LawWorld, ids: readonly RequestId[]) {
  const then = (world: LawWorld, asking: Parameters<LawWorld['given']>[0], clock?: string) =>
    afterwards(world, ids, asking, clock)
  const planned = then(
    before,
    onRound('inspection.plan', 'inspector1', plan),
    '2026-04-01T01:00:00.000Z',
  )
  const noticed = then(planned, onRound('inspection.notice', 'inspector1', notice))
  const drawing = onRound('inspection.draw', 'inspector1', { secret, picks: [] })
  const drawn = then(noticed, drawing, '2026-04-08T02:00:00.000Z')
  const underway = then(
    drawn,
    onRound('inspection.start', 'inspector1'),
    '2026-04-10T01:00:00.000Z',
  )
  return { planned, noticed, drawn, underway }
}
