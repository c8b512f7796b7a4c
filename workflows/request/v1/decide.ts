// request@1: which act answers which command, and what each needs to be told.
import { CalendarMissing } from '../../../src/domain/calendar.ts'
import { streamKind, type StreamId } from '../../../src/domain/ids.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Submission } from '../../../src/domain/request.ts'
import type { Deciding, Decision, Needs, Past } from '../../../src/domain/store.ts'
import { addDays, dateAt, type Instant } from '../../../src/domain/time.ts'
import { RELIED_ON_GENESIS } from '../../ledger/v1/fold.ts'
import { policyFold, policyInForce, policyStream } from '../../policy/v1/fold.ts'
import { rosterStream } from '../../roster/v1/fold.ts'
import { type Asked, defineWorkflow } from '../../workflow.ts'
import { accept, consent, refuseFiling } from './acts/filing.ts'
import { handle, issue, witness } from './acts/issuing.ts'
import { book, failPayment, order, recordPayment } from './acts/payment.ts'
import { addEvidence, completePapers, object, sign } from './acts/sign-off.ts'
import { resubmit, submit } from './acts/submission.ts'
import {
  lapseSuspension,
  liftSuspension,
  orderSuspension,
  proposeSuspension,
  turnBack,
  withdraw,
} from './acts/turning.ts'
import { claimStreams, heldStreams } from './claim.ts'
import { acts, notes, type RequestCommand, requestCommands } from './events.ts'
import { requestFold } from './fold.ts'
import { voucherKeys, windowKeys } from './judgement.ts'
import { isRefused, NAME, requestIdOf, type Scene, sceneOf } from './scene.ts'

const WINDOW_DAYS_MAX = 3650

function needs(command: Asked<RequestCommand>): Needs {
  const { stream } = command
  const relied = { origin: RELIED_ON_GENESIS, streams: [rosterStream, policyStream] }
  const base = ['ledger', rosterStream, stream] as const satisfies readonly StreamId[]
  if (command.type !== 'request.submit' && command.type !== 'request.resubmit') {
    return {
      streams: base,
      relied,
      follow: (past) => heldStreams(past.stream(requestFold, stream).state),
    }
  }
  const form = command.input
  return {
    streams: [...base, ...claimStreams(form)],
    follow: (past) => heldStreams(past.stream(requestFold, stream).state),
    relied,
    facts: (past, at) => ({
      payeeWindow: {
        company: form.company,
        keys: windowKeys(form),
        ...window(past, at),
        except: requestIdOf(stream),
      },
      invoiceUse: invoices(form, stream),
    }),
  }
}

const invoices = (form: Submission, stream: StreamId) => ({
  invoices: voucherKeys(form),
  except: requestIdOf(stream),
})

function window(past: Past, at: Instant) {
  const policy = policyInForce(past.relied(policyFold, policyStream).state, at)
  const days = policy?.values['window.days'] ?? WINDOW_DAYS_MAX
  const to = dateAt(at)
  return { from: addDays(to, 1 - days), to }
}

/** A limit that would end where the calendar does not reach is an expected "no", whichever act begins it. */
function decide(command: Asked<RequestCommand>, deciding: Deciding): Decision {
  try {
    return decideBy(command, deciding)
  } catch (error) {
    if (error instanceof CalendarMissing)
      return refuse('calendarMissing', { year: String(error.year) })
    throw error
  }
}

function decideBy(command: Asked<RequestCommand>, deciding: Deciding): Decision {
  if (streamKind(command.stream) !== 'request') return refuse('notFound', { what: command.stream })
  if (command.type === 'request.submit') return submit(command, deciding)
  const scene = sceneOf(command, deciding)
  return isRefused(scene) ? scene : answer(command, scene)
}

function answer(
  command: Exclude<Asked<RequestCommand>, { type: 'request.submit' }>,
  scene: Scene,
): Decision {
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
    case 'booking.record':
      return book(command, scene)
    case 'suspension.propose':
      return proposeSuspension(command, scene)
    case 'suspension.order':
      return orderSuspension(command, scene)
    case 'suspension.lift':
      return liftSuspension(command, scene)
    case 'suspension.lapse':
      return lapseSuspension(command, scene)
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
