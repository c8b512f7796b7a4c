// The smallest forms of acts on a request.
import { fromFen } from '../../domain/money.ts'
import type { Request } from '../../../workflows/request/v1/fold.ts'
import { bare, noFile, type Probes, reasoned, TEXT } from './probe.ts'

export const requestProbes: Probes<Request> = {
  'request.handle': bare,
  'request.witness': bare,
  'request.issue': bare,
  'request.return': { input: () => ({ reason: TEXT, fields: [] }) },
  'request.resubmit': { input: ({ submission }) => submission, open: true },
  'request.withdraw': reasoned,
  'evidence.add': {
    input: () => ({ evidence: [{ paper: 'purposeNote', sha256: noFile }] }),
    open: true,
  },
  'papers.complete': bare,
  'supervisorySignOff.sign': bare,
  'supervisorySignOff.object': reasoned,
  'townshipFiling.accept': bare,
  'townshipFiling.consent': reasoned,
  'townshipFiling.refuse': reasoned,
  'townshipFiling.emergencyConsent': reasoned,
  'townshipFiling.confirm': reasoned,
  'townshipFiling.refuseConfirmation': reasoned,
  'payment.order': bare,
  'payment.record': {
    input: (_request, { today }) => ({ bankReference: TEXT, paidOn: today }),
    open: true,
  },
  'payment.fail': reasoned,
  'advance.settle': {
    input: ({ submission }) => ({
      spent: submission.amount,
      returned: fromFen(0),
      invoices: [],
      evidence: [],
    }),
    open: true,
  },
  'booking.record': {
    input: ({ submission }) => ({
      voucherNo: TEXT,
      entity: submission.company,
      debit: '000',
      credit: '000',
    }),
    open: true,
  },
  'suspension.propose': { input: () => ({ reason: TEXT, basis: TEXT }) },
  'suspension.order': reasoned,
  'suspension.renew': reasoned,
  'suspension.lift': reasoned,
  'suspension.lapse': bare,
  'act.takeBack': reasoned,
  'emergency.notify': { input: () => ({ how: TEXT, notice: noFile }) },
  'confirmation.lapse': bare,
  'ratification.lapse': bare,
  'automaticFinding.answer': {
    input({ emergency: { findings } }) {
      const [first] = findings
      return first === undefined ? undefined : { finding: first.finding, text: TEXT }
    },
  },
  'automaticFinding.close': {
    input({ emergency: { findings } }) {
      const [first] = findings
      if (first === undefined) return undefined
      return { finding: first.finding, reason: TEXT, evidence: noFile }
    },
    open: true,
  },
  'request.urge': bare,
  'request.copyIn': {
    input: (_request, { by }) => ({ offices: [], persons: [by.person] }),
    open: true,
  },
  'request.comment': { input: () => ({ text: TEXT }) },
  'question.ask': { input: (_request, { by }) => ({ to: by.office, text: TEXT }), open: true },
  'question.answer': {
    input({ beside: { questions } }, { by }) {
      const one = questions.find(({ to }) => to === by.office) ?? questions[0]
      return one === undefined ? undefined : { question: one.question, text: TEXT }
    },
  },
  'alert.dismiss': {
    input({ alerts }) {
      const one = alerts.find(({ dismissed }) => !dismissed)
      return one === undefined ? undefined : { alert: one.alert, reason: TEXT, evidence: noFile }
    },
    open: true,
  },
}
