// request@1: which act answers which command, and what each needs to be told.
import { streamKind } from '../../../src/domain/ids.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Deciding, Decision } from '../../../src/domain/store.ts'
import { type Asked, defineWorkflow } from '../../workflow.ts'
import { dismissAlert } from './acts/alerting.ts'
import { answerAutomatic, closeAutomatic } from './acts/automatic.ts'
import { answerQuestion, askQuestion, comment, copyIn, urge } from './acts/beside.ts'
import {
  confirmConsent,
  consentAlone,
  lapseConfirmation,
  lapseRatification,
  notify,
  refuseConfirmation,
} from './acts/emergency.ts'
import { accept, consent, refuseFiling } from './acts/filing.ts'
import { handle, issue, witness } from './acts/issuing.ts'
import { book, failPayment, order, recordPayment } from './acts/payment.ts'
import { settleAdvance } from './acts/settlement.ts'
import { addEvidence, completePapers, object, sign } from './acts/sign-off.ts'
import { resubmit, submit } from './acts/submission.ts'
import { takeBack } from './acts/taking-back.ts'
import {
  lapseSuspension,
  liftSuspension,
  orderSuspension,
  proposeSuspension,
  renewSuspension,
  turnBack,
  withdraw,
} from './acts/turning.ts'
import { acts, notes, type RequestCommand, requestCommands } from './events.ts'
import { requestFold } from './fold.ts'
import { needs } from './needs.ts'
import { isRefused, NAME, type Scene, sceneOf } from './scene.ts'

function decide(command: Asked<RequestCommand>, deciding: Deciding): Decision {
  if (streamKind(command.stream) !== 'request') return refuse('notFound', { what: command.stream })
  if (command.type === 'request.submit') return submit(command, deciding)
  const scene = sceneOf(command, deciding)
  return isRefused(scene) ? scene : answer(command, scene)
}

type Later = Exclude<Asked<RequestCommand>, { type: 'request.submit' }>

/** Acts that are steps of the chain. */
type Step =
  | 'request.handle'
  | 'request.witness'
  | 'request.issue'
  | 'request.return'
  | 'request.resubmit'
  | 'request.withdraw'
  | 'evidence.add'
  | 'papers.complete'
  | 'supervisorySignOff.sign'
  | 'supervisorySignOff.object'
  | 'townshipFiling.accept'
  | 'townshipFiling.consent'
  | 'townshipFiling.refuse'
  | 'payment.order'
  | 'payment.record'
  | 'payment.fail'
  | 'advance.settle'
  | 'booking.record'

/** What moves a request along its chain; all else stands beside it. */
function answer(command: Later, scene: Scene): Decision {
  switch (command.type) {
    case 'request.handle':
      return handle(command, scene)
    case 'request.witness':
      return witness(command, scene)
    case 'request.issue':
      return issue(command, scene)
    case 'request.return':
      return turnBack(command, scene)
    case 'request.resubmit':
      return resubmit(command, scene)
    case 'request.withdraw':
      return withdraw(command, scene)
    case 'evidence.add':
      return addEvidence(command, scene)
    case 'papers.complete':
      return completePapers(command, scene)
    case 'supervisorySignOff.sign':
      return sign(command, scene)
    case 'supervisorySignOff.object':
      return object(command, scene)
    case 'townshipFiling.accept':
      return accept(command, scene)
    case 'townshipFiling.consent':
      return consent(command, scene)
    case 'townshipFiling.refuse':
      return refuseFiling(command, scene)
    case 'payment.order':
      return order(command, scene)
    case 'payment.record':
      return recordPayment(command, scene)
    case 'payment.fail':
      return failPayment(command, scene)
    case 'advance.settle':
      return settleAdvance(command, scene)
    case 'booking.record':
      return book(command, scene)
    default:
      return answerBeside(command, scene)
  }
}

/** What stops it, hurries it, takes back or only tells: whatever the chain does not take for a step. */
function answerBeside(command: Exclude<Later, { type: Step }>, scene: Scene): Decision {
  switch (command.type) {
    case 'suspension.propose':
      return proposeSuspension(command, scene)
    case 'suspension.order':
      return orderSuspension(command, scene)
    case 'suspension.lift':
      return liftSuspension(command, scene)
    case 'suspension.lapse':
      return lapseSuspension(command, scene)
    case 'suspension.renew':
      return renewSuspension(command, scene)
    case 'act.takeBack':
      return takeBack(command, scene)
    case 'emergency.notify':
      return notify(command, scene)
    case 'townshipFiling.emergencyConsent':
      return consentAlone(command, scene)
    case 'townshipFiling.confirm':
      return confirmConsent(command, scene)
    case 'townshipFiling.refuseConfirmation':
      return refuseConfirmation(command, scene)
    case 'confirmation.lapse':
      return lapseConfirmation(command, scene)
    case 'ratification.lapse':
      return lapseRatification(command, scene)
    case 'automaticFinding.answer':
      return answerAutomatic(command, scene)
    case 'automaticFinding.close':
      return closeAutomatic(command, scene)
    case 'alert.dismiss':
      return dismissAlert(command, scene)
    case 'request.urge':
      return urge(command, scene)
    case 'request.copyIn':
      return copyIn(command, scene)
    case 'request.comment':
      return comment(command, scene)
    case 'question.ask':
      return askQuestion(command, scene)
    case 'question.answer':
      return answerQuestion(command, scene)
  }
}

export const requestWorkflow = defineWorkflow({
  name: NAME,
  fold: requestFold,
  acts,
  notes,
  commands: requestCommands,
  needs,
  decide,
})
