// Bringing a file: taken in, looked at, kept; or nothing of it is.
import {
  type AboutFile,
  type Arrived,
  ATTACHMENT_BYTES,
  type Attachment,
  type AttachmentStore,
  type Media,
} from '../../domain/attachment.ts'
import { namesMedia } from './names.ts'
import { sniff } from './sniff.ts'

/** What somebody may have lying about that no entry names yet. */
const UNNAMED_BYTES = 1024 * 1024 * 1024

export type NotBrought =
  | { readonly no: 'tooLarge' }
  | { readonly no: 'empty' }
  /** What is in it is not what it was said to be; `found` where that is told. */
  | { readonly no: 'disguised'; readonly found?: Media }
  | { readonly no: 'misnamed' }
  | { readonly no: 'erased' }
  | { readonly no: 'tooMuchUnnamed' }

export async function bring(
  store: AttachmentStore,
  source: AsyncIterator<Uint8Array>,
  about: AboutFile,
): Promise<{ readonly kept: Attachment } | NotBrought> {
  const { ledger, by, name, media } = about
  if (!namesMedia(name, media)) return { no: 'misnamed' }
  if (by !== undefined && (await store.unnamedBytes(ledger, by)) > UNNAMED_BYTES)
    return { no: 'tooMuchUnnamed' }
  const arrived = await store.receive(source, ATTACHMENT_BYTES)
  if (arrived === 'tooLarge') return { no: 'tooLarge' }
  let kept = false
  try {
    const no = await faultOf(arrived, media)
    if (no !== undefined) return no
    const file = await arrived.keep(about)
    kept = true
    return file.erased === undefined ? { kept: file } : { no: 'erased' }
  } finally {
    if (!kept) await arrived.discard()
  }
}

async function faultOf({ reader }: Arrived, media: Media): Promise<NotBrought | undefined> {
  if (reader.size === 0) return { no: 'empty' }
  const found = await sniff(reader)
  if (found === media) return undefined
  return { no: 'disguised', ...(found === undefined ? {} : { found }) }
}
