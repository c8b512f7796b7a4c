// Every door the law has: every command of a request, by every office of the cast, at every place a request can stand at;
// and, by hand from law §2, §5 and §7, the few that are lawful there. All others must be refused.
import type { OfficeKind } from '../../src/domain/office.ts'
import type { RequestCommand } from '../../workflows/request/v1/events.ts'
import { digest, type Asking, type LawWorld } from './law.ts'
import { townSeats, villageSeats } from './law-cast.ts'
import { addEvidence, propose, suspending, turnBack, withdraw } from './request-acts.ts'
import {
  all,
  asked,
  because,
  booked,
  folded,
  form,
  look,
  paid,
  resolve,
  returning,
  standing,
  vouchers,
} from './request-cast.ts'
import { booked as bookedInFlood, consented, filed } from './request-emergency.ts'

export const offices: readonly string[] = [...townSeats, ...villageSeats].map(([name]) => name)
const ofKinds = (...kinds: readonly OfficeKind[]): readonly string[] =>
  [...townSeats, ...villageSeats].filter(([, kind]) => kinds.includes(kind)).map(([name]) => name)

/** Every place between two commands, and what is peculiar there. */
export const standings: Readonly<Record<string, () => LawWorld>> = {
  'issuing.drawnUp': () => standing('issuing.drawnUp'),
  'issuing.handled': () => standing('issuing.handled'),
  'issuing.witnessed': () => standing('issuing.witnessed'),
  'memberVote.open': () => standing('memberVote.open'),
  'memberVote.carried': () => standing('memberVote.carried'),
  'boardReview.open': () => standing('boardReview.open'),
  'boardReview.referred': () => all(standing('boardReview.open'), resolve('board', 'referred')),
  papers: () => all(standing('papers'), addEvidence),
  'papers, a suspension proposed': () => all(standing('papers'), addEvidence, propose),
  'supervisorySignOff.open': () => standing('supervisorySignOff.open'),
  'townshipFiling.open': () => standing('townshipFiling.open'),
  'townshipFiling.open, in an emergency': () => filed(),
  'townshipFiling.accepted': () => standing('townshipFiling.accepted'),
  'payment.payable': () => standing('payment.payable'),
  'payment.payable, suspended': () => all(standing('payment.payable'), ...suspending),
  'payment.payable, consented to by one': () => consented(),
  'payment.ordered': () => standing('payment.ordered'),
  booking: () => standing('booking'),
  'ratification, the head’s word out': () => bookedInFlood(),
  'disciplineAudit.open': () => standing('disciplineAudit.open'),
  'disciplineAudit.covered': () =>
    all(standing('disciplineAudit.open'), look('raise'), look('cover', 'finding')),
  closed: () => standing('closed'),
  returned: () => all(standing('townshipFiling.open'), turnBack('officer')),
  'disciplineAudit.open, rejected': () =>
    all(standing('boardReview.open'), resolve('board', 'failed')),
  'disciplineAudit.open, withdrawn': () => all(standing('papers'), withdraw),
}

type Type = RequestCommand['type']

