// The founding played through in memory first: a file the law refuses leaves no half-founded ledger behind.
import { ledgerFold, ledgerStream } from '../../../workflows/ledger/v1/fold.ts'
import { workflowOfCommand, folds } from '../../../workflows/versions.ts'
import { MalformedCommand } from '../../../workflows/workflow.ts'
import type { Command } from '../../domain/command.ts'
import { enclose } from '../../domain/envelope.ts'
import { noEntry } from '../../domain/entry.ts'
import { type Origin, sha256HexSchema, type StreamId, streamKind } from '../../domain/ids.ts'
import { explain, type Refusal } from '../../domain/refusal.ts'
import type { Deciding, Fold, Folded, Past } from '../../domain/store.ts'
import type { Instant } from '../../domain/time.ts'
import { toHex, utf8 } from '../../ledger/bytes.ts'
import { canonicalBytes } from '../../ledger/canonical.ts'
import { presentCalendar } from '../calendars.ts'
import { nodeCrypto } from '../crypto.ts'
import { pathText, type TownshipFault, townshipFault } from './faults.ts'
import type { LedgerPlan } from './plan.ts'
import type { FoundingStep } from './site.ts'

const NONCE = '0'.repeat(22)

/** What the law says no to, by place in the file. Goes on after a no: the person who wrote the file sees the whole list. */
export function rehearse(ledgers: readonly LedgerPlan[], at: Instant): readonly TownshipFault[] {
  const stage = new Stage(at)
  return ledgers.flatMap(({ steps }) => {
    // what rests on a step that was refused would only repeat it: the policy's endorsers, an organisation's offices
    const refused = new Set<string>()
    return steps.flatMap((step) => {
      const path = pathText(step.path)
      if (refused.has(path)) return []
      const faults = stage.play(step)
      if (faults.length > 0) refused.add(path)
      return faults
    })
  })
}

class Stage {
  readonly #at: Instant
  readonly #heads = new Map<string, Folded<unknown>>()

  constructor(at: Instant) {
    this.#at = at
  }

  play({ path, command }: FoundingStep): readonly TownshipFault[] {
    const workflow = workflowOfCommand(command.type)
    if (workflow === undefined) throw new Error(`no workflow answers ${command.type}`)
    try {
      const parsed = workflow.parse(command)
      const decision = workflow.decide(parsed, this.#deciding(command.ledger))
      if ('refused' in decision) return [refusedAt(path, decision.refused)]
      for (const draft of decision.events) this.#append(command, draft)
      return []
    } catch (error) {
      if (!(error instanceof MalformedCommand)) throw error
      const where = error.issues.map((issue) => pathText(issue.path)).join(', ')
      return [{ ...townshipFault('valueMalformed', path), path: `${pathText(path)}.${where}` }]
    }
  }

  #append(command: Command, draft: Parameters<typeof enclose>[1]): void {
    const fold = foldOf(draft.stream)
    const head = this.#head(command.ledger, draft.stream, fold)
    const revision = head.revision + 1
    const entry = enclose(command, draft, {
      seq: revision,
      revision,
      prev: noEntry,
      at: this.#at,
      nonce: NONCE,
      calendar: presentCalendar.id,
      first: true,
    })
    // the writer's own limits (length, characters) speak here, not in the middle of the founding
    canonicalBytes(entry)
    this.#heads.set(`${command.ledger} ${draft.stream}`, {
      revision,
      state: fold.apply(head.state, entry),
    })
  }

  #deciding(ledger: Origin): Deciding {
    const past: Past = {
      ledger,
      stream: (fold, id) => this.#head(ledger, id, fold),
      relied: (fold, id) => {
        const { township } = this.#head(ledger, ledgerStream, ledgerFold).state
        return township === undefined
          ? { revision: -1, state: fold.initial }
          : this.#head(township, id, fold)
      },
    }
    return { at: this.#at, calendar: presentCalendar, past, facts: {}, digest }
  }

  #head<S>(ledger: Origin, stream: StreamId, fold: Fold<S>): Folded<S> {
    // heads hold what this very fold made: the stream's kind chose it
    const head = this.#heads.get(`${ledger} ${stream}`) as Folded<S> | undefined
    return head ?? { revision: -1, state: fold.initial }
  }
}

function foldOf(stream: StreamId): Fold<unknown> {
  const fold = folds.get(streamKind(stream))
  if (fold === undefined) throw new Error(`no fold for ${stream}`)
  return fold
}

const digest = (text: string) => sha256HexSchema.parse(toHex(nodeCrypto.sha256(utf8(text))))

function refusedAt(path: FoundingStep['path'], refusal: Refusal): TownshipFault {
  const [zh, en] = [explain(refusal, 'zh'), explain(refusal, 'en')]
  return {
    ...townshipFault('refused', path),
    said: { zh: `${zh.no}；${zh.remedy}`, en: `${en.no}. ${en.remedy}` },
  }
}
