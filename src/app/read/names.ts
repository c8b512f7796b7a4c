// What ids are called: organisations and offices by the rosters, persons by the vault where it knows them.
import { ledgerFold, ledgerStream } from '../../../workflows/ledger/v1/fold.ts'
import { memberOffice } from '../../../workflows/meeting/v1/acts/online.ts'
import { rosterFold, type RosterState, rosterStream } from '../../../workflows/roster/v1/fold.ts'
import type { MandateId, OfficeId, OrganisationId, Origin, PersonId } from '../../domain/ids.ts'
import type { Language } from '../../domain/language.ts'
import { officeKinds } from '../../domain/office.ts'
import { folded } from '../folded.ts'
import type { Reading } from './port.ts'

/** Erased or unknown persons have no name. */
export type PersonNames = (person: PersonId) => string | undefined

export interface Names {
  organisation(id: string): string
  /** What the office is called, not who holds it. */
  office(id: string): string
  person(id: string): string
  /** Whom a mandate lets another represent; the mandate's own id where it is unknown. */
  represented(mandate: string): string
  /** Who heads a company now; `''` when nobody does. */
  headOf(company: string): string
  /** A desk of a task: an office, a person, or any holder of a kind of office. */
  desk(desk: string): string
}

interface Naming {
  readonly language: Language
  readonly persons: PersonNames
}

/** As they stand now: the township's before the ledger's own. */
export const rostersOf = (reading: Reading, ledger: Origin): readonly RosterState[] =>
  [...townshipOf(reading, ledger), ledger].map((origin) =>
    folded(rosterFold, reading.stream(origin, rosterStream)),
  )

/** Names of one ledger and of the township it belongs to. */
export const namesOf = (reading: Reading, ledger: Origin, naming: Naming): Names =>
  namesIn(rostersOf(reading, ledger), naming)

/** Names by rosters that are folded already. */
export function namesIn(rosters: readonly RosterState[], { language, persons }: Naming): Names {
  const find = <T>(look: (state: RosterState) => T | undefined): T | undefined => {
    for (const state of rosters) {
      const found = look(state)
      if (found !== undefined) return found
    }
    return undefined
  }
  const organisation = (id: string): string =>
    find(({ organisations }) => organisations.get(id as OrganisationId))?.name ?? id
  const person = (id: string): string => persons(id as PersonId) ?? id
  const office = (id: string): string => {
    if (id === memberOffice) return language === 'zh' ? '社员' : 'member'
    const found = find(({ offices }) => offices.get(id as OfficeId))
    return found === undefined ? id : officeKinds[found.kind][language]
  }
  const seat = (id: string): string => {
    const holder = find(({ offices }) => offices.get(id as OfficeId))?.holder
    return holder === undefined ? office(id) : `${office(id)} ${person(holder.person)}`
  }
  const desk = (text: string): string => {
    const [of = '', kind] = text.split('/')
    const known = kind !== undefined && kind in officeKinds
    if (known) return officeKinds[kind as keyof typeof officeKinds][language]
    return of.startsWith('p_') ? person(of) : seat(of)
  }
  const headOf = (company: string): string => {
    const head = find(({ offices }) =>
      [...offices.values()].find(
        ({ kind, organisation: of }) => kind === 'companyHead' && of === company,
      ),
    )?.holder
    return head === undefined ? '' : person(head.person)
  }
  const represented = (id: string): string => {
    const mandate = find(({ mandates }) => mandates.get(id as MandateId))
    return mandate === undefined ? id : person(mandate.represented)
  }
  return { organisation, office, person, represented, headOf, desk }
}

function townshipOf(reading: Reading, ledger: Origin): readonly Origin[] {
  const [genesis] = reading.stream(ledger, ledgerStream)
  if (genesis === undefined) return []
  const { township } = ledgerFold.apply(ledgerFold.initial, genesis)
  return township === undefined ? [] : [township]
}
