// What is asked of each route in the table of rights: of which thing, in which state, with what.
import { Readable } from 'node:stream'
import { pdfOf } from '../../src/app/demo/pdf.ts'
import { faultSchema } from '../../src/domain/finding.ts'
import { sha256HexSchema } from '../../src/domain/ids.ts'
import { instantOf } from '../../src/domain/time.ts'
import { by, company, coop, g, h, o, p, town as townOrigin, village } from '../support/law-cast.ts'
import { digest } from '../support/law.ts'
import { notice, plan as roundPlan, secret } from '../support/law-round.ts'
import { because, booked, paid, returning, vouchers } from '../support/request-cast.ts'
import {
  advance,
  asking,
  consentedAlone,
  formOf,
  meeting,
  proposed,
  request,
  returned,
  round,
  suspended,
} from './things.ts'
import type { Sent } from './client.ts'
import { exportedLists } from './rights-rows.ts'
import { code, type Town } from './town.ts'

export interface Ask {
  readonly params?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Behind the path. */
  readonly query?: string
  /** Bytes and their headers, instead of a body. */
  readonly sent?: Sent
}
export type Asker = (town: Town) => Promise<Ask> | Ask

const here = { village: code(village) }
const noFile = digest('nothing')
const page = pdfOf('发票')
const sent = { raw: page, headers: { 'content-type': 'application/pdf' } }

/** The round begun last: another would move the clock on. */
const lastRound = (town: Town): string =>
  town.next('inspection').replace(/\d+$/, (n) => String(Number(n) - 1).padStart(n.length, '0'))

/** A file the village keeps. */
async function kept({ files }: Town): Promise<string> {
  const arrived = await files.receive(Readable.from([page])[Symbol.asyncIterator](), page.length)
  if (arrived === 'tooLarge') throw new Error('a page has no more bytes than it has')
  const about = { ledger: village, media: 'application/pdf', name: '发票.pdf' } as const
  return (await arrived.keep(about)).sha256
}

const onRequest =
  (body: unknown, ...[place, ...then]: DropTown<Parameters<typeof request>>): Asker =>
  async (town) => ({ params: { ...here, request: await request(town, place, ...then) }, body })
const onMeeting =
  (body: unknown, ...[kind, upTo]: DropTown<Parameters<typeof meeting>>): Asker =>
  async (town) => ({ params: { ...here, meeting: await meeting(town, kind, upTo) }, body })
const onRound =
  (body: unknown, ...[upTo, ...then]: DropTown<Parameters<typeof round>>): Asker =>
  async (town) => ({ params: { ...here, inspection: await round(town, upTo, ...then) }, body })
const onAuthority =
  (body: unknown): Asker =>
  () => ({ params: { ...here, authority: 'a-2026-0001' }, body })
const listQuery = `?subject=payees&company=${company}&category=labour&month=2026-03&amount=3.00`
const payees = (n: number): string =>
  [
    '姓名,身份证号,账号,金额',
    `某甲,330106199001011234,62284804025648${n},1.00`,
    `某乙,330106199002021235,62284804025649${n},2.00`,
  ].join('\r\n')
const sentList = (n: number): Sent => ({ raw: payees(n), headers: { 'content-type': 'text/csv' } })

/** A list of payees that the clerk has brought. */
const onImport =
  ({ confirmed = false } = {}): Asker =>
  async (town) => {
    const clerk = await town.client(p('clerk'))
    const place = `/villages/${code(village)}/imports${listQuery}`
    const { body } = await clerk.ask('POST', place, sentList(++begun))
    const { import: id, digest: shown } = body
    const params = { ...here, import: String(id) }
    return confirmed ? { params, body: { digest: shown } } : { params }
  }

/** One that the clerk has begun. */
const onDraft =
  (body?: unknown): Asker =>
  async ({ desk }) => {
    const id = sha256HexSchema.parse(digest(`draft ${++begun}`))
    const at = instantOf(begun)
    await desk.atDesk.begin({ id, ledger: village, owner: p('clerk'), form: {}, at }, 100)
    return { params: { ...here, draft: id }, sent: { body, headers: { 'if-match': '*' } } }
  }
let begun = 0
const inVillage =
  (body?: unknown): Asker =>
  () => ({ params: here, body })
const plain =
  (body?: unknown): Asker =>
  () => ({ body })
