// The roster of a day (当日花名册): who holds office and who represents whom on that date. A term or a
// mandate ends by the calendar, without an entry: whoever decides asks for the day, never for the fold.
import type { OfficeKind } from '../../../src/domain/office.ts'
import type { Past } from '../../../src/domain/store.ts'
import { dateAt, endOf, type Instant, type LocalDate } from '../../../src/domain/time.ts'
import type { LedgerState } from '../../ledger/v1/fold.ts'
import { withRecentTies } from './ties.ts'
import {
  type Actor,
  holds,
  type Mandate,
  type Office,
  rosterFold,
  type RosterState,
  rosterStream,
} from './fold.ts'

/**
 * Seats in an organ. Who sits in one stays in office after the term until the successor is appointed
 * (L2 Art 70 for directors, Art 77 for supervisors; the cooperative's organs by analogy): an organ is
 * not lamed by a late election. The ended term shows as a task. Every other office ends with its day.
 */
export const organSeats: readonly OfficeKind[] = [
  'director',
  'supervisor',
  'councillor',
  'coopSupervisor',
]

/** Has the term of the holder ended before this day? */
const termEnded = ({ holder }: Office, on: LocalDate): boolean =>
  holder?.to !== undefined && holder.to < on

/** A seat whose holder stays on after the term (L2 Art 70, 77): the successor is appointed in place of them. */
export const staysOn = (office: Office, on: LocalDate): boolean =>
  organSeats.includes(office.kind) && termEnded(office, on)

/** Commands of one roster revision come day after day: the last few are enough. */
const DAYS_KEPT = 8
const days = new WeakMap<RosterState, Map<LocalDate, RosterState>>()

/** The roster on one day: offices whose term has ended are vacant, mandates not in force are gone. */
export function onDay(roster: RosterState, on: LocalDate): RosterState {
  const known = days.get(roster) ?? new Map<LocalDate, RosterState>()
  days.set(roster, known)
  const found = known.get(on)
  if (found !== undefined) return found
  const made = reduced(roster, on)
  if (known.size >= DAYS_KEPT) known.clear()
  known.set(on, made)
  return made
}

function reduced(roster: RosterState, on: LocalDate): RosterState {
  const ended = [...roster.offices.values()].filter(
    (office) => termEnded(office, on) && !staysOn(office, on),
  )
  const offices = new Map(roster.offices)
  for (const { holder, ...vacant } of ended) {
    const vacantSince = endOf(holder?.to ?? on)
    offices.set(vacant.id, { ...vacant, vacantSince })
  }
  const mandates = new Map([...roster.mandates].filter(([, one]) => inForce(one, offices, on)))
  const same = ended.length === 0 && mandates.size === roster.mandates.size
  return withRecentTies(same ? roster : { ...roster, offices, mandates }, on)
}

/** A mandate falls with its last day, its revocation, and with the holder it represents. */
const inForce = (
  { from, to, revoked, office, represented }: Mandate,
  offices: RosterState['offices'],
  on: LocalDate,
): boolean =>
  !revoked && from <= on && on <= to && offices.get(office)?.holder?.person === represented

/** The roster of this ledger on the day of `at`. */
export const rosterAt = (past: Past, at: Instant): RosterState =>
  onDay(past.stream(rosterFold, rosterStream).state, dateAt(at))

/** The roster of the township on the day of `at`: the one a village relies on, or the township ledger's own. */
export const townshipRosterAt = (past: Past, ledger: LedgerState, at: Instant): RosterState =>
  onDay(
    (ledger.kind === 'village'
      ? past.relied(rosterFold, rosterStream)
      : past.stream(rosterFold, rosterStream)
    ).state,
    dateAt(at),
  )

interface Over {
  readonly past: Past
  readonly ledger: LedgerState
  readonly at: Instant
}

/** Does `by` hold such an office of the township this ledger belongs to, on the day of `at`? */
export const holdsOver = (
  { past, ledger, at }: Over,
  by: Actor,
  kinds: readonly OfficeKind[],
): boolean => holds(townshipRosterAt(past, ledger, at), by, kinds)
