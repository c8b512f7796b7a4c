// Refused on purpose (law 7.18): each of the nine tried through every door the law has. What is lawful stands by hand in
// test/support/request-doors.ts; here everything that does not stand there is tried, and must be refused.
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { bySchema } from '../../src/domain/entry.ts'
import { policyKeyNames } from '../../src/domain/policy.ts'
import type { RefusalCode } from '../../src/domain/refusal.ts'
import { acts, notes, requestCommands } from '../../workflows/request/v1/events.ts'
import { workflowOfCommand, workflows } from '../../workflows/versions.ts'
import { MalformedCommand } from '../../workflows/workflow.ts'
import type { Asking, LawWorld } from '../support/law.ts'
import { by, o, p, village } from '../support/law-cast.ts'
import {
  accept,
  appoint,
  inTown,
  order,
  record,
  sign,
  succeed,
  succeedInTown,
  vacate,
} from '../support/request-acts.ts'
import {
  all,
  asked,
  folded,
  inPerson,
  look,
  paid,
  place,
  request,
  standing,
  types,
} from '../support/request-cast.ts'
import { places } from '../support/request-chart.ts'
import {
  asking,
  commandTypes,
  lawful,
  lawfulLate,
  offices,
  standings,
} from '../support/request-doors.ts'

const wheres = Object.keys(standings)
const worldAt = (where: string): LawWorld => {
  const made = standings[where]
  if (made === undefined) throw new Error(`no standing ${where}`)
  return made()
}

/** Every door tried: those that opened, as `command office`. */
function opened(world: LawWorld, also: (before: LawWorld, after: LawWorld, door: string) => void) {
  const doors: string[] = []
  for (const type of commandTypes) {
    for (const office of offices) {
      const fork = world.fork()
      const outcome = fork.ask(asking(fork, type, office))
      if ('refused' in outcome) continue
      doors.push(`${type} ${office}`)
      also(world, fork, `${type} ${office}`)
    }
  }
  return doors
}
const byHand = (table: typeof lawful, where: string): readonly string[] =>
  commandTypes.flatMap((type) =>
    offices
      .filter((office) => table[type](where).includes(office))
      .map((office) => `${type} ${office}`),
  )

/** What is on record of a request cannot be edited: only a resubmission puts another form in its place. */
function nothingEdited(before: LawWorld, after: LawWorld, door: string): void {
  const was = before.entries(village, request)
  expect(after.entries(village, request).slice(0, was.length), door).toEqual(was)
  expect(after.entries(village, request).length, door).toBeGreaterThan(was.length)
  if (door.startsWith('request.resubmit')) return
  expect(folded(after).submission, door).toEqual(folded(before).submission)
  expect(folded(after).route, door).toEqual(folded(before).route)
}

describe('law 7.18: every command by every office, wherever a request stands', () => {
  test('the doors are all commands there are, and every place there is', () => {
    expect([...commandTypes].sort()).toEqual(acts.map(({ commandType }) => commandType).sort())
    const stood = new Set(wheres.map((where) => where.split(', ')[0]))
    const passing = ['memberVote.due', 'boardReview.due', 'supervisorySignOff.due', 'rejected']
    const between = [...passing, 'townshipFiling.due', 'withdrawn', 'disciplineAudit.due']
    // an advance stands there while it is settled: its own spec walks it
    const elsewhere = ['settlement']
    expect([...places].filter((one) => !stood.has(one)).sort()).toEqual(
      [...between, ...elsewhere].sort(),
    )
  })

  test.each(wheres)(
    'at %s: no jumping, no editing, no deleting; what is lawful and nothing else',
    (where) => {
      const world = worldAt(where)
      expect(opened(world, nothingEdited).sort()).toEqual([...byHand(lawful, where)].sort())
    },
  )

  test.each(wheres)('at %s, long after every limit: no passing by time-out', (where) => {
    const world = worldAt(where)
    const stood = place(world)
    world.clock('2026-06-15T01:00:00.000Z')
    // time alone records nothing and moves nothing
    expect(place(world)).toBe(stood)
    const furtherByLapse: string[] = []
    const late = opened(world, (before, after, door) => {
      if (/\.lapse /.test(door) && isFurther(before, after)) furtherByLapse.push(door)
    })
    expect(late.sort()).toEqual([...byHand(lawfulLate, where)].sort())
    expect(furtherByLapse).toEqual([])
  })

  test('the tables are not empty', () => {
    const doors = wheres.flatMap((where) => byHand(lawful, where))
    expect(new Set(doors.map((door) => door.split(' ')[0])).size).toBeGreaterThan(25)
  })
})

/** Did the chain pass a must, or come nearer to a payment? An end is no passing. */
function isFurther(before: LawWorld, after: LawWorld): boolean {
  if (['rejected', 'withdrawn'].includes(folded(after).snapshot.context.outcome)) return false
  // after the money, only the audit of an emergency nobody ratified is ahead: with a finding, which is no passing either
  if (folded(after).openFindings.length > folded(before).openFindings.length) return false
  return places.indexOf(place(after)) > places.indexOf(place(before))
}