/** What is asked under each type: lawful in itself, so that only who and when can be wrong. */
const inputs: Readonly<Record<Type, (world: LawWorld) => unknown>> = {
  'request.submit': () => form({ amount: '60000.00' }),
  'request.handle': () => ({}),
  'request.witness': () => ({}),
  'request.issue': () => ({}),
  'request.return': () => returning,
  'request.resubmit': (world) => {
    const { evidence, submission } = folded(world)
    return form({ ...submission, evidence, budgetLine: '其他' })
  },
  'request.withdraw': () => because,
  'evidence.add': () => vouchers,
  'papers.complete': () => ({}),
  'supervisorySignOff.sign': () => ({}),
  'supervisorySignOff.object': () => because,
  'townshipFiling.accept': () => ({}),
  'townshipFiling.consent': () => because,
  'townshipFiling.refuse': () => because,
  'townshipFiling.emergencyConsent': () => because,
  'townshipFiling.confirm': () => because,
  'townshipFiling.refuseConfirmation': () => because,
  'confirmation.lapse': () => ({}),
  'ratification.lapse': () => ({}),
  'emergency.notify': () => ({ how: '张贴公告', notice: digest('告知书') }),
  'automaticFinding.answer': () => ({ finding: 'auto-1', text: '已补办手续' }),
  'automaticFinding.close': () => ({ finding: 'auto-1', ...because, evidence: digest('材料') }),
  'payment.order': () => ({}),
  'payment.record': () => paid,
  'payment.fail': () => because,
  'advance.settle': () => ({ spent: '60000.00', returned: '0.00', invoices: [], evidence: [] }),
  'booking.record': () => booked,
  'suspension.propose': () => ({ ...because, basis: '镇纪委〔2026〕3号' }),
  'suspension.order': () => because,
  'suspension.renew': () => ({ reason: '对账尚未完成' }),
  'suspension.lift': () => because,
  'suspension.lapse': () => ({}),
  'act.takeBack': () => because,
  'request.urge': () => ({}),
  'request.copyIn': () => ({ offices: ['o_dir1'], persons: [] }),
  'request.comment': () => ({ text: '请核对' }),
  'question.ask': () => ({ to: 'o_dir1', text: '验收了吗？' }),
  'question.answer': () => ({ question: 'q-1', text: '是' }),
  'alert.dismiss': () => ({ alert: 'al-1', ...because }),
}
export const commandTypes = Object.keys(inputs) as readonly Type[]

export const asking = (world: LawWorld, type: Type, office: string): Asking =>
  asked(type, office, inputs[type](world))

/** Without what is peculiar: `papers, a suspension proposed` → `papers`. */
const bare = (where: string): string => where.split(', ')[0] ?? where
const issuing = ['issuing.drawnUp', 'issuing.handled', 'issuing.witnessed']
const beforePapers = [
  ...issuing,
  'memberVote.open',
  'memberVote.carried',
  'boardReview.open',
  'boardReview.referred',
]
const before = [
  ...beforePapers,
  'supervisorySignOff.open',
  'townshipFiling.open',
  'townshipFiling.accepted',
]
const supervisors = ['sup1', 'sup2', 'sup3']
const officers = ['officer', 'officer2']
const inspectors = ['inspector1', 'inspector2', 'inspector3']

/** Who may return from where. */
function returners(where: string): readonly string[] {
  const [must = ''] = bare(where).split('.')
  const by: Readonly<Record<string, readonly string[]>> = {
    issuing: ['witness', 'chead'],
    memberVote: ['chead'],
    boardReview: ['dir1', 'dir2', 'dir3'],
    supervisorySignOff: supervisors,
    townshipFiling: [...officers, 'head'],
  }
  if (bare(where) === 'payment.payable') return ['cashier']
  return by[must] ?? []
}

/** Whose act was the last, where it may still be taken back. */
const lastActs: Readonly<Record<string, string>> = {
  'issuing.handled': 'handler',
  'issuing.witnessed': 'witness',
  'memberVote.open': 'chead',
  'supervisorySignOff.open': 'clerk',
  'townshipFiling.open': 'sup3',
  'townshipFiling.open, in an emergency': 'sup3',
  'townshipFiling.accepted': 'officer',
  'payment.payable': 'head',
}

const only =
  (where: readonly string[], by: readonly string[]) =>
  (at: string): readonly string[] =>
    where.includes(at) ? by : []
const wherever =
  (places: readonly string[], by: readonly string[]) =>
  (at: string): readonly string[] =>
    places.includes(bare(at)) ? by : []
const nobody = (): readonly string[] => []
const suspendedNow = (at: string): boolean => at.endsWith('suspended')
const free =
  (lawful: (at: string) => readonly string[]) =>
  (at: string): readonly string[] =>
    suspendedNow(at) ? [] : lawful(at)

