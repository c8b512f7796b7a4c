// Where each command lives in the API: verbs become resources under the thing they are done to.
import type { StreamKind } from '../../domain/ids.ts'

interface Place {
  /** Below the thing's own path; `''` for the act that makes it. */
  readonly at: string
  /** Counts as a signature: asks for a fresh proof of who acts. */
  readonly signature?: true
}

const signature = { signature: true } as const

/** Every command that comes through the API. The rest (`notOverHttp`) belongs to founding. */
export const commandPlaces: Readonly<Record<string, Place>> = {
  'request.submit': { at: '' },
  'request.handle': { at: '/issuing/handler', ...signature },
  'request.witness': { at: '/issuing/witness', ...signature },
  'request.issue': { at: '/issuing/head', ...signature },
  'request.return': { at: '/returns' },
  'request.resubmit': { at: '/resubmissions' },
  'request.withdraw': { at: '/withdrawal', ...signature },
  'evidence.add': { at: '/papers' },
  'papers.complete': { at: '/papers/completion' },
  'supervisorySignOff.sign': { at: '/sign-offs', ...signature },
  'supervisorySignOff.object': { at: '/objections', ...signature },
  'townshipFiling.accept': { at: '/filing/acceptance', ...signature },
  'townshipFiling.consent': { at: '/filing/consent', ...signature },
  'townshipFiling.refuse': { at: '/filing/refusal', ...signature },
  'payment.order': { at: '/payment/order', ...signature },
  'payment.record': { at: '/payment/record', ...signature },
  'payment.fail': { at: '/payment/failure', ...signature },
  'booking.record': { at: '/booking', ...signature },
  'suspension.propose': { at: '/suspension/proposal', ...signature },
  'suspension.order': { at: '/suspension/order', ...signature },
  'suspension.lift': { at: '/suspension/lifting', ...signature },
  'suspension.lapse': { at: '/suspension/lapse' },
  'authority.approve': { at: '', ...signature },
  'meeting.plan': { at: '' },
  'prestudy.record': { at: '/prestudy' },
  'consultation.post': { at: '/consultations' },
  'meeting.notice': { at: '/notices' },
  'meeting.open': { at: '/opening' },
  'attendance.record': { at: '/attendance' },
  'recusal.declare': { at: '/recusals' },
  'ballot.cast': { at: '/ballots' },
  'tally.record': { at: '/tallies' },
  'tally.countersign': { at: '/tallies/countersignature', ...signature },
  'meeting.close': { at: '/closing', ...signature },
  'shareholderDecision.sign': { at: '/shareholder-decisions', ...signature },
  'result.post': { at: '/result' },
  'meeting.adjourn': { at: '/adjournment' },
  'meeting.cancel': { at: '/cancellation' },
  'inspection.plan': { at: '' },
  'inspection.notice': { at: '/notice' },
  'inspection.draw': { at: '/lot' },
  'inspection.pick': { at: '/picks' },
  'inspection.start': { at: '/start' },
  'inspection.cover': { at: '/coverage' },
  'inspection.conclude': { at: '/conclusion', ...signature },
  'inspection.cancel': { at: '/cancellation', ...signature },
  'finding.raise': { at: '/findings', ...signature },
  'finding.answer': { at: '/findings/answers' },
  'finding.verify': { at: '/findings/close-outs', ...signature },
  'finding.reopen': { at: '/findings/reopenings', ...signature },
  'policy.propose': { at: '/proposals' },
  'policy.endorse': { at: '/endorsements', ...signature },
  'policy.giveOpinion': { at: '/opinions', ...signature },
  'policy.enact': { at: '/enactments', ...signature },
  'policy.withdraw': { at: '/withdrawals' },
  'organisation.register': { at: '/organisations' },
  'office.open': { at: '/offices' },
  'office.appoint': { at: '/appointments', ...signature },
  'office.vacate': { at: '/vacations', ...signature },
  'household.record': { at: '/households' },
  'relatives.declare': { at: '/relatives' },
  'control.declare': { at: '/controls' },
}

/** Done once, on the spot, by `five-musts init`. */
export const notOverHttp: readonly string[] = ['ledger.open', 'ledger.seal', 'roster.confirm']

/** The path of a thing of each kind, below its village or township. */
export const thingPaths = {
  request: '/requests/{request}',
  authority: '/authorities/{authority}',
  meeting: '/meetings/{meeting}',
  inspection: '/inspections/{inspection}',
  roster: '/roster',
  policy: '/policy',
  ledger: '/ledger',
} as const satisfies Record<StreamKind, string>
