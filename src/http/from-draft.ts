// A request submitted from a draft: the draft is kept still while its command is under way, and forgotten only once there is a
// receipt. A crash in between leaves it reserved under the command's id, and whoever comes next is told by the ledger what became
// of that.
import type { Desk, DraftDesk } from '../domain/draft.ts'
import { type CommandId, type Sha256Hex, sha256HexSchema } from '../domain/ids.ts'
import type { Outcome } from '../domain/store.ts'
import type { KnownLedger } from '../app/rights.ts'
import type { LedgerReads } from '../app/read/port.ts'
import { headerOf } from './acting.ts'
import { isProblem, type Problem, problem } from './problem.ts'
import type { Call } from './route.ts'
import { deskOf, submitted } from './routes/drafts.ts'
import type { Viewer } from './viewer.ts'

export const DRAFT_HEADER = 'From-Draft'

interface Ports {
  readonly atDesk: DraftDesk
  readonly ledgers: Pick<LedgerReads, 'answerTo'>
}

/** Of this process: what is under way now is not to be taken for what a crash left behind. */
const underWay = new Set<Sha256Hex>()

interface Submitting {
  readonly viewer: Viewer
  readonly ledger: KnownLedger
  readonly header: Call['header']
  readonly command: CommandId
}

/** Does `submit`, and with the draft what its answer asks for. Without a draft it just does it. */
export async function fromDraft(
  ports: Ports,
  asked: Submitting,
  submit: () => Promise<Outcome>,
): Promise<Outcome | Problem> {
  const named = headerOf(asked.header, DRAFT_HEADER, sha256HexSchema)
  if (isProblem(named)) return named
  const id = named.value
  if (id === undefined) return submit()
  const desk = deskOf(asked)
  if (desk === undefined) return problem('noSuchThing')
  if (underWay.has(id)) return problem('draftBusy')
  underWay.add(id)
  try {
    const no = await reserved(ports, { id, desk, command: asked.command })
    if (no !== undefined) return no
    const outcome = await submit()
    if ('receipt' in outcome) await ports.atDesk.became(id, requestOf(outcome))
    else await ports.atDesk.release(id)
    return outcome
  } finally {
    underWay.delete(id)
  }
}

interface Reserving {
  readonly id: Sha256Hex
  readonly desk: Desk
  readonly command: CommandId
}

/** Undefined once the draft is this command's. */
async function reserved(
  { atDesk, ledgers }: Ports,
  { id, desk, command }: Reserving,
): Promise<Problem | undefined> {
  const draft = await atDesk.onDesk(desk, id)
  if (draft === undefined) return problem('noSuchThing')
  // sent again: the ledger answers with the first receipt
  if (draft.command === command) return undefined
  if (draft.state === 'submitted') return submitted(draft)
  if (draft.command !== undefined) {
    const answered = ledgers.answerTo(desk.ledger, draft.command)
    if (answered !== undefined) {
      const request = answered.stream.slice(answered.stream.indexOf('/') + 1)
      await atDesk.became(id, request)
      return submitted({ request })
    }
    await atDesk.release(id)
  }
  return (await atDesk.reserve(id, command)) ? undefined : problem('draftBusy')
}

function requestOf({ receipt }: Extract<Outcome, { readonly receipt: unknown }>): string {
  const [first] = receipt.entries
  return first === undefined ? '' : first.stream.slice(first.stream.indexOf('/') + 1)
}
