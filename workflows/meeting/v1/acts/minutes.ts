// The minutes (会议记录) of an organ: signed by those present before anything counts as decided (L1 Art 33, L2 Art 73, 81).
import type { OfficeId, Sha256Hex } from '../../../../src/domain/ids.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { holderOf } from '../../../roster/v1/fold.ts'
import { dateAt } from '../../../../src/domain/time.ts'
import {
  type AskedMeeting,
  decided,
  mayHappen,
  officeNamed,
  type Refused,
  type Sitting,
} from '../sitting.ts'
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

/** What the minutes lack: the seats that have not signed them, or why that stops the closing. */
export function unsignedMinutes(
  sitting: Sitting,
  minutes: Sha256Hex,
): { readonly unsigned?: OfficeId[] } | Refused {
  const { deciding, meeting, roster } = sitting
  const missing = unsignedSeats(sitting, minutes)
  if (missing.length === 0) return {}
  // who keeps back a signature keeps back nothing else: a day later it is enough that more than half have signed
  const inPerson = [...meeting.present.values()].filter(({ method }) => method !== 'proxy').length
  const later = meeting.openedOn !== undefined && meeting.openedOn < dateAt(deciding.at)
  if (later && 2 * missing.length < inPerson) return { unsigned: [...missing] }
  const offices = missing.map((office) => {
    const person = meeting.present.get(office)?.person
    return person === undefined
      ? officeNamed(roster, office)
      : `${officeNamed(roster, office)} ${person}`
  })
  return refuse('minutesUnsigned', { offices: offices.join('、') })
}

/**
 * Everybody who sat there in person has signed these very minutes, since the last thing that was recorded; whoever closes
 * signs by closing. Who has left office since can no longer sign, and is not waited for.
 */
const unsignedSeats = ({ by, meeting, roster }: Sitting, minutes: Sha256Hex): readonly OfficeId[] =>
  [...meeting.present].flatMap(([office, { method, person }]) =>
    method !== 'proxy' &&
    office !== by.office &&
    holderOf(roster, office) === person &&
    meeting.minutes.get(office) !== minutes
      ? [office]
      : [],
  )
