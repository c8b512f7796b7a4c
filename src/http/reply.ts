// Sending what a route answered: JSON, bytes, a stream, or why not.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import type { Language } from '../domain/language.ts'
import { isKnown, kept, sendRead } from './conditional.ts'
import { type Problem, problemBody } from './problem.ts'
import type { Reply, Route } from './route.ts'

/** Aborted when nobody is there any more to answer, or we are about to go. */
export function goneOf(response: Response, stopping: AbortSignal): AbortSignal {
  const gone = new AbortController()
  const leave = (): void => gone.abort()
  stopping.addEventListener('abort', leave, { once: true })
  response.once('close', () => {
    stopping.removeEventListener('abort', leave)
    leave()
  })
  return stopping.aborted ? stopping : gone.signal
}

const LISTENERS_MAX = 30

export async function sendReply(response: Response, route: Route, reply: Reply): Promise<void> {
  const { headers = {}, cookies = [], body, bytes, stream, cut } = reply
  const status = route.status ?? 200
  // a page of a signed-in person is kept by their browser alone, and asked again each time
  if (route.method === 'get') response.set('Cache-Control', kept(route.access))
  response.status(status).set(headers)
  for (const line of cookies) response.append('Set-Cookie', line)
  const own = typeof route.media === 'string' ? route.media : 'application/octet-stream'
  const media = headers['Content-Type'] ?? own
  if (stream !== undefined) {
    const { ETag: tag } = headers
    // a stream nobody began to read holds nothing open
    if (tag !== undefined && isKnown(response.req.get('if-none-match'), tag)) {
      response.status(304).removeHeader('Content-Type')
      response.removeHeader('Content-Length')
      response.end()
      return
    }
    response.type(media)
    if (response.req.method === 'HEAD') {
      response.end()
      return
    }
    // a caller who leaves early is no fault of ours
    const until = cut === undefined ? {} : { signal: cut }
    // ours, the compressor's and the pipeline's: a few more than Node takes for a leak
    response.setMaxListeners(LISTENERS_MAX)
    await pipeline(Readable.from(stream), response, until).catch((error: unknown) => {
      if (!response.destroyed && !response.closed) throw error
    })
    return
  }
  if (status === 204) {
    response.end()
    return
  }
  const whole = Buffer.from(bytes ?? (body === undefined ? '' : JSON.stringify(body)))
  response.type(bytes === undefined ? 'application/json' : media)
  if (route.method === 'get') sendRead(response, whole)
  else response.send(whole)
}

export function send(response: Response, what: Problem, language: Language): void {
  const body = problemBody(what, language)
  response
    .status(body.status)
    .set('Content-Language', language === 'zh' ? 'zh-CN' : 'en')
    .type('application/problem+json')
    .send(JSON.stringify(body))
}

/** Chinese unless English is preferred. */
export const languageOf = ({ headers }: Request): Language =>
  /^\s*en\b/i.test(headers['accept-language'] ?? '') ? 'en' : 'zh'
