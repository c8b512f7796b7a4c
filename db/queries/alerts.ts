// Alerts (预警): the red before the yellow before the blue, of each the newest first. Each colour is walked through the index.
import { and, desc, eq } from 'drizzle-orm'
import type { Origin } from '../../src/domain/ids.ts'
import type { AlertRow } from '../../src/domain/projection.ts'
import type { Reads } from '../reads.ts'
import { beyond, type Cursor, type Page, pageOf } from './page.ts'

export type StoredAlert = AlertRow & { readonly ledger: Origin }

export interface AlertFilter {
  readonly ledger: Origin
  readonly state: 'open' | 'dismissed'
  readonly colour?: string | undefined
  readonly limit: number
  readonly after?: Cursor | undefined
}

const loudestFirst = ['red', 'yellow', 'blue'] as const

export async function alertPage(reads: Reads, filter: AlertFilter): Promise<Page<StoredAlert>> {
  const { colour, after, limit } = filter
  const [reached, ...place] = after ?? []
  const wanted = loudestFirst.filter((one) => colour === undefined || one === colour)
  const found: Placed[] = []
  const first = wanted.findIndex((one) => one === reached)
  for (const one of wanted.slice(Math.max(0, first))) {
    const from = one === reached ? place : []
    found.push(
      ...(await ofColour(reads, { ...filter, colour: one, limit: limit - found.length }, from)),
    )
    if (found.length > limit) break
  }
  const page = pageOf(found, limit, ({ row, stream, key }) => [
    row.colour,
    row.raisedOn,
    stream,
    key,
  ])
  return { ...page, rows: page.rows.map(({ row }) => row) }
}

interface Placed {
  readonly row: StoredAlert
  readonly stream: string
  readonly key: string
}

async function ofColour(
  { db, t: { alert } }: Reads,
  { ledger, state, colour, limit }: AlertFilter & { readonly colour: string },
  [first, ...rest]: readonly string[],
): Promise<readonly Placed[]> {
  const order = [alert.raisedOn, alert.stream, alert.key]
  const rows = await db
    .select()
    .from(alert)
    .where(
      and(
        eq(alert.ledger, ledger),
        eq(alert.state, state),
        eq(alert.colour, colour),
        first === undefined ? undefined : beyond(order, '<', [first, ...rest]),
      ),
    )
    .orderBy(...order.map((column) => desc(column)))
    .limit(limit + 1)
  return rows.map(({ stream, key, ...row }) => ({ row, stream, key }))
}
