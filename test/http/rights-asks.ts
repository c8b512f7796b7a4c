// What is asked of each route in the table of rights: of which thing, in which state, with what.
import { faultSchema } from '../../src/domain/finding.ts'
import { company, coop, g, h, o, p, village } from '../support/law-cast.ts'
import { digest } from '../support/law.ts'
import { notice, plan as roundPlan, secret } from '../support/law-round.ts'
import { because, booked, paid, returning, vouchers } from '../support/request-cast.ts'
import {
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
import { code, type Town } from './town.ts'

export interface Ask {
  readonly params?: Readonly<Record<string, string>>
  readonly body?: unknown
}
export type Asker = (town: Town) => Promise<Ask> | Ask

const here = { village: code(village) }
const noFile = digest('nothing')

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
  listDemoAccounts: plain(),
  whoAmI: plain(),
  inbox: plain(),
  listProviders: plain(),
  listSessions: plain(),
  listAccounts: plain(),
  listRequests: inVillage(),
  showRequest: onRequest(undefined, 'drawnUp'),
  showAlerts: onRequest(undefined, 'drawnUp'),
  listAlerts: inVillage(),
  listMeetings: inVillage(),
  showMeeting: onMeeting(undefined, 'board'),
  listInspections: inVillage(),
  showInspection: onRound(undefined),
  listAuthorities: inVillage(),
  showAuthority: onAuthority(undefined),
  showVillagePolicy: inVillage(),
  showTownshipPolicy: plain(),
  showVillageRoster: inVillage(),
  showTownshipRoster: plain(),
  listLedgers: plain(),
  checkpoint: inVillage(),
  hashTile: () => ({ params: { ...here, level: '0', tile: '000.p/1' } }),
  entryBundle: () => ({ params: { ...here, tile: '000.p/1' } }),
  entryProof: () => ({ params: { ...here, seq: '0' } }),
}

const token = 'A'.repeat(43)
const nobody = { id: 'nobody' }
const accounts: Readonly<Record<string, Asker>> = {
  showSetUpLink: plain({ token }),
  useSetUpLink: plain({ token, password: 'long enough for anybody' }),
  reauthenticate: plain({ password: 'not the password' }),
  changePassword: plain({ current: 'not the password', next: 'sluice gate at dawn' }),
  endSession: () => ({ params: nobody }),
  endOtherSessions: plain(),
  addAccount: plain({ username: 'somebody', person: p('m4') }),
  resetAccount: () => ({ params: nobody }),
  suspendAccount: () => ({ params: nobody, body: { reason: '离职' } }),
  restoreAccount: () => ({ params: nobody }),
  removeAccount: () => ({ params: nobody }),
}

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
  'advance.settle': onRequest(
    { spent: '600.00', returned: '0.00', invoices: [], evidence: [] },
    'booking',
  ),
  'booking.record': onRequest(booked, 'booking'),
  'suspension.propose': onRequest({ ...because, basis: '镇纪委2号' }, 'papers'),
  'suspension.order': onRequest(because, 'papers', proposed),
  'suspension.renew': onRequest({ reason: '对账未完' }, 'papers', proposed, suspended),
  'suspension.lift': onRequest(because, 'papers', proposed, suspended),
  'suspension.lapse': onRequest({}, 'papers', proposed, suspended),
  'act.takeBack': onRequest(because, 'papers'),
  'emergency.notify': onRequest({ how: '微信群', notice: noFile }, 'booking'),
  'confirmation.lapse': onRequest({}, 'filing', consentedAlone),
  'ratification.lapse': onRequest({}, 'papers'),
  'automaticFinding.answer': onRequest({ finding: 'auto-1', text: '已整改' }, 'papers'),
  'automaticFinding.close': onRequest(
    { finding: 'auto-1', reason: '已整改', evidence: noFile },
    'papers',
  ),
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
  'representation.record': onMeeting({ office: o('dir1'), paper: noFile }, 'board', 'open'),
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
  'tally.sign': onMeeting({ items: ['a1'] }, 'member', 'attended'),
  'tally.countersign': onMeeting({}, 'member', 'attended'),
  'minutes.sign': onMeeting(minutes, 'board', 'voted'),
  'meeting.close': onMeeting(minutes, 'board', 'voted'),
  'shareholderDecision.sign': onMeeting({ items: ['a1'], document: noFile }, 'member', 'attended'),
  'result.post': onMeeting({ place: '公开栏' }, 'member', 'attended'),
  'meeting.adjourn': onMeeting(because, 'board', 'open'),
  'meeting.cancel': onMeeting(because, 'board'),
}

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
  'recovery.record': onRound(
    { finding: 'f-1', amount: '1.00', bankReference: 'B1', receivedOn: '2026-03-02' },
    'underway',
    raised,
  ),
}

const terms = {
  kind: 'plan',
  company,
  payees: ['account:6246270519836198'],
  ceiling: '900.00',
  from: '2026-03-01',
  to: '2026-12-31',
  title: '年度计划',
  ground: { type: 'meeting', meeting: 'm-2026-0501', item: 'a1' },
}
const authorities: Readonly<Record<string, Asker>> = {
  'authority.approve': inVillage(terms),
  'authorityFiling.accept': onAuthority({}),
  'authorityFiling.consent': onAuthority(because),
  'authorityFiling.refuse': onAuthority(because),
  'authority.close': onAuthority(because),
}

const policies: Readonly<Record<string, Asker>> = {
  'policy.propose': plain({
    settings: [{ key: 'window.days', value: 60 }],
    basis: '镇〔2026〕2号',
  }),
  'policy.clear': plain({ document: '余财备〔2026〕4号', on: '2026-03-02' }),
  'policy.endorse': plain({}),
  'policy.giveOpinion': plain({ opinion: '同意' }),
  'policy.enact': plain({}),
  'policy.withdraw': plain(because),
  'villageRule.enact': inVillage({ settings: [], ground: { meeting: 'm-2026-0501', item: 'a1' } }),
}

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
    'mandate.grant': {
      mandate: `d_grant${side}`,
      office: side === 'v' ? o('chead') : o('head'),
      person: p('m2'),
      from: '2026-03-02',
      to: '2026-03-12',
      musts: [side === 'v' ? 'issuing' : 'townshipFiling'],
      paper: noFile,
    },
    'mandate.revoke': { mandate: `d_grant${side}`, reason: '本人已返岗' },
  }
}

const rosters: Readonly<Record<string, Asker>> = {
  ...Object.fromEntries(
    Object.entries(rosterAsks('v')).map(([type, body]) => [type, inVillage(body)]),
  ),
  ...Object.fromEntries(
    Object.entries(rosterAsks('t')).map(([type, body]) => [`township.${type}`, plain(body)]),
  ),
}

/** By the id of the route; asked in this order, for the clock moves on and a roster is told one thing after another. */
export const asks: Readonly<Record<string, Asker>> = {
  ...reading,
  ...accounts,
  ...requests,
  ...policies,
  ...rosters,
  ...authorities,
  ...meetings,
  ...inspections,
}
