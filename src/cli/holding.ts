// Who may work in a data directory: one server at a time, and no founding or demonstration under it.
import { fault } from './faults.ts'
import { opened, type Session } from './session.ts'

/**
 * Runs `work` while nobody else serves the directory, or founds in it.
 * @throws CliFault `dataInUse`
 */
export async function holding<T>(session: Session, work: () => Promise<T>): Promise<T> {
  const { data, lock } = session.paths
  const release = await opened(lock, () => session.world.doors.hold(lock))
  if (release === undefined) throw fault('dataInUse', { path: data })
  try {
    return await work()
  } finally {
    release()
  }
}
