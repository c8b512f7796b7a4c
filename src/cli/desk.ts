// The drafts, imports and vault of a data directory, for as long as something works on them.
import type { DeskStores } from '../app/desk.ts'
import { withPersons } from './persons.ts'
import { opened, type Session } from './session.ts'

/** Opens both, making them where there are none, and closes them whatever happens. */
export function withDesk<T>(session: Session, work: (desk: DeskStores) => Promise<T>): Promise<T> {
  const { drafts: file } = session.paths
  return withPersons(session, {}, async (vault) => {
    const drafts = await opened(file, () => session.world.doors.drafts(file))
    try {
      const { atDesk, imports } = drafts
      return await work({ drafts, atDesk, imports, vault })
    } finally {
      await drafts.close()
    }
  })
}
