// Route preview (事前预览): the law looks ahead at a form, finished or not, over the very past and facts that submitting it would be
// decided by. Nothing is written.
import { type Foreseen, lookAhead } from '../../workflows/request/v1/preview.ts'
import { workflowOfCommand } from '../../workflows/versions.ts'
import { type DraftForm, type FormFault, readForm } from '../domain/draft-form.ts'
import type { By } from '../domain/entry.ts'
import {
  type CommandId,
  organisationIdSchema,
  type Origin,
  personIdSchema,
  type StreamId,
} from '../domain/ids.ts'
import { type Money, moneySchema, parseMoney } from '../domain/money.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Submission } from '../domain/request.ts'
import { FilesAtTheDoor } from './attachments/door.ts'
import { type Context, grounded, listMissing, unwritable } from './perform.ts'

export interface Previewing {
  /** Nobody has used it. */
  readonly id: CommandId
  readonly ledger: Origin
  readonly stream: StreamId
  readonly by: By
  readonly form: DraftForm
  /** It is a request that was returned. */
  readonly again?: boolean
}

export interface Preview extends Partial<Foreseen> {
  /** What submitting would be refused for, the first that deciding tells first. */
  readonly refusals: readonly Refusal[]
  readonly alerts: Foreseen['alerts']
  readonly faults: readonly FormFault[]
  readonly missing: readonly string[]
  readonly amount?: Money
}

/** Carries what was seen out of the transaction, so that nothing of it is written. */
class LookedAhead extends Error {
  readonly foreseen: Foreseen
  constructor(foreseen: Foreseen) {
    super('looked ahead only')
    this.foreseen = foreseen
  }
}

export async function preview(
  context: Context,
  { id, ledger, stream, by, form, again = false }: Previewing,
): Promise<Preview> {
  const { store } = context
  const { given, faults, missing, whole } = readForm(form)
  const input = { ...blank, ...given }
  const type = again ? 'request.resubmit' : 'request.submit'
  const workflow = workflowOfCommand(type)
  if (workflow === undefined) throw new Error(`unknown command ${type}`)
  const command = workflow.parse({ id, type, ledger, stream, by, input })
  const needs = await grounded(store, ledger, workflow.needs(command))
  const asked = new Set(Object.keys(given) as (keyof Submission)[])
  for (const field of optionalFields) asked.add(field)
  const amount = given.amount ?? (form.amount === undefined ? undefined : parseMoney(form.amount))
  const own = { faults, missing, ...(amount === undefined ? {} : { amount }) }
  const files = await FilesAtTheDoor.open(context.files, command)
  const unkept = given.payee === undefined ? undefined : listMissing(context, command)
  try {
    const outcome = await store.commit(command, needs, (deciding) => {
      const looked = { form: input, given: asked, by, stream }
      const foreseen = lookAhead(looked, deciding)
      if (whole === undefined || foreseen.refusals.length > 0) throw new LookedAhead(foreseen)
      // what stands beside the form's own rules speaks once these are silent
      const decision = files.held(workflow.decide(command, deciding))
      throw new LookedAhead(
        'refused' in decision ? { ...foreseen, refusals: [decision.refused] } : foreseen,
      )
    })
    const refusals = 'refused' in outcome ? [outcome.refused] : []
    return { refusals, alerts: [], ...own }
  } catch (error) {
    const unheld = unwritable(error)
    if (unheld !== undefined) return { refusals: [unheld.refused], alerts: [], ...own }
    if (!(error instanceof LookedAhead)) throw error
    const { foreseen } = error
    const refusals = [...(unkept === undefined ? [] : [unkept.refused]), ...foreseen.refusals]
    return { ...foreseen, ...own, refusals }
  }
}

/** Nothing stands in them where nothing is said: that is itself an answer. */
const optionalFields: readonly (keyof Submission)[] = [
  'invoicesToCome',
  'voucherException',
  'contract',
  'project',
  'authority',
  'fundSource',
  'debit',
  'emergency',
  'supplements',
]

/** What stands for whatever is not filled in: no rule that looks at such a place is asked. */
const blank: Submission = {
  company: organisationIdSchema.parse('g_0000'),
  kind: 'single',
  category: 'office',
  matter: 'ordinary',
  purpose: '-',
  amount: moneySchema.parse('0.01'),
  method: 'transfer',
  payee: { type: 'unregistered', name: '-' },
  invoices: [],
  budgetLine: '-',
  handler: personIdSchema.parse('p_0000'),
  witness: personIdSchema.parse('p_0001'),
  relation: 'none',
  evidence: [],
}
