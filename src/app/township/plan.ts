// From a township file to the commands that found it, each with the place in the file it comes from. Nothing happens here.
import type { Command } from '../../domain/command.ts'
import type { By } from '../../domain/entry.ts'
import type { OfficeId, OrganisationId, Origin, PersonId, StreamId } from '../../domain/ids.ts'
import { originSchema } from '../../domain/ids.ts'
import type { OfficeKind } from '../../domain/office.ts'
import type { LocalDate } from '../../domain/time.ts'
import { FOUNDING_AUTH, foundingOffice, ledgerStream } from '../../../workflows/ledger/v1/fold.ts'
import { policyStream } from '../../../workflows/policy/v1/fold.ts'
import { rosterStream } from '../../../workflows/roster/v1/fold.ts'
import { capacityOf } from './capacity.ts'
import { type Path, type TownshipFault, townshipFault } from './faults.ts'
import type { MemberOfFile, OfficeOfFile, TownshipFile, VillageOfFile } from './file.ts'
import type { Mint } from './ids.ts'
import type { PersonValues } from './vault.ts'

export interface FoundingStep {
  readonly path: Path
  readonly command: Command
}

export interface LedgerPlan {
  readonly origin: Origin
  readonly path: Path
  /** The first opens the ledger. */
  readonly steps: readonly [FoundingStep, ...FoundingStep[]]
}

export interface FoundingPlan {
  readonly township: LedgerPlan
  readonly villages: readonly LedgerPlan[]
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

const HOUSEHOLDS_AT_ONCE = 40
const MEMBERS_AT_ONCE = 120
const PAIRS_AT_ONCE = 100

/** Ids are minted in the order of the file, so that the same file and sources give the same plan. */
export function planFounding(file: TownshipFile, sources: PlanSources): FoundingPlan {
  const faults: TownshipFault[] = []
  const persons = new Map<string, PersonId>()
  const values = everyone(file).map(({ key, ...rest }) => {
    const person = sources.mint.person()
    persons.set(key, person)
    return { person, values: valuesOf(rest) }
  })
  const planner = new Planner(file, { ...sources, persons, faults })
  return { township: planner.township(), villages: planner.villages(), persons: values, faults }
}

interface Named {
  readonly key: string
  readonly name: string
  readonly label?: string | undefined
  readonly phone?: string | undefined
}

const everyone = ({ township, villages }: TownshipFile): readonly Named[] => [
  ...township.persons,
  ...villages.flatMap(({ persons, households }) => [
    ...persons,
    ...households.flatMap(({ members }) => members),
  ]),
]

const valuesOf = ({ name, label, phone }: Omit<Named, 'key'>): PersonValues => ({
  name,
  ...(label === undefined ? {} : { label }),
  ...(phone === undefined ? {} : { phone }),
})

interface Parts extends PlanSources {
  readonly persons: ReadonlyMap<string, PersonId>
  readonly faults: TownshipFault[]
}

interface Writing {
  readonly ledger: Origin
  readonly steps: FoundingStep[]
}

class Planner {
  readonly #file: TownshipFile
  readonly #parts: Parts
  readonly #founder: By
  readonly #origin: Origin

  constructor(file: TownshipFile, parts: Parts) {
    this.#file = file
    this.#parts = parts
    this.#founder = {
      auth: FOUNDING_AUTH,
      office: foundingOffice,
      person: this.#person(file.township.founder),
    }
    this.#origin = this.#originOf(file.township.code)
  }

