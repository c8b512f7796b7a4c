// The minutes (会议记录) of an organ: signed by those present before anything counts as decided (L1 Art 33, L2 Art 73, 81).
import type { Sha256Hex } from '../../../../src/domain/ids.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { holderOf } from '../../../roster/v1/fold.ts'
import { type AskedMeeting, decided, mayHappen, type Refused, type Sitting } from '../sitting.ts'
import { mustSit } from './hold.ts'

/** Each for their own seat. A dissent goes on record with the signature; withholding it stops the meeting, not the law. */
export function signMinutes({ input }: AskedMeeting<'minutes.sign'>, sitting: Sitting): Decision {
  const { by, meeting } = sitting
  const refused = mayHappen(sitting, 'minutes.signed') ?? mustSit(sitting)
  if (refused !== undefined) return refused
  const presence = meeting.present.get(by.office)
  if (presence?.person !== by.person || presence.method === 'proxy') return refuse('notPresent')
  if (meeting.minutes.get(by.office) === input.minutes) return refuse('alreadySigned')
  return decided(sitting, { type: 'minutes.signed', body: { given: input } })
}

/**
 * Everybody who sat there in person has signed these very minutes, since the last thing that was recorded; whoever closes
 * signs by closing. Who has left office since can no longer sign, and is not waited for.
 */
export function minutesUnsigned(
  { by, meeting, roster }: Sitting,
  minutes: Sha256Hex,
): Refused | undefined {
  const missing = [...meeting.present].filter(
    ([office, { method, person }]) =>
      method !== 'proxy' &&
      office !== by.office &&
      holderOf(roster, office) === person &&
      meeting.minutes.get(office) !== minutes,
  )
  return missing.length === 0
    ? undefined
    : refuse('minutesUnsigned', { offices: missing.map(([office]) => office).join(' ') })
}
