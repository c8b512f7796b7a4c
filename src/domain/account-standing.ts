// What the roster says of whoever is at the door: who must set up TOTP, and who may manage whose account.
import type { PersonId } from './ids.ts'
import { type OfficeKind, officeKinds } from './office.ts'

/** What the door must be told of the roster; answered from memory, for `mustEnrol` is asked with every request. */
export interface Standings {
  /** Is TOTP mandatory for an office this person holds now? */
  mustEnrol(person: PersonId): boolean
  standingOf(person: PersonId): Standing
}

/** Where a person stands now. */
export interface Standing {
  readonly offices: readonly {
    readonly kind: OfficeKind
    readonly township: string
    /** Stood in for by a mandate: its musts are named, and looking after accounts is none of them (law 7.16). */
    readonly byMandate?: true
  }[]
  /** Townships whose roster, or whose villages' rosters, name the person in whatever part. */
  readonly townships: readonly string[]
}

/** Offices whose holders must set up TOTP: township, discipline committee, cashiers. */
export const enrolmentOffices: readonly OfficeKind[] = (
  Object.keys(officeKinds) as OfficeKind[]
).filter((kind) => officeKinds[kind].of === 'township' || kind === 'cashier')

/** Who stands above whom inside the township; the discipline committee inspects everybody else in it. */
const above: Partial<Readonly<Record<OfficeKind, readonly OfficeKind[]>>> = {
  centreOfficer: ['centreHead', 'townshipLeader', 'inspector', 'disciplineSecretary'],
  centreHead: ['townshipLeader', 'inspector', 'disciplineSecretary'],
  inspector: ['disciplineSecretary', 'townshipLeader'],
  disciplineSecretary: ['townshipLeader'],
  townshipLeader: ['inspector', 'disciplineSecretary'],
}
/** Above every village office: whoever files, or inspects, what the village does. */
const overVillages: readonly OfficeKind[] = [
  'centreOfficer',
  'centreHead',
  'inspector',
  'disciplineSecretary',
  'townshipLeader',
]
/** Whose accounts an office looks after, besides those of the villages. */
const below: Partial<Readonly<Record<OfficeKind, readonly OfficeKind[]>>> = {
  centreOfficer: [],
  centreHead: ['centreOfficer'],
  disciplineSecretary: ['inspector'],
  townshipLeader: ['centreHead'],
}
/** Offices that look after the accounts of the villages. */
const villageKeepers: readonly OfficeKind[] = ['centreOfficer', 'centreHead']

export interface Manager {
  readonly account: string
  readonly administrator: boolean
  readonly standing: Standing
}

/** Why somebody may not manage an account. */
export type ManagementRefusal = 'ownAccount' | 'superior' | 'notYours'

/**
 * May `actor` make, reset, suspend or remove the account of `target`? Whoever can reset an account can act as its person, so:
 *
 * 1. nobody manages their own account;
 * 2. nobody manages the account of somebody who stands above them or inspects them, administrator or not (不得为上级重置);
 * 3. an administrator manages all others;
 * 4. a three-assets officer or head manages the accounts of the villages of their township; the head those of the officers,
 *    the township leader that of the head, the discipline secretary those of the inspectors (the secretary's own is for an
 *    administrator whom the committee does not inspect);
 * 5. accounts with the administrator role are managed by administrators alone.
 */
export function mayManage(actor: Manager, target: Manager): ManagementRefusal | undefined {
  if (actor.account === target.account) return 'ownAccount'
  if (standsAbove(target.standing, actor.standing)) return 'superior'
  if (actor.administrator) return undefined
  if (target.administrator) return 'notYours'
  return looksAfter(inPerson(actor.standing), target.standing) ? undefined : 'notYours'
}

/** Whoever stands in is as much above others as the holder; what a mandate does not name they do not do. */
const inPerson = ({ offices, townships }: Standing): Standing => ({
  offices: offices.filter(({ byMandate }) => byMandate !== true),
  townships,
})

function standsAbove(upper: Standing, lower: Standing): boolean {
  return lower.offices.some(({ kind, township }) => {
    const superiors = officeKinds[kind].of === 'township' ? (above[kind] ?? []) : overVillages
    return upper.offices.some((one) => one.township === township && superiors.includes(one.kind))
  })
}

const looksAfter = (keeper: Standing, kept: Standing): boolean => {
  const inTownship = kept.offices.filter(({ kind }) => officeKinds[kind].of === 'township')
  if (inTownship.length > 0)
    return inTownship.every((office) => keeperOf(keeper, office) !== undefined)
  return (
    kept.townships.length > 0 &&
    kept.townships.every((township) => villageKeeperOf(keeper, township) !== undefined)
  )
}

/** The office by which a keeper looks after somebody: the first that does, where it takes several. */
export function looksAfterBy(keeper: Standing, kept: Standing): OfficeKind | undefined {
  const held = inPerson(keeper)
  if (!looksAfter(held, kept)) return undefined
  const office = kept.offices.find(({ kind }) => officeKinds[kind].of === 'township')
  if (office !== undefined) return keeperOf(held, office)
  const [township] = kept.townships
  return township === undefined ? undefined : villageKeeperOf(held, township)
}

const keeperOf = (
  keeper: Standing,
  { kind, township }: Pick<Standing['offices'][number], 'kind' | 'township'>,
): OfficeKind | undefined =>
  keeper.offices.find((one) => one.township === township && (below[one.kind] ?? []).includes(kind))
    ?.kind

const villageKeeperOf = (keeper: Standing, township: string): OfficeKind | undefined =>
  keeper.offices.find((one) => one.township === township && villageKeepers.includes(one.kind))?.kind
