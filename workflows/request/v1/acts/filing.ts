// Must 4: the officer accepts, the head, another person, consents or refuses with reasons. Neither edits or decides spending.
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { mayConsent, mayFile } from '../filing-duties.ts'
import { ending } from '../ending.ts'
import { intoPayment } from '../opening.ts'
import {
  actingIn,
  type AskedRequest,
  decided,
  forWhom,
  mayHappen,
  mustHoldInTownship,
  type Refused,
  type Scene,
} from '../scene.ts'

export function accept(command: AskedRequest<'townshipFiling.accept'>, scene: Scene): Decision {
  const event = { type: 'townshipFiling.accepted', body: { given: command.input } } as const
  const no =
    mayHappen(scene, event) ?? mustHoldInTownship(scene, ['centreOfficer']) ?? mayFile(scene)
  return no ?? decided(scene, event)
}

export function consent(command: AskedRequest<'townshipFiling.consent'>, scene: Scene): Decision {
  const body = { given: command.input, ...forWhom(scene) }
  const event = { type: 'townshipFiling.consented', body } as const
  const no = mayHeadDecide(scene, mayHappen(scene, event)) ?? mayConsent(scene)
  return no ?? decided(scene, event, intoPayment(scene))
}

export function refuseFiling(
  command: AskedRequest<'townshipFiling.refuse'>,
  scene: Scene,
): Decision {
  const body = { given: command.input, ...forWhom(scene) }
  const event = { type: 'townshipFiling.refused', body } as const
  const no = mayHeadDecide(scene, mayHappen(scene, event))
  return no ?? decided(scene, event, ending(scene))
}

function mayHeadDecide(scene: Scene, closed: Refused | undefined): Refused | undefined {
  const no = closed ?? mustHoldInTownship(scene, ['centreHead'])
  if (no !== undefined) return no
  const { accepted } = scene.request
  if (accepted !== undefined && actingIn(scene).includes(accepted)) return refuse('officerIsHead')
  return mayFile(scene)
}
