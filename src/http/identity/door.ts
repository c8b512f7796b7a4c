// The handler of /api/auth/*: from a request of express to a way through, and back. Mount it before any body parser.
import type { Request as Asked, Response as Answered } from 'express'
import type { Session } from '../../domain/account.ts'
import type { Language } from '../../domain/language.ts'
import { readJson } from '../json.ts'
import { placeOf } from './address.ts'
import { ask } from './ask.ts'
import { BASE_PATH } from './auth.ts'
import { type Answer, type IdentityProblem, problem, problemBody, retryAfter } from './problems.ts'
import { sessionOf } from './session.ts'
import { type Reply, type Visit, type WayPath, ways } from './ways.ts'
import type { IdentityWorld } from './world.ts'

const MOST_BYTES = 8192

export type Door = (req: Asked, res: Answered) => Promise<void>

export const door =
  (world: IdentityWorld): Door =>
  async (req, res) => {
    res.setHeader('cache-control', 'no-store')
    const asked = URL.canParse(req.originalUrl, world.baseURL) ? req.originalUrl : '/'
    const url = new URL(asked, world.baseURL)
    const visit: Visit = {
      path: url.pathname.slice(BASE_PATH.length),
      cookie: req.headers.cookie,
      caller: { address: placeOf(req.ip ?? ''), device: req.headers['user-agent'] ?? '' },
    }
    if (req.method === 'GET' && (await back(world, visit, { url, res }))) return
    const answer = await walked(world, visit, req)
    if ('problem' in answer) {
      tell(world, visit, { problem: answer.problem, req, res })
      return
    }
    for (const line of answer.done.cookies) res.append('set-cookie', line)
    res.status(200).json(answer.done.body)
  }

async function walked(world: IdentityWorld, visit: Visit, req: Asked): Promise<Answer<Reply>> {
  const way = Object.hasOwn(ways, visit.path) ? ways[visit.path as WayPath] : undefined
  if (way === undefined || req.method !== 'POST') return problem('noSuchThing')
  if (!fromOurPages(world, req)) return problem('originForeign')
  const body = await bodyOf(req)
  return 'problem' in body ? body : way.walk(world, visit, body.done)
}

/** Browsers say where a request comes from; what says nothing is no browser, and carries no one else's cookies. */
function fromOurPages({ origins }: IdentityWorld, { headers }: Asked): boolean {
  if (headers.origin !== undefined) return origins.has(headers.origin)
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none'
}

async function bodyOf(req: Asked): Promise<Answer<unknown>> {
  const chunks: Buffer[] = []
  let size = 0
  // not destroyed when we stop reading: the answer has to go out over the same socket
  const parts: AsyncIterable<Buffer> = req.iterator({ destroyOnReturn: false })
  for await (const chunk of parts) {
    size += chunk.length
    if (size > MOST_BYTES) return problem('bodyTooLarge', { limit: '8 KiB' })
    chunks.push(chunk)
  }
  if (size === 0) return { done: {} }
  const type = req.headers['content-type'] ?? ''
  if (!/^application\/json\s*(?:;|$)/i.test(type))
    return problem('mediaTypeUnknown', { expected: 'application/json' })
  const read = readJson(Buffer.concat(chunks))
  if ('value' in read) return { done: read.value }
  return problem(read.fault === 'repeated' ? 'keyRepeated' : 'bodyMalformed')
}

/** Back from another house: better-auth checks what it brings and sends the browser on. */
async function back(
  world: IdentityWorld,
  visit: Visit,
  { url, res }: { readonly url: URL; readonly res: Answered },
): Promise<boolean> {
  const provider = /^\/callback\/([\w-]+)$/.exec(visit.path)?.[1]
  if (provider === undefined || !world.providers.has(provider)) return false
  const { searchParams } = url
  // 钉钉 calls it authCode
  const code = searchParams.get('authCode')
  if (code !== null && !searchParams.has('code')) searchParams.set('code', code)
  const answer = await ask(world, { ...visit, path: `${visit.path}?${searchParams.toString()}` })
  const failed = `${world.baseURL}/sign-in?error=providerRefused`
  if ('done' in answer) for (const line of answer.done.cookies) res.append('set-cookie', line)
  res.redirect('done' in answer ? (answer.done.location ?? failed) : failed)
  return true
}

const whoseOf = ({ account, person }: Session) => ({
  account,
  ...(person === undefined ? {} : { person }),
})

interface Telling {
  readonly problem: IdentityProblem
  readonly req: Asked
  readonly res: Answered
}

function tell(world: IdentityWorld, visit: Visit, { problem: why, req, res }: Telling): void {
  const { path: way, caller } = visit
  const session = sessionOf(world, visit.cookie)
  const known = why.whose ?? (session === undefined ? undefined : whoseOf(session))
  const reference = String(res.locals['reference'] ?? '')
  world.refused({ way, code: why.code, address: caller.address, reference, ...known })
  const wait = retryAfter(why, world.clock())
  if (wait !== undefined) res.setHeader('retry-after', String(wait))
  const body = problemBody(why, languageOf(req))
  // what is left of a body that was too large would be read as the next request
  if (why.code === 'bodyTooLarge') res.setHeader('connection', 'close')
  res.status(body.status).type('application/problem+json').send(JSON.stringify(body))
}

const languageOf = ({ headers }: Asked): Language =>
  headers['accept-language']?.toLowerCase().startsWith('en') === true ? 'en' : 'zh'