const inFlood = [
  'townshipFiling.open, in an emergency',
  'payment.payable, consented to by one',
  'ratification, the head’s word out',
]
const unconfirmed = ['payment.payable, consented to by one', 'ratification, the head’s word out']
const waits = [...before, 'papers', 'payment.payable', 'payment.ordered', 'booking', 'returned']
const stoppable = [...before, 'papers', 'payment.payable', 'returned']
const ofVillage = villageSeats.map(([name]) => name)

/** Who may do what where, by hand. */
export const lawful: Readonly<Record<Type, (at: string) => readonly string[]>> = {
  'request.submit': nobody,
  'request.handle': only(['issuing.drawnUp'], ['handler']),
  'request.witness': only(['issuing.handled'], ['witness']),
  'request.issue': only(['issuing.witnessed'], ['chead']),
  'request.return': returners,
  'request.resubmit': only(['returned'], ['clerk']),
  'request.withdraw': free(wherever(stoppable, ['chead'])),
  'evidence.add': wherever([...before, 'papers', 'returned'], ['clerk']),
  'papers.complete': wherever(['papers'], ['clerk']),
  'supervisorySignOff.sign': only(['supervisorySignOff.open'], supervisors),
  'supervisorySignOff.object': only(['supervisorySignOff.open'], supervisors),
  'townshipFiling.accept': wherever(['townshipFiling.open'], officers),
  'townshipFiling.consent': only(['townshipFiling.accepted'], ['head']),
  'townshipFiling.refuse': only(['townshipFiling.accepted'], ['head']),
  'townshipFiling.emergencyConsent': only(['townshipFiling.open, in an emergency'], officers),
  'townshipFiling.confirm': only(unconfirmed, ['head']),
  'townshipFiling.refuseConfirmation': only(unconfirmed, ['head']),
  'confirmation.lapse': nobody,
  'ratification.lapse': nobody,
  'emergency.notify': only(inFlood, ['clerk', 'chead']),
  'automaticFinding.answer': nobody,
  'automaticFinding.close': nobody,
  'payment.order': free(wherever(['payment.payable'], ['cashier'])),
  'payment.record': only(['payment.ordered'], ['cashier']),
  'payment.fail': only(['payment.ordered'], ['cashier']),
  'advance.settle': nobody,
  'booking.record': only(['booking'], ['book']),
  'suspension.propose': free(wherever(stoppable, inspectors)),
  'suspension.order': only(['papers, a suspension proposed'], ['head', 'chead']),
  'suspension.renew': only(['payment.payable, suspended'], ['head']),
  'suspension.lift': only(['payment.payable, suspended'], ['head', ...inspectors]),
  'suspension.lapse': nobody,
  'act.takeBack': (at) => [lastActs[at] ?? ''],
  'request.urge': (at) =>
    waits.includes(bare(at)) || at.startsWith('ratification') ? ['handler', 'clerk', 'chead'] : [],
  'request.copyIn': () => offices,
  'request.comment': () => offices,
  'question.ask': () => offices,
  'question.answer': nobody,
  'alert.dismiss': nobody,
}

/** Long after every limit there is more to record, and nothing more to gain: only lapses, and no word of the head any more. */
export const lawfulLate: typeof lawful = {
  ...lawful,
  'suspension.renew': nobody,
  'suspension.lapse': only(
    ['payment.payable, suspended'],
    [...ofVillage, ...ofKinds('centreOfficer', 'centreHead')],
  ),
  'townshipFiling.confirm': nobody,
  'confirmation.lapse': only(unconfirmed, ['clerk', ...inspectors]),
  'ratification.lapse': only(['ratification, the head’s word out'], ['clerk', ...inspectors]),
  'payment.order': (at) =>
    at === 'payment.payable, consented to by one' ? [] : lawful['payment.order'](at),
}
