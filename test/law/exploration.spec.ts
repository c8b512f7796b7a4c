// The law explored, not sampled (design §9): every state that the commands of closed small worlds lead to, each looked at
// once; what the law says is told beside it by hand, from the events alone.
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/domain/entry.ts'
import type { RefusalCode } from '../../src/domain/refusal.ts'
import type { Decision, Fold, Past } from '../../src/domain/store.ts'
import { authorityFold, type AuthorityState } from '../../workflows/authority/v1/fold.ts'
import { meetingFold, type MeetingState } from '../../workflows/meeting/v1/fold.ts'
import { type Request, requestFold } from '../../workflows/request/v1/fold.ts'
import { workflows } from '../../workflows/versions.ts'
import { scanned } from '../../scripts/law-scan.ts'
import { type ClosedWorld, type Decider, Explorer, type Glance } from '../support/explore.ts'
import { placeIn, r1, r2 } from '../support/explore-cast.ts'
import { ended } from '../support/explore-moves.ts'
import type { Memory } from '../support/explore-memory.ts'
import { Keys } from '../support/explore-keys.ts'
import {
  badForms,
  ceilings,
  emergencies,
  forms,
  inspections,
  lastRound,
  mandates,
  members,
  related,
  type SmallWorld,
  suspensions,
  talk,
  turns,
  vacancies,
} from '../support/explore-worlds.ts'
import { digest } from '../support/law.ts'
import { projectFiles } from '../support/sources.ts'

const worlds: Readonly<Record<string, () => SmallWorld>> = {
  'returns, restarts, withdrawals and acts taken back (law 2.27, law 2.31, law 3.2)': turns,
  'suspensions wherever the request stands (law 2.33, law 2.35)': suspensions,
  'the members first, then the board (law 2.26, law 5.4, law 5.6)': members,
  'two requests under one ceiling or beside it (law 4.3, law 4.4, law 3.9)': ceilings,
  'a related deal, recused and referred (law 5.12, law 5.13)': related,
  'a round over requests ended and on their way (law 5.19, law 6.9, law 7.3)': inspections,
  'offices that fall vacant and are filled again (law 1.11, law 1.12)': vacancies,
  'an emergency paid first and ratified afterwards (law 3.10, law 3.11, law 3.12)': emergencies,
  'deputies, and a director for another (law 7.10, law 7.12, law 7.14, law 7.16)': mandates,
  'talk beside the decisions (law 7.17)': talk,
  'forms that are no lawful request (law 2.13, law 2.21)': forms,
}

/** What is kept of an explored world: the states themselves would fill the memory. */
interface Summary {
  readonly states: number
  readonly breaches: readonly (readonly [string, readonly string[]])[]
  readonly refused: ReadonlyMap<string, ReadonlySet<RefusalCode>>
  readonly done: ReadonlySet<string>
  readonly merged: Explorer<Memory>['merged']
  readonly stuck: readonly (readonly string[])[]
  /** Requests as they came to their audit, no two alike in what an inspector could see of them. */
  readonly ends: readonly Request[]
  readonly moved: readonly string[]
}

