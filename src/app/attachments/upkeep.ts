// Looking after the files: those nobody ever named go after a month; whether those that are named are there, and are what they
// should be, is told.
import { setImmediate } from 'node:timers/promises'
import { workflows } from '../../../workflows/versions.ts'
import type { Attachment, AttachmentStore } from '../../domain/attachment.ts'
import type { DraftDesk } from '../../domain/draft.ts'
import type { Entry } from '../../domain/entry.ts'
import { type Origin, type Sha256Hex, sha256HexSchema } from '../../domain/ids.ts'
import { entriesOf, entryBytesOf } from '../read/entries.ts'
import type { LedgerReads } from '../read/port.ts'
import { filesNamed, type NamedFile } from './named.ts'
import { isWhole } from './whole.ts'

const DAY_MS = 86_400_000
export const ORPHAN_DAYS = 30
/** No upload takes as long. */
const UNDER_WAY_DAYS = 1

export interface Swept {
  /** Files brought that no entry named within a month. */
  readonly orphans: number
  /** What crashes left. */
  readonly unknown: number
}

export interface UpkeepPorts {
  readonly files: AttachmentStore
  /** Drafts wait for months, and what they name is not brought again. */
  readonly desk: { readonly atDesk: Pick<DraftDesk, 'digests'> }
  readonly ledgers: LedgerReads
  /** Milliseconds since 1970. */
  readonly clock: () => number
}

/**
 * To be run daily. Whether an entry names a file is read from the ledger itself, at whatever place in whatever entry its digest
 * stands: rather one kept too long than one lost.
 */
export async function sweepAttachments({
  files,
  desk,
  ledgers,
  clock,
}: UpkeepPorts): Promise<Swept> {
  const now = clock()
  const before = now - ORPHAN_DAYS * DAY_MS
  const candidates = new Map<Origin, Set<Sha256Hex>>()
  for (const { ledger, sha256 } of await files.unnamed(before))
    candidates.set(ledger, (candidates.get(ledger) ?? new Set()).add(sha256))
  let orphans = 0
  const drafted = candidates.size === 0 ? new Set<Sha256Hex>() : await desk.atDesk.digests()
  for (const [ledger, digests] of candidates) {
    const named = await namedAmong(ledgers, ledger, digests)
    await files.named(ledger, named)
    for (const sha256 of digests) {
      if (named.includes(sha256) || drafted.has(sha256)) continue
      if (await files.remove(ledger, sha256, before)) orphans += 1
    }
  }
  const unknown = await files.sweepUnknown(now - UNDER_WAY_DAYS * DAY_MS)
  return { orphans, unknown }
}

const AT_ONCE = 500
const DIGEST = /[0-9a-f]{64}/g

async function namedAmong(
  ledgers: LedgerReads,
  origin: Origin,
  wanted: ReadonlySet<Sha256Hex>,
): Promise<readonly Sha256Hex[]> {
  const found = new Set<Sha256Hex>()
  let seen = 0
  for (const bytes of entryBytesOf(ledgers, origin)) {
    for (const [digest] of Buffer.from(bytes).toString('latin1').matchAll(DIGEST)) {
      const sha256 = sha256HexSchema.parse(digest)
      if (wanted.has(sha256)) found.add(sha256)
    }
    seen += 1
    // lets others work in between
    if (seen % AT_ONCE === 0) await setImmediate()
  }
  return [...found]
}

/** The command an entry answers, by the entry's type. */
const commandOfEvent: ReadonlyMap<string, string> = new Map(
  workflows.flatMap(({ acts }) =>
    [...acts].map(([type, event]): [string, string] => [event, type]),
  ),
)

/** Every file an entry names: those of the command as it was given. */
export function filesOfEntry({ type, body }: Pick<Entry, 'type' | 'body'>): readonly NamedFile[] {
  const command = commandOfEvent.get(type)
  return command === undefined ? [] : filesNamed(command, body['given'])
}

export interface Unwell {
  readonly ledger: Origin
  readonly seq: number
  readonly type: string
  readonly file: NamedFile
  /** `altered`: what is there is not what the entry names. `erased` is lawful and told for completeness. */
  readonly fault: 'missing' | 'altered' | 'erased'
}

/** What of the files a ledger's entries name is not there whole; with `read` every one of them is read to its end. */
export async function* checkAttachments(
  { files, ledgers }: Pick<UpkeepPorts, 'files' | 'ledgers'>,
  ledger: Origin,
  { read }: { readonly read: boolean },
): AsyncGenerator<Unwell | { readonly checked: true }> {
  const known = new Map<Sha256Hex, Unwell['fault'] | 'well'>()
  for (const entry of entriesOf(ledgers, ledger)) {
    for (const file of filesOfEntry(entry)) {
      const { sha256 } = file
      const state = known.get(sha256) ?? (await stateOf(files, { ledger, sha256 }, read))
      known.set(sha256, state)
      const { seq, type } = entry
      yield state === 'well' ? { checked: true } : { ledger, seq, type, file, fault: state }
    }
  }
}

async function stateOf(
  files: AttachmentStore,
  { ledger, sha256 }: { readonly ledger: Origin; readonly sha256: Sha256Hex },
  read: boolean,
): Promise<Unwell['fault'] | 'well'> {
  const file = await files.find(ledger, sha256)
  if (file?.erased !== undefined) return 'erased'
  const pieces = await files.open(ledger, sha256)
  if (pieces === undefined) return 'missing'
  return !read || (await isWhole(pieces, sha256)) ? 'well' : 'altered'
}

/** What is told of a file that an entry names. */
export interface ShownFile extends NamedFile {
  readonly seq: number
  readonly state: 'kept' | 'missing' | 'erased'
  readonly file?: Attachment
}

/** The files a thing's entries name, in their order, each as often as it is named. */
export async function filesOf(
  files: AttachmentStore,
  ledger: Origin,
  entries: readonly Entry[],
): Promise<readonly ShownFile[]> {
  const shown: ShownFile[] = []
  for (const entry of entries) {
    for (const named of filesOfEntry(entry)) {
      const file = await files.find(ledger, named.sha256)
      const there = file !== undefined && (await files.open(ledger, named.sha256)) !== undefined
      const state = file?.erased !== undefined ? 'erased' : there ? 'kept' : 'missing'
      shown.push({ ...named, seq: entry.seq, state, ...(file === undefined ? {} : { file }) })
    }
  }
  return shown
}