  township(): LedgerPlan {
    const { township } = this.#file
    const path: Path = ['township']
    const writing: Writing = { ledger: this.#origin, steps: [] }
    const first = this.#open(writing, path, {
      kind: 'township',
      name: township.name,
      code: township.code,
    })
    const organisation = this.#parts.mint.organisation()
    this.#roster(writing, path, 'organisation.register', {
      kind: 'township',
      organisation,
      name: `${township.name}人民政府`,
    })
    const seats = this.#offices(writing, path, { list: township.offices, organisation })
    this.#roster(writing, path, 'roster.confirm', {})
    this.#policy(writing, seats)
    return { origin: this.#origin, path, steps: [first, ...writing.steps] }
  }

  villages(): readonly LedgerPlan[] {
    return this.#file.villages.map((village, at) => this.#village(village, ['villages', at]))
  }

  /** Ties are declared before anybody is seated, so that the law on near relatives judges every seat. */
  #village(village: VillageOfFile, path: Path): LedgerPlan {
    const origin = this.#originOf(village.code)
    const writing: Writing = { ledger: origin, steps: [] }
    const { name, code, cooperative, companies } = village
    const first = this.#open(writing, path, { kind: 'village', name, code, township: this.#origin })
    const owner = this.#register(writing, [...path, 'cooperative'], {
      kind: 'cooperative',
      of: cooperative,
    })
    const registered = companies.map((company, at) => {
      const place: Path = [...path, 'companies', at]
      const organisation = this.#register(writing, place, { kind: 'company', of: company, owner })
      return { place, list: company.offices, organisation }
    })
    this.#households(writing, village, path)
    this.#ties(writing, village, path)
    this.#offices(writing, [...path, 'cooperative'], {
      list: cooperative.offices,
      organisation: owner,
    })
    for (const { place, ...seated } of registered) this.#offices(writing, place, seated)
    this.#roster(writing, path, 'roster.confirm', {})
    return { origin, path, steps: [first, ...writing.steps] }
  }

  #open(
    { ledger }: Writing,
    path: Path,
    genesis: {
      readonly kind: string
      readonly name: string
      readonly code: string
      readonly township?: Origin
    },
  ): FoundingStep {
    const input = { ...genesis, founder: this.#founder.person, vkey: this.#parts.vkey(ledger) }
    return {
      path,
      command: this.#command(ledger, 'ledger.open', {
        stream: ledgerStream,
        by: this.#founder,
        input,
      }),
    }
  }

  #register(
    writing: Writing,
    path: Path,
    {
      kind,
      of,
      owner,
    }: {
      readonly kind: 'cooperative' | 'company'
      readonly of: { readonly name: string; readonly code?: string | undefined }
      readonly owner?: OrganisationId
    },
  ): OrganisationId {
    const organisation = this.#parts.mint.organisation()
    this.#roster(writing, path, 'organisation.register', {
      kind,
      organisation,
      name: of.name,
      ...(of.code === undefined ? {} : { code: of.code }),
      ...(owner === undefined ? {} : { owner }),
    })
    return organisation
  }

  #offices(
    writing: Writing,
    path: Path,
    {
      list,
      organisation,
    }: { readonly list: readonly OfficeOfFile[]; readonly organisation: OrganisationId },
  ): readonly SeatOfPlan[] {
    return list.map(({ kind, holder, chair, from }, at) => {
      const place: Path = [...path, 'offices', at]
      const office = this.#parts.mint.office()
      this.#roster(writing, place, 'office.open', {
        office,
        kind,
        organisation,
        ...(chair === undefined ? {} : { chair }),
      })
      if (holder === undefined) return { kind, office }
      const person = this.#person(holder)
      this.#roster(writing, [...place, 'holder'], 'office.appoint', {
        office,
        person,
        from: from ?? this.#parts.on,
      })
      return { kind, office, person }
    })
  }

  #households(writing: Writing, { households }: VillageOfFile, path: Path): void {
    const recorded = households.map(({ members }, at) => {
      const place: Path = [...path, 'households', at]
      return {
        place,
        household: {
          household: this.#parts.mint.household(),
          members: members.map((member, m) => this.#member(member, [...place, 'members', m])),
        },
      }
    })
    for (const chunk of chunked(recorded, ({ household }) => household.members.length)) {
      this.#roster(writing, chunk[0].place, 'household.record', {
        households: chunk.map(({ household }) => household),
      })
    }
  }

  #member({ key, birthday, capacity, delegate }: MemberOfFile, path: Path) {
    const found = capacityOf({ birthday, capacity }, this.#parts.on)
    if ('fault' in found) {
      const field = found.fault === 'birthdayAhead' ? 'birthday' : 'capacity'
      this.#parts.faults.push(townshipFault(found.fault, [...path, field]))
    }
    return {
      person: this.#person(key),
      ...('fault' in found ? { capacity: 'limited' as const } : found),
      ...(delegate === undefined ? {} : { delegate }),
    }
  }

  #ties(writing: Writing, { relatives = [], controls = [] }: VillageOfFile, path: Path): void {
    const pairs = relatives.map(({ a, b, relation }) => ({
      a: this.#person(a),
      b: this.#person(b),
      relation,
    }))
    for (const [i, some] of slices(pairs, PAIRS_AT_ONCE).entries()) {
      this.#roster(writing, [...path, 'relatives', i * PAIRS_AT_ONCE], 'relatives.declare', {
        pairs: some,
      })
    }
    const held = controls.map(({ person, payee }) => ({
      person: this.#person(person),
      payeeKey: payee,
      relation: 'controls' as const,
    }))
    for (const [i, some] of slices(held, PAIRS_AT_ONCE).entries()) {
      this.#roster(writing, [...path, 'controls', i * PAIRS_AT_ONCE], 'control.declare', {
        controls: some,
      })
    }
  }

  /** The first policy goes the way of every other (law §8): proposed, endorsed by two, discipline heard, enacted. */
  #policy(writing: Writing, seats: readonly SeatOfPlan[]): void {
    const { settings, basis, reason, countyClearance, opinion } = this.#file.policy
    const list = Object.entries(settings).map(([key, value]) => ({ key, value }))
    const act = (type: string, kinds: readonly OfficeKind[], input: unknown): void => {
      const by = this.#holder(seats, kinds)
      const path: Path = ['policy']
      const asked = { stream: policyStream, by, input }
      writing.steps.push({ path, command: this.#command(writing.ledger, type, asked) })
    }
    act('policy.propose', ['centreOfficer'], {
      settings: list,
      basis,
      ...(reason === undefined ? {} : { reason }),
      ...(countyClearance === undefined ? {} : { countyClearance }),
    })
    act('policy.endorse', ['centreHead'], {})
    act('policy.endorse', ['townshipLeader'], {})
    act('policy.giveOpinion', ['disciplineSecretary', 'inspector'], { opinion })
    act('policy.enact', ['centreOfficer'], {})
  }

  #holder(seats: readonly SeatOfPlan[], kinds: readonly OfficeKind[]): By {
    const seat = seats.find(({ kind, person }) => kinds.includes(kind) && person !== undefined)
    if (seat?.person === undefined)
      throw new Error(`no holder of ${kinds.join(', ')}: the file was not checked`)
    return { auth: PAPER_AUTH, office: seat.office, person: seat.person }
  }

  #roster(writing: Writing, path: Path, type: string, input: unknown): void {
    const asked = { stream: rosterStream, by: this.#founder, input }
    writing.steps.push({ path, command: this.#command(writing.ledger, type, asked) })
  }

  #command(
    ledger: Origin,
    type: string,
    { stream, by, input }: { readonly stream: StreamId; readonly by: By; readonly input: unknown },
  ): Command {
    return { id: this.#parts.mint.command(), type, ledger, stream, by, input }
  }

  #originOf(code: string): Origin {
    return originSchema.parse(`${this.#file.township.domain}/${code}`)
  }

  #person(key: string): PersonId {
    const person = this.#parts.persons.get(key)
    if (person === undefined) throw new Error(`no person ${key}: the file was not checked`)
    return person
  }
}

interface SeatOfPlan {
  readonly kind: OfficeKind
  readonly office: OfficeId
  readonly person?: PersonId
}

function slices<T>(list: readonly T[], size: number): readonly T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) =>
    list.slice(i * size, (i + 1) * size),
  )
}

/** Households of one command: as many as it takes, and no more members than fit into an entry. */
function chunked<T>(
  list: readonly T[],
  members: (one: T) => number,
): readonly (readonly [T, ...T[]])[] {
  const chunks: [T, ...T[]][] = []
  let held = 0
  for (const one of list) {
    const last = chunks.at(-1)
    held += members(one)
    if (last === undefined || last.length === HOUSEHOLDS_AT_ONCE || held > MEMBERS_AT_ONCE) {
      chunks.push([one])
      held = members(one)
    } else last.push(one)
  }
  return chunks
}
