// Heads by POST, signed with a secret both houses know: HMAC-SHA-256 over the time and the body, so that neither can be changed
// nor an old call be played again later.
import { createHmac } from 'node:crypto'
import type { Webhook } from '../config.ts'
import { type Delivery, NotDelivered, type Receiver } from './heads.ts'

/** `t=<seconds since 1970>,v1=<hex>`, over `<t>.<body>`. */
export const SIGNATURE_HEADER = 'x-five-musts-signature'
/** The same for the same receiver and day. */
export const DELIVERY_HEADER = 'x-five-musts-delivery'

const PATIENCE_MS = 20_000

/** A receiver for each address. */
export const webhookReceivers = ({ urls, secret }: Webhook): readonly Receiver[] =>
  urls.map((url, place) => ({
    name: `webhook ${place + 1}`,
    address: url,
    deliver: (delivery) => post({ url, secret }, delivery),
  }))

/** The value of the header for a body. */
export function signatureOf(secret: string, seconds: number, body: string): string {
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  return `t=${seconds},v1=${mac}`
}

async function post(
  { url, secret }: { readonly url: string; readonly secret: string },
  { id, day, now, heads, gone }: Delivery,
): Promise<void> {
  const body = JSON.stringify({ delivery: id, day, heads })
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'five-musts',
    [SIGNATURE_HEADER]: signatureOf(secret, Math.floor(now / 1000), body),
    [DELIVERY_HEADER]: id,
  }
  const signal = AbortSignal.any([gone, AbortSignal.timeout(PATIENCE_MS)])
  // never to where the receiver points: the township named this address and no other
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers,
    signal,
    redirect: 'manual',
  }).catch((error: unknown) => {
    throw new NotDelivered(detailOf(error))
  })
  await response.body?.cancel()
  if (!response.ok) throw new NotDelivered(String(response.status))
}

/** `ECONNREFUSED`, `TimeoutError`: the words may hold the address. */
function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const { cause } = error
  if (cause instanceof Error && 'code' in cause) return String(cause.code)
  return error.name
}
