// What each thing is found by. Natural persons by id alone: who looks for a name is told the ids it stands for by the
// vault, in memory, and no name of theirs comes into a table.
import type { AuthorityState } from '../../../workflows/authority/v1/fold.ts'
import type { Finding, InspectionState } from '../../../workflows/inspection/v1/fold.ts'
import type { MeetingState } from '../../../workflows/meeting/v1/fold.ts'
import { faults } from '../../domain/finding.ts'
import { wholeOf, wordsOf } from '../../domain/grams.ts'
import { type Money, toFen } from '../../domain/money.ts'
import type { ProjectedRow } from '../../domain/projection.ts'
import type { Payee, Submission } from '../../domain/request.ts'
import type { Instant } from '../../domain/time.ts'
import { remembered } from './remembered.ts'

interface Searched {
  readonly kind: 'request' | 'meeting' | 'authority' | 'inspection' | 'finding'
  readonly id: string
  readonly at: Instant
  readonly title: string
  /** Beside its number and title. */
  readonly fields: readonly string[]
  readonly whole: readonly string[]
}

function searchRow(key: string, { fields, whole, ...shown }: Searched): ProjectedRow {
  const words = wordsOf([shown.id, shown.title, ...fields])
  return { table: 'search', key, row: { ...shown, words, whole: wholeOf(whole) } }
}

/** How an amount stands among what is found whole. */
export const amountToken = (amount: Money): string => String(toFen(amount))

const nameOf = (payee: Payee): string =>
  payee.type === 'firm' || payee.type === 'unregistered' ? payee.name : ''

/** Every form a request was ever in shows as it stands now. */
export const requestSearch = remembered<Submission, ProjectedRow>(
  (id, { submission, submittedAt }) => {
    const { purpose, payee, contract = '', project = '', handler, witness, amount } = submission
    const persons = [handler, witness, ...(payee.type === 'person' ? [payee.person] : [])]
    return searchRow('', {
      kind: 'request',
      id,
      at: submittedAt,
      title: purpose,
      fields: [nameOf(payee), contract, project],
      whole: [amountToken(amount), ...persons],
    })
  },
  ({ submission }) => submission,
  () => '',
)

export const meetingSearch = (id: string, { begunAt, title, agenda }: MeetingState): ProjectedRow =>
  searchRow('', {
    kind: 'meeting',
    id,
    at: begunAt,
    title,
    fields: agenda.map((item) => item.title),
    whole: [],
  })

export const authoritySearch = (id: string, { begunAt, terms }: AuthorityState): ProjectedRow =>
  searchRow('', {
    kind: 'authority',
    id,
    at: begunAt,
    title: terms.title,
    fields: [terms.contract ?? ''],
    whole: [amountToken(terms.ceiling)],
  })

export const inspectionSearch = (id: string, { begunAt, plan }: InspectionState): ProjectedRow =>
  searchRow('', {
    kind: 'inspection',
    id,
    at: begunAt,
    title: plan.campaign ?? '',
    fields: [],
    whole: [],
  })

/** By what was found as well as by the inspector's words. */
export const findingSearch = (
  inspection: string,
  { id, begunAt, what }: Pick<Finding, 'id' | 'begunAt' | 'what'>,
): ProjectedRow =>
  searchRow(id, {
    kind: 'finding',
    id: `${inspection}/${id}`,
    at: begunAt,
    title: what.text,
    fields: [faults[what.fault].zh, faults[what.fault].en],
    whole: what.request === undefined ? [] : [what.request],
  })
