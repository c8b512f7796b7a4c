// Managing accounts: made, reset, suspended and removed by an administrator or by the office that looks after them (mayManage),
// freshly confirmed each time. Offices are none of its business: those are entries of the roster.
import {
  type Account,
  type AccountRole,
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
import type { PersonId } from '../../domain/ids.ts'
import { makeLink, type MadeLink } from './links.ts'
import { type Answer, type IdentityCode, problem } from './problems.ts'
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
  const added = await insert(world, {
    username,
    role,
    ...(person === undefined ? undefined : { person }),
  })
  return 'problem' in added
    ? added
    : { done: await makeLink(world, { id: added.done, username }, session.account) }
}

async function insert(
  world: IdentityWorld,
  wanted: Required<Pick<Wanted, 'username' | 'role'>> & Pick<Wanted, 'person'>,
): Promise<Answer<string>> {
  const id = Buffer.from(world.random(16)).toString('hex')
  const added = await world.accounts.add({
    ...wanted,
    id,
    password: noPassword(world),
    ready: false,
    madeAt: world.clock(),
  })
  return added === 'added' ? { done: id } : problem(added)
}

/** A hash of nothing anybody knows: guessing at an account that was never opened takes as long as at any other. */
const noPassword = ({ random }: IdentityWorld): string =>
  `${Buffer.from(random(16)).toString('hex')}:${Buffer.from(random(64)).toString('hex')}`

/** A new link for an account whose person forgot the password or lost the phone. What was stands until it is used. */
export async function resetAccount(
  world: IdentityWorld,
  session: Session,
  id: string,
): Promise<Answer<MadeLink>> {
  const account = await managed(world, session, id)
  if ('problem' in account) return account
  return { done: await makeLink(world, account.done, session.account) }
}

/** Shuts the account at once, its sessions with it; `reason` is for those who manage it. */
export async function suspendAccount(
  world: IdentityWorld,
  session: Session,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<Answer<true>> {
  const account = await managed(world, session, id)
  if ('problem' in account) return account
  await world.accounts.suspend(id, reason)
  return { done: true }
}

export async function restoreAccount(
  world: IdentityWorld,
  session: Session,
  id: string,
): Promise<Answer<true>> {
  const account = await managed(world, session, id)
  if ('problem' in account) return account
  await world.accounts.restore(id)
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
  await world.accounts.remove(id)
  return { done: true }
}

/** The accounts one may manage; all of them for an administrator. */
export async function listAccounts(
  world: IdentityWorld,
  session: Session,
): Promise<Answer<readonly Account[]>> {
  if (session.limit !== undefined) return problem(session.limit)
  const actor = actorOf(world, session)
  const all = await world.accounts.accounts()
  if (actor.administrator) return { done: all }
  return { done: all.filter((one) => mayManage(actor, targetOf(world, one)) === undefined) }
}

export const FIRST_ADMINISTRATOR = 'administrator'

/**
 * At a start without any administrator who has set a password: a link for the first one, to be printed once. A link of an
 * earlier start that was lost is void.
 */
export async function firstAdministrator(world: IdentityWorld): Promise<MadeLink | undefined> {
  if (await world.accounts.hasAdministrator()) return undefined
  const known = await world.accounts.byUsername(FIRST_ADMINISTRATOR)
  if (known !== undefined) return makeLink(world, known, '')
  const added = await insert(world, { username: FIRST_ADMINISTRATOR, role: 'administrator' })
  if ('problem' in added) throw new Error(`identity: ${added.problem.code}`)
  return makeLink(world, { id: added.done, username: FIRST_ADMINISTRATOR }, '')
}
