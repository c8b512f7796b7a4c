// Ready accounts for a demonstration: one for everybody who holds an office, all with one password that everybody may know, none
// with TOTP. They can only be made where the identity was opened as a demonstration.
import type { Sentence } from '../../domain/language.ts'
import { type OfficeKind, officeKinds } from '../../domain/office.ts'
import type { PersonId } from '../../domain/ids.ts'
import { FIRST_ADMINISTRATOR } from './manage.ts'
import { toldOf } from './telling.ts'
import type { IdentityWorld } from './world.ts'

/** Written on the sign-in page of every demonstration. */
export const DEMO_PASSWORD = 'five-musts-demo'

/** A folded roster, as far as it is needed; `name` and `code` of its township or village. */
export interface DemoRoster {
  readonly name: string
  readonly code: string
  readonly kind: 'township' | 'village'
  readonly organisations: ReadonlyMap<string, { readonly name: string }>
  readonly offices: ReadonlyMap<
    string,
    {
      readonly kind: OfficeKind
      readonly organisation: string
      readonly chair: boolean
      readonly holder?: { readonly person: PersonId }
    }
  >
}

/** One row an office. Whoever holds several has one account: their rows share its username. */
export interface DemoAccount {
  readonly username: string
  readonly label: Sentence
  /** Absent for the administrator, as is the person. */
  readonly kind?: OfficeKind
  /** Absent for the administrator. */
  readonly person?: PersonId
}

/** `companyHead` → `company-head`. */
const dashed = (kind: string): string => kind.replaceAll(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)

/** Village accounts begin with the last three digits of the division code. */
const VILLAGE_DIGITS = 3

interface Seat extends DemoAccount {
  readonly person: PersonId
}

/** Every held office with the name its account would bear: `centre-head`, `201.director-2`. */
function seats({ name, code, kind: of, organisations, offices }: DemoRoster): Seat[] {
  const prefix = of === 'village' ? `${code.slice(-VILLAGE_DIGITS)}.` : ''
  const held = [...offices.values()].filter(({ holder }) => holder !== undefined)
  const numbers = new Map<OfficeKind, number>()
  return held.flatMap(({ kind, organisation, chair, holder }) => {
    if (holder === undefined) return []
    const number = (numbers.get(kind) ?? 0) + 1
    numbers.set(kind, number)
    const several = held.filter((other) => other.kind === kind).length > 1
    const where = organisations.get(organisation)?.name ?? name
    const { zh, en } = officeKinds[kind]
    const label = {
      zh: `${where} ${zh}${chair ? '（召集人）' : ''}`,
      en: `${where}, ${en}${chair ? ' (chair)' : ''}`,
    }
    const username = `${prefix}${dashed(kind)}${several ? `-${number}` : ''}`
    return [{ username, label, kind, person: holder.person }]
  })
}

/** Makes the accounts that are not there yet; the rows are the same every time. */
export async function demoAccounts(
  world: IdentityWorld,
  rosters: readonly DemoRoster[],
): Promise<readonly DemoAccount[]> {
  if (!world.demo) throw new Error('demo accounts outside a demonstration')
  const usernames = new Map<PersonId, string>()
  const rows = rosters.flatMap(seats).map((seat): Seat => {
    const username = usernames.get(seat.person) ?? seat.username
    usernames.set(seat.person, username)
    return { ...seat, username }
  })
  const password = await world.hashing.hash(DEMO_PASSWORD)
  const add = async (username: string, person?: PersonId): Promise<void> => {
    const id = Buffer.from(world.random(16)).toString('hex')
    const role = person === undefined ? 'administrator' : 'none'
    const made = { id, username, role, password, ready: true, madeAt: world.clock() } as const
    const told = toldOf(world, 'made', { id, person, role, byRight: 'start' })
    await world.accounts.add(person === undefined ? made : { ...made, person }, told)
  }
  await add(FIRST_ADMINISTRATOR)
  for (const [person, username] of usernames) await add(username, person)
  const label = { zh: '账号管理员', en: 'account administrator' }
  return [{ username: FIRST_ADMINISTRATOR, label }, ...rows]
}
