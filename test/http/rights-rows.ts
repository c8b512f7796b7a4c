// The table of rights: every route asked by everybody, and what each is answered. `ok` works, `.` is officeNotHeld, other words are
// codes; `>` was asked after somebody for whom it worked, and could have done it first. Every kind of office is asked: those with no
// column answer as the office of their side does, unless the row says otherwise by name, after the law.
import type { OfficeKind } from '../../src/domain/office.ts'

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

export type Role = (typeof roles)[number]

/** Offices with no column, and like which they are answered where a row says nothing else. */
export const unlisted = {
  director: 'supervisor',
  handler: 'supervisor',
  witness: 'supervisor',
  bookkeeper: 'supervisor',
  councillor: 'supervisor',
  coopSupervisor: 'supervisor',
  legalRepresentative: 'supervisor',
  partySecretary: 'supervisor',
  teller: 'supervisor',
  disciplineSecretary: 'inspector',
  townshipLeader: 'inspector',
} as const satisfies Partial<Record<OfficeKind, Role>>
export type Unlisted = keyof typeof unlisted
export const unlistedKinds = Object.keys(unlisted) as readonly Unlisted[]

/** The office behind a column. */
export const listed = {
  clerk: 'reportingClerk',
  head: 'companyHead',
  supervisor: 'supervisor',
  cashier: 'cashier',
  officer: 'centreOfficer',
  centreHead: 'centreHead',
  inspector: 'inspector',
} as const satisfies Partial<Record<Role, OfficeKind>>

export interface Row {
  /** One a role. */
  readonly cells: readonly string[]
  /** Offices with no column that are answered otherwise than the one they are like. */
  readonly also?: Readonly<Partial<Record<Unlisted, string>>>
  /** Why it works for nobody at all. */
  readonly nobody?: string
  /** Whoever else it works for, asked last. */
  readonly rightful?: string
}

type Besides = Partial<Omit<Row, 'cells'>>

/** What a row answers somebody. */
export function answerOf({ cells, also = {} }: Row, who: Role | Unlisted): string {
  const at = (role: Role): string => cells[roles.indexOf(role)] ?? ''
  if (!isUnlisted(who)) return at(who)
  return also[who]?.replace(/^\.$/, 'officeNotHeld') ?? at(unlisted[who])
}

const isUnlisted = (who: Role | Unlisted): who is Unlisted => who in unlisted

const cellsIn = (text: string): readonly string[] =>
  text.split(' ').map((cell) => cell.replace(/^\.$/, 'officeNotHeld'))

const each = (text: string): Row => ({ cells: cellsIn(text) })
const everybody = (cell: string): Row => ({ cells: roles.map(() => cell) })
const signedIn = (cell: string): Row => ({
  cells: roles.map((role) => (role === 'out' ? 'notSignedIn' : cell)),
})
/** Member, clerk, head, supervisor, cashier, officer, head of the centre, inspector; for others the village does not exist. */
const village = (text: string, besides: Besides = {}): Row => ({
  cells: ['notSignedIn', ...cellsIn(text), 'noSuchThing', 'noSuchThing', 'noSuchThing'],
  ...besides,
})
/** The account of a member of the village: officer, head of the centre, administrator; it is not the others' to manage. */
const ofMember = (text: string): Row => {
  const [officer = '', head = '', administrator = ''] = cellsIn(text)
  const no = 'accountNotYours'
  return { cells: ['notSignedIn', no, no, no, no, no, officer, head, no, administrator, no, no] }
}

/** Officer, head of the centre, inspector; and the officer of the other township, in their own. */
const township = (text: string, besides: Besides = {}): Row => {
  const [officer = '', head = '', inspector = '', other = ''] = cellsIn(text)
  const no = 'notAllowed'
  const cells = ['notSignedIn', no, no, no, no, no, officer, head, inspector, no, no, other]
  return { cells, ...besides }
}

/** Whoever sits in the village and is no supervisor of the company (监事). */
const notSupervisors: Row['also'] = {
  director: 'notYourSeat',
  handler: 'notYourSeat',
  witness: 'notYourSeat',
  bookkeeper: 'notYourSeat',
  councillor: 'notYourSeat',
  coopSupervisor: 'notYourSeat',
  legalRepresentative: 'notYourSeat',
  partySecretary: 'notYourSeat',
  teller: 'notYourSeat',
}
/** What is the inspectors' own: their secretary leads them and does not inspect, and the leadership has no part in it. */
const notTheirs: Row['also'] = { disciplineSecretary: '.', townshipLeader: '.' }

