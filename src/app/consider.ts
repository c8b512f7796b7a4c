// What would come of a command, without recording it: the same decide, over the same past, in the same transaction.
import { workflowOfCommand } from '../../workflows/versions.ts'
import type { Command } from '../domain/command.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Decision } from '../domain/store.ts'
import type { Context } from './perform.ts'
import { grounded, unwritable } from './perform.ts'

/** Carries the decision out of the transaction: a throw in one decide leaves all else unharmed, and nothing written. */
class Considered extends Error {
  readonly decision: Decision
  constructor(decision: Decision) {
    super('considered only')
    this.decision = decision
  }
}

/**
 * Why the command would be refused now, or undefined when it would be recorded.
 * @throws MalformedCommand when the input is not of the command's form
 */
export async function consider({ store }: Context, command: Command): Promise<Refusal | undefined> {
  const workflow = workflowOfCommand(command.type)
  if (workflow === undefined) throw new Error(`unknown command ${command.type}`)
  const parsed = workflow.parse(command)
  const needs = await grounded(store, command.ledger, workflow.needs(parsed))
  try {
    const outcome = await store.commit(parsed, needs, (deciding) => {
      throw new Considered(workflow.decide(parsed, deciding))
    })
    // answered before decide was asked: the ledger is sealed, or what was seen has changed
    return 'refused' in outcome ? outcome.refused : undefined
  } catch (error) {
    const unheld = unwritable(error)
    if (unheld !== undefined) return unheld.refused
    if (!(error instanceof Considered)) throw error
    return 'refused' in error.decision ? error.decision.refused : undefined
  }
}
