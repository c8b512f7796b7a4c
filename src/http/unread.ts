// What never becomes a call: no HTTP, a target that is no path, headers without end, a body that does not come. It is answered as
// everything else is, by a problem with a code; where the connection cannot be read any further, it ends with it.
import {
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http'
import type { Duplex } from 'node:stream'
import { type Problem, problem, problemBody } from './problem.ts'

/** Header lines every answer bears. */
type Bearing = Readonly<Record<string, string>>

/** Hands on what names its host, where it must, and a path. */
export const readable =
  (listener: RequestListener, bearing: Bearing): RequestListener =>
  (request, response) => {
    const path = pathIn(request.url ?? '')
    const nameless = request.headers.host === undefined && request.httpVersion === '1.1'
    if (path === undefined || nameless) {
      const { head, text, status } = told(problem('requestMalformed'), bearing)
      response.writeHead(status, head).end(text)
      return
    }
    request.url = path
    listener(request, response)
  }

/** A proxy may be asked for a whole address: what counts of it is the path. `*` is the server's own. */
function pathIn(target: string): string | undefined {
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '')
  return path.startsWith('/') || path === '*' ? path : undefined
}

/** Answers what the parser gave up, and what Node would leave without an answer or with an empty one. */
export function answerUnread(server: Server, listener: RequestListener, bearing: Bearing): void {
  const calls = new WeakMap<Duplex, Call>()
  server.prependListener('request', (request, response) => {
    calls.set(request.socket, { request, response })
  })
  const answerNo = (socket: Duplex, why: Problem): void => {
    if (socket.writable) socket.end(written(why, bearing), () => socket.destroy())
    else socket.destroy()
  }
  server.on('clientError', (error: Error & { readonly code?: string }, socket) => {
    const call = calls.get(socket)
    const why = problemOf(error.code)
    if (call === undefined || call.response.writableFinished) answerNo(socket, why)
    // bytes of an answer are on their way: nothing is put among them
    else if (call.response.headersSent) socket.destroy()
    // a whole call waits for its answer, and nonsense follows it
    else if (call.request.complete) call.response.once('finish', () => answerNo(socket, why))
    else answerNo(socket, why)
  })
  server.on('connect', (_request, socket) => {
    answerNo(socket, problem('methodUnknown', { allow: 'GET, POST, PUT, DELETE' }))
  })
  // an expectation we do not know may be ignored
  server.on('checkExpectation', listener)
}

interface Call {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

function problemOf(code: string | undefined): Problem {
  if (code === 'HPE_HEADER_OVERFLOW') return problem('headersTooLarge')
  return problem(code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'requestTooSlow' : 'requestMalformed')
}

/** In Chinese: nobody has said a language yet. */
function told(why: Problem, bearing: Bearing) {
  const body = problemBody(why, 'zh')
  const text = JSON.stringify(body)
  const head = {
    ...bearing,
    'Cache-Control': 'no-store',
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Language': 'zh-CN',
    'Content-Length': String(Buffer.byteLength(text)),
    Connection: 'close',
  }
  return { status: body.status, head, text }
}

function written(why: Problem, bearing: Bearing): string {
  const { status, head, text } = told(why, bearing)
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', text].join('\r\n')
}
