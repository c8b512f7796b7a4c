// What identity answers, passed on.
import { z } from 'zod'
import type { Answer } from '../identity/problems.ts'
import { identityAs, type Problem } from '../problem.ts'
import type { Reply } from '../route.ts'

export const idParam = z.object({ id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) })

/** What was done, shown; or why not. */
export function passed<T, R>(answer: Answer<T>, shown: (done: T) => Reply<R>): Reply<R> | Problem {
  return 'problem' in answer ? identityAs(answer.problem) : shown(answer.done)
}

export const nothing = (): Reply<never> => ({})
