// What every workflow is made of: acts (command → first event), notes (events that follow), a fold and a decide.
import { z } from 'zod'
import { CalendarMissing } from '../src/domain/calendar.ts'
import type { Command } from '../src/domain/command.ts'
import type { Entry, JsonObject } from '../src/domain/entry.ts'
import type { StreamId, StreamKind } from '../src/domain/ids.ts'
import { deputised } from '../src/domain/mandate.ts'
import { refuse } from '../src/domain/refusal.ts'
import type { Decision, Deciding, EventDraft, Fold, Needs } from '../src/domain/store.ts'

/** An entry that cannot follow from the ones before it. Loud, with its place: history was altered or a workflow is broken. */
export class CorruptHistory extends Error {
  constructor(entry: Entry, why: string) {
    super(`${entry.ledger} #${entry.seq} ${entry.stream} ${entry.type}: ${why}`)
  }
}

/** A command that is not of its workflow's form; the door turns it into a bilingual error with the field paths. */
export class MalformedCommand extends Error {
  readonly issues: readonly z.core.$ZodIssue[]
  constructor(type: string, issues: readonly z.core.$ZodIssue[]) {
    super(
      `${type}: ${issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}`,
    )
    this.issues = issues
  }
}

/**
 * One act: what a command of this type asks (`input`) and the event it is recorded as. The event's body holds the input
 * verbatim under `given`, so that verify can re-create the command, and beside it what decide `adds`.
 */
export function act<
  C extends string,
  E extends string,
  I extends z.ZodType,
  A extends z.ZodRawShape = Record<never, never>,
>(command: C, event: E, shape: { input: I; adds?: A }) {
  const adds = shape.adds ?? ({} as A)
  return {
    command: z.object({ type: z.literal(command), input: shape.input }),
    event: z.object({
      type: z.literal(event),
      body: z.strictObject({ given: shape.input, ...adds }),
    }),
    input: shape.input as z.ZodType,
    adds: z.strictObject(adds),
    commandType: command,
    eventType: event,
  }
}

/**
 * Inputs the door has parsed, by the act they ask. The event that records one holds the very object
 * under `given`: parsing it again would read the whole form twice a step. Nothing read from storage is
 * in here.
 */
const parsedInputs = new WeakMap<object, object>()

interface Act {
  readonly eventType: string
  readonly adds: z.ZodType<object>
}

/**
 * Reads an entry's event by the workflow's union. Of an event this process has just drafted only what
 * decide added is parsed; any other is parsed whole.
 * @returns the reader; it throws CorruptHistory
 */
export function eventReader<E>(events: z.ZodType<E>, acts: readonly Act[]): (entry: Entry) => E {
  const byType = new Map(acts.map((one) => [one.eventType, one]))
  return (entry) => {
    const { type, body } = entry
    const known = byType.get(type)
    const given = body['given']
    if (known !== undefined && typeof given === 'object' && parsedInputs.get(given) === known) {
      const { given: _, ...added } = body
      const parsed = known.adds.safeParse(added)
      if (!parsed.success) throw new CorruptHistory(entry, parsed.error.message)
      return { type, body: { given, ...parsed.data } } as E
    }
    const parsed = events.safeParse({ type, body })
    if (!parsed.success) throw new CorruptHistory(entry, parsed.error.message)
    return parsed.data
  }
}

/** An event that never answers a command by itself but follows from one in the same commit. */
export function note<E extends string, A extends z.ZodRawShape>(event: E, adds: A) {
  return {
    event: z.object({ type: z.literal(event), body: z.strictObject(adds) }),
    eventType: event,
  }
}

/** A workflow as the rest of the program sees it. */
export interface Workflow {
  readonly name: string
  readonly kind: StreamKind
  /** Command type → type of the event it is first recorded as. */
  readonly acts: ReadonlyMap<string, string>
  /** Command type → the form of its input. */
  readonly inputs: ReadonlyMap<string, z.ZodType>
  /** Event types that follow from acts of this or another workflow. */
  readonly notes: readonly string[]
  readonly fold: Fold<unknown>
  needs(command: Command): Needs
  decide(command: Command, deciding: Deciding): Decision
  /** @throws MalformedCommand */
  parse(command: Command): Command
}

