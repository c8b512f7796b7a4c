// Heads by mail: one letter an address, so that one that is refused holds up nobody. The checkpoints are attached as they are:
// a body of text may be folded on its way, and a folded signature is none.
import { createTransport } from 'nodemailer'
import type { Mail } from '../config.ts'
import { isLoopback } from '../config-variables.ts'
import { type Delivery, NotDelivered, type Receiver, type SentHead } from './heads.ts'

const CONNECT_MS = 15_000
const STILL_MS = 30_000

/** A receiver for each address. */
export function mailReceivers(mail: Mail): readonly Receiver[] {
  const { host, port, secure, user, password, from } = mail
  const near = isLoopback(host)
  const transport = createTransport({
    host,
    port,
    secure,
    // never in the clear over somebody else's wires
    requireTLS: !secure && !near,
    ignoreTLS: !secure && near,
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: STILL_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return mail.to.map((address, place) => ({
    name: `mail ${place + 1}`,
    address: `mailto:${address}`,
    async deliver(delivery) {
      try {
        await transport.sendMail({ from, to: address, ...letterOf(delivery) })
      } catch (error) {
        throw new NotDelivered(detailOf(error))
      }
    },
  }))
}

/** `ECONNREFUSED`, `EAUTH`, `550`: what a server says in words may repeat the address. */
function detailOf(error: unknown): string {
  const { code, responseCode } = (typeof error === 'object' ? error : {}) as {
    readonly code?: unknown
    readonly responseCode?: unknown
  }
  const named = typeof code === 'string' && /^[\w-]{1,40}$/.test(code) ? [code] : []
  const numbered = typeof responseCode === 'number' ? [String(responseCode)] : []
  const told = [...named, ...numbered]
  return told.length === 0 ? 'unknown' : told.join(' ')
}

const shortOf = ({ origin }: SentHead): string => origin.slice(origin.lastIndexOf('/') + 1)

function letterOf({ id, day, heads }: Delivery) {
  const lines = heads.map(({ origin, size, at }) => `${origin}  ${size}  ${at}`)
  return {
    messageId: `<${id.slice(0, 32)}@five-musts.invalid>`,
    subject: `五个必经 ${day} 新检查点 ${heads.length} 个 / ${heads.length} new checkpoints`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    text: [
      '附件是各账本的最新检查点，请原样保存。以后可以此核对账本有没有被改动：',
      'Attached are the newest checkpoints of the ledgers: keep them as they are. They show later',
      'whether history was changed:',
      '',
      '    five-musts verify --against <file>',
      '',
      ...lines,
      '',
    ].join('\n'),
    attachments: heads.map((head) => ({
      filename: `${day}-${shortOf(head)}.checkpoint`,
      content: Buffer.from(head.note, 'utf8'),
      contentType: 'application/octet-stream',
    })),
  }
}
