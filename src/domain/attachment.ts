// Attachments (附件): the files behind the digests that entries name. Their bytes are no part of any ledger: an entry holds a
// digest and nothing else, so that a file can be erased by law and every proof of the ledger still stands.
import type { Origin, PersonId, Sha256Hex } from './ids.ts'

interface MediaKind {
  readonly name: string
  /** How a file of it may be named. The first is given to one that has no name left. */
  readonly extensions: readonly [string, ...string[]]
  /** Other names programs send for it. */
  readonly alias?: string
}

/** What may be attached (发票、合同、照片、表格), and nothing else. */
export const mediaKinds = {
  'application/pdf': { name: 'PDF', extensions: ['pdf'] },
  'application/ofd': { name: 'OFD', extensions: ['ofd'] },
  'application/xml': { name: 'XML', extensions: ['xml'], alias: 'text/xml' },
  'image/jpeg': { name: 'JPEG', extensions: ['jpg', 'jpeg'] },
  'image/png': { name: 'PNG', extensions: ['png'] },
  'image/heic': { name: 'HEIC', extensions: ['heic', 'heif'], alias: 'image/heif' },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
    name: 'XLSX',
    extensions: ['xlsx'],
  },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    name: 'DOCX',
    extensions: ['docx'],
  },
} as const satisfies Record<string, MediaKind>
export type Media = keyof typeof mediaKinds

export const mediaNames = Object.keys(mediaKinds) as [Media, ...Media[]]
const kinds: Readonly<Record<Media, MediaKind>> = mediaKinds

/** Every name a sender may use. */
export const mediaTypes: readonly string[] = mediaNames.flatMap((media) => {
  const { alias } = kinds[media]
  return alias === undefined ? [media] : [media, alias]
})

/** What a `Content-Type` means; undefined for what is not taken. */
export function mediaOf(type: string): Media | undefined {
  const [bare = ''] = type.split(';')
  const named = bare.trim().toLowerCase()
  return mediaNames.find((media) => media === named || kinds[media].alias === named)
}

/** What is meant by the end of a file's name; undefined for what is not taken. */
export function mediaOfName(name: string): Media | undefined {
  const dot = name.lastIndexOf('.')
  const extension = dot > 0 ? name.slice(dot + 1).toLowerCase() : ''
  return mediaNames.find((media) => kinds[media].extensions.some((one) => one === extension))
}

export const extensionOf = (media: Media): string => kinds[media].extensions[0]

/** A photograph or a scan of some pages; what is larger has to be made smaller. */
export const ATTACHMENT_BYTES = 20 * 1024 * 1024

/** One file as a village keeps it. */
export interface Attachment {
  readonly sha256: Sha256Hex
  readonly size: number
  readonly media: Media
  /** Milliseconds since 1970. */
  readonly at: number
  /** Who brought it; absent for what the operator put there. */
  readonly by?: PersonId
  /** As it was named when it came: may name a person, so it goes when the file is erased. */
  readonly name?: string
  /** By law erased since: the digest stays, the bytes and the name do not. */
  readonly erased?: { readonly at: number; readonly basis: string; readonly approver: string }
}

/** Any part of a file without the rest of it. */
export interface FileReader {
  readonly size: number
  /** Fewer bytes only at the end. */
  read(offset: number, length: number): Promise<Uint8Array>
}

export interface AboutFile {
  readonly ledger: Origin
  readonly media: Media
  readonly name: string
  readonly by?: PersonId
}

/** A file that is there under a temporary name: looked at, then kept or thrown away. One of both must follow. */
export interface Arrived {
  readonly sha256: Sha256Hex
  readonly reader: FileReader
  /** Durable, and what `find` gives, when it resolves. The same content again is what there was; erased stays erased. */
  keep(about: AboutFile): Promise<Attachment>
  discard(): Promise<void>
}

/** Where the keys of files and their names lie: with a subject erased, neither is to be had again. */
export interface FileVault {
  put(subject: string, values: Readonly<Record<string, string>>): void
  get(subject: string, name: string): string | undefined
  erase(subject: string, at: string): boolean
  subjects(): readonly string[]
  together<T>(work: () => Promise<T>): Promise<T>
}

export interface Erasing {
  readonly basis: string
  readonly approver: string
}

/**
 * Files of villages by what is in them. Each village has its own: what one keeps, another does not know, whoever has the same
 * bytes. All of it is durable before an entry can name it; a crash leaves temporaries and files nobody knows, both swept.
 */
export interface AttachmentStore {
  /** Takes a stream in; `tooLarge` as soon as it is. What the stream throws, is thrown on. Nothing is left of either. */
  receive(source: AsyncIterator<Uint8Array>, limit: number): Promise<Arrived | 'tooLarge'>
  find(ledger: Origin, sha256: Sha256Hex): Promise<Attachment | undefined>
  /** Those of the digests whose file is not here; files that are, are safe from the sweep for another month. */
  missing(ledger: Origin, digests: readonly Sha256Hex[]): Promise<readonly Sha256Hex[]>
  /** An entry names them: they are no orphans, ever. */
  named(ledger: Origin, digests: readonly Sha256Hex[]): Promise<void>
  /** Undefined without the bytes. */
  open(ledger: Origin, sha256: Sha256Hex): Promise<AsyncIterable<Uint8Array> | undefined>
  /** Brought or asked for last before that instant, and not known to be named. */
  unnamed(
    before: number,
  ): Promise<readonly { readonly ledger: Origin; readonly sha256: Sha256Hex }[]>
  /** Bytes somebody brought that no entry names yet. */
  unnamedBytes(ledger: Origin, by: PersonId): Promise<number>
  /** Removes one that is still as `unnamed` found it. */
  remove(ledger: Origin, sha256: Sha256Hex, before: number): Promise<boolean>
  /** Removes what crashes left before that instant: how many files. */
  sweepUnknown(before: number): Promise<number>
  /** Beyond recovery, in backups too, when it resolves; false where nothing was kept. */
  erase(ledger: Origin, sha256: Sha256Hex, why: Erasing): Promise<boolean>
  /** Many files as one, for whoever makes a whole directory: what is known of them is durable when it resolves, or not there. */
  together<T>(work: () => Promise<T>): Promise<T>
  /** After a digest, in their order. */
  list(ledger: Origin, after: string, limit: number): Promise<readonly Attachment[]>
  close(): void
}
