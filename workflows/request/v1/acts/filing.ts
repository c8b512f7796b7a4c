// Must 4: the officer accepts, the head, another person, consents or refuses with reasons. Neither edits or decides spending.
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { release } from '../claim.ts'
import { notOwnHandling, notTwice } from '../duties.ts'
import { openAudit } from '../opening.ts'
import {
  type AskedRequest,
  decided,
  mayHappen,
  mustHoldInTownship,
  type Refused,
  type Scene,
} from '../scene.ts'

export function accept(command: AskedRequest<'townshipFiling.accept'>, scene: Scene): Decision {
  const event = { type: 'townshipFiling.accepted', body: { given: command.input } } as const
  const no =
    mayHappen(scene, event) ?? mustHoldInTownship(scene, ['centreOfficer']) ?? duties(scene)
  return no ?? decided(scene, event)
}

export function consent(command: AskedRequest<'townshipFiling.consent'>, scene: Scene): Decision {
  const event = { type: 'townshipFiling.consented', body: { given: command.input } } as const
  return mayHeadDecide(scene, mayHappen(scene, event)) ?? decided(scene, event)
}

export function refuseFiling(
  command: AskedRequest<'townshipFiling.refuse'>,
  scene: Scene,
): Decision {
  const event = { type: 'townshipFiling.refused', body: { given: command.input } } as const
  const no = mayHeadDecide(scene, mayHappen(scene, event))
  return no ?? decided(scene, event, [...release(scene), openAudit(scene.stream)])
}

function mayHeadDecide(scene: Scene, closed: Refused | undefined): Refused | undefined {
  const no = closed ?? mustHoldInTownship(scene, ['centreHead'])
  if (no !== undefined) return no
  if (scene.request.accepted === scene.by.person) return refuse('officerIsHead')
  return duties(scene)
}

const duties = ({ request, by }: Scene): Refused | undefined =>
  notOwnHandling(request, by.person) ?? notTwice(request, 'townshipFiling', by.person)
