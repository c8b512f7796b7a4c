// Names to ids, for sheets that know only names: companies from the rosters, persons from the vault.
import {
  cooperativeOf,
  rosterFold,
  type RosterState,
  rosterStream,
} from '../../../workflows/roster/v1/fold.ts'
import type { OrganisationId, Origin, PersonId } from '../../domain/ids.ts'
import type { Store } from '../../domain/store.ts'
import { folded } from '../folded.ts'
import type { ValueVault } from './vault.ts'

export interface Directory {
  company(name: string): OrganisationId | undefined
  /** An office-holder of the company or of its cooperative, by label or by name; undefined when none or several bear it. */
  person(company: OrganisationId, called: string): PersonId | undefined
  /** The ledger a company's requests stand in. */
  ledgerOf(company: OrganisationId): Origin | undefined
}

interface Company {
  readonly ledger: Origin
  /** By label and by name; several bearers of one name are told apart by their label alone. */
  readonly called: ReadonlyMap<string, readonly PersonId[]>
}

/** As the rosters and the vault stand now; open a new one after either changed. */
export async function openDirectory(
  store: Store,
  vault: Pick<ValueVault, 'get'>,
  villages: readonly Origin[],
): Promise<Directory> {
  const byName = new Map<string, OrganisationId>()
  const companies = new Map<OrganisationId, Company>()
  for (const ledger of villages) {
    const roster = await rosterOf(store, ledger)
    for (const { id, kind, name } of roster.organisations.values()) {
      if (kind !== 'company') continue
      byName.set(name, id)
      companies.set(id, { ledger, called: callings(roster, id, vault) })
    }
  }
  return {
    company: (name) => byName.get(name),
    ledgerOf: (company) => companies.get(company)?.ledger,
    person(company, called) {
      const bearers = companies.get(company)?.called.get(called) ?? []
      return bearers.length === 1 ? bearers[0] : undefined
    },
  }
}

function callings(
  roster: RosterState,
  company: OrganisationId,
  vault: Pick<ValueVault, 'get'>,
): Company['called'] {
  const owner = cooperativeOf(roster, company)?.id
  const holders = new Set(
    [...roster.offices.values()]
      .filter(({ organisation }) => organisation === company || organisation === owner)
      .flatMap(({ holder }) => (holder === undefined ? [] : [holder.person])),
  )
  const called = new Map<string, PersonId[]>()
  for (const person of holders) {
    const name = vault.get(person, 'name')
    // erased: nobody is found by a name that is no longer known
    if (name === undefined) continue
    for (const word of new Set([name, vault.get(person, 'label') ?? name])) {
      called.set(word, [...(called.get(word) ?? []), person])
    }
  }
  return called
}

const rosterOf = async (store: Store, ledger: Origin): Promise<RosterState> =>
  folded(rosterFold, await store.read(ledger, rosterStream))
