// The files of a town: the real store, and before a command is sent the papers of the law's cast that it names, as if somebody
// had brought them. Their bytes are the texts their digests were made from.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { openAttachments } from '../../db/attachments/open.ts'
import { openVault } from '../../db/vault/vault.ts'
import type { AttachmentStore } from '../../src/domain/attachment.ts'
import type { Origin } from '../../src/domain/ids.ts'
import { textOf } from '../support/law.ts'

export interface TownFiles {
  readonly files: AttachmentStore
  /** Keeps what a body names of the papers the cast has made. */
  bring(ledger: Origin, body: unknown): Promise<void>
  close(): void
}

export async function openTownFiles(path: string, clock: () => number): Promise<TownFiles> {
  const vault = openVault({
    file: join(path, 'vault.db'),
    keysFile: join(path, 'vault-keys.db'),
    key: randomBytes(32),
  })
  const files = await openAttachments({
    file: join(path, 'attachments.db'),
    folder: join(path, 'attachments'),
    vault,
    clock,
    random: (bytes) => randomBytes(bytes),
  })
  return {
    files,
    async bring(ledger, body) {
      for (const [digest] of (JSON.stringify(body) ?? '').matchAll(/\b[0-9a-f]{64}\b/g)) {
        const text = textOf(digest)
        if (text === undefined) continue
        const arrived = await files.receive(once(text), text.length * 4)
        if (arrived === 'tooLarge') throw new Error('a text has no more bytes than that')
        await arrived.keep({ ledger, media: 'application/pdf', name: '示例.pdf' })
      }
    },
    close() {
      files.close()
      vault.close()
    },
  }
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
