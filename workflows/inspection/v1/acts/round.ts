// A round from its notice to its start, and its end: population, the lot, the conclusion (law §6).
import { told } from '../../../../src/domain/facts.ts'
import type { RequestId, StreamId } from '../../../../src/domain/ids.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision, Deciding, EventDraft } from '../../../../src/domain/store.ts'
import { dateAt, daysBetween, msOf } from '../../../../src/domain/time.ts'
import { LISTED_MAX } from '../events.ts'
import { coveredMost, examinedCount, inspectionIn, type Notice, notReviewed } from '../fold.ts'
import { drawLot, sampleSize, seedOf } from '../lot.ts'
import {
  type AskedInspection,
  eventOn,
  mustBeOnTeam,
  record,
  type Refused,
  type Scene,
} from '../scene.ts'

/**
 * Between notice and draw: time enough for others to write into the ledger, so that who knows the secret does not
 * also make the root it is drawn by.
 */
const DRAW_AHEAD_MS = 3_600_000

/** A round announced for a distant day would hold its population back from every other. */
const STARTS_WITHIN_DAYS = 60

export function notice(
  { by, input }: AskedInspection<'inspection.notice'>,
  scene: Scene,
): Decision {
  const no = mustBeOnTeam(scene, by)
  if (no !== undefined) return no
  const { deciding, policy, round } = scene
  const today = dateAt(deciding.at)
  // flows may still end today: only a period that is over has a population that stays
  if (round.plan.period.to >= today) return refuse('periodNotOver', { to: round.plan.period.to })
  const days = policy.values['inspection.noticeDays']
  const waived = round.plan.kind === 'special' && input.waiver !== undefined
  if (input.startsOn < today || (!waived && daysBetween(today, input.startsOn) < days)) {
    return refuse('inspectionNoticeShort', { days: String(days) })
  }
  if (daysBetween(today, input.startsOn) > STARTS_WITHIN_DAYS) {
    return refuse('startsTooLate', { days: String(STARTS_WITHIN_DAYS) })
  }
  const [other] = openRounds(deciding)
  if (other !== undefined) return refuse('roundOverlaps', { round: other })
  if (msOf(input.drawAfter) - msOf(deciding.at) < DRAW_AHEAD_MS) return refuse('drawNotAhead')
  // what is drawn must be known before anybody looks: a lot that comes later would follow the looking
  if (dateAt(input.drawAfter) > input.startsOn) {
    return refuse('drawAfterStart', { from: input.startsOn })
  }
  const requests = populationOf(deciding)
  const sample = sampleSize(requests.length, {
    percent: policy.values['inspection.samplePercent'],
    least: policy.values['inspection.sampleMin'],
  })
  const population = digestOf(deciding, requests)
  return record(scene, { type: 'inspection.noticed', body: { given: input, population, sample } })
}

export function draw({ by, input }: AskedInspection<'inspection.draw'>, scene: Scene): Decision {
  const no = mustBeOnTeam(scene, by)
  if (no !== undefined) return no
  const { deciding } = scene
  const { commitment, sample } = noticeOf(scene)
  const { size, root } = deciding.facts.rootAfter ?? {}
  if (size === undefined || root === undefined) return refuse('drawTooEarly')
  if (deciding.digest(input.secret) !== commitment) return refuse('secretMismatch')
  const requests = noticedPopulation(scene)
  const stray = strayPick(requests, input.picks)
  if (stray !== undefined) return stray
  const digest = (text: string) => deciding.digest(text)
  const seed = seedOf(digest, input.secret, root)
  const lot = drawLot(digest, { seed, population: requests, size: sample })
  const { red } = told(deciding.facts, 'population')
  const body = {
    given: input,
    root: { size, root },
    seed,
    lot: digestOf(deciding, lot),
    red: digestOf(deciding, red),
  }
  return record(scene, { type: 'inspection.drawn', body }, [
    ...listed(scene.stream, 'inspection.lotListed', lot),
    ...listed(scene.stream, 'inspection.redListed', red),
  ])
}

