// Founding a township: its own ledger first, then each village's, through the one way in that everything else takes.
import { ledgerStream } from '../../../workflows/ledger/v1/fold.ts'
import type { Origin } from '../../domain/ids.ts'
import { explain } from '../../domain/refusal.ts'
import type { Outcome } from '../../domain/store.ts'
import { dateAt, instantOf } from '../../domain/time.ts'
import { type Context, perform } from '../perform.ts'
import { type TownshipFault, townshipFault } from './faults.ts'
import type { TownshipFile } from './file.ts'
import type { Mint } from './ids.ts'
import { type LedgerPlan, planFounding } from './plan.ts'
import { rehearse } from './rehearse.ts'
import type { FoundingStep } from './site.ts'
import type { ValueVault } from './vault.ts'

export interface FoundingSources {
  readonly vault: ValueVault
  readonly mint: Mint
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** Verifier key of each ledger's signing key, which must exist before. */
  readonly vkey: (origin: Origin) => string
}

export interface Founded {
  readonly township: Origin
  readonly villages: readonly Origin[]
}

/**
 * Checks the whole file against the law first, then writes names to the vault and every command to its ledger. A crash in
 * between leaves names nobody refers to, or ledgers whose roster is not confirmed: start again in an empty data directory.
 * @throws Error when a ledger answers otherwise than rehearsed
 */
export async function foundTownship(
  context: Context,
  file: TownshipFile,
  { vault, mint, clock, vkey }: FoundingSources,
): Promise<Founded | { readonly faults: readonly TownshipFault[] }> {
  const at = instantOf(clock())
  const plan = planFounding(file, { mint, on: dateAt(at), vkey })
  if (plan.faults.length > 0) return { faults: plan.faults }
  const refused = rehearse(plan.ledgers, at)
  const faults = refused.length > 0 ? refused : await existing(context, plan.ledgers)
  if (faults.length > 0) return { faults }
  for (const { person, values } of plan.persons) vault.put(person, { ...values })
  for (const ledger of plan.ledgers) await write(context, ledger)
  const [township, ...villages] = plan.ledgers
  return { township: township.origin, villages: villages.map(({ origin }) => origin) }
}

async function existing(
  { store }: Context,
  ledgers: readonly LedgerPlan[],
): Promise<readonly TownshipFault[]> {
  const faults: TownshipFault[] = []
  for (const { origin, path } of ledgers) {
    const found = await store.read(origin, ledgerStream)
    if (found.length > 0)
      faults.push(townshipFault('alreadyFounded', [...path, 'code'], { origin }))
  }
  return faults
}

/** Commands on one stream that wait together share a transaction and are decided in the order they came. */
const AT_ONCE = 128

async function write(context: Context, { steps }: LedgerPlan): Promise<void> {
  for (const batch of batches(steps)) await carry(context, batch)
}

/** A new batch wherever the stream changes: the genesis before the roster, the roster before the policy. */
function batches(steps: readonly FoundingStep[]): readonly FoundingStep[][] {
  const made: FoundingStep[][] = []
  for (const step of steps) {
    const last = made.at(-1)
    const follows = last?.[0]?.command.stream === step.command.stream && last.length < AT_ONCE
    if (last !== undefined && follows) last.push(step)
    else made.push([step])
  }
  return made
}

async function carry(context: Context, steps: readonly FoundingStep[]): Promise<void> {
  const outcomes = await Promise.all(steps.map(({ command }) => perform(context, command)))
  for (const outcome of outcomes) requireReceipt(outcome)
}

function requireReceipt(outcome: Outcome): void {
  if ('refused' in outcome)
    throw new Error(`founding was refused: ${explain(outcome.refused, 'en').no}`)
}