interface Definition<S, C extends { type: string; input: unknown }> {
  readonly name: string
  readonly fold: Fold<S>
  readonly acts: readonly {
    readonly commandType: string
    readonly eventType: string
    readonly input: z.ZodType
  }[]
  readonly notes: readonly { readonly eventType: string }[]
  readonly commands: z.ZodType<C>
  needs(command: Asked<C>): Needs
  decide(command: Asked<C>, deciding: Deciding): Decision
}

/** A parsed command: its type and input are known together. */
export type Asked<C extends { type: string; input: unknown }> = Omit<Command, 'type' | 'input'> & C

/** Erases the types of one workflow behind the parse that re-creates them. */
export function defineWorkflow<S, C extends { type: string; input: unknown }>(
  definition: Definition<S, C>,
): Workflow {
  const { name, fold, commands } = definition
  // parsed commands are remembered by identity: the door parses, decide does not parse again
  const parsed = new WeakSet<object>()
  const acts = new Map(definition.acts.map((one) => [one.commandType, one]))
  const asked = (command: Command): Asked<C> => {
    if (parsed.has(command)) return command as Asked<C>
    const result = commands.safeParse({ type: command.type, input: command.input })
    if (!result.success) throw new MalformedCommand(command.type, result.error.issues)
    const whole = { ...command, ...result.data }
    parsed.add(whole)
    const { input } = whole
    const asks = acts.get(command.type)
    if (asks !== undefined && typeof input === 'object' && input !== null)
      parsedInputs.set(input, asks)
    return whole
  }
  return {
    name,
    kind: fold.kind,
    acts: new Map(definition.acts.map(({ commandType, eventType }) => [commandType, eventType])),
    inputs: new Map(definition.acts.map(({ commandType, input }) => [commandType, input])),
    notes: definition.notes.map(({ eventType }) => eventType),
    fold,
    needs: (command) => definition.needs(asked(command)),
    decide: (command, deciding) =>
      inPersonOnly(command) ??
      byLinkOnly(command) ??
      withinCalendar(() => definition.decide(asked(command), deciding)),
    parse: asked,
  }
}

/** A limit that would end where the calendar does not reach is an expected "no", whichever act begins it (law 2.24). */
function withinCalendar(decide: () => Decision): Decision {
  try {
    return decide()
  } catch (error) {
    if (error instanceof CalendarMissing)
      return refuse('calendarMissing', { year: String(error.year) })
    throw error
  }
}

/** A deputy's command of a kind that no mandate can name is given in person (law 7.16). */
function inPersonOnly({ by, type }: Command): ReturnType<typeof refuse> | undefined {
  if (by.mandate === undefined || type in deputised) return undefined
  return refuse('mandateExceeded', { detail: type })
}

/** A link and a PIN take one member's ballot at one meeting, and prove nothing for any other act (law 5.20). */
function byLinkOnly({ by, type }: Command): ReturnType<typeof refuse> | undefined {
  if (by.auth !== 'ballotLink' || type === 'ballot.take') return undefined
  return refuse('officeNotHeld', { office: '登录人员 who is signed in' })
}

/** A draft of one event, checked against its schema's type by the caller. */
export function draft<E extends { type: string; body: object }>(
  workflow: string,
  stream: StreamId,
  event: E,
): EventDraft {
  return { stream, workflow, type: event.type, body: event.body as unknown as JsonObject }
}

const givenSchema = z.looseObject({ given: z.unknown() })

/** Re-creates the command from the first of its entries (law §10). */
export function commandOf(first: Entry, commandType: string): Command {
  return {
    id: first.command,
    type: commandType,
    ledger: first.ledger,
    stream: first.stream,
    by: first.by,
    ...(first.seen === undefined ? {} : { seen: first.seen }),
    input: givenSchema.parse(first.body).given,
    ...(first.files === undefined ? {} : { files: first.files }),
  }
}
