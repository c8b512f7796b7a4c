// In which office somebody acts: the one they name; else the one that may. Who holds several that may must say which.
import { memberOffice } from '../../workflows/meeting/v1/acts/online.ts'
import type { Command } from '../domain/command.ts'
import type { By } from '../domain/entry.ts'
import type { CommandId, MandateId, OfficeId, PersonId } from '../domain/ids.ts'
import type { Refusal } from '../domain/refusal.ts'
import { dutiesRefusals } from '../domain/refusals/duties.ts'
import { consider } from './consider.ts'
import type { Context } from './perform.ts'
import type { HeldOffice } from './rights.ts'

export interface Acting {
  readonly person: PersonId
  readonly auth: By['auth']
  /** Offices that count in the command's ledger. */
  readonly offices: readonly HeldOffice[]
  /** Named by the caller. */
  readonly office?: OfficeId | undefined
  readonly mandate?: MandateId | undefined
  /** For what is only considered: an id nobody has used. */
  readonly freshId: () => CommandId
}

/** A command by nobody yet. */
export type Unsigned = Omit<Command, 'by'>

/** Who acts, or the offices to choose from. */
export async function actingAs(
  context: Context,
  command: Unsigned,
  acting: Acting,
): Promise<By | { readonly ambiguous: readonly OfficeId[] }> {
  const { office } = acting
  if (office !== undefined) return named(office, acting)
  const choices = acting.offices.map((held) => byOf(acting, held))
  const [only, another] = choices
  // whoever holds no office acts as a member: what that may do is for the law to say
  if (only === undefined) return { auth: acting.auth, office: memberOffice, person: acting.person }
  if (another === undefined) return only
  return chosen(context, { command, choices, fallback: only }, acting)
}

/** In their own right where they hold it; else by a mandate for it. What is not held the law refuses. */
function named(office: OfficeId, { person, auth, offices, mandate }: Acting): By {
  if (mandate !== undefined) return { auth, mandate, office, person }
  const held = offices.filter((one) => one.office === office)
  const own = held.find((one) => one.mandate === undefined) ?? held[0]
  return own === undefined ? { auth, office, person } : byOf({ person, auth }, own)
}

const byOf = (
  { person, auth }: Pick<Acting, 'person' | 'auth'>,
  { office, mandate }: HeldOffice,
): By => ({ auth, ...(mandate === undefined ? {} : { mandate }), office, person })

interface Choosing {
  readonly command: Unsigned
  readonly choices: readonly By[]
  readonly fallback: By
}

/** Each is considered by the law itself; where none may, the one with the most telling reason answers. */
async function chosen(
  context: Context,
  { command, choices, fallback }: Choosing,
  { freshId }: Acting,
): Promise<By | { readonly ambiguous: readonly OfficeId[] }> {
  const answers = await Promise.all(
    choices.map(async (by) => ({
      by,
      refused: await consider(context, { ...command, id: freshId(), by }),
    })),
  )
  const may = answers.filter(({ refused }) => refused === undefined)
  const [first, second] = may
  if (second !== undefined) return { ambiguous: may.map(({ by }) => by.office) }
  if (first !== undefined) return first.by
  const told = answers.toSorted((a, b) => farness(a.refused) - farness(b.refused))
  return told[0]?.by ?? fallback
}

/** Whoever may act at all in this command: an online ballot is a member's, everything else an office's. */
export function officesToTry(command: string, acting: Acting): readonly By[] {
  const { auth, person } = acting
  if (command === 'ballot.take') return [{ auth, office: memberOffice, person }]
  return acting.offices.map((held) => byOf(acting, held))
}

const offices: ReadonlySet<string> = new Set([
  'officeNotHeld',
  'notYourSeat',
  'questionNotYours',
  ...Object.keys(dutiesRefusals),
])

/** The less the office itself is in the way, the nearer: 0 nothing, 1 the matter, 2 the person or the office. */
export const farness = (refused: Refusal | undefined): number =>
  refused === undefined ? 0 : offices.has(refused.code) ? 2 : 1
