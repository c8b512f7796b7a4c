// Sending what a route answered: JSON, bytes, a stream, or why not.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import type { Language } from '../domain/language.ts'
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

export async function sendReply(response: Response, route: Route, reply: Reply): Promise<void> {
  const { headers = {}, cookies = [], body, bytes, stream } = reply
  const status = route.status ?? 200
  response.status(status).set(headers)
  for (const line of cookies) response.append('Set-Cookie', line)
  const media = headers['Content-Type'] ?? route.media ?? 'application/octet-stream'
  if (stream !== undefined) {
    response.type(media)
    // a caller who leaves early is no fault of ours
    await pipeline(Readable.from(stream), response).catch((error: unknown) => {
      if (!response.destroyed && !response.closed) throw error
    })
  } else if (bytes !== undefined) {
    response.type(media).send(Buffer.from(bytes))
  } else if (status === 204) response.end()
  else response.json(body)
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
