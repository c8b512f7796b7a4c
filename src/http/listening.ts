// The listening server: how long it waits for whom, how many it lets in, and how it stops.
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Config } from '../config.ts'

const HEADERS_MS = 15_000
/** A scan of twenty megabytes over a village's telephone. */
const REQUEST_MS = 120_000
const CHECKING_MS = 5_000
const IDLE_MS = 65_000

/** Longer than a stream of events is ever silent. */
const STILL_MS = 120_000

/** How often it is looked who takes too long: Node's own half minute is longer than some may take. */
export const checking = ({ requestMs = CHECKING_MS }: Pick<Config['limits'], 'requestMs'>) => ({
  connectionsCheckingInterval: Math.min(CHECKING_MS, requestMs),
})

/**
 * Whoever sends a byte now and then does not hold a connection for ever, nor does who never reads; and of connections there
 * are only so many.
 */
export function patient(
  server: Server,
  limits: Pick<Config['limits'], 'connections' | 'requestMs'>,
): void {
  server.headersTimeout = HEADERS_MS
  server.requestTimeout = limits.requestMs ?? REQUEST_MS
  server.keepAliveTimeout = IDLE_MS
  server.timeout = STILL_MS
  server.maxConnections = limits.connections
}

/** How many connections are open. */
export function counted(server: Server): () => number {
  let open = 0
  server.on('connection', (socket) => {
    open += 1
    socket.once('close', () => {
      open -= 1
    })
  })
  return () => open
}

/** The port it came to listen at. */
export function listening(server: Server, { host, port }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

const PATIENCE_MS = 10_000

/** Idle connections go at once, busy ones when they are answered, those that never end after a while. */
export function stopped(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const last = setTimeout(() => server.closeAllConnections(), PATIENCE_MS)
    server.close(() => {
      clearTimeout(last)
      resolve()
    })
    server.closeIdleConnections()
  })
}
