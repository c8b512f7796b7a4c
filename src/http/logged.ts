// Every call counted, and told the operator in one line: without query strings, bodies, cookies or names.
import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import type { Logger } from 'pino'
import type { Measured } from './metrics.ts'

interface Telling {
  readonly log: Pick<Logger, 'info'>
  /** Milliseconds, monotonic. */
  readonly elapsed: () => number
  readonly measured: Pick<Measured, 'served'>
}

/** How the call is counted: by where it went, never by what stood in the places of its path. */
export const named =
  (template: string): RequestHandler =>
  (_request, response, next) => {
    response.locals['route'] = template
    next()
  }

/** The number every answer bears leads the operator to its line. */
export const logged =
  ({ log, elapsed, measured }: Telling): RequestHandler =>
  (request, response, next) => {
    const id = randomUUID()
    const start = elapsed()
    const { method, path } = request
    response.locals['reference'] = id
    response.set('X-Request-Id', id)
    response.once('finish', () => {
      const ms = Math.round(elapsed() - start)
      log.info({ id, method, path: path.slice(0, 200), status: response.statusCode, ms })
    })
    response.once('close', () => {
      const route: unknown = response.locals['route']
      const status = response.writableFinished ? response.statusCode : 'gone'
      const counted = { method, route: typeof route === 'string' ? route : 'none' }
      measured.served({ ...counted, status, ms: elapsed() - start })
    })
    next()
  }