type DropTown<T extends readonly unknown[]> = T extends readonly [unknown, ...infer R] ? R : never

const talk = { text: '请补充说明' }
const choices = { choices: [{ item: 'a1', choice: 'for' }] }
const finding = {
  fault: faultSchema.options[0],
  kind: 'simple',
  text: '问题',
  followUps: ['rectification'],
}

const reading: Readonly<Record<string, Asker>> = {
  healthz: plain(),
  readyz: plain(),
  metrics: plain(),
  listTerms: plain(),
  listDemoAccounts: plain(),
  showDemoClock: plain(),
  moveDemoClock: plain({ days: 1 }),
  whoAmI: plain(),
  inbox: plain(),
  listProviders: plain(),
  listSessions: plain(),
  listAccounts: plain(),
  listPeople: plain(),
  listRequests: inVillage(),
  listImports: inVillage(),
  beginImport: () => ({ params: here, query: listQuery, sent: sentList(1) }),
  showImport: onImport(),
  confirmImport: onImport({ confirmed: true }),
  forgetImport: onImport(),
  listDrafts: inVillage(),
  beginDraft: inVillage({ form: {} }),
  showDraft: onDraft(),
  saveDraft: onDraft({ form: {} }),
  discardDraft: onDraft(),
  previewRequest: inVillage({ company, amount: '12000', matter: 'ordinary' }),
  showPayeeHistory: () => ({ params: here, query: `?company=${company}&name=someone` }),
  listBudgets: inVillage(),
  showRequest: onRequest(undefined, 'drawnUp'),
  showAlerts: onRequest(undefined, 'drawnUp'),
  listAlerts: inVillage(),
  listTownshipRequests: plain(),
  listFindings: inVillage(),
  listMembers: inVillage(),
  showVillageFigures: inVillage(),
  showTownshipFigures: plain(),
  search: () => ({ query: `?q=${encodeURIComponent('维修')}` }),
  listDisclosure: plain(),
  listDisclosedMonths: inVillage(),
  showDisclosedMonth: () => ({ params: { ...here, month: '2026-03' } }),
  listMeetings: inVillage(),
  showMeeting: onMeeting(undefined, 'board'),
  listInspections: inVillage(),
  showInspection: onRound(undefined),
  listAuthorities: inVillage(),
  showAuthority: onAuthority(undefined),
  showVillagePolicy: inVillage(),
  showTownshipPolicy: plain(),
  comparePolicy: plain({ settings: [{ key: 'window.days', value: 60 }] }),
  compareStandingPolicy: plain(),
  showVillageRoster: inVillage(),
  showTownshipRoster: plain(),
  listLedgers: plain(),
  checkpoint: inVillage(),
  hashTile: () => ({ params: { ...here, level: '0', tile: '000.p/1' } }),
  entryBundle: () => ({ params: { ...here, tile: '000.p/1' } }),
  addAttachment: () => ({ params: here, query: `?name=${encodeURIComponent('发票.pdf')}`, sent }),
  showAttachment: async (town) => ({ params: { ...here, sha256: await kept(town) } }),
  listRequestAttachments: onRequest(undefined, 'drawnUp'),
  listAuthorityAttachments: onAuthority(undefined),
  listMeetingAttachments: onMeeting(undefined, 'board'),
  listInspectionAttachments: (town) => ({ params: { ...here, inspection: lastRound(town) } }),
  entryProof: () => ({ params: { ...here, seq: '0' } }),
  checkpointOfEpoch: () => ({ params: { ...here, epoch: 'e2' } }),
  hashTileOfEpoch: () => ({ params: { ...here, epoch: 'e2', level: '0', tile: '000.p/1' } }),
  entryBundleOfEpoch: () => ({ params: { ...here, epoch: 'e2', tile: '000.p/1' } }),
  listCheckpoints: inVillage(),
  proveConsistency: () => ({ params: { ...here, from: '1', to: '2' } }),
  listEntries: inVillage(),
  exportLedger: inVillage(),
  startVerification: inVillage(),
  showVerification: inVillage(),
  cancelVerification: inVillage(),
  followChanges: plain(),
  listAttempts: plain(),
  listOwnAttempts: plain(),
  listAccountActs: plain(),
  listOwnAccountActs: plain(),
}

