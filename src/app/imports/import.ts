// An import from the upload to its end. What was read is kept, sealed in the vault, until whoever brought it has seen and
// confirmed it, or a day is over; then it is beyond recovery. What is confirmed is what was shown: the digest says so.
import { createHash } from 'node:crypto'
import type { By } from '../../domain/entry.ts'
import { type Origin, type PersonId, type Sha256Hex, sha256HexSchema } from '../../domain/ids.ts'
import type { KeptImport } from '../../domain/import.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { addHours, type Instant } from '../../domain/time.ts'
import { rosterStream } from '../../../workflows/roster/v1/fold.ts'
import type { Unsigned } from '../acting.ts'
import { consider } from '../consider.ts'
import type { DeskPorts } from '../desk.ts'
import { keepList } from '../lists/keep.ts'
import { type Context, perform } from '../perform.ts'
import type { PayeeList } from '../../domain/draft.ts'
import type { Plan, Prepared, RosterStep } from './prepare.ts'

const HOURS = 24
/** Of one person in one village, waiting: the oldest gives way. */
const WAITING_MAX = 20

export type ImportPorts = Pick<DeskPorts, 'drafts' | 'imports' | 'vault' | 'random'>

const subjectOf = (id: Sha256Hex): string => `import/${id}`

export interface Bringing {
  readonly ledger: Origin
  readonly person: PersonId
  readonly at: Instant
}

/** Keeps what was read. A crash on the way leaves an import without rows: nothing can be confirmed, and it goes in a day. */
export async function keepImport(
  ports: ImportPorts,
  { ledger, person, at }: Bringing,
  prepared: Prepared,
): Promise<KeptImport> {
  await sweepImports(ports, at)
  await makeRoom(ports, { ledger, person, at })
  const content = JSON.stringify(prepared)
  const digest = sha256HexSchema.parse(createHash('sha256').update(content).digest('hex'))
  const id = sha256HexSchema.parse(Buffer.from(ports.random(32)).toString('hex'))
  const { subject } = prepared.plan
  const kept: KeptImport = {
    id,
    ledger,
    person,
    subject,
    digest,
    state: 'shown',
    madeAt: at,
    expiresAt: addHours(at, HOURS),
  }
  await ports.imports.add(kept)
  ports.vault.put(subjectOf(id), { content })
  return kept
}

async function makeRoom(ports: ImportPorts, { at, ...whose }: Bringing): Promise<void> {
  const waiting = (await ports.imports.list(whose)).filter(({ state }) => state === 'shown')
  for (const { id } of waiting.slice(WAITING_MAX - 1)) await forgetImport(ports, id, at)
}

/** Its rows first: what is left after a crash says nothing. */
export async function forgetImport(
  { imports, vault }: Pick<ImportPorts, 'imports' | 'vault'>,
  id: Sha256Hex,
  at: Instant,
): Promise<void> {
  eraseRows(vault, id, at)
  await imports.drop(id)
}

/** Without their key they are beyond recovery, though a reader elsewhere keeps the log from being cut: that is no failure. */
function eraseRows(vault: ImportPorts['vault'], id: Sha256Hex, at: Instant): void {
  try {
    vault.erase(subjectOf(id), at)
  } catch (error) {
    if (vault.get(subjectOf(id), 'content') !== undefined) throw error
  }
}

/** Forgets every import whose day is over. */
export async function sweepImports(
  ports: Pick<ImportPorts, 'imports' | 'vault'>,
  at: Instant,
): Promise<number> {
  const over = await ports.imports.expired(at)
  for (const { id } of over) await forgetImport(ports, id, at)
  return over.length
}

/** The rows as they were shown; undefined once they are confirmed or forgotten. */
export function preparedOf({ vault }: Pick<ImportPorts, 'vault'>, { id }: KeptImport) {
  const content = vault.get(subjectOf(id), 'content')
  // sealed by ourselves: nothing else has written it
  return content === undefined ? undefined : (JSON.parse(content) as Prepared)
}

/** What became of one command of a roster. */
export interface StepDone {
  readonly command: string
  readonly households: number
  readonly members: number
  /** Of its entry. */
  readonly seq?: number
  readonly refused?: Refusal
}

export type ImportOutcome =
  | { readonly subject: 'requests'; readonly added: number; readonly known: number }
  | { readonly subject: 'payees'; readonly list: PayeeList }
  | { readonly subject: 'members'; readonly steps: readonly StepDone[] }

export interface Confirming {
  readonly context: Context
  readonly ledger: Origin
  readonly at: Instant
  /** Who gives a command: for imports that become entries. */
  readonly sign: (command: Unsigned) => Promise<By>
}

/**
 * Does what was shown, once however often it is asked. Drafts and lists come in whole; a roster command by command, each whole:
 * those that were refused may be asked for again, those that are done are answered with what they became.
 */
export async function confirmImport(
  ports: ImportPorts,
  { id }: KeptImport,
  { plan, confirming }: { readonly plan: Plan; readonly confirming: Confirming },
): Promise<ImportOutcome> {
  const outcome = await applied(ports, plan, confirming)
  const done =
    outcome.subject !== 'members' || outcome.steps.every(({ refused }) => refused === undefined)
  await ports.imports.settle(id, {
    state: done ? 'confirmed' : 'shown',
    outcome: JSON.stringify(outcome),
  })
  // a crash before this leaves the rows for the rest of their day
  if (done) eraseRows(ports.vault, id, confirming.at)
  return outcome
}

async function applied(
  { drafts, vault, random }: ImportPorts,
  plan: Plan,
  confirming: Confirming,
): Promise<ImportOutcome> {
  switch (plan.subject) {
    case 'requests':
      return { subject: 'requests', ...(await drafts.putAll(plan.drafts)) }
    case 'payees': {
      const { rows, place, amount } = plan
      const kept = keepList(rows, { place, amount }, { vault, random })
      if ('faults' in kept) throw new Error('a list that was shown as good is none')
      return { subject: 'payees', list: kept.list }
    }
    case 'members': {
      const steps: StepDone[] = []
      for (const step of plan.steps) steps.push(await stepDone(step, vault, confirming))
      return { subject: 'members', steps }
    }
  }
}

async function stepDone(
  { command: id, households }: RosterStep,
  vault: ImportPorts['vault'],
  { context, ledger, sign }: Confirming,
): Promise<StepDone> {
  const input = {
    households: households.map(({ household, members }) => ({ household, members })),
  }
  const asked = { id, type: 'household.record', ledger, stream: rosterStream, input }
  const told = {
    command: id,
    households: households.length,
    members: households.reduce((sum, { members }) => sum + members.length, 0),
  }
  const command = { ...asked, by: await sign(asked) }
  const no = await consider(context, command)
  // of what is refused no name is kept
  if (no !== undefined) return { ...told, refused: no }
  for (const { person, values } of households.flatMap(({ persons }) => persons))
    vault.put(person, { ...values })
  const outcome = await perform(context, command)
  if ('refused' in outcome) return { ...told, refused: outcome.refused }
  const [first] = outcome.receipt.entries
  return { ...told, ...(first === undefined ? {} : { seq: first.seq }) }
}
