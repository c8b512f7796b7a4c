// Who may change the rules, and how far (law §8): stricter than the law's floor, two persons,
// nothing back-dated.
import { compare, moneySchema } from '../../../src/domain/money.ts'
import type { OfficeKind } from '../../../src/domain/office.ts'
import { applySettings, policyText, type PolicyValues } from '../../../src/domain/policy.ts'
import { policyKeys } from '../../../src/domain/policy-keys.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Decision, Deciding, Needs } from '../../../src/domain/store.ts'
import { ledgerClosed, ledgerOf, ledgerStream } from '../../ledger/v1/fold.ts'
import { holds, type RosterState, rosterFold, rosterStream } from '../../roster/v1/fold.ts'
import { type Asked, defineWorkflow, draft } from '../../workflow.ts'
import { acts, type PolicyCommand, policyCommands, type PolicyEvent } from './events.ts'
import {
  latestValues,
  policyFold,
  type PolicyState,
  policyStateName,
  policyStream,
} from './fold.ts'

const NAME = 'policy@1'
type Command = Asked<PolicyCommand>
type Of<T extends PolicyCommand['type']> = Extract<Command, { type: T }>
type Refused = ReturnType<typeof refuse>

interface Scene {
  readonly policy: PolicyState
  readonly roster: RosterState
  readonly deciding: Deciding
}

const record = (event: PolicyEvent): Decision => ({ events: [draft(NAME, policyStream, event)] })

/** In which states of the change each act is open. */
const open: Record<PolicyCommand['type'], readonly string[]> = {
  'policy.propose': ['settled'],
  'policy.endorse': ['proposed'],
  'policy.giveOpinion': ['proposed'],
  'policy.enact': ['endorsed'],
  'policy.withdraw': ['proposed', 'endorsed'],
}

const centre: readonly OfficeKind[] = ['centreOfficer', 'centreHead']
const offices: Record<PolicyCommand['type'], readonly OfficeKind[]> = {
  'policy.propose': centre,
  'policy.endorse': ['centreHead', 'townshipLeader'],
  'policy.giveOpinion': ['inspector', 'disciplineSecretary'],
  'policy.enact': centre,
  'policy.withdraw': centre,
}

function decide(command: Command, deciding: Deciding): Decision {
  const { past } = deciding
  if (command.stream !== policyStream) return refuse('notFound', { what: command.stream })
  const closed = ledgerClosed(ledgerOf(past))
  if (closed !== undefined) return closed
  const scene: Scene = {
    deciding,
    policy: past.stream(policyFold, policyStream).state,
    roster: past.stream(rosterFold, rosterStream).state,
  }
  const state = policyStateName(scene.policy)
  if (!open[command.type].includes(state)) return refuse('notOpen', { state })
  const kinds = offices[command.type]
  if (!holds(scene.roster, command.by, kinds))
    return refuse('officeNotHeld', { office: kinds.join(', ') })
  switch (command.type) {
    case 'policy.propose':
      return propose(command, scene)
    case 'policy.endorse':
      return endorse(command, scene)
    case 'policy.giveOpinion':
      return scene.policy.life.matches({ proposed: { discipline: 'given' } })
        ? refuse('alreadySigned')
        : record({ type: 'policy.opinionGiven', body: { given: command.input } })
    case 'policy.enact':
      return enact(command, scene)
    case 'policy.withdraw':
      return record({ type: 'policy.withdrawn', body: { given: command.input } })
  }
}

function propose({ input }: Of<'policy.propose'>, { policy }: Scene): Decision {
  const base = latestValues(policy)
  const [fault] = applySettings(base, input.settings).faults
  if (fault !== undefined) return refuse(fault.code, { key: fault.key, detail: fault.detail })
  return (
    raiseWithoutReason(input, base) ?? record({ type: 'policy.proposed', body: { given: input } })
  )
}

/** Local amounts have no floor but their order; raising one loosens, and must say why (law §8). */
function raiseWithoutReason(
  { reason, settings }: Of<'policy.propose'>['input'],
  base: PolicyValues,
): Refused | undefined {
  if (reason !== undefined) return undefined
  const raised = settings.find(({ key, value }) => {
    const { ground, unit } = policyKeys[key]
    if (ground.kind !== 'local' || unit !== 'money') return false
    return compare(moneySchema.parse(value), moneySchema.parse(base[key])) > 0
  })
  return raised === undefined ? undefined : refuse('raiseNeedsReason', { key: raised.key })
}

function endorse({ by, input }: Of<'policy.endorse'>, { policy, roster }: Scene): Decision {
  const as = roster.offices.get(by.office)?.kind === 'centreHead' ? 'centreHead' : 'townshipLeader'
  const { life } = policy
  const given =
    as === 'centreHead'
      ? life.matches({ proposed: { centreHead: 'given' } })
      : life.matches({ proposed: { townshipLeader: 'given' } })
  if (given) return refuse('alreadySigned')
  if (policy.proposal?.endorsers.includes(by.person) === true) return refuse('endorserTwice')
  return record({ type: 'policy.endorsed', body: { given: input, as } })
}

function enact({ input }: Of<'policy.enact'>, { policy, deciding }: Scene): Decision {
  if (policy.proposal === undefined) throw new Error('an endorsed policy without its proposal')
  const from = input.from ?? deciding.at
  const before = policy.enacted.at(-1)
  // what was decided yesterday stays as it was decided
  if (from < deciding.at || (before !== undefined && from <= before.from)) {
    return refuse('policyBackDated', { from })
  }
  const version = (before?.version ?? 0) + 1
  const id = `${version}@${deciding.digest(policyText(policy.proposal.values)).slice(0, 8)}`
  return record({ type: 'policy.enacted', body: { given: input, version, id, from } })
}

const needs = (): Needs => ({ streams: [ledgerStream, rosterStream, policyStream] })

/** policy@1: on the township's ledger; a village has no office that could act here. */
export const policyWorkflow = defineWorkflow({
  name: NAME,
  fold: policyFold,
  acts,
  notes: [],
  commands: policyCommands,
  needs,
  decide,
})
