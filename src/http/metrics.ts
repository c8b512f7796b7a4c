// What the server measures of itself: calls, commits, ledgers, jobs, and how the process breathes.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { LedgerReads } from '../app/read/port.ts'
import type { Health } from '../domain/health.ts'
import type { JobState } from '../domain/job.ts'
import type { Outcome, Store } from '../domain/store.ts'
import { Metrics, type Sample } from './metrics-text.ts'

export interface Served {
  readonly method: string
  /** The route's template, never what stood in its places. */
  readonly route: string
  /** `gone` where the caller left before the end. */
  readonly status: number | 'gone'
  readonly ms: number
}

export interface Measured {
  readonly served: (call: Served) => void
  /** One more stream; what is returned says that it ended. */
  readonly streaming: () => () => void
  /** The store, its commits counted. */
  readonly metered: (store: Store) => Store
  readonly text: () => Promise<string>
  close(): void
}

export interface Watched {
  readonly ledgers: Pick<LedgerReads, 'ledgers'>
  readonly jobs: () => readonly JobState[]
  readonly health: () => Promise<Health>
  readonly connections: () => number
  /** Milliseconds, monotonic. */
  readonly elapsed: () => number
}

/** Seconds. */
const CALL_BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE']
const LAG_RESOLUTION_MS = 20
const NS = 1e9

export function measured(watched: Watched): Measured {
  const metrics = new Metrics()
  const duration = metrics.histogram(
    'five_musts_http_request_duration_seconds',
    'Calls by route and status.',
    CALL_BOUNDS,
  )
  const commits = commitMetrics(metrics, watched)
  const lag = processMetrics(metrics, watched)
  houseMetrics(metrics, watched)
  let streams = 0
  metrics.gauge('five_musts_http_streams_open', 'Streams that are being sent.', () => [
    { value: streams },
  ])
  return {
    served({ method, route, status, ms }) {
      const known = METHODS.includes(method) ? method : 'other'
      duration(ms / 1000, { method: known, route, status: String(status) })
    },
    streaming() {
      streams += 1
      return () => {
        streams -= 1
      }
    },
    metered: commits,
    text: () => metrics.text(),
    close: () => void lag.disable(),
  }
}

function commitMetrics(metrics: Metrics, { elapsed }: Watched) {
  const committed = metrics.counter('five_musts_commits_total', 'Commands carried out, by type.')
  const refused = metrics.counter('five_musts_refusals_total', 'Commands refused, by code.')
  const failed = metrics.counter('five_musts_commit_failures_total', 'Commands that met a fault.')
  const seconds = metrics.histogram(
    'five_musts_commit_duration_seconds',
    'From the command to its durable entry.',
    CALL_BOUNDS,
  )
  const told = (outcome: Outcome, type: string): void => {
    if ('receipt' in outcome) committed({ type })
    else refused({ code: outcome.refused.code })
  }
  return (store: Store): Store => ({
    async commit(command, needs, decide) {
      const start = elapsed()
      try {
        const outcome = await store.commit(command, needs, decide)
        told(outcome, command.type)
        return outcome
      } catch (error) {
        failed()
        throw error
      } finally {
        seconds((elapsed() - start) / 1000)
      }
    },
    read: (...asked) => store.read(...asked),
    follow: (...asked) => store.follow(...asked),
    close: () => store.close(),
  })
}

/** Lag since it was last asked for. */
function processMetrics(metrics: Metrics, { connections }: Watched) {
  const delay = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS })
  delay.enable()
  metrics.gauge('five_musts_event_loop_lag_seconds', 'How late the event loop comes.', () => {
    // what is measured is the time between two looks
    const late = (ns: number): number => Math.max(0, ns / NS - LAG_RESOLUTION_MS / 1000)
    const samples = [
      { labels: { of: 'p50' }, value: late(delay.percentile(50)) },
      { labels: { of: 'p99' }, value: late(delay.percentile(99)) },
      { labels: { of: 'max' }, value: late(delay.max) },
    ]
    delay.reset()
    return samples
  })
  metrics.gauge('process_resident_memory_bytes', 'Memory of the process.', () => [
    { value: process.memoryUsage.rss() },
  ])
  metrics.gauge('nodejs_heap_used_bytes', 'Memory of objects.', () => [
    { value: process.memoryUsage().heapUsed },
  ])
  metrics.gauge('five_musts_http_connections_open', 'Connections that are open.', () => [
    { value: connections() },
  ])
  return delay
}

function houseMetrics(metrics: Metrics, { ledgers, jobs, health }: Watched): void {
  metrics.gauge('five_musts_ledger_entries', 'Entries of each ledger.', () =>
    ledgers.ledgers().map(({ origin, size }) => ({ labels: { ledger: origin }, value: size })),
  )
  metrics.gauge('five_musts_healthy', '1 where nothing is amiss.', async () =>
    Object.entries(await health()).map(([of, well]): Sample => ({
      labels: { of },
      value: well === true ? 1 : 0,
    })),
  )
  metrics.gauge(
    'five_musts_job_last_success_timestamp_seconds',
    'When each job last worked; 0 for never.',
    () =>
      jobs().map(({ name, lastSuccess = 0 }) => ({
        labels: { job: name },
        value: lastSuccess / 1000,
      })),
  )
  metrics.gauge('five_musts_job_failures', 'How often each job failed since it last worked.', () =>
    jobs().map(({ name, failures }) => ({ labels: { job: name }, value: failures })),
  )
}