/** What no small world of a few days, one company and four members can meet, by the spec or table that does. */
const metIn: Readonly<Record<string, readonly RefusalCode[]>> = {
  'test/support/request-rows-kinds.ts': [
    'acceptanceTooFew',
    'advanceOpen',
    'alreadyDebited',
    'amountTooLarge',
    'debitTooLate',
    'payeeNotSeller',
    'refundUnproven',
    'sellerUnstated',
    'settlementDiffers',
    'supplementsOpen',
    'swipedBeforeReport',
    'tooManyPapers',
  ],
  'test/support/request-rows-submission.ts': [
    'calendarMissing',
    'ledgerSealed',
    'policyMissing',
    'rosterUnconfirmed',
  ],
  'test/workflows/request-evasions.spec.ts': [
    'bankReferenceUsed',
    'debitClaimed',
    'debitStands',
    'spentBeforeAdvance',
  ],
  'test/workflows/alerts-dismissed.spec.ts': ['alertDismissed', 'alertNeedsProof', 'dismissedRed'],
  'test/workflows/authority-filing.spec.ts': ['authorityClosed', 'authorityUnfiled'],
  'test/workflows/request-emergency.spec.ts': [
    'emergencyCauseNotNamed',
    'emergencyNotForKind',
    'emergencyNotForMatter',
    'emergencyOverCeiling',
    'notAnEmergency',
  ],
  'test/workflows/inspection-findings.spec.ts': [
    'nothingToRecover',
    'recoveredBeforePaid',
    'recoveryClaimed',
    'recoveryOpen',
    'recoveryTooMuch',
  ],
  'test/workflows/meeting.spec.ts': ['requestOnAgenda'],
  'test/workflows/meeting-votes.spec.ts': [
    'notOnSheet',
    'powerMissing',
    'powerWrong',
    'recorderPartial',
    'recountOnline',
  ],
  'test/workflows/request-beside.spec.ts': ['tooManyQuestions'],
  'test/workflows/request-head-tie.spec.ts': ['headTieUnrouted'],
  'test/workflows/meeting-refusals.spec.ts': [
    'consultationMissing',
    'consultationTooShort',
    'delegatesNotAllowed',
    'meetingMisplaced',
    'notForDelegates',
    'notOnRoll',
    'notOnline',
    'notThisKind',
    'organMissing',
    'proxyNotHousehold',
    'proxyTwice',
    'rollChanged',
    'tellerPartial',
    'tellerUnfit',
    'tooFewDelegates',
    'watcherPartial',
  ],
  'test/workflows/meeting-links.spec.ts': [
    'ballotHalfAgain',
    'ballotHalfMissing',
    'ballotHalvesBySame',
  ],
  'test/workflows/meeting-organs.spec.ts': ['seatInPerson', 'seatVacant'],
  'test/workflows/meeting-secret.spec.ts': ['onlineNotAllowed', 'tallyUneven'],
}
const elsewhere: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(metIn).flatMap(([path, codes]) => codes.map((code) => [code, path] as const)),
)

const MINUTES = 5 * 60_000
const summaries = new Map<string, Summary>()

function summaryOf(name: string): Summary {
  const known = summaries.get(name)
  if (known !== undefined) return known
  const world = worlds[name]?.()
  if (world === undefined) throw new Error(`no world ${name}`)
  const explored = new Explorer(world)
  const summary = {
    states: explored.states,
    breaches: [...explored.breaches],
    refused: explored.refused,
    done: explored.done,
    merged: explored.merged,
    stuck: explored.stuck(isDone),
    ends: endsOf(explored),
    moved: [...new Set(world.moves.flatMap(({ asking }) => asking?.type ?? []))],
  }
  summaries.set(name, summary)
  return summary
}

/** Whatever was submitted has come to its audit. */
const isDone = (glance: Glance): boolean =>
  [r1, r2].every((stream) => placeIn(glance, stream) === '' || ended(glance, stream))

function endsOf(explored: Explorer<Memory>): readonly Request[] {
  const keys = new Keys({
    leaves: ['since', 'history', 'last', 'beside', 'dueOn'],
    unordered: ['deciders'],
  })
  const ends = new Map<string, Request>()
  explored.each((glance) => {
    const request = glance.state(r1) as Request | undefined
    if (request === undefined || placeIn(glance, r1) !== 'disciplineAudit.open') return
    // a finding of another round is closed out there
    if (request.openFindings.some((name) => !name.startsWith('auto/'))) return
    const { snapshot, openFindings, deciders, emergency, suspendedUntil } = request
    const { findings } = emergency
    const seen = [snapshot, openFindings, deciders, findings, suspendedUntil !== '']
    ends.set(String(keys.of(seen)), request)
  })
  return [...ends.values()]
}

describe.each(Object.keys(worlds))('%s', (name) => {
  test('on no way is a rule of the law broken', { timeout: MINUTES }, () => {
    expect(summaryOf(name).breaches).toEqual([])
  })

  test('every act of this world is done or refused by its rule, and some are done', () => {
    const { done, moved, refused } = summaryOf(name)
    expect(moved.filter((type) => !done.has(type) && !refused.has(type))).toEqual([])
    expect(done.size).toBeGreaterThan(name.includes('forms') ? -1 : 3)
  })

  test('states taken for equal go on alike', () => {
    expect(summaryOf(name).merged.differing).toEqual([])
  })

  test('no reason but the calendar keeps a request from its audit (law 5.19)', () => {
    expect(summaryOf(name).stuck).toEqual([])
  })
})

