// The forged twin of every refusal (law §10): the entry that would stand in the ledger had the command not
// been refused. Verify must report it under the very code. LawWorld tries it the first time a spec meets a
// code, so no code a test reaches is without.
import { byCommand } from '../../src/app/verify/commands-audit.ts'
import { lawWorkings } from '../../src/app/verify/law.ts'
import { nodeCrypto } from '../../src/app/crypto.ts'
import { Replay } from '../../src/app/replay.ts'
import type { Command } from '../../src/domain/command.ts'
import { type Entry, type JsonObject, noEntry } from '../../src/domain/entry.ts'
import type { Origin } from '../../src/domain/ids.ts'
import { type RefusalCode, refusals } from '../../src/domain/refusal.ts'
import type { Instant } from '../../src/domain/time.ts'
import { workflowOfCommand } from '../../workflows/versions.ts'
import { ledgerFold, ledgerStream } from '../../workflows/ledger/v1/fold.ts'

/** The part of a LawWorld that is needed: it would import this file in a circle. */
interface World {
  readonly now: Instant
  history(): readonly Entry[]
}

interface Refused {
  readonly world: World
  readonly command: Command
  readonly code: RefusalCode
}

/** Rules on facts that the tables of law tell outright: their twins need a history that bears the fact out (twins.spec). */
export const onFacts: readonly RefusalCode[] = [
  'invoiceClaimed',
  'secretMismatch',
  'notInPopulation',
]

const tried = new Set<RefusalCode>(onFacts)

/** Throws when a protective refusal, forged into the ledger, would not be found under its code. */
export function requireTwin({ world, command, code }: Refused): void {
  if (tried.has(code) || !refusals[code].protective) return
  tried.add(code)
  const found = twinCode(world, command)
  if (found !== code)
    throw new Error(`${command.type}: forged twin of ${code} is found as ${found}`)
}

/** What verify says of the world's history with this command recorded at its end as if it had been allowed. */
export function twinCode(world: World, command: Command): string {
  const bare = judged(world, command)
  if (bare?.code !== 'factDiffers') return bare?.code ?? 'lawful'
  // recorded as the entries have them, so that nothing but the rule itself is broken
  const [, facts = '{}'] = bare.detail.split(' ≠ ')
  return judged(world, command, JSON.parse(facts) as JsonObject)?.code ?? 'lawful'
}

function judged(world: World, command: Command, facts?: JsonObject) {
  const history = world.history()
  const replay = new Replay({
    ...lawWorkings,
    crypto: nodeCrypto,
    rootAt: () => new Uint8Array(32),
  })
  for (const entries of byCommand(history)) replay.next(entries)
  return replay.next([forgedEntry(world, { history, command, facts })])[0]
}

function forgedEntry(
  { now }: World,
  {
    history,
    command,
    facts,
  }: { history: readonly Entry[]; command: Command; facts: JsonObject | undefined },
): Entry {
  const { id, type, ledger, stream, by, seen, input, files } = command
  const workflow = workflowOfCommand(type)
  const event = workflow?.acts.get(type)
  if (workflow === undefined || event === undefined) throw new Error(`no workflow for ${type}`)
  const own = history.filter((entry) => entry.ledger === ledger)
  const relies = reliedOn(history, command)
  return {
    at: now,
    body: { given: input as JsonObject },
    by,
    calendar: [...lawWorkings.calendars.keys()].at(-1) ?? '',
    command: id,
    ...(facts === undefined ? {} : { facts }),
    ...(files === undefined ? {} : { files: [...files] }),
    ledger,
    nonce: 'AAAAAAAAAAAAAAAAAAAAAA',
    prev: noEntry,
    ...(relies === undefined ? {} : { relies }),
    revision: own.filter((entry) => entry.stream === stream).length,
    ...(seen === undefined ? {} : { seen }),
    seq: own.length,
    stream,
    type: event,
    v: 1,
    workflow: workflow.name,
  }
}

/** The township of the genesis at its present size, where the command relies on one. */
function reliedOn(history: readonly Entry[], command: Command) {
  const { relied } = workflowOfCommand(command.type)?.needs(command) ?? {}
  if (relied === undefined) return undefined
  const genesis = history.find(
    ({ ledger, stream }) => ledger === command.ledger && stream === ledgerStream,
  )
  if (genesis === undefined) return undefined
  const township: Origin | undefined = ledgerFold.apply(ledgerFold.initial, genesis).township
  if (township === undefined) return undefined
  const size = history.filter(({ ledger }) => ledger === township).length
  return size === 0 ? undefined : { origin: township, size }
}
