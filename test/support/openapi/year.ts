// The demonstration's year carried through twice: over HTTP, and by the way in the command line takes. What the people decide is
// the same; so is everything chance decides.
import { dirname, join } from 'node:path'
import { openAccounts } from '../../../db/accounts/open.ts'
import { type Door, ownDoor } from '../../../src/app/demo/hands.ts'
import type { DemoReport } from '../../../src/app/demo/report.ts'
import { runDemo } from '../../../src/app/demo/simulate.ts'
import { DEMO_SEED } from '../../../src/app/demo/sources.ts'
import { mintIds } from '../../../src/app/township/ids.ts'
import { Watch } from '../../../src/app/demo/watch.ts'
import type { Command } from '../../../src/domain/command.ts'
import { entrySchema } from '../../../src/domain/entry.ts'
import { utf8 } from '../../../src/ledger/bytes.ts'
import { parseCanonical } from '../../../src/ledger/canonical.ts'
import { originSchema, streamKind } from '../../../src/domain/ids.ts'
import { isNumbered } from '../../../src/app/begin.ts'
import { commandPlaces } from '../../../src/http/routes/command-places.ts'
import { dateAt, type LocalDate } from '../../../src/domain/time.ts'
import { openTownFiles } from '../../http/town-files.ts'
import { serverOver } from '../../http/town.ts'
import { checkLedger } from '../check-ledger.ts'
import { type DemoWorld, openDemoWorld } from '../demo-open.ts'
import { type HttpDoor, httpDoor, inTurn } from './hands.ts'
import { workings } from '../../../src/app/workings.ts'
import { randomBytes } from 'node:crypto'

export interface Ended {
  readonly report: DemoReport
  /** The signed heads, every one of every ledger. */
  readonly heads: readonly string[]
  /** Every entry as it stands, by ledger. */
  readonly entries: readonly (readonly [origin: string, entries: readonly string[]])[]
}

export interface OverHttp extends Ended {
  readonly door: Pick<HttpDoor, 'figures' | 'misled' | 'used'>
  readonly seconds: number
  readonly log: readonly unknown[]
}

const endOf = ({ open }: DemoWorld, report: DemoReport): Ended => {
  const origins = open.ledgers.ledgers().map(({ origin }) => origin)
  return {
    report,
    heads: origins.flatMap((one) => [...open.ledgers.checkpoints(one)].map(({ note }) => note)),
    entries: origins.map((origin) => {
      const size = open.ledgers.checkpoint(origin)?.size ?? 0
      const all = open.ledgers.entries(origin, 0, size)
      return [origin, all.map((bytes) => Buffer.from(bytes).toString('utf8'))]
    }),
  }
}

/** Founded in this process, as the founder does it; all that follows over HTTP. */
export async function overHttp(months: number): Promise<OverHttp> {
  const world = await openDemoWorld()
  const accounts = openAccounts(join(world.file, '..', 'accounts.db'))
  const log: unknown[] = []
  const { clock } = world.sources
  const mint = mintIds({ random: (bytes) => randomBytes(bytes), clock: () => Date.now() })
  let door: HttpDoor | undefined
  const kept = await openTownFiles(dirname(world.file), clock.read)
  const { files } = kept
  let stop = (): Promise<void> => Promise.resolve()
  try {
    const opened = async (): Promise<Door> => {
      const served = await serverOver({
        file: world.file,
        context: { ...world.ports.context, files },
        files,
        accounts,
        clock: clock.read,
        doorClock: clock.read,
        freshId: () => mint.command(),
        demo: true,
        log,
      })
      stop = async () => {
        await served.running.close()
        served.reading.close()
      }
      door = await httpDoor(served.running.url)
      return door
    }
    const began = performance.now()
    const report = await runDemo({ ...world.ports, door: opened }, world.sources, { months })
    const seconds = (performance.now() - began) / 1000
    checkLedger(world.file, { workings, signer: (origin) => world.keys.signer(origin) })
    if (door === undefined) throw new Error('nobody came through the door')
    const { figures, misled, used } = door
    return { ...endOf(world, report), door: { figures, misled, used }, seconds, log }
  } finally {
    door?.close()
    await stop()
    kept.close()
    accounts.close()
    await world.close()
  }
}

/** In this process, through `perform`, as the command line does: one act after another, and signed as people at a server sign. */
export async function inProcess(months: number): Promise<Ended> {
  const world = await openDemoWorld(DEMO_SEED, 'memory')
  try {
    const door = (): Promise<Door> => Promise.resolve(asAtServer(world))
    const report = await runDemo({ ...world.ports, door }, world.sources, { months })
    return endOf(world, report)
  } finally {
    await world.close()
  }
}

