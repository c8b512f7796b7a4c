// What every answer wears: headers that keep browsers from doing harm, and the word that a demonstration is one.
import type { RequestHandler } from 'express'
import helmet from 'helmet'

export interface Shielding {
  readonly https: boolean
  readonly demo: boolean
}

/** Told with every answer of a demonstration. */
export const DEMO_HEADER = 'X-Five-Musts-Demo'
export const DEMO_TOLD = 'demonstration: no person, request or payment is real'

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
    if (demo) response.set(DEMO_HEADER, DEMO_TOLD)
    next()
  }
  return [own, (request, response, next) => helmets(request, response, next)]
}
