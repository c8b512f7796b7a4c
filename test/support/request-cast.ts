// A village with a policy and one request, walked as far as a test needs. Built once, forked per row.
import type { FactTypes } from '../../src/domain/facts.ts'
import { requestIdSchema, sha256HexSchema, type StreamId } from '../../src/domain/ids.ts'
import { moneySchema } from '../../src/domain/money.ts'
import type { Paper } from '../../src/domain/expense.ts'
import { type Submission, submissionSchema } from '../../src/domain/request.ts'
import { ledgerWorkflow } from '../../workflows/ledger/v1/decide.ts'
import { policyWorkflow } from '../../workflows/policy/v1/decide.ts'
import { requestWorkflow } from '../../workflows/request/v1/decide.ts'
import { type Request, requestFold } from '../../workflows/request/v1/fold.ts'
import { rosterWorkflow } from '../../workflows/roster/v1/decide.ts'
import type { Workflow } from '../../workflows/workflow.ts'
import { digest, LawWorld } from './law.ts'
import { by, company, confirm, enactPolicy, foundTownship, foundVillage, p, populate, town, village } from './law-cast.ts'

export const request: StreamId = 'request/2026-000001'

export const evidenceOf = (...papers: readonly Paper[]) =>
  papers.map((paper) => ({ paper, sha256: sha256HexSchema.parse(digest(paper)) }))

export const firmAccount = '6246270519836198971'

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
    payee: { type: 'firm', name: '菱东船舶修理厂', account: firmAccount, bank: '湖州银行八里支行' },
    invoices: [{ number: '25338768457947000195', date: '2026-03-01', sellerAccount: firmAccount, total: amount }],
    budgetLine: '设备维修',
    handler: p('handler'),
    witness: p('witness'),
    relation: 'none',
    evidence: evidenceOf('purposeNote', 'relationDeclaration', 'quotes', 'plan'),
    ...change,
  })
}

export const noWindow = (query: FactTypes['payeeWindow']['query']): FactTypes['payeeWindow']['answer'] => ({
  payee: query.keys[0] ?? '',
  parts: [],
})

/** Other requests to the same payee in the window. */
export const windowOf =
  (...amounts: readonly string[]) =>
  (query: FactTypes['payeeWindow']['query']): FactTypes['payeeWindow']['answer'] => ({
    payee: query.keys[0] ?? '',
    parts: amounts.map((amount, i) => ({
      request: requestIdSchema.parse(`2026-0009${String(i).padStart(2, '0')}`),
      amount: moneySchema.parse(amount),
    })),
  })

export function foundWorld(extra: readonly Workflow[] = []): LawWorld {
  const world = new LawWorld({
    workflows: [ledgerWorkflow, rosterWorkflow, policyWorkflow, requestWorkflow, ...extra],
    now: '2026-03-02T01:00:00.000Z',
  })
  foundTownship(world)
  foundVillage(world)
  populate(world, 12)
  confirm(world, town, village)
  enactPolicy(world)
  world.fact('payeeWindow', noWindow)
  world.fact('invoiceUse', () => ({ here: [], elsewhere: [] }))
  return world
}

export const asked = (type: string, office: string, input: unknown = {}) => ({
  ledger: village,
  stream: request,
  type,
  by: by(office),
  input,
})

/** The ordinary acts in order; `until` stops before that command. */
export const ordinary: readonly (readonly [type: string, office: string, input?: unknown])[] = [
  ['request.handle', 'handler'],
  ['request.witness', 'witness'],
  ['request.issue', 'chead'],
  ['evidence.add', 'clerk', { evidence: evidenceOf('invoice', 'acceptance', 'contract', 'photos') }],
  ['papers.complete', 'clerk'],
  ['supervisorySignOff.sign', 'sup1'],
  ['supervisorySignOff.sign', 'sup2'],
  ['supervisorySignOff.sign', 'sup3'],
  ['townshipFiling.accept', 'officer'],
  ['townshipFiling.consent', 'head', { reason: '资料齐全' }],
  ['payment.order', 'cashier'],
  ['payment.record', 'cashier', { bankReference: 'HZ20260303001', paidOn: '2026-03-02' }],
  ['booking.record', 'book', { voucherNo: '记-12', entity: company, debit: '5602', credit: '1002' }],
]

export function submit(world: LawWorld, change: Record<string, unknown> = {}): void {
  world.given(asked('request.submit', 'clerk', form(change)))
}

/** Walks the ordinary acts, passing over those whose must is not open, until `stop` would be next. */
export function walk(world: LawWorld, stop?: string): void {
  for (const [type, office, input] of ordinary) {
    const asking = asked(type, office, input ?? {})
    if (type === stop && world.fork().refusal(asking) === undefined) return
    const outcome = world.ask(asking)
    if ('refused' in outcome && outcome.refused.code !== 'notOpen') {
      throw new Error(`${type} by ${office}: ${outcome.refused.code}`)
    }
  }
}

export function folded(world: LawWorld): Request {
  const state = world.state(requestFold, village, request)
  if (state === undefined) throw new Error('no request')
  return state
}
