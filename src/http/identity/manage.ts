// Managing accounts: made, reset, suspended and removed by an administrator or by the office that looks after them (mayManage),
// freshly confirmed each time. Offices are none of its business: those are entries of the roster.
import {
  type Account,
  type AccountPage,
  type AccountRole,
  type NewAccount,
  proofOf,
  type Session,
  usernameOf,
} from '../../domain/account.ts'
import {
  type Manager,
  type ManagementRefusal,
  mayManage,
  type Standing,
} from '../../domain/account-standing.ts'
import type { AccountActKind } from '../../domain/account-act.ts'
import type { PersonId } from '../../domain/ids.ts'
import { hashOfNothing } from './hashing.ts'
import { makeLink, type MadeLink } from './links.ts'
import { type Answer, type IdentityCode, problem } from './problems.ts'
import { toldOf, toldOfManager, type Whose } from './telling.ts'
import type { IdentityWorld } from './world.ts'

export interface Wanted {
  readonly username: string
  /** Of the roster; absent for an administrator who stands in none. */
  readonly person?: PersonId
  readonly role?: AccountRole
}

const refusalCodes: Readonly<Record<ManagementRefusal, IdentityCode>> = {
  ownAccount: 'ownAccount',
  superior: 'accountOfSuperior',
  notYours: 'accountNotYours',
}

const NOWHERE: Standing = { offices: [], townships: [] }

function managerOf(
  { standings }: IdentityWorld,
  account: string,
  { person, administrator }: { person?: PersonId | undefined; administrator: boolean },
): Manager {
  const standing = person === undefined ? NOWHERE : standings.standingOf(person)
  return { account, administrator, standing }
}

const actorOf = (world: IdentityWorld, session: Session): Manager =>
  managerOf(world, session.account, session)

const targetOf = (world: IdentityWorld, { id, person, role }: Account): Manager =>
  managerOf(world, id, { person, administrator: role === 'administrator' })

/** Who acts, confirmed within five minutes. */
function confirmed(world: IdentityWorld, session: Session): Answer<Manager> {
  if (session.limit !== undefined) return problem(session.limit)
  if (proofOf(session, world.clock()) === undefined) return problem('reauthenticationNeeded')
  return { done: actorOf(world, session) }
}

/** By whoever manages it. */
const telling = (world: IdentityWorld, session: Session, whose: Whose) => {
  const { id, person, role } = whose
  const target = managerOf(world, id, { person, administrator: role === 'administrator' })
  const how = { session, actor: actorOf(world, session), target, whose }
  return (act: AccountActKind) => toldOfManager(world, act, how)
}

function permitted(actor: Manager, target: Manager): Answer<true> {
  const refusal = mayManage(actor, target)
  return refusal === undefined ? { done: true } : problem(refusalCodes[refusal])
}

/** The account, if `session` may manage it now. What it may not see it is told does not exist. */
async function managed(
  world: IdentityWorld,
  session: Session,
  id: string,
): Promise<Answer<Account>> {
  const actor = confirmed(world, session)
  if ('problem' in actor) return actor
  const account = await world.accounts.account(id)
  if (account === undefined) return problem('accountUnknown')
  const may = permitted(actor.done, targetOf(world, account))
  return 'problem' in may ? may : { done: account }
}

/** Makes an account and the link that opens it. Nobody knows a password of it. */
export async function addAccount(
  world: IdentityWorld,
  session: Session,
  { username: typed, person, role = 'none' }: Wanted,
): Promise<Answer<MadeLink>> {
  const actor = confirmed(world, session)
  if ('problem' in actor) return actor
  const username = usernameOf(typed)
  if (username === undefined) return problem('usernameInvalid')
  const target = managerOf(world, '', { person, administrator: role === 'administrator' })
  const may = permitted(actor.done, target)
  if ('problem' in may) return may
  const id = freshId(world)
  const tell = telling(world, session, { id, person, role })
  const wanted = { id, username, role, ...(person === undefined ? undefined : { person }) }
  const added = await world.accounts.add(withoutPassword(world, wanted), tell('made'))
  return added === 'added'
    ? { done: await makeLink(world, wanted, tell('linkIssued')) }
    : problem(added)
}

const freshId = ({ random }: IdentityWorld): string => Buffer.from(random(16)).toString('hex')

const withoutPassword = (
  world: Pick<IdentityWorld, 'random' | 'clock'>,
  wanted: Pick<NewAccount, 'id' | 'username' | 'role' | 'person'>,
): NewAccount => ({
  ...wanted,
  password: hashOfNothing(world.random),
  ready: false,
  madeAt: world.clock(),
})

