// The one way in (design §1.3): parsed at the door, decided by its workflow, committed, answered with a receipt or a no.
import { ledgerFold, ledgerStream, RELIED_ON_GENESIS } from '../../workflows/ledger/v1/fold.ts'
import { meetingIdOf } from '../../workflows/meeting/v1/sitting.ts'
import { workflowOfCommand } from '../../workflows/versions.ts'
import { MalformedCommand } from '../../workflows/workflow.ts'
import type { AttachmentStore } from '../domain/attachment.ts'
import type { BallotBox } from '../domain/ballot-box.ts'
import type { Command } from '../domain/command.ts'
import type { Origin, StreamId } from '../domain/ids.ts'
import { sumWithin } from '../domain/money.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { submissionSchema } from '../domain/request.ts'
import type { Decision, Needs, Outcome, Store } from '../domain/store.ts'
import { type CanonicalCode, CanonicalError } from '../ledger/canonical.ts'
import { isTextFault } from '../ledger/text.ts'
import { FilesAtTheDoor } from './attachments/door.ts'
import { keptList } from './lists/keep.ts'
import type { ValueVault } from './township/vault.ts'

/** What is wrong with a form, where that is what an error tells. */
export const malformedIn = (error: unknown): MalformedCommand['issues'] | undefined =>
  error instanceof MalformedCommand ? error.issues : undefined

/** What every door hands to a use case. */
export interface Context {
  readonly store: Store
  /** Where members' choices lie until their meeting is over. */
  readonly ballots?: Pick<BallotBox, 'erase'>
  /** Where the rows of payee lists lie. */
  readonly lists?: Pick<ValueVault, 'get'>
  /** Where the files lie that commands name: with it, none is named that is not kept. */
  readonly files?: Pick<AttachmentStore, 'missing' | 'named'>
}

/** After these nothing of a ballot box is left (law 5.8). */
const endings: ReadonlySet<string> = new Set(['meeting.close', 'meeting.adjourn', 'meeting.cancel'])

/** Acts that bring a form. */
const submissions: ReadonlySet<string> = new Set(['request.submit', 'request.resubmit'])

/** A village's township never changes, so one look into its genesis lasts as long as the process. */
const townships = new WeakMap<Store, Map<Origin, Origin | undefined>>()

/**
 * Carries out a command. A refusal is a value; the receipt comes only once its entries are durable.
 * @throws MalformedCommand when the input is not of the command's form, or no such command exists
 */
export async function perform(context: Context, command: Command): Promise<Outcome> {
  const made = await ready(context, command)
  return 'refused' in made ? made : made(command.stream)
}

/** Commits; `admitted` has the last word on what was decided, inside the transaction and as synchronous. */
export type Committing = (
  stream: StreamId,
  admitted?: (decision: Decision) => Decision,
) => Promise<Outcome>

/**
 * All that is asked before the ledger is: what remains may be done on another stream of the kind, and waits for nothing but its
 * turn, so that whoever commits first is decided first.
 * @throws MalformedCommand
 */
export async function ready(
  context: Context,
  command: Command,
): Promise<Committing | { readonly refused: Refusal }> {
  const workflow = workflowOfCommand(command.type)
  if (workflow === undefined) {
    throw new MalformedCommand(command.type, [
      { code: 'custom', path: ['type'], message: 'unknown command', input: command.type },
    ])
  }
  const form = workflow.parse(command)
  const unkept = listMissing(context, form)
  if (unkept !== undefined) return unkept
  const files = await FilesAtTheDoor.open(context.files, form)
  return async (stream, admitted = (decision) => decision) => {
    const { store } = context
    const parsed = stream === form.stream ? form : { ...form, stream }
    const needs = await grounded(store, command.ledger, workflow.needs(parsed))
    try {
      const outcome = await store.commit(parsed, needs, (deciding) =>
        admitted(files.held(workflow.decide(parsed, deciding))),
      )
      await files.done(outcome)
      if ('receipt' in outcome && endings.has(parsed.type)) await emptied(context, parsed)
      return outcome
    } catch (error) {
      const refused = unwritable(error)
      if (refused === undefined) throw error
      return refused
    }
  }
}

/**
 * A list whose rows nobody keeps says nothing of who is paid (law 2.3). The ledger holds its digest alone, so that this is
 * asked at the door, where the vault is, and not of the law, which everybody can re-decide.
 */
export function listMissing(
  { lists }: Pick<Context, 'lists'>,
  { type, input }: Command,
): { readonly refused: Refusal } | undefined {
  if (lists === undefined || !submissions.has(type)) return undefined
  const { payee } = submissionSchema.parse(input)
  if (payee.type !== 'list') return undefined
  const kept = keptList(lists, payee.digest)
  const rows = kept?.rows ?? []
  const same =
    rows.length === payee.count && sumWithin(rows.map(({ amount }) => amount)) === payee.total
  return same ? undefined : refuse('listNotKept')
}

/** The meeting is over: of what was dropped only the totals in the ledger remain. */
async function emptied({ ballots }: Context, { ledger, stream }: Command): Promise<void> {
  await ballots?.erase({ ledger, meeting: meetingIdOf(stream) })
}

const LENGTHS: ReadonlySet<CanonicalCode> = new Set(['textTooLong', 'tooManyElements', 'tooLarge'])
/** Where the same input stands in the command, and in the entry that records it. */
const ABOVE_INPUT = /^(?:input|body\.given)\.?/

/**
 * What an entry cannot hold (ledger-format §13) is refused, never repaired: who acts confirms what is
 * recorded. Undefined for what no person typed: that is a fault of the program.
 */
export function unwritable(error: unknown): { readonly refused: Refusal } | undefined {
  if (!(error instanceof CanonicalError)) return undefined
  const { code, path } = error
  const params = { path: path.replace(ABOVE_INPUT, ''), code }
  if (LENGTHS.has(code)) return refuse('tooLong', params)
  return isTextFault(code) ? refuse('textMalformed', params) : undefined
}

/** Puts the township of the ledger's genesis in the place `needs` left for it. */
export async function grounded(store: Store, ledger: Origin, needs: Needs): Promise<Needs> {
  if (needs.relied?.origin !== RELIED_ON_GENESIS) return needs
  const origin = await townshipOf(store, ledger)
  const { relied, ...rest } = needs
  return origin === undefined ? rest : { ...rest, relied: { ...relied, origin } }
}

async function townshipOf(store: Store, ledger: Origin): Promise<Origin | undefined> {
  const known = townships.get(store) ?? new Map<Origin, Origin | undefined>()
  townships.set(store, known)
  if (known.has(ledger)) return known.get(ledger)
  const [genesis] = await store.read(ledger, ledgerStream)
  // not yet opened: decide will refuse, and the answer must not be remembered
  if (genesis === undefined) return undefined
  const { township } = ledgerFold.apply(ledgerFold.initial, genesis)
  known.set(ledger, township)
  return township
}
