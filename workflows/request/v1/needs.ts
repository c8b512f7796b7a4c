// What request@1 asks to be told before it decides: streams, the township relied on, and facts.
import { requestStream, type StreamId } from '../../../src/domain/ids.ts'
import { presetValues } from '../../../src/domain/policy.ts'
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
    default:
      return base
  }
}

function submitting({ input: form, stream }: Submitting, past: Past, at: Instant): FactQueries {
  const except = requestIdOf(stream)
  const { company, handler, kind } = form
  const { policy, today } = inForce(past, at)
  const days = Math.max(policy['window.days'], policy['alert.splittingDays'])
  return {
    payeeWindow: {
      company,
      keys: windowKeys(form),
      from: addDays(today, 1 - days),
      to: today,
      except,
    },
    invoiceUse: { invoices: voucherKeys(form), except },
    ...(kind === 'advance' ? { openAdvances: { company, handler, except } } : {}),
    ...formQueries(form, { policy, today, except }),
  }
}

/** Papers and invoices that come after submission: each invoice is claimed like one of the form. */
function adding({ input, stream }: Adding, past: Past, at: Instant): FactQueries {
  const except = requestIdOf(stream)
  const invoices: readonly Invoice[] = input.invoices ?? []
  const numbers = invoices.map(({ number }) => number)
  return {
    ...(numbers.length === 0 ? {} : { invoiceUse: { invoices: numbers, except } }),
    ...paperQueries({ invoices, evidence: input.evidence }, { ...inForce(past, at), except }),
  }
}

// without a policy nothing is decided at all: what is asked then does not matter
function inForce(past: Past, at: Instant) {
  const policy = policyOfVillage(past, ledgerOf(past), at)
  const today: LocalDate = dateAt(at)
  return { policy: policy?.values ?? presetValues, today }
}

const supplemented = ({ supplements }: Submission): readonly StreamId[] =>
  supplements === undefined ? [] : [requestStream(supplements)]