describe('all worlds together', () => {
  const names = Object.keys(worlds)

  test('hold at least a hundred thousand states', { timeout: MINUTES }, () => {
    const states = names.map((name) => summaryOf(name).states)
    expect(states.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(100_000)
  })

  test('every flow that ended can be inspected and closed (law 2.36, law 5.19)', () => {
    const before = turns()
    const open: string[] = []
    for (const name of names) {
      for (const request of summaryOf(name).ends.slice(0, ENDS_TRIED)) {
        const round = new Explorer(lastRound(request, before))
        const places = new Set<string>()
        round.each((glance) => places.add(placeIn(glance, r1)))
        if (!places.has('closed')) open.push(`${name}: ${[...places].join(' ')}`)
      }
    }
    expect(open).toEqual([])
  })

  const met = (): ReadonlyMap<string, ReadonlySet<RefusalCode>> => {
    const all = new Map<string, Set<RefusalCode>>()
    for (const name of names)
      for (const [type, codes] of summaryOf(name).refused) {
        const known = all.get(type) ?? new Set()
        all.set(type, known)
        for (const code of codes) known.add(code)
      }
    return all
  }

  test('refuse nothing that the reference does not say of the act', () => {
    const beyond = [...met()].flatMap(([type, codes]) => {
      const said = scannedOf(type)
      return [...codes].filter((code) => !said.has(code)).map((code) => `${type} ${code}`)
    })
    expect(beyond).toEqual([])
  })

  test('meet every refusal that a request or a meeting can give, but for those of other specs', () => {
    const here = new Set([...met().values()].flatMap((codes) => [...codes]))
    const all = new Set(
      workflows
        .filter(({ kind }) => kind === 'request' || kind === 'meeting')
        .flatMap(({ acts }) => [...acts.keys()].flatMap((type) => [...scannedOf(type)])),
    )
    const missing = [...all].filter((code) => !here.has(code))
    expect(missing.toSorted()).toEqual(Object.keys(elsewhere).toSorted())
  })

  test.each(badForms)('%s is what its form is refused for', (code) => {
    const name = names.find((one) => one.includes('forms')) ?? ''
    expect([...(summaryOf(name).refused.get('request.submit') ?? [])]).toContain(code)
  })
})

const ENDS_TRIED = 40
const commands = workflows.flatMap(({ acts }) => [...acts.keys()])
const said = new Map<string, ReadonlySet<RefusalCode>>()
function scannedOf(type: string): ReadonlySet<RefusalCode> {
  const known = said.get(type)
  if (known !== undefined) return known
  const workflow = workflows.find(({ acts }) => acts.has(type))
  if (workflow === undefined) throw new Error(`nobody answers ${type}`)
  const { refusals } = scanned(workflow.name, type, commands)
  said.set(type, refusals)
  return refusals
}

describe('codes of other specs', () => {
  const specs = projectFiles(['test'], ['.spec.ts', '.ts'])
  test.each(Object.entries(elsewhere))('%s is met in %s', (code, path) => {
    const spec = specs.find((file) => file.path === path)
    expect(spec?.text ?? '').toContain(`'${code}'`)
  })
})

// each takes one guard out and must be seen by the rule that it guards
describe('the exploration finds', () => {
  const breachesOf = (world: ClosedWorld<Memory>, most = 20_000): readonly string[] => [
    ...new Explorer({ ...world, most }).breaches.keys(),
  ]
  /** Decides as if a stream stood otherwise than it does. */
  const seeing =
    <S>(of: Fold<S>, change: (state: S) => S, only?: string): Decider =>
    (command, deciding, lawful) => {
      if (only !== undefined && command.type !== only) return lawful(command, deciding)
      const past: Past = {
        ...deciding.past,
        stream: (fold, id) => {
          const folded = deciding.past.stream(fold, id)
          return fold.kind === of.kind && folded.state !== undefined
            ? {
                ...folded,
                state: change(folded.state as unknown as S) as unknown as typeof folded.state,
              }
            : folded
        },
      }
      return lawful(command, { ...deciding, past })
    }
  const requests = (change: (request: Request) => Request, only?: string): Decider =>
    seeing<Request | undefined>(
      requestFold,
      (request) => (request === undefined ? undefined : change(request)),
      only,
    )

  test('who decides in two musts', { timeout: MINUTES }, () => {
    const decide = requests((request) => ({ ...request, deciders: [] }))
    expect(breachesOf({ ...mandates(), decide })).toContain('a person decided in two musts')
  })

  test('an officer who consents to what they accepted', { timeout: MINUTES }, () => {
    const decide = requests((request) => {
      const { accepted: _accepted, ...rest } = request
      return { ...rest, deciders: [] }
    })
    expect(breachesOf({ ...mandates(), decide })).toContain('the officer is the head')
  })

  test('a suspension that the fold forgets', { timeout: MINUTES }, () => {
    const fold: Fold<unknown> = {
      ...requestFold,
      apply: (state, entry) => {
        const after = requestFold.apply(state as Request | undefined, entry)
        return entry.type === 'suspension.ordered' && after !== undefined
          ? { ...after, snapshot: (state as Request).snapshot }
          : after
      },
    }
    expect(breachesOf({ ...suspensions(), fold }, 3_000)).toContain(
      'request.handled while suspended',
    )
  })

  test('a signature too few', { timeout: MINUTES }, () => {
    const decide = requests(
      (request) =>
        request.seating === undefined
          ? request
          : { ...request, seating: { ...request.seating, needs: 'majorityAndChair' } },
      'supervisorySignOff.sign',
    )
    expect(breachesOf({ ...mandates(), decide })).toContain('too few supervisors signed')
  })

  test('a route that leaves out a must', { timeout: MINUTES }, () => {
    const decide: Decider = (command, deciding, lawful) =>
      rerouted(lawful(command, deciding), 'boardReview')
    const found = breachesOf({ ...mandates(), decide })
    expect(found).toContain('boardReview is notRequired, not required')
    expect(found).toContain('boardReview.notRequired though required')
  })

  test('a ceiling that the fold forgets', { timeout: MINUTES }, () => {
    const fold: Fold<unknown> = {
      ...authorityFold,
      apply: (state, entry) => {
        const after = authorityFold.apply(state as AuthorityState | undefined, entry)
        return after === undefined ? after : { ...after, uses: new Map() }
      },
    }
    expect(breachesOf({ ...ceilings(), fold }, 2_000)).toContain('an authority is overdrawn')
  })

  test('minutes that nobody signed', { timeout: MINUTES }, () => {
    const decide = seeing<MeetingState | undefined>(meetingFold, (meeting) => {
      if (meeting === undefined) return undefined
      const signed = [...meeting.present.keys()].map((seat) => [seat, digest('minutes')] as const)
      return { ...meeting, minutes: new Map(signed) }
    })
    expect(breachesOf({ ...mandates(), decide })).toContain('decided under unsigned minutes')
  })

  test("another's act taken back", { timeout: MINUTES }, () => {
    const decide: Decider = (command, deciding, lawful) =>
      requests(({ last, ...request }) => ({
        ...request,
        last: last === undefined ? undefined : { ...last, person: command.by.person },
      }))(command, deciding, lawful)
    expect(breachesOf({ ...turns(), decide }, 3_000)).toContain("took back another's act")
  })

  test('a flow that nothing leads out of', { timeout: MINUTES }, () => {
    const decide: Decider = (command, deciding, lawful) =>
      command.type === 'booking.record'
        ? { refused: { code: 'wrongEntity', params: {} } }
        : lawful(command, deciding)
    const world = ceilings()
    const moves = world.moves.filter(({ asking }) => asking?.stream !== r2)
    const { length } = new Explorer({ ...world, moves, decide }).stuck(isDone)
    expect(length).toBeGreaterThan(0)
    expect(new Explorer({ ...world, moves }).stuck(isDone)).toEqual([])
  })

  test('a field left out of what tells states apart', { timeout: MINUTES }, () => {
    const world = mandates()
    const leaving = { leaves: [...(world.leaving?.leaves ?? []), 'deciders', 'ballots', 'minutes'] }
    const { merged } = new Explorer({ ...world, leaving, mergedEvery: 7 })
    expect(merged.asked).toBeGreaterThan(0)
    expect(merged.differing.length).toBeGreaterThan(0)
  })
})

/** The same decision with a must of its route said not to be required. */
function rerouted(decision: Decision, must: string): Decision {
  if ('refused' in decision) return decision
  const [first, ...rest] = decision.events
  if (first.type !== 'request.submitted') return decision
  const route = (first.body['route'] as unknown as readonly JsonObject[]).map((station) =>
    station['must'] === must ? { ...station, demand: 'notRequired' } : station,
  )
  return { ...decision, events: [{ ...first, body: { ...first.body, route } }, ...rest] }
}
