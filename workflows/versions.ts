// Every workflow version ever released, by name. Entries name theirs; old ones stay importable for ever.
import type { StreamKind } from '../src/domain/ids.ts'
import type { Fold } from '../src/domain/store.ts'
import { authorityWorkflow } from './authority/v1/decide.ts'
import { inspectionWorkflow } from './inspection/v1/decide.ts'
import { ledgerWorkflow } from './ledger/v1/decide.ts'
import { meetingWorkflow } from './meeting/v1/decide.ts'
import { policyWorkflow } from './policy/v1/decide.ts'
import { requestWorkflow } from './request/v1/decide.ts'
import { rosterWorkflow } from './roster/v1/decide.ts'
import type { Workflow } from './workflow.ts'

export const workflows: readonly Workflow[] = [
  ledgerWorkflow,
  rosterWorkflow,
  policyWorkflow,
  requestWorkflow,
  authorityWorkflow,
  meetingWorkflow,
  inspectionWorkflow,
]

const byCommand = new Map(
  workflows.flatMap((workflow) =>
    [...workflow.acts.keys()].map((type): [string, Workflow] => [type, workflow]),
  ),
)

/** The workflow that answers a command type; undefined when there is none. */
export const workflowOfCommand = (type: string): Workflow | undefined => byCommand.get(type)

/** How each kind of stream is folded. */
export const folds: ReadonlyMap<StreamKind, Fold<unknown>> = new Map(
  workflows.map((workflow) => [workflow.kind, workflow.fold]),
)