/** Offices whose holders decide at a place: without them nothing there is passed. */
const deciders: Readonly<Record<string, readonly string[]>> = {
  'issuing.drawnUp': ['handler'],
  'issuing.handled': ['witness'],
  'issuing.witnessed': ['chead'],
  papers: ['clerk'],
  'supervisorySignOff.open': ['sup1', 'sup2', 'sup3'],
  'townshipFiling.open': ['officer', 'officer2'],
  'townshipFiling.open, in an emergency': ['officer', 'officer2'],
  'townshipFiling.accepted': ['head', 'head2'],
  'payment.payable': ['cashier'],
  'payment.payable, consented to by one': ['cashier'],
  booking: ['book'],
}

describe('law 7.18: no passing by vacancy', () => {
  test.each(Object.keys(deciders))('at %s, where nobody holds the office that decides', (where) => {
    const world = worldAt(where)
    const township = ['officer', 'officer2', 'head2']
    for (const office of deciders[where] ?? []) {
      // the head keeps the rosters here: the other officers leave them first, the head by the leader's hand
      if (office === 'head') all(world, inTown({ ...vacate('head'), by: by('leader') }))
      else
        all(
          world,
          township.includes(office)
            ? inTown({ ...vacate(office), by: by('leader') })
            : vacate(office),
        )
    }
    const further: string[] = []
    opened(world, (before, after, door) => {
      if (isFurther(before, after)) further.push(door)
    })
    expect(further).toEqual([])
    expect(place(world)).toBe(where.split(', ')[0])
  })

  // of the supervisors all three are needed, which no single door tells
  const alone = Object.keys(deciders).filter((where) => where !== 'supervisorySignOff.open')
  test.each(alone)('at %s it is passed once somebody does: the control', (where) => {
    const further: string[] = []
    opened(worldAt(where), (before, after, door) => {
      if (isFurther(before, after)) further.push(door)
    })
    expect(further.length).toBeGreaterThan(0)
  })

  test('with the supervisors it is passed once all three do: the control', () => {
    const world = all(standing('supervisorySignOff.open'), sign('sup1'), sign('sup2'), sign('sup3'))
    expect(place(world)).toBe('townshipFiling.open')
  })
})

/** The handler in every office that decides on what they handled. */
describe('law 7.18: no approving one’s own', () => {
  test.each<[RefusalCode, string, () => LawWorld, Asking]>([
    [
      'ownHandling',
      'as supervisor',
      () => succeed(standing('supervisorySignOff.open'), 'sup2', 'handler'),
      inPerson(sign('sup2'), p('handler')),
    ],
    [
      'ownHandling',
      'as officer',
      () => succeedInTown(standing('townshipFiling.open'), 'officer2', 'handler'),
      inPerson(accept, p('handler'), 'officer2'),
    ],
    [
      'ownHandling',
      'as head',
      () => succeedInTown(standing('townshipFiling.accepted'), 'head2', 'handler'),
      inPerson(asked('townshipFiling.consent', 'head', { reason: '同意' }), p('handler'), 'head2'),
    ],
    [
      'issuersNotThree',
      'as head of the company',
      () => succeed(standing('issuing.witnessed'), 'chead', 'handler'),
      inPerson(asked('request.issue', 'chead'), p('handler')),
    ],
    [
      'cashierConflict',
      'as cashier',
      () => succeed(standing('payment.payable'), 'cashier', 'handler'),
      inPerson(order, p('handler')),
    ],
  ])('%s: %s', (code, _as, given, when) => {
    expect(given().refusal(when)).toBe(code)
  })
})

describe('law 7.18: no switch that ignores permission', () => {
  const switches = [
    'force',
    'override',
    'skip',
    'admin',
    'ignorePermission',
    'system',
    'silent',
    'as',
    'at',
  ]

  test('no command takes a word that is not its own', () => {
    const world = standing('papers')
    for (const type of commandTypes) {
      const plain = asking(world, type, 'clerk')
      for (const word of switches) {
        const input = { ...(plain.input as object), [word]: true }
        expect(() => world.ask({ ...plain, input }), `${type} ${word}`).toThrow(MalformedCommand)
      }
    }
  })

  test('nor does who acts, or the entry', () => {
    const clerk = by('clerk')
    expect(bySchema.safeParse(clerk).success).toBe(true)
    for (const word of switches)
      expect(bySchema.safeParse({ ...clerk, [word]: true }).success).toBe(false)
  })

  test('no key of the policy lets a must be passed over', () => {
    const said = policyKeyNames.filter((key) =>
      /skip|bypass|override|force|auto|admin|vacant/i.test(key),
    )
    expect(said).toEqual([])
  })

  test('what follows from an act is no command, nor is any event', () => {
    const commands = new Set(workflows.flatMap((workflow) => [...workflow.acts.keys()]))
    const events = workflows.flatMap((workflow) => [...workflow.acts.values(), ...workflow.notes])
    expect(events.length).toBeGreaterThan(100)
    // cast is its own past: the act itself
    expect(events.filter((type) => commands.has(type))).toEqual(['ballot.cast'])
    for (const { eventType } of [...acts, ...notes])
      expect(workflowOfCommand(eventType)).toBeUndefined()
  })
})