const token = 'A'.repeat(43)
const nobody = { id: 'nobody' }
/** The account of a member, opened where there is none. */
export const onAccount =
  (member: string, body?: unknown): Asker =>
  async (town) => {
    const boss = await town.client('administrator')
    const find = async () => {
      const { body: found } = await boss.get(`/accounts?named=u.${member}`)
      const [row] = found['rows'] as readonly { readonly account: string }[]
      return row?.account
    }
    const known = await find()
    if (known === undefined) await town.client(p(member))
    return { params: { id: known ?? (await find()) ?? '' }, body }
  }

const accounts: Readonly<Record<string, Asker>> = {
  showBallotLink: plain({ token }),
  voteByLink: plain({ token, pin: '000000', choices: choices.choices }),
  showSetUpLink: plain({ token }),
  useSetUpLink: plain({ token, password: 'long enough for anybody' }),
  reauthenticate: plain({ password: 'not the password' }),
  changePassword: plain({ current: 'not the password', next: 'sluice gate at dawn' }),
  endSession: () => ({ params: nobody }),
  endOtherSessions: plain(),
  addAccount: plain({ username: 'somebody', person: p('m4') }),
  resetAccount: onAccount('m2'),
  suspendAccount: onAccount('m2', { reason: '离职' }),
  restoreAccount: onAccount('m2'),
  removeAccount: onAccount('m3'),
}

/** An emergency that waits for its ratification. */
let unratified = ''
const automatic = { finding: 'auto-1', text: '已整改' }
const requests: Readonly<Record<string, Asker>> = {
  'request.submit': () => ({ params: here, body: formOf(1) }),
  'request.handle': onRequest({}, 'drawnUp'),
  'request.witness': onRequest({}, 'handled'),
  'request.issue': onRequest({}, 'witnessed'),
  'request.return': onRequest(returning, 'witnessed'),
  'request.resubmit': onRequest(formOf(2, '11000.00'), 'witnessed', returned),
  'request.withdraw': onRequest(because, 'papers'),
  'evidence.add': onRequest({ evidence: [{ paper: 'invoice', sha256: noFile }] }, 'papers'),
  'papers.complete': onRequest({}, 'papers', ['evidence.add', 'clerk', vouchers]),
  'supervisorySignOff.sign': onRequest({}, 'signOff'),
  'supervisorySignOff.object': onRequest(because, 'signOff'),
  'townshipFiling.accept': onRequest({}, 'filing'),
  'townshipFiling.consent': onRequest(because, 'accepted'),
  'townshipFiling.refuse': onRequest(because, 'accepted'),
  'townshipFiling.emergencyConsent': onRequest(because, 'filing'),
  'townshipFiling.confirm': onRequest(because, 'filing', consentedAlone),
  'townshipFiling.refuseConfirmation': onRequest(because, 'filing', consentedAlone),
  'payment.order': onRequest({}, 'payable'),
  'payment.record': onRequest(paid, 'ordered'),
  'payment.fail': onRequest(because, 'ordered'),
  'advance.settle': async (town) => ({
    params: { ...here, request: await advance(town) },
    body: {
      spent: '900.00',
      returned: '0.00',
      invoices: [
        {
          number: '25330000000000009901',
          date: town.today(),
          sellerAccount: '6227001234567890',
          total: '900.00',
        },
      ],
      evidence: [{ paper: 'invoice', sha256: digest('spent') }],
    },
  }),
  'booking.record': onRequest(booked, 'booking'),
  'suspension.propose': onRequest({ ...because, basis: '镇纪委2号' }, 'papers'),
  'suspension.order': onRequest(because, 'papers', proposed),
  'suspension.renew': onRequest({ reason: '对账未完' }, 'papers', proposed, suspended),
  'suspension.lift': onRequest(because, 'papers', proposed, suspended),
  'suspension.lapse': onRequest({}, 'papers', proposed, suspended),
  'act.takeBack': onRequest(because, 'papers'),
  'emergency.notify': onRequest({ how: '微信群', notice: noFile }, 'booking'),
  'confirmation.lapse': onRequest({}, 'filing', consentedAlone),
  'ratification.lapse': async (town) => {
    unratified = await request(town, 'ratification')
    return { params: { ...here, request: unratified }, body: {} }
  },
  'request.urge': onRequest({}, 'papers'),
  'request.copyIn': onRequest({ offices: [o('clerk')], persons: [] }, 'papers'),
  'request.comment': onRequest(talk, 'papers'),
  'question.ask': onRequest({ to: o('clerk'), ...talk }, 'papers'),
  'question.answer': onRequest({ question: 'q-1', ...talk }, 'papers', asking),
  'alert.dismiss': onRequest({ alert: 'al-1', reason: '已核对' }, 'papers'),
}

