// The vault of a data directory, for use cases that name persons.
import { vaultKey } from '../app/keys.ts'
import type { FileVault } from '../domain/attachment.ts'
import type { ValueVault } from '../app/township/vault.ts'
import { opened, type Session } from './session.ts'

interface How {
  /** Of a demonstration that makes the vault: everything in it then comes from its seed. */
  readonly random?: (bytes: number) => Uint8Array
}

/** Opens the vault, making it and its key where there is none, and closes it whatever happens. */
export async function withPersons<T>(
  session: Session,
  how: How,
  work: (vault: ValueVault & FileVault) => Promise<T>,
): Promise<T> {
  const { vault: file, vaultKeys: keysFile, keys } = session.paths
  const key = vaultKey(keys, how.random ?? session.world.random)
  const vault = await opened(file, () => session.world.doors.vault({ file, keysFile, key, ...how }))
  try {
    return await work(vault)
  } finally {
    vault.close()
  }
}
