// The table of rights: every route asked by everybody, and what each is answered. `ok` works, `.` is officeNotHeld, other words are
// codes; `>` was asked after somebody for whom it worked, and could have done it first. A name after the cells: whose office it is,
// for whom it then works.

/** Who asks, in this order. */
export const roles = [
  'out',
  'member',
  'clerk',
  'head',
  'supervisor',
  'cashier',
  'officer',
  'centreHead',
  'inspector',
  'administrator',
  'otherVillage',
  'otherTown',
] as const

export interface Row {
  /** One a role. */
  readonly cells: readonly string[]
  /** Whoever else it works for, asked last. */
  readonly rightful?: string
}

const cellsIn = (text: string): readonly string[] =>
  text.split(' ').map((cell) => cell.replace(/^\.$/, 'officeNotHeld'))

const each = (text: string): Row => ({ cells: cellsIn(text) })
const everybody = (cell: string): Row => ({ cells: roles.map(() => cell) })
const signedIn = (cell: string): Row => ({
  cells: roles.map((role) => (role === 'out' ? 'notSignedIn' : cell)),
})
/** Member, clerk, head, supervisor, cashier, officer, head of the centre, inspector; for others the village does not exist. */
const village = (text: string, rightful?: string): Row => ({
  cells: ['notSignedIn', ...cellsIn(text), 'noSuchThing', 'noSuchThing', 'noSuchThing'],
  ...(rightful === undefined ? {} : { rightful }),
})
/** Officer, head of the centre, inspector; and the officer of the other township, in their own. */
const township = (text: string): Row => {
  const [officer = '', head = '', inspector = '', other = ''] = cellsIn(text)
  const no = 'notAllowed'
  return { cells: ['notSignedIn', no, no, no, no, no, officer, head, inspector, no, no, other] }
}

