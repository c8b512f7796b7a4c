// Meetings as the law has them, told from their events: whose votes, how many, under signed minutes.
import type { EventDraft } from '../../src/domain/store.ts'
import type { Happening } from './explore.ts'
import { holder } from './explore-cast.ts'
import {
  actingBy,
  given,
  type Memory,
  type Told,
  withItem,
  without,
  word,
} from './explore-memory.ts'

export function ofMeeting(memory: Memory, event: EventDraft, telling: Told): Memory {
  const { type, stream } = event
  const { by } = telling.happening.asking
  const form = given(event)
  // what is recorded after a signature is not under it
  const unsigned = {
    ...memory,
    minutes: memory.minutes.filter((seat) => !seat.startsWith(`${stream} `)),
  }
  switch (type) {
    case 'meeting.planned': {
      const agenda = form['agenda'] as readonly { item: string; request?: string }[]
      const rows = agenda.map(({ item, request }): [string, string] => [
        `${stream} ${item}`,
        request ?? '',
      ])
      return { ...memory, agendas: { ...memory.agendas, ...Object.fromEntries(rows) } }
    }
    case 'attendance.recorded':
      return form['as'] === 'sheet'
        ? present(memory, stream, sheetOf(form))
        : { ...unsigned, seated: withItem(memory.seated, `${stream} ${by.office}`) }
    case 'meeting.opened':
      return {
        ...memory,
        opened: { ...memory.opened, [stream]: telling.happening.before.day },
      }
    case 'ballot.taken':
      return present(memory, stream, 1)
    case 'representation.recorded':
    case 'recusal.declared':
      return unsigned
    case 'ballot.cast': {
      const choices = form['choices'] as readonly { item: string; choice: string }[]
      const seat = word(form['seat'] ?? by.office)
      const rows = choices.map(({ item, choice }): [string, string] => [
        `${stream} ${item} ${seat}`,
        `${choice} ${actingBy(telling).join(' ')}`,
      ])
      return { ...unsigned, ballots: { ...memory.ballots, ...Object.fromEntries(rows) } }
    }
    case 'minutes.signed':
      return { ...memory, minutes: withItem(memory.minutes, `${stream} ${by.office}`) }
    case 'tally.recorded': {
      const key = `${stream} ${word(form['item'])}`
      return { ...memory, tallies: { ...memory.tallies, [key]: Number(form['for']) } }
    }
    case 'meeting.closed':
      return closed(memory, event, telling)
    default:
      return memory
  }
}

const present = (memory: Memory, meeting: string, more: number): Memory => ({
  ...memory,
  present: { ...memory.present, [meeting]: (memory.present[meeting] ?? 0) + more },
})

function sheetOf(form: Readonly<Record<string, unknown>>): number {
  const proxies = form['proxies'] as { held: readonly unknown[] } | undefined
  return (form['onSite'] as readonly unknown[]).length + (proxies?.held.length ?? 0)
}

interface Outcome {
  readonly item: string
  readonly outcome: string
}

/** What was decided, by the votes remembered and never by the outcome that was written down. */
function closed(memory: Memory, event: EventDraft, telling: Told): Memory {
  const { stream } = event
  const { kind } = telling.happening.before.state(stream) as { kind: string }
  const decisions = new Map(Object.entries(memory.requests))
  for (const result of event.body['outcomes'] as unknown as readonly Outcome[]) {
    const name = `request/${memory.agendas[`${stream} ${result.item}`] ?? ''}`
    const before = decisions.get(name)
    if (before === undefined || result.outcome === 'notDecided') continue
    if (kind === 'member' || kind === 'delegate') carried(memory, stream, { result, telling })
    else {
      const voters = voted(memory, stream, { result, telling, kind, payee: before.payee })
      const decided = voters.reduce(
        (list, person) => withItem(list, `${person} boardReview`),
        before.decided,
      )
      decisions.set(name, { ...before, decided })
    }
  }
  // who chose what is told by the ledger and remembered no longer: it decides nothing any more
  const requests = Object.fromEntries(decisions)
  return { ...memory, requests, ballots: without(memory.ballots, `${stream} `) }
}

/** Two thirds of the whole roll present, and two thirds of it in favour (law 5.4). */
function carried(
  { present: there, tallies }: Memory,
  meeting: string,
  { result, telling }: { result: Outcome; telling: Told },
): void {
  const { complain, known } = telling
  const inFavour = tallies[`${meeting} ${result.item}`] ?? 0
  if (3 * (there[meeting] ?? 0) < 2 * known.roll) complain('members decided without a quorum')
  if (result.outcome === 'passed' && 3 * inFavour < 2 * known.roll)
    complain('carried by too few members')
}

/** More than half of all seats in favour; who the deal concerns neither votes nor counts (law 5.11, 5.12). */
function voted(
  memory: Memory,
  meeting: string,
  of: { result: Outcome; telling: Told; kind: string; payee: string },
): readonly string[] {
  const { complain, happening, known } = of.telling
  const start = `${meeting} ${of.result.item} `
  const cast = Object.entries(memory.ballots)
    .filter(([key]) => key.startsWith(start))
    .map(([key, value]) => ({ seat: key.slice(start.length), value }))
  const related = known.relatedAccounts.includes(of.payee)
  const board = of.kind === 'board'
  const all = board ? known.directors : known.councillors
  const base = all.length - (related && board ? known.relatedSeats.length : 0)
  const inFavour = cast.filter(({ value }) => value.startsWith('for ')).length
  if (of.result.outcome === 'passed' && 2 * inFavour <= base) complain('carried by too few')
  const persons = cast.flatMap(({ seat, value }) => [holder(seat), ...value.split(' ').slice(1)])
  const concerned = [...known.relatedSeats.map(holder), ...known.relatedPersons]
  if (related && persons.some((person) => concerned.includes(person)))
    complain('who the deal concerns has voted')
  if (!underMinutes(memory, meeting, happening)) complain('decided under unsigned minutes')
  return persons
}

/**
 * Everybody who sat there in person has signed, or closes; who has left can no longer, and on a later day it is enough
 * that more than half have (law 5.14).
 */
function underMinutes(memory: Memory, meeting: string, { asking, before }: Happening): boolean {
  const seated = memory.seated.filter((seat) => seat.startsWith(`${meeting} `))
  const missing = seated.filter(
    (seat) =>
      seat !== `${meeting} ${asking.by.office}` &&
      !memory.left.includes(seat.slice(meeting.length + 1)) &&
      !memory.minutes.includes(seat),
  )
  const later = (memory.opened[meeting] ?? 0) < before.day
  return missing.length === 0 || (later && 2 * missing.length < seated.length)
}
