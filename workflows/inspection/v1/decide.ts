// inspection@1: which act answers which command, in which state, and what each needs to be told.
import { recoveryKey } from '../../../src/domain/claim-keys.ts'
import {
  inspectionIdSchema,
  inspectionStream,
  requestStream,
  type StreamId,
  streamKind,
} from '../../../src/domain/ids.ts'
import { bothOf, inspectionStates } from '../../../src/domain/places.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Decision, Deciding, Needs, Past } from '../../../src/domain/store.ts'
import { ledgerStream, RELIED_ON_GENESIS } from '../../ledger/v1/fold.ts'
import { policyStream } from '../../policy/v1/fold.ts'
import { rosterStream } from '../../roster/v1/fold.ts'
import { type Asked, defineWorkflow } from '../../workflow.ts'
import { cover } from './acts/cover.ts'
import { answer, raise, recover, reopen, review, verify } from './acts/findings.ts'
import { cancel, changeTeam, plan } from './acts/planning.ts'
import { conclude, draw, notice, pick, start } from './acts/round.ts'
import { acts, type InspectionCommand, inspectionCommands, notes } from './events.ts'
import { inspectionFold, inspectionIn } from './fold.ts'
import { inspectionIdOf, NAME, type Scene, sceneOf } from './scene.ts'

type Command = Asked<InspectionCommand>
type Later = Exclude<Command, { type: 'inspection.plan' }>

/** In which states of the round each act is open; findings have states of their own besides. */
const open: Record<Later['type'], readonly Scene['round']['snapshot']['value'][]> = {
  'inspection.notice': ['planned'],
  'inspection.draw': ['noticed'],
  'inspection.pick': ['drawn', 'underway'],
  'inspection.start': ['drawn'],
  'inspection.cover': ['underway'],
  'inspection.conclude': ['underway'],
  'inspection.changeTeam': ['planned', 'noticed', 'drawn', 'underway'],
  'inspection.cancel': ['planned', 'noticed'],
  'finding.raise': ['underway'],
  'finding.answer': ['underway', 'concluded'],
  'finding.verify': ['underway', 'concluded'],
  'finding.reopen': ['underway', 'concluded'],
  'finding.review': ['underway'],
  'recovery.record': ['underway', 'concluded'],
}

function decide(command: Command, deciding: Deciding): Decision {
  if (!isRound(command.stream)) return refuse('notFound', { what: command.stream })
  if (command.type === 'inspection.plan') return plan(command, deciding)
  const scene = sceneOf(command, deciding)
  if ('refused' in scene) return scene
  const state = scene.round.snapshot.value
  return open[command.type].includes(state)
    ? answered(command, scene)
    : refuse('notOpen', { state: bothOf(inspectionStates, state) })
}

const isRound = (stream: StreamId): boolean =>
  streamKind(stream) === 'inspection' &&
  inspectionIdSchema.safeParse(stream.slice('inspection/'.length)).success

function answered(command: Later, scene: Scene): Decision {
  switch (command.type) {
    case 'inspection.notice':
      return notice(command, scene)
    case 'inspection.draw':
      return draw(command, scene)
    case 'inspection.pick':
      return pick(command, scene)
    case 'inspection.start':
      return start(command, scene)
    case 'inspection.cover':
      return cover(command, scene)
    case 'inspection.conclude':
      return conclude(command, scene)
    case 'inspection.changeTeam':
      return changeTeam(command, scene)
    case 'inspection.cancel':
      return cancel(command, scene)
    case 'finding.raise':
      return raise(command, scene)
    case 'finding.answer':
      return answer(command, scene)
    case 'finding.verify':
      return verify(command, scene)
    case 'finding.reopen':
      return reopen(command, scene)
    case 'finding.review':
      return review(command, scene)
    case 'recovery.record':
      return recover(command, scene)
  }
}

/** Streams besides the round's own that the command itself names. */
function named(command: Command): readonly StreamId[] {
  switch (command.type) {
    case 'inspection.plan':
      return command.input.kind === 'followUp' ? [inspectionStream(command.input.follows)] : []
    case 'inspection.cover':
      return [
        ...command.input.notExamined,
        ...command.input.examined.map(({ request }) => request),
      ].map(requestStream)
    case 'finding.raise':
      return [
        ...(command.input.request === undefined ? [] : [requestStream(command.input.request)]),
        ...(command.input.again === undefined ? [] : [inspectionStream(command.input.again.round)]),
      ]
    case 'finding.review':
      return [inspectionStream(command.input.round)]
    default:
      return []
  }
}

/** The request a finding is about stands in the finding; the round that is followed, in the plan. */
function found(command: Command, past: Past): readonly StreamId[] {
  const own = past.stream(inspectionFold, command.stream).state
  if (command.type === 'inspection.conclude') {
    return own?.plan.kind === 'followUp' ? [inspectionStream(own.plan.follows)] : []
  }
  if (!('finding' in command.input)) return []
  const { findings } =
    (command.type === 'finding.review' ? inspectionIn(past, command.input.round) : own) ?? {}
  const request = findings?.get(command.input.finding)?.what.request
  return request === undefined ? [] : [requestStream(request)]
}

const counting: readonly Command['type'][] = [
  'inspection.notice',
  'inspection.draw',
  'inspection.pick',
  'inspection.cover',
]

function needs(command: Command): Needs {
  const base = {
    streams: [ledgerStream, rosterStream, policyStream, command.stream, ...named(command)],
    follow: (past: Past) => found(command, past),
    relied: { origin: RELIED_ON_GENESIS, streams: [rosterStream, policyStream] },
  }
  if (command.type === 'recovery.record') {
    const { bankReference } = command.input
    return { ...base, facts: () => ({ invoiceUse: { invoices: [recoveryKey(bankReference)] } }) }
  }
  if (!counting.includes(command.type)) return base
  return {
    ...base,
    facts: (past) => {
      const round = past.stream(inspectionFold, command.stream).state
      if (round === undefined) return {}
      const { companies, period } = round.plan
      const after = command.type === 'inspection.draw' ? round.notice?.drawAfter : undefined
      return {
        population: { companies, ...period },
        ...(command.type === 'inspection.notice'
          ? { openRounds: { companies, ...period, except: inspectionIdOf(command.stream) } }
          : {}),
        ...(after === undefined ? {} : { rootAfter: { after } }),
      }
    },
  }
}

export const inspectionWorkflow = defineWorkflow({
  name: NAME,
  fold: inspectionFold,
  acts,
  notes,
  commands: inspectionCommands,
  needs,
  decide,
})
