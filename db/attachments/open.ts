// The files' folder and what is known of them: opened, migrated, swept of what a crash left half.
import { join } from 'node:path'
import type { AttachmentStore } from '../../src/domain/attachment.ts'
import { migrate } from '../sqlite/migrate.ts'
import { connect } from '../sqlite/open.ts'
import { Folder } from './folder.ts'
import { Rows } from './rows.ts'
import { DiskAttachments, type DiskPorts } from './store.ts'

export interface AttachmentsOptions extends Pick<DiskPorts, 'vault' | 'clock' | 'random'> {
  /** What is known of them. */
  readonly file: string
  /** The bytes. */
  readonly folder: string
}

/** Beside this file in the source as in the build, which copies it. */
const migrationsFolder = join(import.meta.dirname, 'migrations')
const TOKEN_BYTES = 6

/**
 * Opens (or makes) both.
 * @throws MigrationRefused, UnsafeConnection, what the system says of the folder
 */
export async function openAttachments(options: AttachmentsOptions): Promise<AttachmentStore> {
  const { vault, clock, random } = options
  const db = connect(options.file)
  try {
    db.pragma('secure_delete = ON')
    migrate(db, migrationsFolder)
    const token = Buffer.from(random(TOKEN_BYTES)).toString('hex')
    const folder = await Folder.open(options.folder, token)
    return new DiskAttachments({
      rows: new Rows(db),
      folder,
      vault,
      clock,
      random,
      close: () => db.close(),
    })
  } catch (error) {
    db.close()
    throw error
  }
}
