// Real receivers on this machine: a mail server and a web server that keep what they are given.
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo, Server as NetServer } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface Letter {
  readonly from: string
  readonly to: readonly string[]
  readonly text: string
}

export interface MailServer {
  readonly port: number
  readonly letters: Letter[]
  /** Addresses it does not take. */
  readonly refused: Set<string>
  /** How often a password was sent. */
  readonly signIns: number
  close(): Promise<void>
}

const portOf = (server: Pick<NetServer, 'address'>): number =>
  (server.address() as AddressInfo).port

/** Takes letters from whoever signs in as `user`, or from anybody without one. */
export async function mailServer(user?: { name: string; password: string }): Promise<MailServer> {
  const letters: Letter[] = []
  const refused = new Set<string>()
  let signIns = 0
  const server = new SMTPServer({
    authOptional: user === undefined,
    disabledCommands: user === undefined ? ['AUTH', 'STARTTLS'] : ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, done) {
      signIns += 1
      if (username === user?.name && password === user?.password) done(null, { user: username })
      else done(new Error(`no such user as ${String(username)}`))
    },
    onRcptTo({ address }, _session, done) {
      if (refused.has(address))
        done(Object.assign(new Error(`nobody at ${address}`), { responseCode: 550 }))
      else done()
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = envelope
        letters.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString('utf8'),
        })
        done()
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    port: portOf(server.server),
    letters,
    refused,
    get signIns() {
      return signIns
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
      }),
  }
}

export interface Posted {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface WebServer {
  readonly url: string
  readonly posted: Posted[]
  /** What it answers: 204 unless told otherwise. */
  answer: { readonly status: number; readonly location?: string }
  close(): Promise<void>
}

export async function webServer(): Promise<WebServer> {
  const posted: Posted[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { url: path = '', headers } = request
      posted.push({ path, headers, body: Buffer.concat(chunks).toString('utf8') })
      const { status, location } = found.answer
      response.writeHead(status, location === undefined ? {} : { location }).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const found: WebServer = {
    url: `http://127.0.0.1:${portOf(server)}`,
    posted,
    answer: { status: 204 },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return found
}

/** The attached files of a letter, as they were before they were sent. */
export function attachmentsOf({ text }: Letter): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const part of text.split(/\r\n--[^\r]+\r\n/)) {
    const name = /filename="?([^"\r\n;]+)/.exec(part)?.[1]
    const [head = '', body = ''] = part.split(/\r\n\r\n/)
    if (name === undefined) continue
    const base64 = /Content-Transfer-Encoding: base64/i.test(head)
    files.set(name, base64 ? Buffer.from(body, 'base64').toString('utf8') : body)
  }
  return files
}
