// What goes along with every call, whatever its route: the rosters are up to date before it, and after it whoever listens
// hears of what it wrote.
import type { Request, RequestHandler, Response } from 'express'
import type { RefusedCall } from './attempts.ts'
import type { Problem } from './problem.ts'

export interface Watching {
  /** Takes up what was committed since, by whichever process. Microseconds where nothing was. */
  readonly upToDate: () => Promise<void>
  /** For the attempt log. Never throws. */
  readonly refused: (call: RefusedCall) => void
  /** Something may have been written; returns at once. */
  readonly written: () => void
}

export const watched =
  ({ upToDate, written }: Watching): RequestHandler =>
  async (request, response, next) => {
    await upToDate()
    // after the answer: whoever wrote hears of it no later than the others
    if (request.method !== 'GET' && request.method !== 'HEAD') response.once('close', written)
    next()
  }

interface Exchange {
  readonly request: Request
  readonly response: Response
}

/** Told once the answer is on its way: nobody waits for the log. */
export function noted(
  { refused }: Watching,
  route: RefusedCall['route'],
  { request, response }: Exchange,
  why: Problem,
): void {
  refused({
    route,
    why,
    cookie: request.headers.cookie,
    params: request.params,
    header: (name) => request.get(name),
    reference: String(response.locals['reference']),
  })
}
