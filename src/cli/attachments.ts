// The attachments of a data directory: the files themselves, with their keys and names in the vault.
import type { AttachmentStore } from '../domain/attachment.ts'
import { withPersons } from './persons.ts'
import { opened, type Session } from './session.ts'

interface How {
  /** Of a demonstration that makes them: what is random then comes from its seed. */
  readonly random?: (bytes: number) => Uint8Array
  readonly clock?: () => number
}

/** Opens the files and the vault, making them where there are none, and closes both whatever happens. */
export function withAttachments<T>(
  session: Session,
  how: How,
  work: (files: AttachmentStore) => Promise<T>,
): Promise<T> {
  const { attachments: file, files: folder } = session.paths
  const { doors, now, random } = session.world
  const made = how.random === undefined ? {} : { random: how.random }
  return withPersons(session, made, async (vault) => {
    const door = { file, folder, vault, clock: how.clock ?? now, random: how.random ?? random }
    const files = await opened(file, () => doors.attachments(door))
    try {
      return await work(files)
    } finally {
      files.close()
    }
  })
}
