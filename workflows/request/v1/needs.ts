// What request@1 asks to be told before it decides: streams, the township relied on, and facts.
import { requestStream, type StreamId } from '../../../src/domain/ids.ts'
import { presetValues } from '../../../src/domain/policy.ts'
import { bankKey, debitKey, recoveryKey } from '../../../src/domain/claim-keys.ts'
import type { FactQueries } from '../../../src/domain/facts.ts'
import type { Invoice, Submission } from '../../../src/domain/request.ts'
import type { Needs, Past } from '../../../src/domain/store.ts'
import { addDays, dateAt, type Instant, type LocalDate } from '../../../src/domain/time.ts'
import { ledgerOf, RELIED_ON_GENESIS } from '../../ledger/v1/fold.ts'
import { policyStream } from '../../policy/v1/fold.ts'
import { policyOfVillage } from '../../policy/v1/in-force.ts'
import { rosterStream } from '../../roster/v1/fold.ts'
import type { Asked } from '../../workflow.ts'
import { formQueries, paperQueries } from './alert-facts.ts'
import { claimStreams, heldStreams } from './claim.ts'
import type { RequestCommand } from './events.ts'
import { requestFold } from './fold.ts'
import { windowKeys } from './judgement.ts'
import { requestIdOf } from './scene.ts'
import { voucherKeys } from './vouchers.ts'

type Submitting = Extract<Asked<RequestCommand>, { type: 'request.submit' | 'request.resubmit' }>
type Adding = Extract<Asked<RequestCommand>, { type: 'evidence.add' | 'advance.settle' }>
type Recording = Extract<Asked<RequestCommand>, { type: 'payment.record' }>

/** Streams and facts of one command. */
export function needs(command: Asked<RequestCommand>): Needs {
  const { stream } = command
  const base = {
    streams: ['ledger', rosterStream, policyStream, stream] as readonly StreamId[],
    relied: { origin: RELIED_ON_GENESIS, streams: [rosterStream, policyStream] },
    follow: (past: Past) => heldStreams(past.stream(requestFold, stream).state),
  }
  switch (command.type) {
    case 'request.submit':
    case 'request.resubmit': {
      const form = command.input
      const streams = [...base.streams, ...claimStreams(form), ...supplemented(form)]
      return { ...base, streams, facts: (past, at) => submitting(command, past, at) }
    }
    case 'evidence.add':
    case 'advance.settle':
      return { ...base, facts: (past, at) => adding(command, past, at) }
    case 'automaticFinding.close': {
      const { recovered } = command.input
      if (recovered === undefined) return base
      const invoices = [recoveryKey(recovered.bankReference)]
      return { ...base, facts: () => ({ invoiceUse: { invoices } }) }
    }
    case 'payment.record':
      return { ...base, facts: (past) => recording(command, past) }
    default:
      return base
  }
}

/** What went to the payee of late: of the company, in the window of the rolling sum and of the alerts. */
function windowOf(form: Submission, { past, at, stream }: Asking) {
  const { policy, today } = inForce(past, at)
  const days = Math.max(policy['window.days'], policy['alert.splittingDays'])
  return {
    company: form.company,
    keys: windowKeys(form),
    from: addDays(today, 1 - days),
    to: today,
    except: requestIdOf(stream),
  }
}

interface Asking {
  readonly past: Past
  readonly at: Instant
  readonly stream: StreamId
}

function submitting({ input: form, stream }: Submitting, past: Past, at: Instant): FactQueries {
  const except = requestIdOf(stream)
  const { handler, kind } = form
  const { policy, today } = inForce(past, at)
  return {
    payeeWindow: windowOf(form, { past, at, stream }),
    invoiceUse: { invoices: voucherKeys(form), except },
    ...(kind === 'advance' ? { openAdvances: { handler, except } } : {}),
    ...formQueries(form, { policy, today, except }),
  }
}

/** Papers and invoices that come after submission: each invoice is claimed like one of the form. */
function adding({ type, input, stream }: Adding, past: Past, at: Instant): FactQueries {
  const except = requestIdOf(stream)
  const invoices: readonly Invoice[] = input.invoices ?? []
  const refund = 'bankReference' in input ? input.bankReference : undefined
  const claimed = [
    ...invoices.map(({ number }) => number),
    ...(refund === undefined ? [] : movement(past, stream, refund)),
  ]
  const form = past.stream(requestFold, stream).state?.submission
  // settled without an invoice it counts with what else the handler got so (law 2.18)
  const bare = type === 'advance.settle' && invoices.length === 0 ? form : undefined
  return {
    ...(bare === undefined ? {} : { payeeWindow: windowOf(bare, { past, at, stream }) }),
    ...(claimed.length === 0 ? {} : { invoiceUse: { invoices: claimed, except } }),
    ...paperQueries({ invoices, evidence: input.evidence }, { ...inForce(past, at), except }),
  }
}

/** A payment is asked for by its bank's reference: as another's payment, and as a debit of its day. */
function recording({ input, stream }: Recording, past: Past): FactQueries {
  const { bankReference, paidOn: on } = input
  const claimed = [...movement(past, stream, bankReference), debitKey({ on, bankReference })]
  return { invoiceUse: { invoices: claimed, except: requestIdOf(stream) } }
}

/** A reference is its company's bank's; of a request that is not there nothing is asked. */
function movement(past: Past, stream: StreamId, reference: string): readonly string[] {
  const company = past.stream(requestFold, stream).state?.submission.company
  return company === undefined ? [] : [bankKey(company, reference)]
}

// without a policy nothing is decided at all: what is asked then does not matter
function inForce(past: Past, at: Instant) {
  const policy = policyOfVillage(past, ledgerOf(past), at)
  const today: LocalDate = dateAt(at)
  return { policy: policy?.values ?? presetValues, today }
}

const supplemented = ({ supplements }: Submission): readonly StreamId[] =>
  supplements === undefined ? [] : [requestStream(supplements)]
