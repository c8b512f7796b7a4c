// Who may change the rules, and how far (law §8): stricter than the law's floor, two persons,
// nothing back-dated.
import { above, moneySchema } from '../../../src/domain/money.ts'
import { type OfficeKind, officeNames } from '../../../src/domain/office.ts'
import { bothOf, policyStates } from '../../../src/domain/places.ts'
import {
  applySettings,
  type PolicyKey,
  policyText,
  type PolicyValues,
  presetValues,
} from '../../../src/domain/policy.ts'
import { policyKeys } from '../../../src/domain/policy-keys.ts'
import { meetingStream } from '../../../src/domain/ids.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Decision, Deciding, Needs } from '../../../src/domain/store.ts'
import { addDays, dateAt, type LocalDate } from '../../../src/domain/time.ts'
import { villageWay } from '../../../src/domain/village-rule.ts'
import { ledgerClosed, ledgerOf, ledgerStream, RELIED_ON_GENESIS } from '../../ledger/v1/fold.ts'
import { rosterAt } from '../../roster/v1/day.ts'
import { holds, type RosterState, rosterStream } from '../../roster/v1/fold.ts'
import { type Asked, defineWorkflow, draft } from '../../workflow.ts'
import { acts, notes, type PolicyCommand, policyCommands, type PolicyEvent } from './events.ts'
import {
  baseAt,
  beginning,
  NAME,
  policyFold,
  type PolicyState,
  policyStateName,
  policyStream,
} from './fold.ts'
import { enactRule } from './village.ts'

type Command = Asked<PolicyCommand>
type Of<T extends PolicyCommand['type']> = Extract<Command, { type: T }>
type Refused = ReturnType<typeof refuse>

interface Scene {
  readonly policy: PolicyState
  readonly roster: RosterState
  readonly deciding: Deciding
}

/** Of a township's policy; a village's rule is judged in `village.ts`. */
type TownshipType = Exclude<PolicyCommand['type'], 'villageRule.enact'>

const record = (event: PolicyEvent): Decision => ({ events: [draft(NAME, policyStream, event)] })

/** In which states of the change each act is open. */
const open: Record<TownshipType, readonly string[]> = {
  'policy.propose': ['settled'],
  'policy.clear': ['proposed'],
  'policy.endorse': ['proposed'],
  'policy.giveOpinion': ['proposed'],
  'policy.enact': ['endorsed'],
  'policy.withdraw': ['proposed', 'endorsed'],
}

const centre: readonly OfficeKind[] = ['centreOfficer', 'centreHead']
const offices: Record<TownshipType, readonly OfficeKind[]> = {
  'policy.propose': centre,
  'policy.clear': centre,
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
  if (command.type === 'villageRule.enact') return enactRule(command, deciding)
  const scene: Scene = {
    deciding,
    policy: past.stream(policyFold, policyStream).state,
    roster: rosterAt(past, deciding.at),
  }
  const state = policyStateName(scene.policy)
  if (command.type === 'policy.enact' && waitsForCounty(scene.policy))
    return refuse('policyNotCleared', { key: scene.policy.proposal?.clears ?? '' })
  if (!open[command.type].includes(state))
    return refuse('notOpen', { state: bothOf(policyStates, state) })
  const kinds = offices[command.type]
  if (!holds(scene.roster, command.by, kinds))
    return refuse('officeNotHeld', { office: officeNames(kinds) })
  switch (command.type) {
    case 'policy.propose':
      return propose(command, scene)
    case 'policy.endorse':
      return endorse(command, scene)
    case 'policy.giveOpinion':
      return scene.policy.life.matches({ proposed: { discipline: 'given' } })
        ? refuse('alreadySigned')
        : record({ type: 'policy.opinionGiven', body: { given: command.input } })
    case 'policy.clear':
      return clear(command, scene)
    case 'policy.enact':
      return enact(command, scene)
    case 'policy.withdraw':
      return record({ type: 'policy.withdrawn', body: { given: command.input } })
  }
}

