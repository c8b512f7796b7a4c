// A round from its plan to its start, and its end: team, notice, population, the lot (law §6).
import type { InspectionId, RequestId, StreamId } from '../../../../src/domain/ids.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision, Deciding, EventDraft } from '../../../../src/domain/store.ts'
import { dateAt, daysBetween, msOf } from '../../../../src/domain/time.ts'
import { companyOf, holds } from '../../../roster/v1/fold.ts'
import { examinedCount, inspectionIn, inspectionFold, type Notice, notReviewed } from '../fold.ts'
import { drawLot, sampleSize, seedOf } from '../lot.ts'
import {
  type AskedInspection,
  eventOn,
  groundOf,
  mustBeOnTeam,
  mustHold,
  record,
  type Refused,
  type Scene,
} from '../scene.ts'

/**
 * Between notice and draw: time enough for others to write into the ledger, so that who knows the secret does not
 * also make the root it is drawn by.
 */
const DRAW_AHEAD_MS = 3_600_000

/** Requests in one note: keeps the entry well under 16 KiB. */
const LISTED_MAX = 500

export function plan(command: AskedInspection<'inspection.plan'>, deciding: Deciding): Decision {
  const { by, input, stream } = command
  const ground = groundOf(deciding)
  if ('refused' in ground) return ground
  if (deciding.past.stream(inspectionFold, stream).state !== undefined) {
    return refuse('alreadyExists', { what: stream })
  }
  const no = mustHold(ground, by, ['inspector', 'disciplineSecretary'])
  if (no !== undefined) return no
  if (ground.policy === undefined) return refuse('policyMissing')
  const missing = input.companies.find((id) => companyOf(ground.village, id) === undefined)
  if (missing !== undefined) return refuse('notFound', { what: missing })
  const unfollowable = input.kind === 'followUp' ? mayFollow(deciding, input.follows) : undefined
  if (unfollowable !== undefined) return unfollowable
  const least = ground.policy.values['inspection.team']
  if (input.inspectors.length < least) return refuse('teamTooSmall', { least: String(least) })
  const outside = input.inspectors.find(
    (inspector) => !holds(ground.township, inspector, ['inspector']),
  )
  if (outside !== undefined) return refuse('notAnInspector', { person: outside.person })
  return record(
    { stream, policy: ground.policy },
    { type: 'inspection.planned', body: { given: input } },
  )
}

/** Only what is concluded is looked at again: until then findings may still be raised. */
function mayFollow({ past }: Deciding, id: InspectionId): Refused | undefined {
  const followed = inspectionIn(past, id)
  if (followed === undefined) return refuse('notFound', { what: id })
  return followed.snapshot.value === 'concluded'
    ? undefined
    : refuse('roundNotConcluded', { round: id })
}

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
  const red = deciding.facts.population?.red ?? []
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
  const again = stillToReview(scene)
  if (again > 0) return refuse('findingsNotReviewed', { left: String(again) })
  const counts = {
    covered: round.coverage.size,
    examined: examinedCount(round),
    findings: round.findings.size,
  }
  return record(scene, { type: 'inspection.concluded', body: { given: input, ...counts } })
}

/** How many closed-out findings of the followed round nobody has looked at again. */
function stillToReview({ round, deciding }: Scene): number {
  if (round.plan.kind !== 'followUp') return 0
  const followed = inspectionIn(deciding.past, round.plan.follows)
  return followed === undefined ? 0 : notReviewed(round, followed).length
}

/**
 * Cancelled rounds stay visible; once the lot is drawn there is no cancelling: a round is not repeated until it
 * draws well.
 */
export function cancel(
  { by, input }: AskedInspection<'inspection.cancel'>,
  scene: Scene,
): Decision {
  const no = mustHold(scene, by, ['disciplineSecretary'])
  return no ?? record(scene, { type: 'inspection.cancelled', body: { given: input } })
}

function noticeOf({ round, stream }: Scene): Notice {
  if (round.notice === undefined) throw new Error(`${stream} has no notice`)
  return round.notice
}

function populationOf({ facts }: Deciding): readonly RequestId[] {
  if (facts.population === undefined) throw new Error('the fact population was not asked for')
  return facts.population.requests
}

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
