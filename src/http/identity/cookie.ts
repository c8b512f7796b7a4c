// better-auth's signed cookies, read by ourselves: `<value>.<base64 of HMAC-SHA256>`, percent-encoded. Its own reading costs
// fifty times as much; test/http/identity/session.spec.ts holds the two equal.
import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto'

export type SignedCookies = (header: string | undefined, name: string) => string | undefined

/** Base64 of 32 bytes. */
const SIGNATURE_LENGTH = 44

/** Reads signed cookies out of a `Cookie` header; undefined where there is none of that name, or it is not ours. */
export function signedCookies(secret: string): SignedCookies {
  const key = createSecretKey(secret, 'utf8')
  return (header, name) => {
    const value = header === undefined ? undefined : cookieNamed(header, name)
    const dot = value?.lastIndexOf('.') ?? -1
    if (value === undefined || dot < 1) return undefined
    const signed = value.slice(0, dot)
    const given = value.slice(dot + 1)
    if (given.length !== SIGNATURE_LENGTH) return undefined
    const right = createHmac('sha256', key).update(signed).digest('base64')
    // as bytes: what is not ASCII may be longer
    const [found, wanted] = [Buffer.from(given), Buffer.from(right)]
    return found.length === wanted.length && timingSafeEqual(found, wanted) ? signed : undefined
  }
}

/** The first cookie of that name, decoded; as better-call reads it. */
function cookieNamed(header: string, name: string): string | undefined {
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=')
    if (equals < 0 || pair.slice(0, equals).trim() !== name) continue
    const raw = pair.slice(equals + 1).trim()
    const text = raw.startsWith('"') ? raw.slice(1, -1) : raw
    if (!text.includes('%')) return text
    try {
      return decodeURIComponent(text)
    } catch {
      return text
    }
  }
  return undefined
}
