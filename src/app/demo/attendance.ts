// Who takes part in a member meeting: on site, online, or by a written proxy to somebody of the same household (L1 Art 27).
// Delegates were elected to come, and give no proxies.
import type { AttendanceSheet } from '../../../workflows/meeting/v1/forms.ts'
import type { RosterState } from '../../../workflows/roster/v1/fold.ts'
import { roll } from '../../../workflows/roster/v1/roll.ts'
import type { PersonId } from '../../domain/ids.ts'
import type { LocalDate } from '../../domain/time.ts'
import { pageOf } from './papers.ts'
import type { Random } from './random.ts'

export interface Came {
  readonly sheet: AttendanceSheet
  /** Who votes online, and so stands on no sheet. */
  readonly online: readonly PersonId[]
  readonly present: number
  readonly quorate: boolean
}

/** So many of a hundred come, and some who stay away give a member of their household a proxy. */
export function attendance(
  roster: RosterState,
  {
    random,
    percent,
    proxies,
    online = 0,
    delegates = false,
    on,
    digest,
  }: {
    readonly random: Random
    /** Of the roll. */
    readonly percent: number
    /** Of a thousand who stay away and could give a proxy. */
    readonly proxies: number
    /** So many of those who stay away vote online. */
    readonly online?: number
    readonly delegates?: boolean
    readonly on: LocalDate
    readonly digest: string
  },
): Came {
  const { members, count } = roll(roster, { delegates, on })
  const shuffled = random.shuffled(members)
  const onSite = shuffled.slice(0, Math.floor((count * percent) / 100))
  const elsewhere = shuffled.slice(onSite.length)
  const voting = elsewhere.slice(0, online)
  const held = delegates
    ? []
    : within(roster, elsewhere.slice(online), onSite).filter(() => random.perMille(proxies))
  const papers = pageOf(`${digest} 委托书`)
  const present = onSite.length + voting.length + held.length
  return {
    online: voting,
    present,
    quorate: present * 3 >= count * 2,
    sheet: {
      as: 'sheet',
      sheet: pageOf(digest),
      onSite,
      ...(held.length === 0 ? {} : { proxies: { papers, held } }),
    },
  }
}

/** Absent members and, of each one's household, somebody present who holds no proxy yet. */
function within(roster: RosterState, absent: readonly PersonId[], present: readonly PersonId[]) {
  const free = new Set(present)
  return absent.flatMap((member) => {
    const household = roster.members.get(member)?.household
    const holder = [...free].find((person) => roster.members.get(person)?.household === household)
    if (holder === undefined) return []
    free.delete(holder)
    return [{ member, holder }]
  })
}
