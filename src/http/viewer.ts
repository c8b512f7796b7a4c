// Who calls: a session at the door, and what the rosters say of the person it stands for.
import type { Session } from '../domain/account.ts'
import type { PersonRights, Rights } from '../app/rights.ts'

export interface Viewer {
  readonly session: Session
  readonly rights: PersonRights
}

const nothing: PersonRights = { offices: [], memberOf: [], sees: new Set(), townships: [] }

/** An administrator who stands in no roster sees accounts and nothing else. */
export const viewerOf = (session: Session, rights: Pick<Rights, 'of'>): Viewer => ({
  session,
  rights: session.person === undefined ? nothing : rights.of(session.person),
})