/** Requests by name, in as many notes as it takes. */
const listed = (
  stream: StreamId,
  type: 'inspection.lotListed' | 'inspection.redListed',
  requests: readonly RequestId[],
): readonly EventDraft[] =>
  Array.from({ length: Math.ceil(requests.length / LISTED_MAX) }, (_, i) =>
    eventOn(stream, {
      type,
      body: { requests: requests.slice(i * LISTED_MAX, (i + 1) * LISTED_MAX) },
    }),
  )

export function pick({ by, input }: AskedInspection<'inspection.pick'>, scene: Scene): Decision {
  const no = mustBeOnTeam(scene, by) ?? strayPick(noticedPopulation(scene), input.picks)
  return no ?? record(scene, { type: 'inspection.picked', body: { given: input } })
}

export function start({ by, input }: AskedInspection<'inspection.start'>, scene: Scene): Decision {
  const no = mustBeOnTeam(scene, by)
  if (no !== undefined) return no
  const { startsOn } = noticeOf(scene)
  if (dateAt(scene.deciding.at) < startsOn) return refuse('startTooEarly', { from: startsOn })
  return record(scene, { type: 'inspection.started', body: { given: input } })
}

export function conclude(
  { by, input }: AskedInspection<'inspection.conclude'>,
  scene: Scene,
): Decision {
  const no = mustBeOnTeam(scene, by)
  if (no !== undefined) return no
  const { round } = scene
  // coverage holds only requests of the population, each once: equal counts mean the same requests
  const left = noticeOf(scene).population.count - round.coverage.size
  if (left > 0) return refuse('populationUncovered', { left: String(left) })
  if (coveredMost(round) === by.person) return refuse('concludesOwnCoverage')
  const again = stillToReview(scene)
  if (again > 0) return refuse('findingsNotReviewed', { left: String(again) })
  const counts = {
    covered: round.coverage.size,
    examined: examinedCount(round),
    findings: round.findings.size,
  }
  return record(scene, { type: 'inspection.concluded', body: { given: input, ...counts } })
}

/** How many findings of the followed round nobody has looked at again: one that is still open is not looked at either. */
function stillToReview({ round, deciding }: Scene): number {
  if (round.plan.kind !== 'followUp') return 0
  const followed = inspectionIn(deciding.past, round.plan.follows)
  return followed === undefined ? 0 : notReviewed(round, followed).length
}

function noticeOf({ round, stream }: Scene): Notice {
  if (round.notice === undefined) throw new Error(`${stream} has no notice`)
  return round.notice
}

const populationOf = ({ facts }: Deciding): readonly RequestId[] =>
  told(facts, 'population').requests

/** Rounds announced and not concluded over the same flows: one draws at a time, or who knows both lots chooses (law 6.8). */
const openRounds = ({ facts }: Deciding): readonly string[] => told(facts, 'openRounds').rounds

/** The population, which must still be the one the notice fixed: flows cannot end in the past. */
export function noticedPopulation(scene: Scene): readonly RequestId[] {
  const requests = populationOf(scene.deciding)
  const { population } = noticeOf(scene)
  if (digestOf(scene.deciding, requests).digest !== population.digest) {
    throw new Error(`${scene.stream}: the population of a period that is over has changed`)
  }
  return requests
}

const digestOf = (deciding: Deciding, requests: readonly RequestId[]) => ({
  count: requests.length,
  digest: deciding.digest(requests.join('\n')),
})

function strayPick(
  population: readonly RequestId[],
  picks: readonly { readonly request: RequestId }[],
): Refused | undefined {
  const among = new Set(population)
  const stray = picks.find(({ request }) => !among.has(request))
  return stray === undefined ? undefined : refuse('notInPopulation', { request: stray.request })
}