/** A new link for an account whose person forgot the password or lost the phone. What was stands until it is used. */
export async function resetAccount(
  world: IdentityWorld,
  session: Session,
  id: string,
): Promise<Answer<MadeLink>> {
  const account = await managed(world, session, id)
  if ('problem' in account) return account
  const act = account.done.ready ? 'reset' : 'linkIssued'
  return { done: await makeLink(world, account.done, telling(world, session, account.done)(act)) }
}

/** Shuts the account at once, its sessions with it; `reason` is for those who manage it. */
export async function suspendAccount(
  world: IdentityWorld,
  session: Session,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<Answer<true>> {
  const account = await managed(world, session, id)
  if ('problem' in account) return account
  await world.accounts.suspend(id, reason, telling(world, session, account.done)('suspended'))
  return { done: true }
}

export async function restoreAccount(
  world: IdentityWorld,
  session: Session,
  id: string,
): Promise<Answer<true>> {
  const account = await managed(world, session, id)
  if ('problem' in account) return account
  await world.accounts.restore(id, telling(world, session, account.done)('restored'))
  return { done: true }
}

/** The account and whatever it left here. What its person did stays in the ledgers, under the person's id. */
export async function removeAccount(
  world: IdentityWorld,
  session: Session,
  id: string,
): Promise<Answer<true>> {
  const account = await managed(world, session, id)
  if ('problem' in account) return account
  await world.accounts.remove(id, telling(world, session, account.done)('removed'))
  return { done: true }
}

export interface AccountsShown {
  readonly rows: readonly Account[]
  /** Where the next page goes on; undefined after the last. */
  readonly next: readonly [string] | undefined
}

/** Looked at in one go: whose accounts one may manage is asked of each. */
const BATCH = 200

/** The accounts one may manage, by username; all of them for an administrator. */
export async function listAccounts(
  world: IdentityWorld,
  session: Session,
  { limit, after, named }: AccountPage,
): Promise<Answer<AccountsShown>> {
  if (session.limit !== undefined) return problem(session.limit)
  const actor = actorOf(world, session)
  const rows: Account[] = []
  let from = after
  for (;;) {
    const batch = await world.accounts.accounts({ limit: BATCH, after: from, named })
    rows.push(
      ...batch.filter(
        (one) => actor.administrator || mayManage(actor, targetOf(world, one)) === undefined,
      ),
    )
    from = batch.at(-1)?.username
    if (batch.length < BATCH || rows.length > limit) break
  }
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)?.username
  const next = rows.length > limit && last !== undefined ? ([last] as const) : undefined
  return { done: { rows: shown, next } }
}

/** Of a person whose account one may make or manage: the account, if there is one; undefined of anybody else. */
export type AccountOf = (
  person: PersonId,
) => { readonly account?: string; readonly username?: string } | undefined

/** Tells of persons whether one may manage an account of theirs, as the accounts stand now. */
export async function managingOf(
  world: IdentityWorld,
  session: Session,
): Promise<Answer<AccountOf>> {
  if (session.limit !== undefined) return problem(session.limit)
  const actor = actorOf(world, session)
  const accounts = await world.accounts.accounts()
  const ofPerson = new Map(accounts.map((one) => [one.person, one]))
  return {
    done: (person) => {
      const known = ofPerson.get(person)
      const target =
        known === undefined
          ? managerOf(world, '', { person, administrator: false })
          : targetOf(world, known)
      if (mayManage(actor, target) !== undefined) return undefined
      return known === undefined ? {} : { account: known.id, username: known.username }
    },
  }
}

export const FIRST_ADMINISTRATOR = 'administrator'

/**
 * At a start without any administrator who has set a password: a link for the first one, to be printed once. A link of an
 * earlier start that was lost is void.
 */
export async function firstAdministrator(world: IdentityWorld): Promise<MadeLink | undefined> {
  if (await world.accounts.hasAdministrator()) return undefined
  const known = await world.accounts.byUsername(FIRST_ADMINISTRATOR)
  const id = known?.id ?? freshId(world)
  const told = (act: AccountActKind) =>
    toldOf(world, act, { id, person: known?.person, role: 'administrator', byRight: 'start' })
  const wanted = { id, username: FIRST_ADMINISTRATOR, role: 'administrator' } as const
  if (known === undefined) {
    const added = await world.accounts.add(withoutPassword(world, wanted), told('made'))
    if (added !== 'added') throw new Error(`identity: ${added}`)
  }
  return makeLink(world, wanted, told('linkIssued'))
}
