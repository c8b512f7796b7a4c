// What no single field shows: keys that must exist, codes and names that must differ, offices where they belong.
import { type OfficeKind, officeKinds, type OrganisationKind } from '../../domain/office.ts'
import { type Path, pathText, type TownshipFault, townshipFault } from './faults.ts'
import type { OfficeOfFile, TownshipFile, VillageOfFile } from './file.ts'

/** All contradictions of a well-formed file. */
export function crossCheck(file: TownshipFile): readonly TownshipFault[] {
  const { known, faults } = personsOf(file)
  return [
    ...faults,
    ...codes(file),
    ...names(file),
    ...unknown([file.township.founder, ['township', 'founder']], known),
    ...offices(file.township.offices, { path: ['township'], of: 'township', known }),
    ...unheld(file.township.offices),
    ...file.villages.flatMap((village, at) => inVillage(village, ['villages', at], known)),
  ]
}

type Known = ReadonlyMap<string, Path>
type Named = readonly [key: string, path: Path]

function personsOf({ township, villages }: TownshipFile): {
  known: Known
  faults: TownshipFault[]
} {
  const named: Named[] = [
    ...township.persons.map(({ key }, i): Named => [key, ['township', 'persons', i, 'key']]),
    ...villages.flatMap((village, v) => [
      ...village.persons.map(({ key }, i): Named => [key, ['villages', v, 'persons', i, 'key']]),
      ...village.households.flatMap(({ members }, h) =>
        members.map(({ key }, m): Named => [
          key,
          ['villages', v, 'households', h, 'members', m, 'key'],
        ]),
      ),
    ]),
  ]
  const { known, twice } = distinct(named)
  return {
    known,
    faults: twice.map(([key, path, other]) => townshipFault('keyTwice', path, { key, other })),
  }
}

function distinct(named: readonly Named[]) {
  const known = new Map<string, Path>()
  const twice: (readonly [string, Path, string])[] = []
  for (const [key, path] of named) {
    const other = known.get(key)
    if (other === undefined) known.set(key, path)
    else twice.push([key, path, pathText(other)])
  }
  return { known, twice }
}

/** Digits of a division code that name its township. */
const TOWNSHIP_DIGITS = 9

function codes({ township, villages }: TownshipFile): readonly TownshipFault[] {
  const prefix = township.code.slice(0, TOWNSHIP_DIGITS)
  const outside = villages.flatMap(({ code }, at) =>
    code.startsWith(prefix) && !code.endsWith('000')
      ? []
      : [townshipFault('codeOutside', ['villages', at, 'code'], { prefix })],
  )
  const named = villages.map(({ code }, at): Named => [code, ['villages', at, 'code']])
  const { twice } = distinct(named)
  return [
    ...(township.code.endsWith('000') ? [] : [townshipFault('townshipCode', ['township', 'code'])]),
    ...outside,
    ...twice.map(([, path, other]) => townshipFault('codeTwice', path, { other })),
  ]
}

/** Sheets and people name a company, so within a township a name means one. */
function names({ villages }: TownshipFile): readonly TownshipFault[] {
  const named = villages.flatMap(({ cooperative, companies }, v): readonly Named[] => [
    [cooperative.name, ['villages', v, 'cooperative', 'name']],
    ...companies.map(({ name }, c): Named => [name, ['villages', v, 'companies', c, 'name']]),
  ])
  return distinct(named).twice.map(([, path, other]) => townshipFault('nameTwice', path, { other }))
}

const unknown = ([key, path]: Named, known: Known): readonly TownshipFault[] =>
  known.has(key) ? [] : [townshipFault('personUnknown', path, { key })]

interface Seated {
  readonly path: Path
  readonly of: OrganisationKind
  readonly known: Known
}

const offices = (
  list: readonly OfficeOfFile[],
  { path, of, known }: Seated,
): readonly TownshipFault[] =>
  list.flatMap(({ kind, holder }, at) => [
    ...(officeKinds[kind].of === of
      ? []
      : [
          townshipFault('officeMisplaced', [...path, 'offices', at, 'kind'], {
            kind: nameOf(kind),
          }),
        ]),
    ...(holder === undefined ? [] : unknown([holder, [...path, 'offices', at, 'holder']], known)),
  ])

/** Without these the township could not enact the policy that everything else is decided by (law §8). */
const enacting: readonly (readonly OfficeKind[])[] = [
  ['centreOfficer'],
  ['centreHead'],
  ['townshipLeader'],
  ['disciplineSecretary', 'inspector'],
]

const unheld = (list: readonly OfficeOfFile[]): readonly TownshipFault[] =>
  enacting
    .filter(
      (kinds) => !list.some(({ kind, holder }) => kinds.includes(kind) && holder !== undefined),
    )
    .map((kinds) =>
      townshipFault('officeMissing', ['township', 'offices'], {
        kind: kinds.map(nameOf).join(' / '),
      }),
    )

const nameOf = (kind: OfficeKind): string => `${officeKinds[kind].zh} ${kind}`

function inVillage(village: VillageOfFile, path: Path, known: Known): readonly TownshipFault[] {
  const { cooperative, companies, relatives = [], controls = [] } = village
  return [
    ...offices(cooperative.offices, { path: [...path, 'cooperative'], of: 'cooperative', known }),
    ...companies.flatMap((company, c) =>
      offices(company.offices, { path: [...path, 'companies', c], of: 'company', known }),
    ),
    ...relatives.flatMap(({ a, b }, i) => [
      ...unknown([a, [...path, 'relatives', i, 'a']], known),
      ...unknown([b, [...path, 'relatives', i, 'b']], known),
    ]),
    ...controls.flatMap(({ person }, i) =>
      unknown([person, [...path, 'controls', i, 'person']], known),
    ),
  ]
}
