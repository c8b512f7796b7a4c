// What stands beside the decisions (law 7.17): talk about a request. It moves nothing, and is taken in any state.
import { z } from 'zod'
import { officeIdSchema, personIdSchema } from '../../../src/domain/ids.ts'
import { act } from '../../workflow.ts'

const text = (max: number) => z.string().trim().min(1).max(max)

/** `q-1`, `q-2`, … in the order they were put. */
export const questionIdSchema = z.string().regex(/^q-[1-9]\d{0,3}$/)

/** 催办: to the desks the request waits at. */
export const urged = act('request.urge', 'request.urged', {
  input: z.strictObject({ reason: text(1000).exactOptional() }),
  adds: { desks: z.array(z.string().max(80)).min(1).max(50) },
})

/** 抄送: those it is copied to may see it and talk about it from then on. */
export const copiedIn = act('request.copyIn', 'request.copiedIn', {
  input: z
    .strictObject({
      offices: z.array(officeIdSchema).max(20),
      persons: z.array(personIdSchema).max(20),
      note: text(1000).exactOptional(),
    })
    .refine(({ offices, persons }) => offices.length + persons.length > 0, 'nobody named'),
})

export const commented = act('request.comment', 'request.commented', {
  input: z.strictObject({ text: text(2000) }),
})

/** Put to an office, so that whoever holds it answers: a question is never left with somebody who has gone. */
export const questionAsked = act('question.ask', 'question.asked', {
  input: z.strictObject({ to: officeIdSchema, text: text(2000) }),
  adds: { question: questionIdSchema },
})

export const questionAnswered = act('question.answer', 'question.answered', {
  input: z.strictObject({ question: questionIdSchema, text: text(2000) }),
})

export const besideActs = [urged, copiedIn, commented, questionAsked, questionAnswered] as const
