// export: a ledger as static files that anybody's software for transparency logs can verify.
import { resolve } from 'node:path'
import { nodeCrypto } from '../app/crypto.ts'
import { exportLedger } from '../app/export.ts'
import { writing } from './files.ts'
import { chosenLedgers, type Session } from './session.ts'
import { pairs } from './table.ts'
import { words } from './words.ts'

export interface ExportOptions {
  readonly ledger: string
  readonly out: string
}

export async function exportFiles(session: Session, options: ExportOptions): Promise<void> {
  const folder = resolve(session.world.cwd, options.out)
  await session.reading(async (reading) => {
    const [view] = chosenLedgers(reading, options.ledger)
    if (view === undefined) return
    const { origin, vkey } = view
    const bar = session.bar({ zh: '导出', en: 'exporting' })
    const exported = await writing(options.out, () =>
      exportLedger({
        crypto: nodeCrypto,
        reads: reading.ledgers,
        origin,
        vkey,
        folder,
        onProgress: (done, of) => bar.show(done, of),
      }),
    )
    bar.clear()
    const word = words[session.language]
    session.print({ ...exported, folder, vkey }, () =>
      pairs([
        [word.ledger, origin],
        [word.entries, String(exported.size)],
        [word.files, String(exported.files)],
        [word.folder, folder],
        [word.vkey, vkey],
      ]),
    )
  })
}
