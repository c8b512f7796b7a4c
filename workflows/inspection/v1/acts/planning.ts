// A round's plan, its team, and calling it off (law 6.1, 6.8).
import type { InspectionId } from '../../../../src/domain/ids.ts'
import type { Policy } from '../../../../src/domain/policy.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision, Deciding } from '../../../../src/domain/store.ts'
import { companyOf, holds } from '../../../roster/v1/fold.ts'
import type { Plan } from '../events.ts'
import { inspectionFold, inspectionIn } from '../fold.ts'
import {
  type AskedInspection,
  type Ground,
  groundOf,
  mustHold,
  record,
  type Refused,
  type Scene,
} from '../scene.ts'

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
  const team = teamRefused(ground, ground.policy, input.inspectors)
  if (team !== undefined) return team
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

/** Enough inspectors, each of them in office now. */
function teamRefused(
  ground: Ground,
  policy: Policy,
  team: Plan['inspectors'],
): Refused | undefined {
  const least = policy.values['inspection.team']
  if (team.length < least) return refuse('teamTooSmall', { least: String(least) })
  const outside = team.find((inspector) => !holds(ground.township, inspector, ['inspector']))
  return outside === undefined ? undefined : refuse('notAnInspector', { person: outside.person })
}

/**
 * 调整检查组: by the discipline secretary, with a reason. Who leaves the team leaves what they did in it: nothing is
 * done again.
 */
export function changeTeam(
  { by, input }: AskedInspection<'inspection.changeTeam'>,
  scene: Scene,
): Decision {
  const no =
    mustHold(scene, by, ['disciplineSecretary']) ??
    teamRefused(scene, scene.policy, input.inspectors)
  return no ?? record(scene, { type: 'inspection.teamChanged', body: { given: input } })
}

/**
 * Cancelled rounds stay visible. Once the instant of the draw has passed there is no cancelling: from then on the lot can
 * be known, and a round is not repeated until it draws well (law 6.6, 6.8).
 */
export function cancel(
  { by, input }: AskedInspection<'inspection.cancel'>,
  scene: Scene,
): Decision {
  const no = mustHold(scene, by, ['disciplineSecretary'])
  if (no !== undefined) return no
  const { deciding, round } = scene
  if (round.notice !== undefined && deciding.at > round.notice.drawAfter)
    return refuse('lotBinds', { at: round.notice.drawAfter })
  return record(scene, { type: 'inspection.cancelled', body: { given: input } })
}