const minutes = { minutes: noFile }
const meetings: Readonly<Record<string, Asker>> = {
  'meeting.plan': inVillage({
    kind: 'board',
    organisation: company,
    title: '会议',
    agenda: [{ item: 'a1', title: '报告' }],
  }),
  'prestudy.record': onMeeting({ opinion: '同意', minutes: noFile }, 'member'),
  'consultation.post': onMeeting({ items: ['a1'], place: '公开栏', riskNote: noFile }, 'member'),
  'meeting.notice': async (town) => ({
    params: { ...here, meeting: await meeting(town, 'board') },
    body: { heldAt: town.later(3), place: '村委会', online: false },
  }),
  'meeting.open': async (town) => {
    const id = await meeting(town, 'board', 'noticed')
    town.clock(town.later(2))
    return { params: { ...here, meeting: id }, body: {} }
  },
  'representation.record': async (town) => {
    const id = await meeting(town, 'board', 'open')
    const sits = { ...by('dir2') }
    const stream = `meeting/${id}` as const
    const input = { as: 'seat', method: 'onSite' }
    await town.given({ ledger: village, stream, type: 'attendance.record', by: sits, input })
    return { params: { ...here, meeting: id }, body: { office: o('dir1'), paper: noFile } }
  },
  'attendance.record': onMeeting(
    { as: 'sheet', sheet: noFile, onSite: [p('m3')] },
    'member',
    'open',
  ),
  'attendance.correct': onMeeting(
    { persons: [p('m2')], sheet: noFile, reason: '登记有误' },
    'member',
    'attended',
  ),
  'recusal.declare': onMeeting(
    { items: ['a1'], ground: 'other', reason: '亲属' },
    'board',
    'attended',
  ),
  'ballotLink.issue': onMeeting({ persons: [p('m1')] }, 'member', 'noticed'),
  'ballotPin.issue': onMeeting({ persons: [p('m1')] }, 'member', 'noticed'),
  'ballot.take': onMeeting(choices, 'member', 'open'),
  'ballot.cast': onMeeting(choices, 'board', 'attended'),
  'voting.close': onMeeting({}, 'member', 'attended'),
  'tally.record': onMeeting(
    {
      item: 'a1',
      for: 3,
      against: 0,
      abstain: 0,
      tellers: [p('teller1'), p('teller2')],
      sheet: noFile,
    },
    'member',
    'attended',
  ),
  'tally.sign': onMeeting({ items: ['a1'] }, 'member', 'voted'),
  'tally.countersign': onMeeting({}, 'member', 'signed'),
  'minutes.sign': onMeeting(minutes, 'board', 'voted'),
  'meeting.close': onMeeting(minutes, 'board', 'signed'),
  'shareholderDecision.sign': async (town) => {
    const agenda = [{ ...purchaseItem('a1', town.next('authority'), 13), power: 1 }]
    const id = await meeting(town, 'member', { upTo: 'closed', agenda })
    return { params: { ...here, meeting: id }, body: { items: ['a1'], document: noFile } }
  },
  'villageRule.enact': async (town) => {
    const agenda = [{ item: 'a1', title: '村规', power: 1, rule }]
    const id = await meeting(town, 'member', { upTo: 'closed', agenda })
    return { params: here, body: { ...rule, ground: { meeting: id, item: 'a1' } } }
  },
  'result.post': onMeeting({ place: '公开栏' }, 'member', 'closed'),
  'meeting.adjourn': onMeeting(because, 'board', 'open'),
  'meeting.cancel': onMeeting(because, 'board'),
}