/** The command line's own demonstration, many acts a transaction and `simulated` in place of a sign-in. */
export async function asShipped(months: number): Promise<Ended> {
  const world = await openDemoWorld(DEMO_SEED, 'memory')
  try {
    const report = await runDemo(world.ports, world.sources, { months })
    return endOf(world, report)
  } finally {
    await world.close()
  }
}

/** The day of the newest entry. */
export const lastDay = ({ entries }: Ended): LocalDate =>
  entries.map(([, all]) => dateAt(entryIn(all.at(-1) ?? '').at)).reduce((a, b) => (a > b ? a : b))

const entryIn = (text: string) => entrySchema.parse(parseCanonical(utf8(text)))

/** Where everything stands: each thing's row, every roster, every policy. */
export interface Standing {
  /** At the end, when all of it is over. */
  readonly requests: readonly unknown[]
  readonly authorities: readonly unknown[]
  readonly inspections: readonly unknown[]
  /** On a day. */
  readonly meetings: readonly unknown[]
  readonly rosters: readonly unknown[]
  readonly policies: readonly unknown[]
}

/**
 * Left out: the ledgers' sizes and times of day, and what the lot of an inspection drew. The lot rests on a signed head, heads on
 * every byte before them, and there stand `simulated` in one and `password` in the other: another lot, and so other findings,
 * and another day on which the last of them is closed out. What goes on meanwhile is compared on the day the earlier ended.
 */
export async function standingOf(ended: Ended, day: LocalDate): Promise<Standing> {
  const over = await watched(ended)
  const then = await watched({ entries: until(ended, day) })
  const policies = until(ended, day).map(([, all]) =>
    all
      .map(entryIn)
      .filter(({ stream }) => stream === 'policy')
      .map(({ type, body }) => ({ type, body })),
  )
  return {
    requests: over.rows('request').map((row) => ({ ...row, openFindings: '-' })),
    authorities: over.rows('authority'),
    inspections: over
      .rows('inspection')
      .map((row) => ({ ...row, examined: '-', openFindings: '-' })),
    meetings: then.rows('meeting'),
    rosters: then.ledgers.map((origin) => withoutTimes(then.roster(origin))),
    policies,
  }
}

const until = ({ entries }: Pick<Ended, 'entries'>, day: LocalDate): Ended['entries'] =>
  entries.map(([origin, all]) => [origin, all.filter((text) => dateAt(entryIn(text).at) <= day)])

async function watched({ entries }: Pick<Ended, 'entries'>): Promise<Watch> {
  const texts = new Map(entries)
  const follow = async function* (ledger: string) {
    for (const text of texts.get(ledger) ?? [])
      yield { entry: entryIn(text), bytes: new Uint8Array() }
  }
  const watch = new Watch(
    { follow },
    entries.map(([origin]) => originSchema.parse(origin)),
  )
  await watch.catchUp()
  return watch
}

/** Maps as they are listed, instants as days. */
const withoutTimes = (state: unknown): unknown =>
  JSON.parse(
    JSON.stringify(state, (name, value: unknown): unknown => {
      if (value instanceof Map || value instanceof Set) return [...(value as Iterable<unknown>)]
      return name === 'at' && typeof value === 'string' ? value.slice(0, 10) : value
    }),
  )

/** Two things alone a sign-in leaves in the ledger: how it was proved, and what the person had before them when they signed. */
function asAtServer({ ports: { context } }: DemoWorld): Door {
  const { hands, entries } = ownDoor(context)
  const turn = inTurn()
  const signed = <T extends { readonly by: Command['by'] }>(command: T): T => ({
    ...command,
    by: { ...command.by, auth: 'password' },
  })
  return {
    entries,
    hands: {
      perform: (command) =>
        turn(async () => {
          const seen = await seenBy(context, command)
          return hands.perform(signed(seen === undefined ? command : { ...command, seen }))
        }),
      castBallot: (ballot) => turn(() => hands.castBallot({ ...ballot, auth: 'password' })),
      countBallots: (counting) => turn(() => hands.countBallots(signed(counting))),
    },
  }
}

async function seenBy(
  { store }: DemoWorld['ports']['context'],
  { type, ledger, stream }: Command,
): Promise<number | undefined> {
  const place = commandPlaces[type]
  const begins = place?.at === '' && isNumbered(streamKind(stream))
  if (place?.signature !== true || begins) return undefined
  const entries = await store.read(ledger, stream)
  return entries.at(-1)?.revision
}