describe('law 7.18: no deleting history, no editing what was submitted, no reopening what is closed', () => {
  test('there is no such command in any workflow', () => {
    const commands = workflows.flatMap((workflow) => [...workflow.acts.keys()])
    const told =
      /delete|remove|erase|purge|edit|update|change|amend|overwrite|replace|rewrite|undo|revert|reopen|restore|override|force|skip|jump|import|restart/i
    // a finding that was not put right is reopened, the request it names is not; who inspects may change, what was found not
    expect(commands.filter((type) => told.test(type))).toEqual([
      'inspection.changeTeam',
      'finding.reopen',
    ])
  })

  test('taking back records that it was taken back: nothing leaves the ledger', () => {
    const world = all(standing('supervisorySignOff.open'), sign('sup2'))
    const recorded = types(world)
    all(world, asked('act.takeBack', 'sup2', { reason: '误操作' }))
    expect(types(world)).toEqual([...recorded, 'act.takenBack'])
  })

  test('submitted twice it is refused, whoever asks', () => {
    for (const where of wheres) {
      for (const office of ['clerk', 'chead', 'head', 'inspector1']) {
        const world = worldAt(where)
        expect(world.refusal(asking(world, 'request.submit', office))).toBe('alreadyExists')
      }
    }
  })

  test('what is closed stays closed: findings and talk are recorded, and move nothing', () => {
    const world = all(
      standing('closed'),
      look('raise'),
      look('settle'),
      asked('request.comment', 'clerk', { text: '归档' }),
    )
    expect(place(world)).toBe('closed')
    expect(folded(world).openFindings).toEqual([])
  })
})

describe('law 7.18: no back-dating', () => {
  /** Every date a command may give, with its place: the instant of an entry is the store's alone. */
  const datesGiven = (): readonly string[] => {
    const found: string[] = []
    const walk = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return
      const { pattern, properties } = node as {
        pattern?: unknown
        properties?: Record<string, unknown>
      }
      const type = (properties?.['type'] as { const?: string } | undefined)?.const
      if (typeof pattern === 'string' && /\\d\{4\}-\\d\{2\}/.test(pattern)) found.push(path)
      for (const [key, child] of Object.entries(node)) {
        if (key === 'properties') {
          for (const [name, property] of Object.entries(child as object))
            walk(
              property,
              path === '' && type !== undefined ? `${type} ${name}` : `${path}.${name}`,
            )
        } else walk(child, path)
      }
    }
    walk(z.toJSONSchema(requestCommands, { io: 'input', unrepresentable: 'any' }), '')
    return [...new Set(found.map((path) => path.replace(/ input/, '')))].sort()
  }

  test('a command tells the date of a paper or of money, never its own', () => {
    expect(datesGiven()).toEqual([
      'advance.settle.evidence.dated',
      'advance.settle.invoices.date',
      'automaticFinding.close.recovered.receivedOn',
      'evidence.add.evidence.dated',
      'evidence.add.invoices.date',
      'payment.record.paidOn',
      'request.resubmit.debit.on',
      'request.resubmit.evidence.dated',
      'request.resubmit.invoices.date',
      'request.submit.debit.on',
      'request.submit.evidence.dated',
      'request.submit.invoices.date',
    ])
  })

  test.each<[RefusalCode | undefined, string]>([
    ['paidBeforeOrder', '2025-12-31'],
    ['paidBeforeOrder', '2026-03-01'],
    [undefined, '2026-03-02'],
    ['dateInFuture', '2026-03-03'],
  ])('%s: ordered on 2 March, paid on %s', (code, paidOn) => {
    const world = standing('payment.ordered')
    expect(world.refusal({ ...record, input: { ...paid, paidOn } })).toBe(code)
  })

  test('who took office today did not hold it yesterday: nothing is signed for the past', () => {
    const world = all(standing('supervisorySignOff.open'), vacate('sup2'), appoint('sup2', p('m1')))
    world.given(inPerson(sign('sup2'), p('m1')))
    expect(world.entries(village, request).at(-1)?.at).toBe([...world.history()].at(-1)?.at)
    expect(folded(world).seating?.signed.map(({ office }) => office)).toEqual([o('sup2')])
  })

  test('each entry is later than the one before', () => {
    const instants = standing('closed')
      .history()
      .map(({ at }) => at)
    expect([...instants].sort()).toEqual(instants)
  })
})
