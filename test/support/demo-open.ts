// The demonstration's world in a folder of its own: store, drafts, vault and keys, all from one seed.
import { join } from 'node:path'
import { openBallotBox } from '../../db/ballots/box.ts'
import { openDrafts } from '../../db/drafts/open.ts'
import { openSqlite, type OpenStore } from '../../db/open.ts'
import { presentCalendar } from '../../src/app/calendars.ts'
import { nodeCrypto } from '../../src/app/crypto.ts'
import type { Origin } from '../../src/domain/ids.ts'
import type { DemoPorts } from '../../src/app/demo/simulate.ts'
import { DEMO_SEED, type DemoSources, demoSources } from '../../src/app/demo/sources.ts'
import { fileKeys, type Keys } from '../../src/app/keys.ts'
import type { ValueVault } from '../../src/app/township/vault.ts'
import { workings } from '../../src/app/workings.ts'
import { folder } from './store-open.ts'

/** Names and list rows in memory; the real one is tested by itself. */
export class MemoryVault implements ValueVault {
  readonly held = new Map<string, Readonly<Record<string, string>>>()

  put(subject: string, values: Readonly<Record<string, string>>): void {
    this.held.set(subject, { ...this.held.get(subject), ...values })
  }

  get(subject: string, name: string): string | undefined {
    return this.held.get(subject)?.[name]
  }
}

export interface DemoWorld {
  readonly open: OpenStore
  readonly sources: DemoSources
  readonly ports: DemoPorts
  readonly vault: MemoryVault
  readonly keys: Keys
  readonly file: string
  close(): Promise<void>
}

/** `where: 'memory'` spares the disk where only bytes are compared. */
export async function openDemoWorld(
  seed = DEMO_SEED,
  where: 'disk' | 'memory' = 'disk',
): Promise<DemoWorld> {
  const place = folder()
  const file = (name: string): string => (where === 'memory' ? ':memory:' : join(place.path, name))
  const sources = demoSources(seed)
  const keys = fileKeys(join(place.path, 'keys'), nodeCrypto, sources.keySeed)
  const open = await openSqlite({
    file: file('ledger.db'),
    workings,
    crypto: nodeCrypto,
    signer: (origin) => keys.signer(origin),
    clock: sources.clock.read,
    nonce: sources.nonce,
    calendar: presentCalendar,
  })
  const drafts = openDrafts(file('drafts.db'))
  // always a file: a box held in memory would keep a journal the real one must not have
  const ballots = openBallotBox({
    file: join(place.path, 'ballots.db'),
    key: sources.random.of('ballots').bytes(32),
  })
  const vault = new MemoryVault()
  const ports = {
    context: { store: open.store, ballots, lists: vault },
    drafts,
    vault,
    vkey: (origin: Origin) => keys.create(origin),
  }
  return {
    open,
    sources,
    ports,
    vault,
    keys,
    file: file('ledger.db'),
    async close() {
      await open.store.close()
      await drafts.close()
      await ballots.close()
      place.remove()
    },
  }
}
