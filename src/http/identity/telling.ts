// What is told of an accepted act on an account: whose, by whom, by which right; read by the township's inspectors and by the
// person.
import { type AccountAct, type AccountActKind, rightOver } from '../../domain/account-act.ts'
import type { Manager, Standings } from '../../domain/account-standing.ts'
import type { AccountRole, Session } from '../../domain/account.ts'
import type { PersonId } from '../../domain/ids.ts'

export interface TellingWorld {
  readonly clock: () => number
  readonly standings: Pick<Standings, 'standingOf'>
}

/** Whose account. */
export interface Whose {
  readonly id: string
  readonly person?: PersonId | undefined
  readonly role: AccountRole
}

/** Where nobody is signed in: whoever holds a link, or the start of the system. */
export function toldOf(
  { clock, standings }: TellingWorld,
  act: AccountActKind,
  { byRight, ...whose }: Whose & { readonly byRight: 'link' | 'start' },
): AccountAct {
  const by = { byAccount: '', byPerson: '', byRight } as const
  return { act, at: clock(), ...aboutOf(standings, whose), ...by }
}

/** Of one's own account. */
export function toldOfSelf(
  { clock, standings }: TellingWorld,
  act: AccountActKind,
  { account, person, administrator }: Pick<Session, 'account' | 'person' | 'administrator'>,
): AccountAct {
  const whose = { id: account, person, role: administrator ? 'administrator' : 'none' } as const
  const by = { byAccount: account, byPerson: person ?? '', byRight: 'self' } as const
  return { act, at: clock(), ...aboutOf(standings, whose), ...by }
}

/** Somebody manages the account of another: `mayManage` said yes. */
export function toldOfManager(
  { clock, standings }: TellingWorld,
  act: AccountActKind,
  how: {
    readonly session: Session
    readonly actor: Manager
    readonly target: Manager
    readonly whose: Whose
  },
): AccountAct {
  const { session, actor, target, whose } = how
  const byRight = rightOver(actor, target)
  const by = { byAccount: session.account, byPerson: session.person ?? ('' as const), byRight }
  return { act, at: clock(), ...aboutOf(standings, whose), ...by }
}

/** An administrator manages everybody: what is done to their account is every township's to read. */
const aboutOf = (
  standings: TellingWorld['standings'],
  { id, person, role }: Whose,
): Pick<AccountAct, 'account' | 'person' | 'townships'> => ({
  account: id,
  person: person ?? '',
  townships:
    person === undefined || role === 'administrator' ? [] : standings.standingOf(person).townships,
})
