// What was read before and has not changed is not sent again. The tag is made from the bytes, for a page changes without its
// thing: by the day, by the reader's office and language. Where the thing has a revision it stands before the digest, and that
// is what If-Match reads.
import { createHash } from 'node:crypto'
import type { Response } from 'express'
import type { Access } from './route.ts'

/** What is asked again each time, and kept by the reader's own browser alone; public reads by anybody's. */
export const kept = (access: Access): string =>
  access === 'anybody' ? 'public, no-cache' : 'private, no-cache'

/** For what never changes once it is there. */
export const FOR_EVER = 'public, max-age=31536000, immutable'

const DIGEST_LENGTH = 22

/** `W/"7.…"` beside revision 7, else `W/"…"`. Weak, for compressed it is other bytes. */
export function tagOfBytes(bytes: Uint8Array, revision?: string): string {
  const digest = createHash('sha256').update(bytes).digest('base64url').slice(0, DIGEST_LENGTH)
  const before = revision === undefined ? '' : `${revision.replaceAll(/[^\d]/g, '')}.`
  return `W/"${before}${digest}"`
}

/** Is the tag among those the caller has? */
export function isKnown(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch.trim() === '*') return true
  const opaque = tag.replace(/^W\//, '')
  return ifNoneMatch.split(',').some((one) => one.trim().replace(/^W\//, '') === opaque)
}

/** Sends what was read, or that it is as it was. */
export function sendRead(response: Response, bytes: Buffer): void {
  const tag = tagOfBytes(bytes, response.get('ETag'))
  response.set('ETag', tag).vary('Accept-Language')
  if (response.get('Cache-Control')?.startsWith('private') === true) response.vary('Cookie')
  if (isKnown(response.req.get('if-none-match'), tag)) {
    response.status(304).removeHeader('Content-Type')
    response.end()
  } else response.send(bytes)
}