const recoverable = { ...finding, followUps: ['recovery'], recover: '100.00' }
const raised = ['finding.raise', 'inspector1', finding] as const
const answered = ['finding.answer', 'clerk', { finding: 'f-1', text: '已整改' }] as const
const inspections: Readonly<Record<string, Asker>> = {
  'inspection.plan': inVillage(roundPlan),
  'inspection.notice': async (town) => ({
    params: { ...here, inspection: await round(town) },
    body: { ...notice, startsOn: town.later(10).slice(0, 10), drawAfter: town.later(8) },
  }),
  'inspection.draw': async (town) => {
    const id = await round(town, 'noticed')
    town.clock(town.later(9))
    await request(town, 'drawnUp')
    return { params: { ...here, inspection: id }, body: { secret, picks: [] } }
  },
  'inspection.changeTeam': onRound({
    inspectors: [
      { office: o('inspector2'), person: p('inspector2') },
      { office: o('inspector3'), person: p('inspector3') },
    ],
    reason: '回避',
  }),
  'inspection.pick': onRound({ picks: [{ request: '2026-000501', reason: '抽查' }] }, 'drawn'),
  'inspection.start': async (town) => {
    const id = await round(town, 'drawn')
    town.clock(town.later(4))
    return { params: { ...here, inspection: id }, body: {} }
  },
  'inspection.cover': onRound({ notExamined: ['2026-000501'], examined: [] }, 'underway'),
  'inspection.conclude': onRound({ summary: '已检查' }, 'underway'),
  'inspection.cancel': onRound(because),
  'finding.raise': onRound(finding, 'underway'),
  'finding.answer': onRound({ finding: 'f-1', ...talk }, 'underway', raised),
  'finding.verify': onRound({ finding: 'f-1', remark: '属实' }, 'underway', raised, answered),
  'finding.reopen': onRound({ finding: 'f-1', ...because }, 'underway', raised, answered),
  'finding.review': onRound({ round: 'i-2026-51', finding: 'f-1', remark: '属实' }, 'underway'),
  'recovery.record': async (town) => {
    const what = { ...recoverable, request: await request(town, 'booking') }
    const id = await round(town, 'underway', ['finding.raise', 'inspector1', what])
    const came = { amount: '1.00', bankReference: 'B1', receivedOn: town.today() }
    return { params: { ...here, inspection: id }, body: { finding: 'f-1', ...came } }
  },
}

/** Enough to be filed with the township, and not for the members. */
const purchase = (payee: number) => ({
  kind: 'purchase',
  company,
  payees: [`account:62462705000099${payee}`],
  ceiling: '12000.00',
  from: '2026-03-01',
  to: '2026-12-31',
})
/** An item that puts an authority to the vote under the number it will have. */
const purchaseItem = (item: string, id: string, payee: number) => ({
  item,
  title: '采购',
  authority: { id, ...purchase(payee) },
})
const oneOn = (id: string): string =>
  id.replace(/\d+$/, (n) => String(Number(n) + 1).padStart(n.length, '0'))
const entered = (payee: number, decidedBy: string, item: string) => ({
  ...purchase(payee),
  title: '采购',
  ground: { type: 'meeting', meeting: decidedBy, item },
})

/** Two purchases of which the board has approved: the one is asked about first, the other when that is filed. */
let approved = { meeting: '', first: 'a-2026-0001', second: 'a-2026-0001' }
const onApproved =
  (body: unknown): Asker =>
  () => ({ params: { ...here, authority: approved.first }, body })
const authorities: Readonly<Record<string, Asker>> = {
  'authority.approve': async (town) => {
    const first = town.next('authority')
    const second = oneOn(first)
    const agenda = [purchaseItem('a1', first, 11), purchaseItem('a2', second, 12)]
    approved = { meeting: await meeting(town, 'board', { upTo: 'closed', agenda }), first, second }
    return { params: here, body: entered(11, approved.meeting, 'a1') }
  },
  'authorityFiling.accept': onApproved({}),
  'authorityFiling.consent': onApproved(because),
  'authorityFiling.refuse': async (town) => {
    const one = (type: string, office: string, input: unknown) => ({
      ledger: village,
      stream: `authority/${approved.second}` as const,
      type,
      by: by(office),
      input,
    })
    await town.given(
      one('authority.approve', 'clerk', entered(12, approved.meeting, 'a2')),
      one('authorityFiling.accept', 'officer', {}),
    )
    return { params: { ...here, authority: approved.second }, body: because }
  },
  'authority.close': onAuthority(because),
}

/** Lines between the tiers are the county's to clear. */
const proposal = {
  settings: [
    { key: 'window.days', value: 60 },
    { key: 'tier.boardFrom', value: '4000.00' },
    { key: 'tier.dailyMax', value: '4000.00' },
  ],
  basis: '镇〔2026〕2号',
}
const onPolicy = (type: string, office: string, input: unknown) => ({
  ledger: townOrigin,
  stream: 'policy' as const,
  type,
  by: by(office),
  input,
})

