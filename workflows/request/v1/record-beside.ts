// What is said beside the decisions, in the record: whom it was urged at and copied to, and which questions wait (law 7.17).
import type { OfficeId, PersonId } from '../../../src/domain/ids.ts'
import type { Desk } from '../../../src/domain/office.ts'
import type { Instant } from '../../../src/domain/time.ts'
import type { Recorders } from './recording.ts'

/** A question that nobody has answered yet. */
export interface OpenQuestion {
  readonly question: string
  readonly to: OfficeId
  readonly at: Instant
}

/** The talk about a request, as far as a rule or a task needs it; the words stand in the entries. */
export interface Beside {
  /** Each desk urged, and when it last was. */
  readonly urges: readonly { readonly desk: Desk; readonly at: Instant }[]
  readonly copies: readonly (OfficeId | PersonId)[]
  /** How many questions were put. */
  readonly asked: number
  readonly questions: readonly OpenQuestion[]
}

export const noTalk: Beside = { urges: [], copies: [], asked: 0, questions: [] }

export const besideRecorders: Recorders<
  | 'request.urged'
  | 'request.copiedIn'
  | 'request.commented'
  | 'question.asked'
  | 'question.answered'
> = {
  'request.urged': (request, { body: { desks } }, { at }) => ({
    ...request,
    beside: {
      ...request.beside,
      urges: [
        ...request.beside.urges.filter(({ desk }) => !desks.includes(desk)),
        ...desks.map((desk) => ({ desk, at })),
      ],
    },
  }),
  'request.copiedIn': (request, { body: { given } }) => ({
    ...request,
    beside: {
      ...request.beside,
      copies: [...new Set([...request.beside.copies, ...given.offices, ...given.persons])],
    },
  }),
  'request.commented': (request) => request,
  'question.asked': (request, { body: { given, question } }, { at }) => ({
    ...request,
    beside: {
      ...request.beside,
      asked: request.beside.asked + 1,
      questions: [...request.beside.questions, { question, to: given.to, at }],
    },
  }),
  'question.answered': (request, { body: { given } }) => ({
    ...request,
    beside: {
      ...request.beside,
      questions: request.beside.questions.filter(({ question }) => question !== given.question),
    },
  }),
}
