// A store opened in the demonstration's world, in a folder of its own, with a vault kept in memory.
import { nodeCrypto } from '../../src/app/crypto.ts'
import { presentCalendar } from '../../src/app/calendars.ts'
import { type DemoSources, demoSources } from '../../src/app/demo/sources.ts'
import type { PersonValues, PersonVault } from '../../src/app/township/vault.ts'
import { workings } from '../../src/app/workings.ts'
import { openSqlite, type OpenStore } from '../../db/open.ts'
import type { DraftStore } from '../../src/domain/draft.ts'
import type { PersonId, Sha256Hex } from '../../src/domain/ids.ts'
import type { ListVault, PayeeRow } from '../../src/app/demo/clerking.ts'
import { openDrafts } from '../../db/drafts/store.ts'
import { join } from 'node:path'
import { folder } from './store-open.ts'

export class MemoryVault implements PersonVault, ListVault {
  readonly held = new Map<PersonId, PersonValues>()
  readonly lists = new Map<Sha256Hex, readonly PayeeRow[]>()

  put(person: PersonId, values: PersonValues): Promise<void> {
    this.held.set(person, values)
    return Promise.resolve()
  }

  keepList(digest: Sha256Hex, rows: readonly PayeeRow[]): Promise<void> {
    this.lists.set(digest, rows)
    return Promise.resolve()
  }

  get(person: PersonId): Promise<PersonValues | undefined> {
    return Promise.resolve(this.held.get(person))
  }
}

export interface DemoOpen {
  readonly open: OpenStore
  readonly sources: DemoSources
  readonly vault: MemoryVault
  readonly drafts: DraftStore
  readonly file: string
  close(): Promise<void>
}

export async function openDemoWorld(seed?: number): Promise<DemoOpen> {
  const place = folder()
  const sources = demoSources(seed)
  const open = await openSqlite({
    file: place.file,
    workings,
    crypto: nodeCrypto,
    signer: sources.signer,
    clock: sources.clock.read,
    nonce: sources.nonce,
    calendar: presentCalendar,
  })
  const drafts = openDrafts(join(place.path, 'drafts.db'))
  return {
    open,
    drafts,
    sources,
    vault: new MemoryVault(),
    file: place.file,
    async close() {
      await open.store.close()
      await drafts.close()
      place.remove()
    },
  }
}