const policies: Readonly<Record<string, Asker>> = {
  'policy.propose': plain(proposal),
  'policy.clear': plain({ document: '余财备〔2026〕4号', on: '2026-03-02' }),
  'policy.endorse': plain({}),
  'policy.giveOpinion': plain({ opinion: '同意' }),
  'policy.enact': plain({}),
  'policy.withdraw': async (town) => {
    await town.given(onPolicy('policy.propose', 'officer', proposal))
    return { body: because }
  },
}
const rule = {
  settings: [
    { key: 'tier.boardFrom', value: '3000.00' },
    { key: 'tier.dailyMax', value: '3000.00' },
  ],
}

const deputyOf = (side: 'v' | 't') => ({
  mandate: `d_grant${side}`,
  office: side === 'v' ? o('chead') : o('head'),
  person: p('m2'),
  from: '2026-03-02',
  to: '2026-03-12',
  musts: [side === 'v' ? 'issuing' : 'townshipFiling'],
  paper: noFile,
})
/** What a roster is told; ids differ by side, so that both can be told all of it. */
const rosterAsks = (side: 'v' | 't'): Readonly<Record<string, unknown>> => {
  const [own, kind] = side === 'v' ? [company, 'handler'] : [g('town'), 'inspector']
  return {
    'organisation.register':
      side === 'v'
        ? { kind: 'company', organisation: g('new'), name: '新公司', owner: coop }
        : { kind: 'township', organisation: g('newtown'), name: '新镇' },
    'office.open': { office: o(`new${side}`), kind, organisation: own },
    'office.appoint': { office: o(`new${side}`), person: p('somebody'), from: '2026-03-02' },
    'office.vacate': { office: o(`new${side}`), reason: '离任' },
    'household.record': { households: [{ household: h('90'), members: [] }] },
    'relatives.declare': { pairs: [{ a: p('m3'), b: p('m4'), relation: 'sibling' }] },
    'control.declare': {
      controls: [{ person: p('m4'), payeeKey: 'account:999999999', relation: 'controls' }],
    },
    'mandate.grant': deputyOf(side),
    'mandate.revoke': { mandate: `d_grant${side}`, reason: '本人已返岗' },
  }
}

const rosters: Readonly<Record<string, Asker>> = {
  ...Object.fromEntries(
    Object.entries(rosterAsks('v')).map(([type, body]) => [type, inVillage(body)]),
  ),
  // in the place of one that no board has appointed
  'mandate.grant': async (town) => {
    const { paper, ...deputy } = deputyOf('v')
    const agenda = [{ item: 'a1', title: '授权代行', deputy }]
    const id = await meeting(town, 'board', { upTo: 'closed', agenda })
    return { params: here, body: { ...deputy, paper, ground: { meeting: id, item: 'a1' } } }
  },
  ...Object.fromEntries(
    Object.entries(rosterAsks('t')).map(([type, body]) => [`township.${type}`, plain(body)]),
  ),
}

/** Of the same things as the lists they are exports of. */
const exported: Readonly<Record<string, Asker>> = Object.fromEntries(
  exportedLists.map((id) => [
    `export.${id}`,
    async (town: Town) => ({ ...(await reading[id]?.(town)), query: '?format=csv' }),
  ]),
)

/** Asked when the meetings have taken their weeks: by then it was to be ratified. */
const late: Readonly<Record<string, Asker>> = {
  'automaticFinding.answer': async (town) => {
    const stream = `request/${unratified}` as const
    const lapse = {
      ledger: village,
      stream,
      type: 'ratification.lapse',
      by: by('clerk'),
      input: {},
    }
    await town.given(lapse)
    return { params: { ...here, request: unratified }, body: automatic }
  },
  'automaticFinding.close': () => ({
    params: { ...here, request: unratified },
    body: { finding: 'auto-1', reason: '已整改', evidence: noFile },
  }),
}

/** By the id of the route; asked in this order, for the clock moves on and a roster is told one thing after another. */
export const asks: Readonly<Record<string, Asker>> = {
  ...reading,
  ...exported,
  ...accounts,
  ...requests,
  ...policies,
  ...rosters,
  ...authorities,
  ...meetings,
  ...late,
  ...inspections,
}
