// gzip and br for what is read. Answers to writes may hold a link's token and stay as they are: whoever can bring about writes
// and see how long the answers are on the way could guess at it (BREACH). The same goes for reads another site's page began.
import type { RequestHandler } from 'express'
import compression from 'compression'

const LEAST_BYTES = 1024

export const compressed = (): RequestHandler =>
  compression({
    threshold: LEAST_BYTES,
    filter: (request, response) => {
      const type = String(response.getHeader('Content-Type') ?? '')
      const own = request.headers['sec-fetch-site'] !== 'cross-site'
      const read = request.method === 'GET' && !request.url.startsWith('/api/auth/')
      // an event must not wait for others to fill a block; bytes of no known sort are hashes
      return (
        own &&
        read &&
        !/^(?:text\/event-stream|application\/octet-stream)/.test(type) &&
        compression.filter(request, response)
      )
    },
  })
