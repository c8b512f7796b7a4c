// What meetings and rounds decide, said by the row itself: these two stand where meeting@1 and inspection@1 stand in the
// store, with none of their rules, so that what a decision does to a request is told apart from how it came about.
import { z } from 'zod'
import {
  findingIdSchema,
  inspectionIdSchema,
  inspectionStream,
  meetingIdSchema,
  meetingStream,
  personIdSchema,
  requestIdSchema,
  requestStream,
  type StreamId,
} from '../../src/domain/ids.ts'
import type { Deciding, EventDraft, Fold, Needs } from '../../src/domain/store.ts'
import { ledgerStream, RELIED_ON_GENESIS } from '../../workflows/ledger/v1/fold.ts'
import { policyStream } from '../../workflows/policy/v1/fold.ts'
import { auditCovered, findingRaised, findingSettled } from '../../workflows/request/v1/audit.ts'
import { heldStreams } from '../../workflows/request/v1/claim.ts'
import type { Resolution } from '../../workflows/request/v1/events-parts.ts'
import { requestIn } from '../../workflows/request/v1/fold.ts'
import {
  boardDecided,
  membersDecided,
  shareholderDecisionSigned,
} from '../../workflows/request/v1/resolutions.ts'
import { rosterStream } from '../../workflows/roster/v1/fold.ts'
import { act, defineWorkflow, draft } from '../../workflows/workflow.ts'

const meeting = meetingIdSchema.parse('m-2026-0001')
const inspection = inspectionIdSchema.parse('i-2026-01')
export const chamber: StreamId = meetingStream(meeting)
export const round: StreamId = inspectionStream(inspection)

const countFold = (kind: 'meeting' | 'inspection'): Fold<number> => ({
  kind,
  initial: 0,
  apply: (count) => count + 1,
})

const needsOf = (stream: StreamId, request: z.infer<typeof requestIdSchema>): Needs => ({
  streams: [ledgerStream, rosterStream, stream, requestStream(request)],
  follow: (past) => heldStreams(requestIn(past, request)),
  relied: { origin: RELIED_ON_GENESIS, streams: [rosterStream, policyStream] },
})

const resolved = act('chamber.resolve', 'chamber.resolved', {
  input: z.strictObject({
    organ: z.enum(['board', 'members', 'shareholder']),
    request: requestIdSchema,
    outcome: z.enum(['passed', 'failed', 'referred']),
    voters: z.array(personIdSchema),
  }),
})
type Resolving = z.infer<typeof resolved.command>['input']

const resolution: Resolution = { meeting, item: 'a1', for: 3, against: 0, abstain: 0, base: 3 }

function resolve(input: Resolving, deciding: Deciding): readonly EventDraft[] {
  const { organ, request, outcome, voters } = input
  switch (organ) {
    case 'board':
      return boardDecided(deciding, request, { resolution, outcome, voters })
    case 'members':
      return membersDecided(deciding, request, { resolution, outcome, voters })
    case 'shareholder':
      return shareholderDecisionSigned(deciding, request, resolution)
  }
}

export const chamberWorkflow = defineWorkflow({
  name: 'chamber@1',
  fold: countFold('meeting'),
  acts: [resolved],
  notes: [],
  commands: z.discriminatedUnion('type', [resolved.command]),
  needs: ({ input, stream }) => needsOf(stream, input.request),
  decide: ({ input, stream }, deciding) => ({
    events: [
      draft('chamber@1', stream, { type: 'chamber.resolved', body: { given: input } }),
      ...resolve(input, deciding),
    ],
  }),
})

const looked = act('round.look', 'round.looked', {
  input: z.strictObject({
    request: requestIdSchema,
    does: z.enum(['cover', 'raise', 'settle']),
    result: z.enum(['notExamined', 'noFinding', 'finding']),
    finding: findingIdSchema,
  }),
})
type Looking = z.infer<typeof looked.command>['input']

function look(input: Looking, deciding: Deciding): readonly EventDraft[] {
  const { does, finding, request, result } = input
  const stream = requestStream(request)
  switch (does) {
    case 'cover':
      return auditCovered(deciding, stream, {
        inspection,
        examined: result !== 'notExamined',
        result,
      })
    case 'raise':
      return findingRaised(stream, { inspection, finding })
    case 'settle':
      return findingSettled(deciding, stream, { inspection, finding })
  }
}

export const roundWorkflow = defineWorkflow({
  name: 'round@1',
  fold: countFold('inspection'),
  acts: [looked],
  notes: [],
  commands: z.discriminatedUnion('type', [looked.command]),
  needs: ({ input, stream }) => needsOf(stream, input.request),
  decide: ({ input, stream }, deciding) => ({
    events: [
      draft('round@1', stream, { type: 'round.looked', body: { given: input } }),
      ...look(input, deciding),
    ],
  }),
})