const own: Readonly<Record<string, Row>> = {
  healthz: everybody('ok'),
  readyz: everybody('ok'),
  metrics: everybody('ok'),
  listTerms: everybody('ok'),
  listDemoAccounts: everybody('ok'),
  showDemoClock: everybody('ok'),
  moveDemoClock: signedIn('ok'),
  whoAmI: signedIn('ok'),
  inbox: signedIn('ok'),
  listProviders: everybody('ok'),
  listSessions: signedIn('ok'),
  listAccounts: signedIn('ok'),
  listPeople: signedIn('ok'),
  listRequests: village('ok ok ok ok ok ok ok ok'),
  listImports: village('ok ok ok ok ok ok ok ok'),
  beginImport: village('. ok . . . . . .'),
  showImport: village(
    'noSuchThing ok noSuchThing noSuchThing noSuchThing noSuchThing noSuchThing noSuchThing',
  ),
  confirmImport: village(
    'noSuchThing ok noSuchThing noSuchThing noSuchThing noSuchThing noSuchThing noSuchThing',
  ),
  forgetImport: village(
    'noSuchThing ok noSuchThing noSuchThing noSuchThing noSuchThing noSuchThing noSuchThing',
  ),
  listDrafts: village('ok ok ok ok ok ok ok ok'),
  beginDraft: village('. ok . . . . . .'),
  showDraft: village(
    'noSuchThing ok noSuchThing noSuchThing noSuchThing noSuchThing noSuchThing noSuchThing',
  ),
  saveDraft: village(
    'noSuchThing ok noSuchThing noSuchThing noSuchThing noSuchThing noSuchThing noSuchThing',
  ),
  discardDraft: village(
    'noSuchThing ok noSuchThing noSuchThing noSuchThing noSuchThing noSuchThing noSuchThing',
  ),
  previewRequest: village('ok ok ok ok ok ok ok ok'),
  showPayeeHistory: village('ok ok ok ok ok ok ok ok'),
  listBudgets: village('ok ok ok ok ok ok ok ok'),
  showRequest: village('ok ok ok ok ok ok ok ok'),
  showAlerts: village('ok ok ok ok ok ok ok ok'),
  listAlerts: village('ok ok ok ok ok ok ok ok'),
  listTownshipRequests: township('ok ok ok ok'),
  listFindings: village('ok ok ok ok ok ok ok ok'),
  listMembers: village('notAllowed ok ok ok ok ok ok ok'),
  showVillageFigures: village('ok ok ok ok ok ok ok ok'),
  showTownshipFigures: township('ok ok ok ok'),
  search: signedIn('ok'),
  listDisclosure: everybody('ok'),
  listDisclosedMonths: everybody('ok'),
  showDisclosedMonth: everybody('ok'),
  listMeetings: village('ok ok ok ok ok ok ok ok'),
  showMeeting: village('ok ok ok ok ok ok ok ok'),
  listInspections: village('ok ok ok ok ok ok ok ok'),
  showInspection: village('ok ok ok ok ok ok ok ok'),
  listAuthorities: village('ok ok ok ok ok ok ok ok'),
  showAuthority: village('ok ok ok ok ok ok ok ok'),
  showVillagePolicy: village('ok ok ok ok ok ok ok ok'),
  showTownshipPolicy: township('ok ok ok ok'),
  comparePolicy: township('ok ok ok ok'),
  compareStandingPolicy: township('noSuchThing noSuchThing noSuchThing noSuchThing', {
    nobody: 'nothing is proposed yet; with a proposal: test/http/policy-comparison.spec.ts',
  }),
  showVillageRoster: village('ok ok ok ok ok ok ok ok'),
  showTownshipRoster: township('ok ok ok ok'),
  listLedgers: everybody('ok'),
  checkpoint: everybody('ok'),
  hashTile: everybody('ok'),
  entryBundle: village('ok ok ok ok ok ok ok ok'),
  addAttachment: village('notAllowed ok ok ok ok ok ok ok'),
  showAttachment: village('ok ok ok ok ok ok ok ok'),
  listRequestAttachments: village('ok ok ok ok ok ok ok ok'),
  listAuthorityAttachments: village('ok ok ok ok ok ok ok ok'),
  listMeetingAttachments: village('ok ok ok ok ok ok ok ok'),
  listInspectionAttachments: village('ok ok ok ok ok ok ok ok'),
  entryProof: village('ok ok ok ok ok ok ok ok'),
  checkpointOfEpoch: everybody('noSuchThing'),
  hashTileOfEpoch: everybody('noSuchThing'),
  entryBundleOfEpoch: signedIn('noSuchThing'),
  listCheckpoints: everybody('ok'),
  proveConsistency: everybody('ok'),
  listEntries: village('ok ok ok ok ok ok ok ok'),
  exportLedger: village('ok ok ok ok ok ok ok ok'),
  startVerification: village('ok ok ok ok ok ok ok ok'),
  showVerification: village('ok ok ok ok ok ok ok ok'),
  // the member was the first to ask for it
  cancelVerification: village(
    'ok notAllowed notAllowed notAllowed notAllowed notAllowed notAllowed >noSuchThing',
  ),
  followChanges: signedIn('ok'),
  listAttempts: township('notAllowed notAllowed ok notAllowed', {
    also: { townshipLeader: 'notAllowed' },
  }),
  listOwnAttempts: signedIn('ok'),
  // who looks after accounts is not who reads over them: the discipline committee alone
  listAccountActs: township('notAllowed notAllowed ok notAllowed', {
    also: { townshipLeader: 'notAllowed' },
  }),
  listOwnAccountActs: signedIn('ok'),
  showBallotLink: everybody('ballotLinkInvalid'),
  voteByLink: everybody('ballotLinkInvalid'),
  showSetUpLink: everybody('setupLinkInvalid'),
  useSetUpLink: everybody('setupLinkInvalid'),
  reauthenticate: signedIn('reauthenticationFailed'),
  changePassword: signedIn('reauthenticationFailed'),
  endSession: signedIn('sessionUnknown'),
  endOtherSessions: signedIn('ok'),
  addAccount: each(
    'notSignedIn accountNotYours accountNotYours accountNotYours accountNotYours accountNotYours ok >usernameTaken accountNotYours >usernameTaken accountNotYours accountNotYours',
  ),
  resetAccount: ofMember('ok ok ok'),
  suspendAccount: ofMember('ok ok ok'),
  restoreAccount: ofMember('ok ok ok'),
  removeAccount: ofMember('ok >accountUnknown >accountUnknown'),
  'request.submit': village('. ok . . . . . .'),
  'request.handle': village(
    'notYourSeat notYourSeat notYourSeat notYourSeat notYourSeat notYourSeat notYourSeat notYourSeat',
    { also: { handler: 'ok' } },
  ),
  'request.witness': village(
    'notYourSeat notYourSeat notYourSeat notYourSeat notYourSeat notYourSeat notYourSeat notYourSeat',
    { also: { witness: 'ok' } },
  ),
  'request.issue': village('. . ok . . . . .'),
  'request.return': village('. . ok . . . . .', { also: { witness: '>notOpen' } }),
  'request.resubmit': village('. ok . . . . . .'),
  'request.withdraw': village('. . ok . . . . .'),
  'evidence.add': village('. ok . . . . . .'),
  'papers.complete': village('. ok . . . . . .'),
  'supervisorySignOff.sign': village(
    'notYourSeat notYourSeat notYourSeat ok notYourSeat notYourSeat notYourSeat notYourSeat',
    { also: notSupervisors },
  ),
  'supervisorySignOff.object': village(
    'notYourSeat notYourSeat notYourSeat ok notYourSeat notYourSeat notYourSeat notYourSeat',
    { also: notSupervisors },
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
  'advance.settle': village('. ok . . . . . .'),
  'booking.record': village('. . . . . . . .', { also: { bookkeeper: 'ok' } }),
  'suspension.propose': village('. . . . . . . ok', { also: notTheirs }),
  'suspension.order': village('. . ok . . . >suspended .'),
  'suspension.renew': village('. . . . . . ok .'),
  'suspension.lift': village('. . . . . . ok >notOpen'),
  'suspension.lapse': village(
    '. suspensionRuns suspensionRuns suspensionRuns suspensionRuns suspensionRuns suspensionRuns .',
    { nobody: 'its days are not over; that it lapses is held by the law of requests' },
  ),
  'act.takeBack': village(
    'notYourAct notYourAct ok notYourAct notYourAct notYourAct notYourAct notYourAct',
  ),
  'emergency.notify': village('. ok >notOpen . . . . .'),
  'confirmation.lapse': village('. confirmationRuns . . . . . confirmationRuns', {
    also: notTheirs,
    nobody: 'its days are not over; that it lapses is held by the law of emergencies',
  }),
  'ratification.lapse': village('. ratificationRuns . . . . . ratificationRuns', {
    also: notTheirs,
    nobody: 'its days are not over; it lapses before automaticFinding.answer',
  }),
  'automaticFinding.answer': village('. ok ok . . . . .'),
  'automaticFinding.close': village('. . . . . . . recoveryOpen', {
    also: notTheirs,
    nobody: 'what was paid is not recovered yet',
  }),
  'request.urge': village('. ok >urgedAlready . . . . .', { also: { handler: '>urgedAlready' } }),
  'request.copyIn': village('. ok ok ok ok ok ok ok'),
  'request.comment': village('. ok ok ok ok ok ok ok'),
  'question.ask': village('. ok ok ok ok ok ok ok'),
  'question.answer': village(
    'questionNotYours ok questionNotYours questionNotYours questionNotYours questionNotYours questionNotYours questionNotYours',
  ),
  'alert.dismiss': village('. . . . . . ok >alertDismissed', { also: notTheirs }),
  'policy.propose': township('ok >notOpen . ok'),
  'policy.clear': township('ok >alreadySigned . ok'),
  'policy.endorse': township('. ok . .', { also: { townshipLeader: 'ok' } }),
  'policy.giveOpinion': township('. . ok .', {
    also: { disciplineSecretary: '>notOpen', townshipLeader: '.' },
  }),
  'policy.enact': township('ok >notOpen . notOpen'),
  'policy.withdraw': township('ok >notOpen . ok'),
  'villageRule.enact': village('. ok . . . . . .', {
    also: { legalRepresentative: '>alreadyExists' },
  }),
  'organisation.register': village('. . . . . ok >alreadyExists .'),
  'office.open': village('. . . . . ok >alreadyExists .'),
  'office.appoint': village('. . . . . ok >officeOccupied .'),
  'office.vacate': village('. . . . . ok >officeVacant .'),
  'household.record': village('. . . . . ok ok .'),
  'relatives.declare': village('. . . . . ok ok .'),
  'control.declare': village('. . . . . ok ok .'),
  'mandate.grant': village('. ok >alreadyExists . . . . .'),
  'mandate.revoke': village('. ok >notOpen . . . . .'),
  'township.organisation.register': township('. alreadyExists . .', {
    also: { townshipLeader: 'alreadyExists' },
    nobody: 'a township has one organisation, and no other stands in its ledger',
  }),
  'township.office.open': township('. ok . .', { also: { townshipLeader: '>alreadyExists' } }),
  'township.office.appoint': township('. ok . .', { also: { townshipLeader: '>officeOccupied' } }),
  'township.office.vacate': township('. ok . .', { also: { townshipLeader: '>officeVacant' } }),
  'township.household.record': township('. ok . .', { also: { townshipLeader: 'ok' } }),
  'township.relatives.declare': township('. ok . .', { also: { townshipLeader: 'ok' } }),
  'township.control.declare': township('. ok . .', { also: { townshipLeader: 'ok' } }),
  'township.mandate.grant': township('. ok . notFound'),
  'township.mandate.revoke': township('. ok . notFound'),
  'authority.approve': village('. ok >alreadyExists . . . . .'),
  'authorityFiling.accept': village('. . . . . ok . .'),
  'authorityFiling.consent': village('. . . . . . ok .'),
  'authorityFiling.refuse': village('. . . . . . ok .'),
  'authority.close': village('. . ok . . . . .'),
  'meeting.plan': village('. ok ok . . . . .', { also: { director: 'ok' } }),
  'prestudy.record': village('. . . . . . . .', { also: { partySecretary: 'ok' } }),
  'consultation.post': village('. ok ok . . . . .', {
    also: { councillor: 'ok', legalRepresentative: 'ok' },
  }),
  'meeting.notice': village('. ok >notOpen . . . . .', { also: { director: '>notOpen' } }),
  'meeting.open': village('. ok >notOpen . . . . .', { also: { director: '>notOpen' } }),
  'representation.record': village('. notYourSeat notYourSeat notYourSeat notYourSeat . . .', {
    also: { director: 'notPresent' },
    rightful: 'dir2',
  }),
  'attendance.record': village('. ok >alreadyPresent . . . . .', {
    also: { councillor: '>alreadyPresent', legalRepresentative: '>alreadyPresent' },
  }),
  'attendance.correct': village('. ok >notOnSheet . . . . .', {
    also: { councillor: '>notOnSheet', legalRepresentative: '>notOnSheet' },
  }),
  'recusal.declare': village('. notYourSeat notYourSeat notYourSeat notYourSeat . . .', {
    also: { director: 'ok' },
  }),
  'ballotLink.issue': village('. ok >ballotHalfAgain . . . . .', {
    also: { councillor: '>ballotHalfAgain', legalRepresentative: '>ballotHalfAgain' },
  }),
  'ballotPin.issue': village('. . . . . . . .', { also: { coopSupervisor: 'ok' } }),
  'ballot.take': village(
    'ok notOnRoll notOnRoll notOnRoll notOnRoll notOnRoll notOnRoll notOnRoll',
  ),
  'ballot.cast': village('. notYourSeat notYourSeat notYourSeat notYourSeat . . .', {
    also: { director: 'ok' },
  }),
  'voting.close': village('. ok >votingOver . . . . .', {
    also: { councillor: '>votingOver', legalRepresentative: '>votingOver', teller: '>votingOver' },
  }),
  'tally.record': village('. ok >recountReason . . . . .', {
    also: {
      councillor: '>recountReason',
      legalRepresentative: '>recountReason',
      teller: '>recountReason',
    },
  }),
  'tally.sign': village('. . . . . . . .', { also: { teller: 'ok' } }),
  'tally.countersign': village('. notYourSeat notYourSeat notYourSeat notYourSeat . . .', {
    also: { coopSupervisor: 'ok' },
  }),
  'minutes.sign': village('. notYourSeat notYourSeat notYourSeat notYourSeat . . .', {
    also: { director: 'ok' },
  }),
  'meeting.close': village('. . . . . . . .', { also: { director: 'ok' } }),
  'shareholderDecision.sign': village('. . . . . . . .', { also: { legalRepresentative: 'ok' } }),
  'result.post': village('. ok >notOpen . . . . .', {
    also: { councillor: '>notOpen', legalRepresentative: '>notOpen' },
  }),
  'meeting.adjourn': village('. ok >notOpen . . . . .', { also: { director: '>notOpen' } }),
  'meeting.cancel': village('. ok >notOpen . . . . .', { also: { director: '>notOpen' } }),
  'inspection.plan': village('. . . . . . . ok', { also: { townshipLeader: '.' } }),
  'inspection.notice': village('. . . . . . . ok', { also: notTheirs }),
  'inspection.draw': village('. . . . . . . ok', { also: notTheirs }),
  'inspection.changeTeam': village('. . . . . . . .', { also: { disciplineSecretary: 'ok' } }),
  'inspection.pick': village('. . . . . . . notInPopulation', {
    also: notTheirs,
    nobody: 'nothing ended in the month the rounds look at',
  }),
  'inspection.start': village('. . . . . . . ok', { also: notTheirs }),
  'inspection.cover': village('. . . . . . . notInPopulation', {
    also: notTheirs,
    nobody: 'nothing ended in the month the rounds look at',
  }),
  'inspection.conclude': village('. . . . . . . ok', { also: notTheirs }),
  'inspection.cancel': village('. . . . . . . .', { also: { disciplineSecretary: 'ok' } }),
  'finding.raise': village('. . . . . . . ok', { also: notTheirs }),
  'finding.answer': village('. ok >notOpen . . . . .'),
  'finding.verify': village('. . . . . . . closeOutBySame', {
    also: notTheirs,
    rightful: 'inspector2',
  }),
  'finding.reopen': village('. . . . . . . ok', { also: notTheirs }),
  'finding.review': village('. . . . . . . notFollowUp', {
    also: notTheirs,
    nobody: 'the rounds here follow none',
  }),
  'recovery.record': village('. . . . ok . . .'),
}

/** What can be taken away as a table, by whoever sees it as a list. */
export const exportedLists = [
  'inbox',
  'listRequests',
  'listTownshipRequests',
  'listMeetings',
  'listAuthorities',
  'listInspections',
  'listFindings',
  'listAlerts',
  'listMembers',
  'listAccounts',
  'listAttempts',
  'listOwnAttempts',
  'listAccountActs',
  'listOwnAccountActs',
  'showVillageRoster',
  'showTownshipRoster',
  'showVillagePolicy',
  'showTownshipPolicy',
  'showRequest',
  'showMeeting',
  'showInspection',
  'showAuthority',
  'showVillageFigures',
  'showTownshipFigures',
  'showDisclosedMonth',
] as const

const nobodysRow: Row = { cells: [] }

export const rows: Readonly<Record<string, Row>> = {
  ...own,
  ...Object.fromEntries(exportedLists.map((id) => [`export.${id}`, own[id] ?? nobodysRow])),
}
