// Things of the town in the states routes meet: requests walked to a place, meetings, rounds. Each is new, so that what one row of
// the table does to its thing no other row sees.
import { by, company, coop, p, village } from '../support/law-cast.ts'
import { type Asking, digest } from '../support/law.ts'
import { notice, plan as roundPlan, secret } from '../support/law-round.ts'
import { advanced } from '../support/request-rows.ts'
import { flood } from '../support/request-emergency.ts'
import { because, evidenceOf, form, paid, returning } from '../support/request-cast.ts'
import { inspectionFold, type InspectionState } from '../../workflows/inspection/v1/fold.ts'
import type { Town } from './town.ts'

/** Payees, invoices and papers of their own. */
let others = 500

const onStream = (
  stream: Asking['stream'],
  type: string,
  office: string,
  input: unknown = {},
): Asking => ({ ledger: village, stream, type, by: by(office), input })

/**
 * What is asked for, of a payee of its own: no rolling sum, and nothing twice. An emergency: filed with the township, and paid
 * before a board has met.
 */
export function formOf(n: number, amount = '12000.00', more: Record<string, unknown> = {}) {
  const account = `62462705${String(n).padStart(8, '0')}`
  const number = `2533${String(n).padStart(16, '0')}`
  return form({
    amount,
    payee: { type: 'firm', name: `供应商${n}`, account, bank: '湖州银行' },
    invoices: [{ number, date: '2026-03-01', sellerAccount: account, total: amount }],
    evidence: evidenceOf('purposeNote', 'relationDeclaration', 'quotes', 'plan').map((one) => ({
      ...one,
      sha256: digest(`${one.paper} ${n}`),
    })),
    emergency: flood,
    ...more,
  })
}

const chain: readonly (readonly [place: string, type: string, office: string, input?: unknown])[] =
  [
    ['drawnUp', 'request.handle', 'handler'],
    ['handled', 'request.witness', 'witness'],
    ['witnessed', 'request.issue', 'chead'],
    ['papers', 'papers.complete', 'clerk'],
    ['signOff', 'supervisorySignOff.sign', 'sup2'],
    ['signOff2', 'supervisorySignOff.sign', 'sup3'],
    ['signOff3', 'supervisorySignOff.sign', 'sup1'],
    ['filing', 'townshipFiling.accept', 'officer'],
    ['accepted', 'townshipFiling.consent', 'head', because],
    ['payable', 'payment.order', 'cashier'],
    ['ordered', 'payment.record', 'cashier', paid],
    [
      'booking',
      'booking.record',
      'book',
      { voucherNo: '记-9', entity: company, debit: '5602', credit: '1002' },
    ],
  ]

/** A request that waits for the act of `place`, and what happened to it then; its number. */
export async function request(
  town: Town,
  place: string,
  ...then: readonly (readonly [type: string, office: string, input?: unknown])[]
): Promise<string> {
  const n = ++others
  const id = town.next('request')
  const stream = `request/${id}` as const
  const one = (type: string, office: string, input?: unknown) =>
    onStream(stream, type, office, input)
  await town.given(one('request.submit', 'clerk', formOf(n)))
  for (const [waits, type, office, input] of chain) {
    if (waits === place) break
    if (type === 'papers.complete') {
      const evidence = ['invoice', 'acceptance', 'contract', 'photos'].map((paper) => ({
        paper,
        sha256: digest(`${paper} ${n}`),
      }))
      await town.given(one('evidence.add', 'clerk', { evidence }))
    }
    const given =
      type === 'payment.record' ? { ...paid, bankReference: `HZ${n}`, paidOn: town.today() } : input
    await town.given(one(type, office, given))
  }
  for (const [type, office, input] of then) await town.given(one(type, office, input))
  return id
}

export const returned = ['request.return', 'chead', returning] as const
export const proposed = [
  'suspension.propose',
  'inspector1',
  { ...because, basis: '镇纪委1号' },
] as const
export const suspended = ['suspension.order', 'head', because] as const
export const consentedAlone = ['townshipFiling.emergencyConsent', 'officer', because] as const
export const asking = [
  'question.ask',
  'inspector1',
  { to: by('clerk').office, text: '为何' },
] as const

type Kind = 'board' | 'member'
const matters = (kind: Kind): Over['agenda'] => [
  { item: 'a1', title: '年度工作报告', ...(kind === 'member' ? { power: 1 } : {}) },
]
type Upto = 'planned' | 'noticed' | 'open' | 'attended' | 'voted' | 'signed' | 'closed'
/** How far, and over what instead of a report; of each item whoever votes is for it. */
interface Over {
  readonly upTo: Upto
  readonly agenda: readonly { readonly item: string; readonly [field: string]: unknown }[]
}

