// Figures for whoever watches over the process. Never public by accident: to this machine alone where nobody else can reach
// the server, or to whoever bears the token.
import { createHash, timingSafeEqual } from 'node:crypto'
import { isLoopback } from '../../config-variables.ts'
import type { Api } from '../api.ts'
import { problem } from '../problem.ts'
import { type Call, type Route, route } from '../route.ts'
import { utf8 } from '../../ledger/bytes.ts'

export interface MetricsDoor {
  readonly text: () => Promise<string>
  readonly token: string | undefined
  /** Nobody but this machine reaches the server: it binds this machine, and no proxy or public address is named. */
  readonly private: boolean
}

/** Left by whatever passes a call on. */
const PASSED_ON = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via']

const digest = (text: string): Uint8Array => createHash('sha256').update(text).digest()

function mayRead({ token, private: alone }: MetricsDoor, { caller, header }: Call): boolean {
  if (token !== undefined) {
    const borne = /^Bearer +(\S+)$/i.exec(header('authorization') ?? '')?.[1] ?? ''
    return timingSafeEqual(digest(borne), digest(token))
  }
  const near = isLoopback(caller.address) || caller.address === LOOPBACK_NETWORK
  return alone && near && PASSED_ON.every((name) => header(name) === undefined)
}

/** `::1` as addresses are counted: by its /64. Nobody else's packets come from there. */
const LOOPBACK_NETWORK = '0:0:0:0::'

export const metricsRoutes = ({ metrics }: Pick<Api, 'metrics'>): readonly Route[] => [
  route({
    id: 'metrics',
    method: 'get',
    path: '/metrics',
    root: true,
    tag: 'operation',
    summary: { zh: '运行指标（Prometheus）', en: 'figures of the process, for Prometheus' },
    access: 'anybody',
    problems: ['noSuchThing'],
    media: 'text/plain; version=0.0.4; charset=utf-8',
    handle: async (call) =>
      mayRead(metrics, call)
        ? { bytes: utf8(await metrics.text()), headers: { 'Cache-Control': 'no-store' } }
        : problem('noSuchThing'),
  }),
]
