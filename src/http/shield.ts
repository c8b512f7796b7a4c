// What every answer wears: headers that keep browsers from doing harm, and the word that a demonstration is one. And how often
// whoever did not sign in may ask.
import type { RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'
import helmet from 'helmet'
import { placeOf } from './identity/address.ts'
import { problem, problemBody } from './problem.ts'

export interface Shielding {
  readonly https: boolean
  readonly demo: boolean
}

/** Told with every answer of a demonstration. */
export const DEMO_HEADER = 'X-Five-Musts-Demo'

/** Scripts, styles and connections from our own origin only; nothing inline. */
const directives = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  connectSrc: ["'self'"],
  fontSrc: ["'self'"],
  workerSrc: ["'self'"],
  manifestSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
}

export function secured({ https, demo }: Shielding): readonly RequestHandler[] {
  const helmets = helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    // a village's own network has no certificates: promising https there would lock everybody out
    strictTransportSecurity: https,
  })
  const own: RequestHandler = (_request, response, next) => {
    response.set('Cache-Control', 'no-store')
    if (demo) response.set(DEMO_HEADER, 'demonstration: no person, request or payment is real')
    next()
  }
  return [own, (request, response, next) => helmets(request, response, next)]
}

const WINDOW_MS = 60_000
const MOST = 1200

/** Per address, of public routes; a mirror that follows a ledger stays far below. */
export const limited = (): RequestHandler =>
  rateLimit({
    windowMs: WINDOW_MS,
    limit: MOST,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: ({ ip = '' }) => placeOf(ip),
    handler: (request, response) => {
      const language = /^\s*en\b/i.test(request.get('accept-language') ?? '') ? 'en' : 'zh'
      const seconds = String(WINDOW_MS / 1000)
      const body = problemBody(problem('tooManyRequests', { seconds }), language)
      response.status(body.status).type('application/problem+json').send(JSON.stringify(body))
    },
  })
