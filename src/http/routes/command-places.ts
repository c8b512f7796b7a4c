// Where each command lives in the API: verbs become resources under the thing they are done to.
import { isNumbered } from '../../app/begin.ts'
import type { CommandForm } from '../../app/command-forms.ts'
import type { StreamKind } from '../../domain/ids.ts'

interface Place {
  /** Below the thing's own path; `''` for the act that makes it. */
  readonly at: string
  /** Counts as a signature: asks for a fresh proof of who acts. */
  readonly signature?: true
  /** Its route answers more than a receipt, and is written by hand (ballots.ts). */
  readonly own?: true
}

const signature = { signature: true } as const

const requests: Readonly<Record<string, Place>> = {
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
  'townshipFiling.emergencyConsent': { at: '/filing/emergency-consent', ...signature },
  'townshipFiling.confirm': { at: '/filing/confirmation', ...signature },
  'townshipFiling.refuseConfirmation': { at: '/filing/confirmation-refusal', ...signature },
  'payment.order': { at: '/payment/order', ...signature },
  'payment.record': { at: '/payment/record', ...signature },
  'payment.fail': { at: '/payment/failure', ...signature },
  'advance.settle': { at: '/settlement' },
  'booking.record': { at: '/booking', ...signature },
  'suspension.propose': { at: '/suspension/proposal', ...signature },
  'suspension.order': { at: '/suspension/order', ...signature },
  'suspension.renew': { at: '/suspension/renewal', ...signature },
  'suspension.lift': { at: '/suspension/lifting', ...signature },
  'suspension.lapse': { at: '/suspension/lapse' },
  'act.takeBack': { at: '/taking-back', ...signature },
  'emergency.notify': { at: '/emergency/notice' },
  'confirmation.lapse': { at: '/emergency/confirmation-lapse' },
  'ratification.lapse': { at: '/emergency/ratification-lapse' },
  'automaticFinding.answer': { at: '/automatic-findings/answers' },
  'automaticFinding.close': { at: '/automatic-findings/close-outs', ...signature },
  'request.urge': { at: '/urges' },
  'request.copyIn': { at: '/copies' },
  'request.comment': { at: '/comments' },
  'question.ask': { at: '/questions' },
  'question.answer': { at: '/questions/answers' },
  'alert.dismiss': { at: '/alerts/dismissals', ...signature },
}

const authorities: Readonly<Record<string, Place>> = {
  'authority.approve': { at: '', ...signature },
  'authorityFiling.accept': { at: '/filing/acceptance', ...signature },
  'authorityFiling.consent': { at: '/filing/consent', ...signature },
  'authorityFiling.refuse': { at: '/filing/refusal', ...signature },
  'authority.close': { at: '/closing', ...signature },
}

const meetings: Readonly<Record<string, Place>> = {
  'meeting.plan': { at: '' },
  'prestudy.record': { at: '/prestudy' },
  'consultation.post': { at: '/consultations' },
  'meeting.notice': { at: '/notices' },
  'meeting.open': { at: '/opening' },
  'representation.record': { at: '/representations' },
  'attendance.record': { at: '/attendance' },
  'attendance.correct': { at: '/attendance/corrections' },
  'recusal.declare': { at: '/recusals' },
  'ballotLink.issue': { at: '/ballot-links', ...signature, own: true },
  'ballotPin.issue': { at: '/ballot-pins', ...signature, own: true },
  'ballot.take': { at: '/online-ballots' },
  'ballot.cast': { at: '/ballots' },
  'voting.close': { at: '/voting-close' },
  'tally.record': { at: '/tallies' },
  'tally.sign': { at: '/tallies/signatures', ...signature },
  'tally.countersign': { at: '/tallies/countersignature', ...signature },
  'minutes.sign': { at: '/minutes/signatures', ...signature },
  'meeting.close': { at: '/closing', ...signature },
  'shareholderDecision.sign': { at: '/shareholder-decisions', ...signature },
  'result.post': { at: '/result' },
  'meeting.adjourn': { at: '/adjournment' },
  'meeting.cancel': { at: '/cancellation' },
}

const inspections: Readonly<Record<string, Place>> = {
  'inspection.plan': { at: '' },
  'inspection.notice': { at: '/notice' },
  'inspection.draw': { at: '/lot' },
  'inspection.changeTeam': { at: '/team', ...signature },
  'inspection.pick': { at: '/picks' },
  'inspection.start': { at: '/start' },
  'inspection.cover': { at: '/coverage' },
  'inspection.conclude': { at: '/conclusion', ...signature },
  'inspection.cancel': { at: '/cancellation', ...signature },
  'finding.raise': { at: '/findings', ...signature },
  'finding.answer': { at: '/findings/answers' },
  'finding.verify': { at: '/findings/close-outs', ...signature },
  'finding.reopen': { at: '/findings/reopenings', ...signature },
  'finding.review': { at: '/findings/reviews', ...signature },
  'recovery.record': { at: '/findings/recoveries', ...signature },
}

const policies: Readonly<Record<string, Place>> = {
  'policy.propose': { at: '/proposals' },
  'policy.clear': { at: '/clearances' },
  'policy.endorse': { at: '/endorsements', ...signature },
  'policy.giveOpinion': { at: '/opinions', ...signature },
  'policy.enact': { at: '/enactments', ...signature },
  'policy.withdraw': { at: '/withdrawals' },
  'villageRule.enact': { at: '/rule', ...signature },
}

const rosters: Readonly<Record<string, Place>> = {
  'organisation.register': { at: '/organisations' },
  'office.open': { at: '/offices' },
  'office.appoint': { at: '/appointments', ...signature },
  'office.vacate': { at: '/vacations', ...signature },
  'household.record': { at: '/households', ...signature },
  'relatives.declare': { at: '/relatives' },
  'control.declare': { at: '/controls' },
  'mandate.grant': { at: '/mandates', ...signature },
  'mandate.revoke': { at: '/mandates/revocations', ...signature },
}

/** Every command that comes through the API. */
export const commandPlaces: Readonly<Record<string, Place>> = {
  ...requests,
  ...authorities,
  ...meetings,
  ...inspections,
  ...policies,
  ...rosters,
}

/** Founding and ending a ledger are done on the spot, by the operator. */
export const notOverHttp: readonly string[] = ['ledger.open', 'ledger.seal', 'roster.confirm']

export type Side = 'villages' | 'township'

/** The township's own policy; a village's path takes its rule alone. */
const villagePolicy = 'villageRule.enact'

/** Under which of the two a command is found: a roster has both. */
export const sidesOf = (type: string, kind: StreamKind): readonly Side[] => {
  if (kind === 'roster') return ['villages', 'township']
  return kind === 'policy' && type !== villagePolicy ? ['township'] : ['villages']
}

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

/** Does it make the thing it is put to? */
export const beginsAt = ({ type, kind }: Pick<CommandForm, 'type' | 'kind'>): boolean =>
  commandPlaces[type]?.at === '' && isNumbered(kind)

/** `/villages/{village}/requests/{request}/sign-offs`; without the thing for what begins one. */
export function commandPath(form: Pick<CommandForm, 'type' | 'kind'>, side: Side): `/${string}` {
  const at = commandPlaces[form.type]?.at ?? ''
  const whole = thingPaths[form.kind]
  const thing = beginsAt(form) ? whole.replace(/\/\{\w+\}$/, '') : whole
  return side === 'township' ? `/township${thing}${at}` : `/villages/{village}${thing}${at}`
}
