// The pages of a demonstration, kept where the papers of a real village lie: what its entries name can be looked at.
import type { AttachmentStore } from '../../domain/attachment.ts'
import type { Origin, Sha256Hex } from '../../domain/ids.ts'
import { fileNameSchema } from '../attachments/names.ts'
import { filesOfEntry } from '../attachments/upkeep.ts'
import { entriesOf } from '../read/entries.ts'
import type { LedgerReads } from '../read/port.ts'
import { drawnPage } from './papers.ts'

const PAGE_BYTES = 64 * 1024
/** Disks write several files at once faster than one after another. */
const AT_ONCE = 16

/** Keeps every page the entries name, as many as were drawn in this process; how many. */
export async function filePages(files: AttachmentStore, ledgers: LedgerReads): Promise<number> {
  let kept = 0
  for (const { origin } of ledgers.ledgers()) {
    const named = new Set<Sha256Hex>()
    for (const entry of entriesOf(ledgers, origin))
      for (const { sha256 } of filesOfEntry(entry)) named.add(sha256)
    kept += await files.together(() => allFiled(files, origin, [...named]))
  }
  return kept
}

async function allFiled(
  files: AttachmentStore,
  ledger: Origin,
  wanted: readonly Sha256Hex[],
): Promise<number> {
  let kept = 0
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    const some = wanted.slice(from, from + AT_ONCE)
    const pages = some.flatMap((sha256) => drawnPage(sha256) ?? [])
    // what is random about a file is drawn as its turn begins: all arrive before the first is kept, whichever disk is faster
    const arrived = await Promise.all(
      pages.map((page) => files.receive(once(page.bytes), PAGE_BYTES)),
    )
    await Promise.all(
      arrived.map((file, place) => filed(file, { ledger, title: pages[place]?.title })),
    )
    kept += pages.length
  }
  await files.named(ledger, wanted)
  return kept
}

async function filed(
  arrived: Awaited<ReturnType<AttachmentStore['receive']>>,
  { ledger, title = '' }: { readonly ledger: Origin; readonly title: string | undefined },
): Promise<void> {
  if (arrived === 'tooLarge') throw new Error('a page has some hundred bytes')
  const titled = fileNameSchema.safeParse(`${title}.pdf`)
  const name = titled.success ? titled.data : '附件.pdf'
  await arrived.keep({ ledger, media: 'application/pdf', name })
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
