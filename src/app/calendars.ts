// The calendars this program knows, each under an id that holds the digest of its data.
import { type Calendar, calendarText, statutoryYears } from '../domain/calendar.ts'
import { toHex, utf8 } from '../ledger/bytes.ts'
import { nodeCrypto } from './crypto.ts'

function calendarOf(years: typeof statutoryYears): Calendar {
  const digest = toHex(nodeCrypto.sha256(utf8(calendarText(years))))
  return { id: `cn-${years.at(-1)?.year ?? 0}@${digest.slice(0, 8)}`, years }
}

/** What new entries are decided by. */
export const presentCalendar: Calendar = calendarOf(statutoryYears)

/** All of them: old entries are re-decided by the calendar they name. A calendar ever shipped stays here. */
export const calendars: ReadonlyMap<string, Calendar> = new Map([
  [presentCalendar.id, presentCalendar],
])
