// From a township file to the commands that found it, each with the place in the file it comes from. Nothing happens here.
import type { By } from '../../domain/entry.ts'
import { type Origin, originSchema, type PersonId } from '../../domain/ids.ts'
import type { OfficeKind } from '../../domain/office.ts'
import type { LocalDate } from '../../domain/time.ts'
import { FOUNDING_AUTH, foundingOffice, ledgerStream } from '../../../workflows/ledger/v1/fold.ts'
import { policyStream } from '../../../workflows/policy/v1/fold.ts'
import type { Path, TownshipFault } from './faults.ts'
import type { TownshipFile, VillageOfFile } from './file.ts'
import type { Mint } from './ids.ts'
import { type PlannedSeat, populate, register, seat, tie } from './plan-roster.ts'
import { type FoundingStep, type Ground, Site } from './site.ts'
import type { PersonValues } from './vault.ts'

export interface LedgerPlan {
  readonly origin: Origin
  readonly path: Path
  /** The first opens the ledger. */
  readonly steps: readonly FoundingStep[]
}

export interface FoundingPlan {
  /** The township's first: the villages rely on it. */
  readonly ledgers: readonly [LedgerPlan, ...LedgerPlan[]]
  /** For the vault, before anything else. */
  readonly persons: readonly { readonly person: PersonId; readonly values: PersonValues }[]
  readonly faults: readonly TownshipFault[]
}

export interface PlanSources {
  readonly mint: Mint
  /** The day of founding, in Asia/Shanghai. */
  readonly on: LocalDate
  /** Verifier key of each ledger's signing key. */
  readonly vkey: (origin: Origin) => string
}

/** How those act who enact the first policy: what they signed on paper is entered at the founding. */
const PAPER_AUTH = 'paper'

/** Ids are minted in the order of the file: the same file and sources give the same plan. */
export function planFounding(file: TownshipFile, { mint, on, vkey }: PlanSources): FoundingPlan {
  const persons = everyone(file).map((named) => ({ ...named, person: mint.person() }))
  const ids = new Map(persons.map(({ key, person }) => [key, person]))
  const personOf = (key: string): PersonId => {
    const person = ids.get(key)
    if (person === undefined) throw new Error(`no person ${key}: the file was not checked`)
    return person
  }
  const { township, villages } = file
  const founder: By = {
    auth: FOUNDING_AUTH,
    office: foundingOffice,
    person: personOf(township.founder),
  }
  const ground: Ground = { mint, on, founder, person: personOf }
  const origin = originOf(file, township.code)
  const town = townshipSite(new Site(origin, ground), file, vkey(origin))
  const sites = villages.map((village, at) => {
    const site = new Site(originOf(file, village.code), ground)
    return villageSite(site, ['villages', at], {
      village,
      township: origin,
      vkey: vkey(site.origin),
    })
  })
  return {
    ledgers: [
      { origin, path: ['township'], steps: town.steps },
      ...sites.map(({ origin: own, steps }, at) => ({
        origin: own,
        path: ['villages', at],
        steps,
      })),
    ],
    persons: persons.map(({ person, values }) => ({ person, values })),
    faults: sites.flatMap(({ faults }) => faults),
  }
}

const originOf = ({ township }: TownshipFile, code: string): Origin =>
  originSchema.parse(`${township.domain}/${code}`)

/** Everybody the file names, in its order; nothing but their names goes on from here, and to the vault alone. */
function everyone({ township, villages }: TownshipFile) {
  const all = [
    ...township.persons,
    ...villages.flatMap(({ persons, households }) => [
      ...persons,
      ...households.flatMap(({ members }) => members),
    ]),
  ]
  return all.map(({ key, name, label, phone }): { key: string; values: PersonValues } => ({
    key,
    values: {
      name,
      ...(label === undefined ? {} : { label }),
      ...(phone === undefined ? {} : { phone }),
    },
  }))
}

function open(site: Site, path: Path, genesis: Readonly<Record<string, string>>): void {
  const { founder } = site.ground
  const input = { ...genesis, founder: founder.person }
  site.add(path, 'ledger.open', { stream: ledgerStream, by: founder, input })
}

function townshipSite(site: Site, { township, policy }: TownshipFile, vkey: string): Site {
  const { name, code, offices } = township
  const path: Path = ['township']
  open(site, path, { kind: 'township', name, code, vkey })
  const organisation = register(site, path, { kind: 'township', name: `${name}人民政府` })
  const seats = seat(site, path, { offices, organisation })
  site.roster(path, 'roster.confirm', {})
  enact(site, seats, policy)
  return site
}

/** Ties are declared before anybody is seated, so that the law on near relatives judges every seat. */
function villageSite(
  site: Site,
  path: Path,
  {
    village,
    township,
    vkey,
  }: { readonly village: VillageOfFile; readonly township: Origin; readonly vkey: string },
): Site {
  const { name, code, cooperative, companies } = village
  open(site, path, { kind: 'village', name, code, township, vkey })
  const home: Path = [...path, 'cooperative']
  const owner = register(site, home, { ...cooperative, kind: 'cooperative' })
  const registered = companies.map((company, at) => {
    const place: Path = [...path, 'companies', at]
    const organisation = register(site, place, { ...company, kind: 'company', owner })
    return { place, offices: company.offices, organisation }
  })
  populate(site, path, village)
  tie(site, path, village)
  seat(site, home, { offices: cooperative.offices, organisation: owner })
  for (const { place, ...company } of registered) seat(site, place, company)
  site.roster(path, 'roster.confirm', {})
  return site
}

/** The first policy goes the way of every other (law §8): proposed, endorsed by two, discipline heard, enacted. */
function enact(
  site: Site,
  seats: readonly PlannedSeat[],
  { settings, basis, reason, clearance, opinion }: TownshipFile['policy'],
): void {
  const act = (type: string, kinds: readonly OfficeKind[], input: unknown): void =>
    site.add(['policy'], type, { stream: policyStream, by: holderOf(seats, kinds), input })
  act('policy.propose', ['centreOfficer'], {
    settings: Object.entries(settings).map(([key, value]) => ({ key, value })),
    basis,
    ...(reason === undefined ? {} : { reason }),
  })
  if (clearance !== undefined) act('policy.clear', ['centreOfficer'], clearance)
  act('policy.endorse', ['centreHead'], {})
  act('policy.endorse', ['townshipLeader'], {})
  act('policy.giveOpinion', ['disciplineSecretary', 'inspector'], { opinion })
  act('policy.enact', ['centreOfficer'], {})
}

function holderOf(seats: readonly PlannedSeat[], kinds: readonly OfficeKind[]): By {
  const held = seats.find(({ kind, person }) => kinds.includes(kind) && person !== undefined)
  if (held?.person === undefined)
    throw new Error(`no ${kinds.join(', ')}: the file was not checked`)
  return { auth: PAPER_AUTH, office: held.office, person: held.person }
}
