// What lies at the desks of a town: the real drafts, imports and vault.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { openDrafts } from '../../db/drafts/open.ts'
import { openVault } from '../../db/vault/vault.ts'
import type { DeskPorts } from '../../src/app/desk.ts'
import { mintIds } from '../../src/app/township/ids.ts'

export interface TownDesk {
  readonly desk: DeskPorts
  readonly close: () => Promise<void>
}

export function openTownDesk(path: string, key = randomBytes(32)): TownDesk {
  const drafts = openDrafts(join(path, 'drafts.db'))
  const vault = openVault({
    file: join(path, 'desk-vault.db'),
    keysFile: join(path, 'desk-vault-keys.db'),
    key,
  })
  const random = (bytes: number): Uint8Array => randomBytes(bytes)
  const mint = mintIds({ random, clock: () => Date.now() })
  return {
    desk: { drafts, atDesk: drafts.atDesk, imports: drafts.imports, vault, mint, random },
    async close() {
      await drafts.close()
      vault.close()
    },
  }
}