/** A meeting and what was done at it; its number. `open` of a board is a day later, of members ten. */
export async function meeting(
  town: Town,
  kind: Kind,
  how: Upto | Over = 'planned',
): Promise<string> {
  const { upTo, agenda } = typeof how === 'string' ? { upTo: how, agenda: matters(kind) } : how
  const id = town.next('meeting')
  const stream = `meeting/${id}` as const
  const one = (type: string, office: string, input?: unknown) =>
    onStream(stream, type, office, input)
  const organisation = kind === 'board' ? company : coop
  await town.given(one('meeting.plan', 'clerk', { kind, organisation, title: '会议', agenda }))
  if (upTo === 'planned') return id
  if (kind === 'member')
    await town.given(one('prestudy.record', 'party', { opinion: '同意', minutes: digest('p') }))
  const heldAt = town.later(kind === 'board' ? 2 : 11)
  await town.given(one('meeting.notice', 'clerk', { heldAt, place: '村委会', online: true }))
  if (upTo === 'noticed') return id
  town.clock(heldAt)
  const watcher = kind === 'member' ? { watcher: by('watch1').office } : {}
  await town.given(one('meeting.open', 'clerk', watcher))
  if (upTo === 'open') return id
  if (kind === 'board') {
    for (const office of ['dir1', 'dir2', 'dir3'])
      await town.given(one('attendance.record', office, { as: 'seat', method: 'onSite' }))
  } else {
    const onSite = [p('m2'), p('m3'), p('m4')]
    await town.given(one('attendance.record', 'clerk', { as: 'sheet', sheet: digest('s'), onSite }))
  }
  if (upTo === 'attended') return id
  if (kind === 'member') return counted(town, { id, one, upTo })
  const choices = agenda.map(({ item }) => ({ item, choice: 'for' }))
  for (const office of ['dir1', 'dir2', 'dir3'])
    await town.given(one('ballot.cast', office, { choices }))
  if (upTo === 'voted') return id
  for (const office of ['dir2', 'dir3'])
    await town.given(one('minutes.sign', office, { minutes: digest('nothing') }))
  if (upTo === 'signed') return id
  await town.given(one('meeting.close', 'dir1', { minutes: digest('nothing') }))
  return id
}

/** Counted on paper; signed for by both tellers; closed. */
async function counted(
  town: Town,
  {
    id,
    one,
    upTo,
  }: {
    readonly id: string
    readonly one: (type: string, office: string, input?: unknown) => Asking
    readonly upTo: string
  },
): Promise<string> {
  const votes = { for: 3, against: 0, abstain: 0, paper: 3, online: 0 }
  const tellers = [p('teller1'), p('teller2')]
  await town.given(
    one('tally.record', 'clerk', { item: 'a1', ...votes, tellers, sheet: digest('t') }),
  )
  if (upTo === 'voted') return id
  for (const teller of ['teller1', 'teller2'])
    await town.given(one('tally.sign', teller, { items: ['a1'] }))
  if (upTo === 'signed') return id
  await town.given(
    one('tally.countersign', 'watch1'),
    one('meeting.close', 'council1', { minutes: digest('minutes') }),
  )
  return id
}

const noFlows = { from: '2026-02-01', to: '2026-02-28' }
type Stage = 'planned' | 'noticed' | 'drawn' | 'underway'
/** One round runs in a village at a time: the one before is brought to its end first. */
let before: { readonly town: Town; readonly stream: `inspection/${string}` } | undefined

async function ended(town: Town): Promise<void> {
  const last = before
  before = undefined
  if (last?.town !== town) return
  let state: InspectionState | undefined
  for (const entry of await town.read(last.stream)) state = inspectionFold.apply(state, entry)
  const one = (type: string, input?: unknown) => onStream(last.stream, type, 'inspector1', input)
  const { snapshot, notice: noticed, findings } = state ?? {}
  if (snapshot?.value === 'noticed') {
    town.clock(town.later(9))
    await request(town, 'drawnUp')
    await town.given(one('inspection.draw', { secret, picks: [] }))
  }
  if (snapshot?.value === 'noticed' || snapshot?.value === 'drawn') {
    const starts = `${noticed?.startsOn ?? ''}T02:00:00.000Z`
    if (starts > town.later(0)) town.clock(starts)
    await town.given(one('inspection.start'))
  }
  if (['noticed', 'drawn', 'underway'].includes(snapshot?.value ?? '') && findings !== undefined)
    await town.given(one('inspection.conclude', { summary: '已检查' }))
}

/** A round of inspection over a month in which nothing ended; the clock moves on with it. Its number. */
export async function round(
  town: Town,
  upTo: Stage = 'planned',
  ...then: readonly (readonly [type: string, office: string, input?: unknown])[]
): Promise<string> {
  await ended(town)
  const id = town.next('inspection')
  const stream = `inspection/${id}` as const
  before = { town, stream }
  const one = (type: string, input?: unknown) => onStream(stream, type, 'inspector1', input)
  await town.given(one('inspection.plan', { ...roundPlan, period: noFlows }))
  if (upTo === 'planned') return id
  const [startsOn, drawAfter] = [town.later(10).slice(0, 10), town.later(8)]
  await town.given(one('inspection.notice', { ...notice, startsOn, drawAfter }))
  if (upTo === 'noticed') return id
  town.clock(drawAfter)
  await request(town, 'drawnUp')
  await town.given(one('inspection.draw', { secret, picks: [] }))
  if (upTo === 'drawn') return id
  town.clock(town.later(3))
  await town.given(one('inspection.start'))
  for (const [type, office, input] of then) await town.given(onStream(stream, type, office, input))
  return id
}

/** Money handed to the handler and paid out: what it was spent on is to be shown. */
export async function advance(town: Town): Promise<string> {
  const id = town.next('request')
  const one = (type: string, office: string, input?: unknown) =>
    onStream(`request/${id}`, type, office, input)
  await town.given(
    one('request.submit', 'clerk', form({ ...advanced, amount: '900.00' })),
    one('request.handle', 'handler'),
    one('request.witness', 'witness'),
    one('request.issue', 'chead'),
    one('papers.complete', 'clerk'),
    one('supervisorySignOff.sign', 'sup1'),
    one('supervisorySignOff.sign', 'sup2'),
    one('payment.order', 'cashier'),
    one('payment.record', 'cashier', {
      ...paid,
      bankReference: 'HZ-advance',
      paidOn: town.today(),
    }),
  )
  return id
}