function propose({ input }: Of<'policy.propose'>, { policy, deciding }: Scene): Decision {
  const untimely = wrongDay(input.from, deciding)
  if (untimely !== undefined) return untimely
  const { base: upon, superseded } = baseAt(policy, beginning(input.from, deciding.at))
  const base = upon?.values ?? presetValues
  const [fault] = applySettings(base, input.settings).faults
  if (fault !== undefined) return refuse(fault.code, { key: fault.key, detail: fault.detail })
  const [first] = superseded
  if (first !== undefined && input.reason === undefined)
    return refuse('supersedingNeedsReason', { policy: first.id, from: dateAt(first.from) })
  const clears = input.settings.find(({ key, value }) => isLine(key) && value !== base[key])
  const body = {
    given: input,
    ...(upon === undefined ? {} : { upon: upon.id }),
    ...(clears === undefined ? {} : { clears: clears.key }),
  }
  return raiseWithoutReason(input, base) ?? record({ type: 'policy.proposed', body })
}

/** So far ahead a policy may be enacted: those who endorse it answer for the year they see. */
const DAYS_AHEAD = 366

/** A day of force is today or later, and within a year. */
function wrongDay(from: LocalDate | undefined, { at }: Deciding): Refused | undefined {
  if (from === undefined) return undefined
  const today = dateAt(at)
  if (from < today) return refuse('policyBackDated', { from })
  const until = addDays(today, DAYS_AHEAD)
  return from > until ? refuse('policyTooFarAhead', { from, until }) : undefined
}

/** An amount the township sets, not the law. */
function isLocalMoney(key: PolicyKey): boolean {
  const { ground, unit } = policyKeys[key]
  return ground.kind === 'local' && unit === 'money'
}

/** One that spending is measured by, which the county clears (W1); where an alert begins is not. */
const isLine = (key: PolicyKey): boolean =>
  isLocalMoney(key) && villageWay(policyKeys[key].ground) !== 'none'

/** Everybody has signed and spoken; only the county's clearance is missing. */
const waitsForCounty = ({ life }: PolicyState): boolean =>
  life.matches({
    proposed: {
      centreHead: 'given',
      townshipLeader: 'given',
      discipline: 'given',
      county: 'awaited',
    },
  })

function clear({ input }: Of<'policy.clear'>, { policy, deciding }: Scene): Decision {
  const { life } = policy
  if (life.matches({ proposed: { county: 'notNeeded' } })) return refuse('nothingToClear')
  if (life.matches({ proposed: { county: 'given' } })) return refuse('alreadySigned')
  // a document of tomorrow is none
  if (input.on > dateAt(deciding.at)) return refuse('dateInFuture', { date: input.on })
  return record({ type: 'policy.cleared', body: { given: input } })
}

/** Local amounts have no floor but their order; raising one loosens, and must say why (law §8). */
function raiseWithoutReason(
  { reason, settings }: Of<'policy.propose'>['input'],
  base: PolicyValues,
): Refused | undefined {
  if (reason !== undefined) return undefined
  const raised = settings.find(
    ({ key, value }) =>
      isLocalMoney(key) && above(moneySchema.parse(value), moneySchema.parse(base[key])),
  )
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
  // no mandate stands in for an endorsement: who acts is who holds the office (law 7.16)
  if (policy.proposal?.endorsers.includes(by.person) === true) return refuse('endorserTwice')
  return record({ type: 'policy.endorsed', body: { given: input, as } })
}

function enact({ input }: Of<'policy.enact'>, { policy, deciding }: Scene): Decision {
  const { proposal } = policy
  if (proposal === undefined) throw new Error('an endorsed policy without its proposal')
  const from = beginning(proposal.from, deciding.at)
  // another has begun since: enacted now, this one would undo what that one changed
  const { base } = baseAt(policy, from)
  if (base?.id !== proposal.upon) return refuse('policyOvertaken', { policy: base?.id ?? '' })
  const version = (policy.enacted.at(-1)?.version ?? 0) + 1
  const id = `${version}@${deciding.digest(policyText(proposal.values)).slice(0, 8)}`
  return record({ type: 'policy.enacted', body: { given: input, version, id, from } })
}

/** A township's ledger relies on none: what is named here of the township is left out there. */
function needs(command: Command): Needs {
  const streams = [ledgerStream, rosterStream, policyStream]
  if (command.type !== 'villageRule.enact') return { streams }
  return {
    streams: [...streams, meetingStream(command.input.ground.meeting)],
    relied: { origin: RELIED_ON_GENESIS, streams: [policyStream] },
  }
}

/** policy@1: a township's policy on its own ledger, a village's rule on the village's. */
export const policyWorkflow = defineWorkflow({
  name: NAME,
  fold: policyFold,
  acts,
  notes,
  commands: policyCommands,
  needs,
  decide,
})