export const rows: Readonly<Record<string, Row>> = {
  healthz: everybody('ok'),
  readyz: everybody('ok'),
  listDemoAccounts: everybody('ok'),
  whoAmI: signedIn('ok'),
  inbox: signedIn('ok'),
  listProviders: everybody('ok'),
  listSessions: signedIn('ok'),
  listAccounts: signedIn('ok'),
  listRequests: village('ok ok ok ok ok ok ok ok'),
  showRequest: village('ok ok ok ok ok ok ok ok'),
  showAlerts: village('ok ok ok ok ok ok ok ok'),
  listAlerts: village('ok ok ok ok ok ok ok ok'),
  listMeetings: village('ok ok ok ok ok ok ok ok'),
  showMeeting: village('ok ok ok ok ok ok ok ok'),
  listInspections: village('ok ok ok ok ok ok ok ok'),
  showInspection: village('ok ok ok ok ok ok ok ok'),
  listAuthorities: village('ok ok ok ok ok ok ok ok'),
  showAuthority: village('ok ok ok ok ok ok ok ok'),
  showVillagePolicy: village('ok ok ok ok ok ok ok ok'),
  showTownshipPolicy: township('ok ok ok ok'),
  showVillageRoster: village('ok ok ok ok ok ok ok ok'),
  showTownshipRoster: township('ok ok ok ok'),
  listLedgers: everybody('ok'),
  checkpoint: everybody('ok'),
  hashTile: everybody('ok'),
  entryBundle: village('ok ok ok ok ok ok ok ok'),
  entryProof: village('ok ok ok ok ok ok ok ok'),
  showSetUpLink: everybody('setupLinkInvalid'),
  useSetUpLink: everybody('setupLinkInvalid'),
  reauthenticate: signedIn('reauthenticationFailed'),
  changePassword: signedIn('reauthenticationFailed'),
  endSession: signedIn('sessionUnknown'),
  endOtherSessions: signedIn('ok'),
  addAccount: each(
    'notSignedIn accountNotYours accountNotYours accountNotYours accountNotYours accountNotYours ok >usernameTaken accountNotYours >usernameTaken accountNotYours accountNotYours',
  ),
  resetAccount: signedIn('accountUnknown'),
  suspendAccount: signedIn('accountUnknown'),
  restoreAccount: signedIn('accountUnknown'),
  removeAccount: signedIn('accountUnknown'),
  'request.submit': village('. ok . . . . . .'),
  'request.handle': village(
    'notYourSeat notYourSeat notYourSeat notYourSeat notYourSeat notYourSeat notYourSeat notYourSeat',
    'handler',
  ),
  'request.witness': village(
    'notYourSeat notYourSeat notYourSeat notYourSeat notYourSeat notYourSeat notYourSeat notYourSeat',
    'witness',
  ),
  'request.issue': village('. . ok . . . . .'),
  'request.return': village('. . ok . . . . .'),
  'request.resubmit': village('. ok . . . . . .'),
  'request.withdraw': village('. . ok . . . . .'),
  'evidence.add': village('. ok . . . . . .'),
  'papers.complete': village('. ok . . . . . .'),
  'supervisorySignOff.sign': village(
    'notYourSeat notYourSeat notYourSeat ok notYourSeat notYourSeat notYourSeat notYourSeat',
  ),
  'supervisorySignOff.object': village(
    'notYourSeat notYourSeat notYourSeat ok notYourSeat notYourSeat notYourSeat notYourSeat',
  ),
  'townshipFiling.accept': village('. . . . . ok . .'),
  'townshipFiling.consent': village('. . . . . . ok .'),
  'townshipFiling.refuse': village('. . . . . . ok .'),
  'townshipFiling.emergencyConsent': village('. . . . . ok . .'),
  'townshipFiling.confirm': village('. . . . . . ok .'),
  'townshipFiling.refuseConfirmation': village('. . . . . . ok .'),
  'payment.order': village('. . . . ok . . .'),
  'payment.record': village('. . . . ok . . .'),
  'payment.fail': village('. . . . ok . . .'),
  'advance.settle': village('notOpen notOpen notOpen notOpen notOpen notOpen notOpen notOpen'),
  'booking.record': village('. . . . . . . .', 'bookkeeper'),
  'suspension.propose': village('. . . . . . . ok'),
  'suspension.order': village('. . ok . . . >suspended .'),
  'suspension.renew': village('. . . . . . ok .'),
  'suspension.lift': village('. . . . . . ok >notOpen'),
  'suspension.lapse': village(
    '. suspensionRuns suspensionRuns suspensionRuns suspensionRuns suspensionRuns suspensionRuns .',
  ),
  'act.takeBack': village(
    'notYourAct notYourAct ok notYourAct notYourAct notYourAct notYourAct notYourAct',
  ),
  'emergency.notify': village('. ok >notOpen . . . . .'),
  'confirmation.lapse': village('. confirmationRuns . . . . . confirmationRuns'),
  'ratification.lapse': village('notOpen notOpen notOpen notOpen notOpen notOpen notOpen notOpen'),
  'automaticFinding.answer': village(
    'notFound notFound notFound notFound notFound notFound notFound notFound',
  ),
  'automaticFinding.close': village(
    'notFound notFound notFound notFound notFound notFound notFound notFound',
  ),
  'request.urge': village('. ok >urgedAlready . . . . .'),
  'request.copyIn': village('. ok ok ok ok ok ok ok'),
  'request.comment': village('. ok ok ok ok ok ok ok'),
  'question.ask': village('. ok ok ok ok ok ok ok'),
  'question.answer': village(
    'questionNotYours ok questionNotYours questionNotYours questionNotYours questionNotYours questionNotYours questionNotYours',
  ),
  'alert.dismiss': village('. . . . . . ok >alertDismissed'),
  'policy.propose': township('ok >notOpen . ok'),
  'policy.clear': township('nothingToClear nothingToClear . nothingToClear'),
  'policy.endorse': township('. ok . .'),
  'policy.giveOpinion': township('. . ok .'),
  'policy.enact': township('notOpen notOpen notOpen notOpen'),
  'policy.withdraw': township('ok >notOpen . ok'),
  'villageRule.enact': village('. notFound . . . . . .'),
  'organisation.register': village('. . . . . ok >alreadyExists .'),
  'office.open': village('. . . . . ok >alreadyExists .'),
  'office.appoint': village('. . . . . ok >officeOccupied .'),
  'office.vacate': village('. . . . . ok >officeVacant .'),
  'household.record': village('. . . . . ok ok .'),
  'relatives.declare': village('. . . . . ok ok .'),
  'control.declare': village('. . . . . ok ok .'),
  'mandate.grant': village('. deputyNotDecided deputyNotDecided . . . . .'),
  'mandate.revoke': village(
    'notFound notFound notFound notFound notFound notFound notFound notFound',
  ),
  'township.organisation.register': township('. alreadyExists . .'),
  'township.office.open': township('. ok . .'),
  'township.office.appoint': township('. ok . .'),
  'township.office.vacate': township('. ok . .'),
  'township.household.record': township('. ok . .'),
  'township.relatives.declare': township('. ok . .'),
  'township.control.declare': township('. ok . .'),
  'township.mandate.grant': township('. ok . notFound'),
  'township.mandate.revoke': township('. ok . notFound'),
  'authority.approve': village('. notFound notFound . . . . .'),
  'authorityFiling.accept': village(
    'notOpen notOpen notOpen notOpen notOpen notOpen notOpen notOpen',
  ),
  'authorityFiling.consent': village(
    'notOpen notOpen notOpen notOpen notOpen notOpen notOpen notOpen',
  ),
  'authorityFiling.refuse': village(
    'notOpen notOpen notOpen notOpen notOpen notOpen notOpen notOpen',
  ),
  'authority.close': village('. . ok . . . . .'),
  'meeting.plan': village('. ok ok . . . . .'),
  'prestudy.record': village('. . . . . . . .', 'party'),
  'consultation.post': village('. ok ok . . . . .'),
  'meeting.notice': village('. ok >notOpen . . . . .'),
  'meeting.open': village('. ok >notOpen . . . . .'),
  'representation.record': village('. notYourSeat notYourSeat notYourSeat notYourSeat . . .'),
  'attendance.record': village('. ok >alreadyPresent . . . . .'),
  'attendance.correct': village('. ok >notOnSheet . . . . .'),
  'recusal.declare': village('. notYourSeat notYourSeat notYourSeat notYourSeat . . .', 'dir1'),
  'ballot.take': village(
    'ok notOnRoll notOnRoll notOnRoll notOnRoll notOnRoll notOnRoll notOnRoll',
  ),
  'ballot.cast': village('. notYourSeat notYourSeat notYourSeat notYourSeat . . .', 'dir1'),
  'voting.close': village('. ok >votingOver . . . . .'),
  'tally.record': village('. ok >recountReason . . . . .'),
  'tally.sign': village('. . . . . . . .'),
  'tally.countersign': village('. notYourSeat notYourSeat notYourSeat notYourSeat . . .', 'watch1'),
  'minutes.sign': village('. notYourSeat notYourSeat notYourSeat notYourSeat . . .', 'dir2'),
  'meeting.close': village('. . . . . . . .'),
  'shareholderDecision.sign': village(
    'notOpen notOpen notOpen notOpen notOpen notOpen notOpen notOpen',
  ),
  'result.post': village('notOpen notOpen notOpen notOpen notOpen notOpen notOpen notOpen'),
  'meeting.adjourn': village('. ok >notOpen . . . . .'),
  'meeting.cancel': village('. ok >notOpen . . . . .'),
  'inspection.plan': village('. . . . . . . ok'),
  'inspection.notice': village('. . . . . . . ok'),
  'inspection.draw': village('. . . . . . . ok'),
  'inspection.changeTeam': village('. . . . . . . .', 'secretary'),
  'inspection.pick': village('. . . . . . . notInPopulation'),
  'inspection.start': village('. . . . . . . ok'),
  'inspection.cover': village('. . . . . . . notInPopulation'),
  'inspection.conclude': village('. . . . . . . ok'),
  'inspection.cancel': village('. . . . . . . .', 'secretary'),
  'finding.raise': village('. . . . . . . ok'),
  'finding.answer': village('. ok >notOpen . . . . .'),
  'finding.verify': village('. . . . . . . closeOutBySame', 'inspector2'),
  'finding.reopen': village('. . . . . . . ok'),
  'finding.review': village('. . . . . . . notFollowUp'),
  'recovery.record': village('. . . . nothingToRecover . . .'),
}
