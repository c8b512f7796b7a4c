// How long the musts take: of all stays in one, put in order, the one in the middle, the one nine in ten do not exceed, the
// longest. By nearest rank, so that each is a stay there really was.
import { and, count, countDistinct, desc, eq, gte, type SQL } from 'drizzle-orm'
import type { FigureFilter, MustFigure, StayFigure } from '../../src/domain/figures.ts'
import type { Origin } from '../../src/domain/ids.ts'
import { type Must, musts } from '../../src/domain/must.ts'
import type { Reads } from '../reads.ts'
import { ofPeriod, thing } from './request-filter.ts'

export async function mustFigures(
  reads: Reads,
  filter: FigureFilter,
): Promise<readonly MustFigure[]> {
  const found: MustFigure[] = []
  for (const must of musts) {
    const figure = await mustFigure(reads, must, filter)
    if (figure !== undefined) found.push(figure)
  }
  return found
}

async function mustFigure(
  reads: Reads,
  must: Must,
  filter: FigureFilter,
): Promise<MustFigure | undefined> {
  const { db, t } = reads
  const { stay, request } = t
  const among = and(eq(stay.must, must), ...ofPeriod(t, filter))
  const [all = { stays: 0, requests: 0 }] = await db
    .select({ stays: count(), requests: countDistinct(thing(stay)) })
    .from(stay)
    .innerJoin(request, ofStay(t))
    .where(among)
  const longest = await ranked(reads, among, 0)
  if (longest === undefined) return undefined
  const { stays, requests } = all
  const at = async (share: number): Promise<StayFigure> => {
    const rank = Math.ceil(stays * share)
    const one = (await ranked(reads, among, stays - rank)) ?? longest
    return reaching(reads, among, one.seconds)
  }
  const worst = { ...(await reaching(reads, among, longest.seconds)), ...longest }
  return { must, stays, requests, median: await at(0.5), ninth: await at(0.9), worst }
}

interface Longest {
  readonly ledger: Origin
  readonly request: string
  readonly seconds: number
}

/** The stay that so many others are longer than, or as long. */
async function ranked(
  { db, t }: Reads,
  among: SQL | undefined,
  longer: number,
): Promise<Longest | undefined> {
  const { stay, request } = t
  const [row] = await db
    .select({ ledger: stay.ledger, request: stay.request, seconds: stay.seconds })
    .from(stay)
    .innerJoin(request, ofStay(t))
    .where(among)
    .orderBy(desc(stay.seconds), stay.ledger, stay.stream, stay.key)
    .limit(1)
    .offset(longer)
  return row
}

async function reaching(
  { db, t }: Reads,
  among: SQL | undefined,
  seconds: number,
): Promise<StayFigure> {
  const { stay, request } = t
  const [row = { requests: 0 }] = await db
    .select({ requests: countDistinct(thing(stay)) })
    .from(stay)
    .innerJoin(request, ofStay(t))
    .where(and(among, gte(stay.seconds, seconds)))
  return { seconds, ...row }
}

const ofStay = ({ stay, request }: Reads['t']): SQL | undefined =>
  and(eq(request.ledger, stay.ledger), eq(request.stream, stay.stream))
