// The demonstration: the same bytes from the same seed, everything at its end, and every planted row where the law puts it.
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openAudit } from '../../db/audit.ts'
import { presentCalendar } from '../../src/app/calendars.ts'
import { nodeCrypto } from '../../src/app/crypto.ts'
import { demoCases } from '../../src/app/demo/cases.ts'
import type { DemoReport, MonthLine } from '../../src/app/demo/report.ts'
import { runDemo } from '../../src/app/demo/simulate.ts'
import { differenceOf } from '../../src/app/lists/compare.ts'
import { keptList } from '../../src/app/lists/keep.ts'
import { taskViews } from '../../src/app/read/tasks.ts'
import { lawWorkings } from '../../src/app/verify/law.ts'
import { verify } from '../../src/app/verify.ts'
import type { Entry } from '../../src/domain/entry.ts'
import { type Origin, type RequestId, requestStream } from '../../src/domain/ids.ts'
import { above, atLeast, moneySchema } from '../../src/domain/money.ts'
import { musts } from '../../src/domain/must.ts'
import { atShanghai, endOf, localDateSchema } from '../../src/domain/time.ts'
import type { Submission } from '../../src/domain/request.ts'
import { submitted, supervisorySignOffOpened } from '../../workflows/request/v1/events.ts'
import { alertRaised } from '../../workflows/request/v1/events-alert.ts'
import { type DemoWorld, openDemoWorld } from '../support/demo-open.ts'
import { readingOf } from '../support/reading-open.ts'

const LONG = 240_000
const yuan = (whole: string) => moneySchema.parse(`${whole}.00`)

const notes = ({ open }: DemoWorld): readonly string[] =>
  open.ledgers.ledgers().flatMap(({ origin }) => {
    return [...open.ledgers.checkpoints(origin)].map(({ note }) => note)
  })

describe('a month of it', () => {
  async function month(seed: number) {
    const world = await openDemoWorld(seed, 'memory')
    const lines: MonthLine[] = []
    try {
      const report = await runDemo(world.ports, world.sources, {
        months: 1,
        onMonth: (line) => lines.push(line),
      })
      return { report, lines, notes: notes(world) }
    } finally {
      await world.close()
    }
  }

  it(
    'is the same to the last checkpoint from the same seed, and another from another',
    async () => {
      const [first, again, other] = [await month(3), await month(3), await month(4)]
      expect(again).toEqual(first)
      expect(other.notes).not.toEqual(first.notes)
      for (const { report, lines } of [first, other]) {
        expect(report.unfinished).toEqual([])
        expect(report.surprises).toEqual([])
        expect(report.byState).toEqual({ closed: report.requests })
        expect(lines[0]?.month).toBe('2024-11')
        expect(lines.at(-1)?.entries).toBe(
          report.ledgers.reduce((sum, { entries }) => sum + entries, 0),
        )
      }
    },
    LONG,
  )
})

const plantedSchema = z.array(
  z.object({ rule: z.string(), company: z.string(), rows: z.array(z.number()) }),
)

/** The route of a request as first submitted, by must: demand and rule. */
function routeOf(entries: readonly Entry[]) {
  const [first] = entries
  const { body } = submitted.event.parse({ type: first?.type, body: first?.body })
  const route = new Map(body.route.map(({ must, demand, rule }) => [must, `${demand} ${rule}`]))
  return { route, rolling: body.rolling, related: body.related }
}

describe('the whole year', () => {
  let world: DemoWorld
  let report: DemoReport
  let planted: z.infer<typeof plantedSchema>
  /** Line of the sheet → the request it became. */
  const requests = new Map<number, { readonly ledger: Origin; readonly request: RequestId }>()

  beforeAll(async () => {
    world = await openDemoWorld()
    report = await runDemo(world.ports, world.sources)
    const file = new URL('../fixtures/requests-2025.planted.json', import.meta.url)
    planted = plantedSchema.parse(JSON.parse(await readFile(file, 'utf8')))
    const kept = await world.ports.drafts.list({ limit: 1000 })
    const ledgerOf = new Map(
      report.companies.map(({ company, ledger }) => [company, ledger] as const),
    )
    for (const { draft, intent } of kept) {
      const ledger = draft === undefined ? undefined : ledgerOf.get(draft.submission.company)
      if (draft === undefined || intent === undefined || ledger === undefined) continue
      requests.set(draft.line, { ledger, request: intent.request })
    }
  }, LONG)
  afterAll(() => world.close())

  const rowsOf = (rule: string) => planted.filter((one) => one.rule === rule)
  const lineOf = (line: number) => {
    const found = requests.get(line)
    if (found === undefined) throw new Error(`row ${line} became no request`)
    return found
  }
  const entriesOf = async (line: number): Promise<readonly Entry[]> => {
    const { ledger, request } = lineOf(line)
    return world.ports.context.store.read(ledger, requestStream(request))
  }

  it('ends with every request closed, every meeting posted, every finding closed out', () => {
    expect(report.unfinished).toEqual([])
    expect(report.byState).toEqual({ closed: report.requests })
    expect(report.imported).toBe(625)
    expect(requests.size + report.refusedDrafts.length).toBe(625)
    // and what the year has beside its sheet
    expect(report.requests).toBeGreaterThan(requests.size + 20)
    // four quarters in three villages; a special one, a follow-up and one that was cancelled
    expect(report.inspections).toBe(15)
    expect(report.findings).toBeGreaterThan(5)
  })

  it('shows every case of the law at least once', () => {
    expect(Object.keys(report.cases)).toEqual(Object.keys(demoCases))
    const missing = Object.entries(report.cases).filter(([, count]) => count === 0)
    expect(missing).toEqual([])
    expect(Object.keys(report.cases).length).toBeGreaterThan(100)
  })

  it('has nobody refused who did not try it on', () => {
    expect(report.surprises).toEqual([])
    for (const code of ['mustRecuse', 'papersIncomplete', 'closeOutBySame', 'noticeTooShort']) {
      expect(Object.keys(report.refused)).toContain(code)
    }
  })

  it('knows a meeting too few came to, a vote that failed and a board that referred', () => {
    expect(report.decisions).toMatchObject({
      'member failed': 1,
      'board referred': 2,
      'council passed': 2,
    })
    expect(report.decisions['member notDecided']).toBeGreaterThanOrEqual(1)
    expect(report.byOutcome['withdrawn']?.requests).toBeGreaterThan(0)
    expect(report.byOutcome['rejected']?.requests).toBeGreaterThan(0)
  })

  it('refuses the planted white slips, hospitality and second claims, and no other row', () => {
    const expected = [
      ...rowsOf('WHITE_SLIP').flatMap(({ rows }) =>
        rows.map((line) => ({ line, code: 'voucherMissing' })),
      ),
      ...rowsOf('HOSPITALITY').flatMap(({ rows }) =>
        rows.map((line) => ({ line, code: 'hospitalityProhibited' })),
      ),
      ...rowsOf('DUPLICATE_INVOICE').flatMap(({ rows }) =>
        rows.slice(1).map((line) => ({ line, code: 'invoiceClaimed' })),
      ),
    ].toSorted((a, b) => a.line - b.line)
    expect(expected).toHaveLength(9)
    expect(report.refusedDrafts.toSorted((a, b) => a.line - b.line)).toEqual(expected)
    for (const { line } of expected) expect(requests.has(line)).toBe(false)
  })

  it('raises the route of each planted split from the part that crosses', async () => {
    expect(rowsOf('SPLITTING')).toHaveLength(3)
    for (const { rows } of rowsOf('SPLITTING')) {
      for (const line of rows.slice(1)) {
        const { route, rolling } = routeOf(await entriesOf(line))
        expect(route.get('boardReview')).toMatch(/^required /)
        expect(route.get('townshipFiling')).toBe('required rollingSum.reaches')
        expect(atLeast(rolling.sum, moneySchema.parse('18000.00'))).toBe(true)
      }
      const last = routeOf(await entriesOf(rows.at(-1) ?? 0))
      const before = rows.slice(0, -1).map((line) => lineOf(line).request)
      expect(last.rolling.parts).toEqual(expect.arrayContaining(before))
    }
  })

  it('law 10.5, law 6.7: tells of each planted split and related party, and looks at the red ones', async () => {
    const raisedOn = async (line: number) =>
      (await entriesOf(line))
        .filter(({ type }) => type === 'alert.raised')
        .map(({ type, body }) => alertRaised.event.parse({ type, body }).body)
    for (const { rows } of rowsOf('SPLITTING')) {
      for (const [place, line] of rows.slice(1).entries()) {
        const red = (await raisedOn(line)).find(
          ({ rule, colour }) => rule === 'splitting' && colour === 'red',
        )
        expect([line, red?.requests]).toEqual([
          line,
          expect.arrayContaining([lineOf(rows[place] ?? 0).request]),
        ])
        const covered = (await entriesOf(line)).find(
          ({ type }) => type === 'disciplineAudit.covered',
        )
        expect(covered?.body).toMatchObject({ examined: true })
      }
    }
    for (const line of rowsOf('RELATED_PARTY').flatMap(({ rows }) => rows)) {
      expect((await raisedOn(line)).map(({ rule }) => rule)).toContain('relatedParty')
    }
    // eight of nine requests have nothing to be told of
    const told = report.ledgers.flatMap(({ origin, entries }) =>
      world.open.ledgers.entries(origin, 0, entries).flatMap((bytes) => {
        const text = Buffer.from(bytes).toString('utf8')
        return text.includes('"type":"alert.raised"')
          ? [`${origin} ${/"stream":"([^"]+)"/.exec(text)?.[1] ?? ''}`]
          : []
      }),
    )
    expect(new Set(told).size).toBeLessThan(report.requests / 5)
  })

  it('takes each planted related party past unrelated directors and all supervisors', async () => {
    expect(rowsOf('RELATED_PARTY')).toHaveLength(3)
    const decidedBy: string[] = []
    for (const line of rowsOf('RELATED_PARTY').flatMap(({ rows }) => rows)) {
      const entries = await entriesOf(line)
      const types = entries.map(({ type }) => type)
      const { route, related } = routeOf(entries)
      expect(related).toBe(true)
      expect(route.get('boardReview')).toBe('required party.related')
      expect(route.get('townshipFiling')).toBe('required party.related')
      const opened = entries.find(({ type }) => type === 'supervisorySignOff.opened')
      const { body } = supervisorySignOffOpened.event.parse({
        type: opened?.type,
        body: opened?.body,
      })
      expect(body.needs).toBe('all')
      expect(types.filter((type) => type === 'supervisorySignOff.signed')).toHaveLength(
        body.seats.length,
      )
      expect(types).toContain('townshipFiling.consented')
      expect(types.at(-1)).toBe('disciplineAudit.passed')
      decidedBy.push(types.includes('boardReview.referred') ? 'council' : 'board')
      expect(await recusalsOf(line)).toContain('related')
    }
    // a board of three has two unrelated directors left, which is too few (L2 Art 185); the board of five decides
    expect(decidedBy.toSorted()).toEqual(['board', 'council', 'council'])
  })

  /** Grounds on which directors recused from the item about this request. */
  async function recusalsOf(line: number): Promise<readonly string[]> {
    const { ledger, request } = lineOf(line)
    const grounds: string[] = []
    for (const { stream } of meetings(ledger)) {
      const entries = await world.ports.context.store.read(ledger, stream)
      const agenda = agendaSchema.safeParse(entries[0]?.body)
      const items = agenda.success ? agenda.data.given.agenda : []
      const about = items.find((item) => item.request === request)?.item
      for (const { type, body } of entries) {
        const declared = recusalSchema.safeParse(body)
        if (type !== 'recusal.declared' || !declared.success || about === undefined) continue
        if (declared.data.given.items.includes(about)) grounds.push(declared.data.given.ground)
      }
    }
    return grounds
  }
  const agendaSchema = z.object({
    given: z.object({
      agenda: z.array(z.object({ item: z.string(), request: z.string().optional() })),
    }),
  })
  const recusalSchema = z.object({
    given: z.object({ items: z.array(z.string()), ground: z.string() }),
  })
  const meetings = (ledger: Origin) =>
    [...world.open.ledgers.streams(ledger)].filter(({ stream }) => stream.startsWith('meeting/'))

  it('law 2.3: keeps the rows of each list in the vault, and shows what another month changed', async () => {
    const lists = await submittedWhere(({ payee }) => payee.type === 'list')
    expect(lists.length).toBeGreaterThan(30)
    const kept = lists
      .filter(({ form }) => form.category === 'landRent')
      .flatMap(({ form: { payee } }) =>
        payee.type === 'list' ? (keptList(world.vault, payee.digest) ?? []) : [],
      )
    const months = [...new Map(kept.toReversed().map((list) => [list.month, list])).values()]
      .toSorted((one, other) => (one.month < other.month ? -1 : 1))
      .map(({ rows }) => rows)
    expect(months.length).toBeGreaterThan(8)
    const differences = months
      .slice(1)
      .map((now, before) => differenceOf(months[before] ?? [], now))
    // the same people month by month, but for one who is away each time
    for (const { added, gone } of differences) expect(added).toHaveLength(gone.length)
    const most = (one: 'added' | 'gone') => Math.max(...differences.map((each) => each[one].length))
    expect([most('added'), most('gone')]).toEqual([1, 1])
    expect(differences.flatMap(({ changed }) => changed).length).toBeGreaterThan(50)
  })

  it('law 3.10, law 3.11, law 3.12: pays what is an emergency first, and what is not ratified comes back', async () => {
    const emergencies = await submittedWhere(({ emergency }) => emergency !== undefined)
    expect(emergencies).toHaveLength(3)
    for (const { types } of emergencies) {
      const [paid, ratified] = [types.indexOf('payment.recorded'), ratificationIn(types)]
      expect(types.indexOf('townshipFiling.emergencyConsented')).toBeLessThan(paid)
      expect(ratified).toBeGreaterThan(paid)
      expect(types.indexOf('disciplineAudit.opened')).toBeGreaterThan(ratified)
      const refused = types.includes('ratification.failed')
      expect(types.includes('automaticFinding.closed')).toBe(refused)
    }
    expect(emergencies.filter(({ types }) => types.includes('ratification.failed'))).toHaveLength(1)
  })

  const ratificationIn = (types: readonly string[]): number =>
    types.findIndex((type) => type === 'ratification.passed' || type === 'ratification.failed')

  it('law 2.6, law 2.7: settles each advance, and asks the cashier for no direct debit', async () => {
    const advances = await submittedWhere(({ kind }) => kind === 'advance')
    expect(advances).toHaveLength(2)
    for (const { types } of advances) {
      expect(types.indexOf('advance.settled')).toBeGreaterThan(types.indexOf('payment.recorded'))
    }
    const debits = await submittedWhere(({ kind }) => kind === 'directDebit')
    expect(debits.length).toBeGreaterThan(1)
    for (const { types } of debits) {
      expect(types).toContain('payment.debited')
      expect(types).not.toContain('payment.ordered')
    }
  })

  it('law 2.33, law 2.34, law 2.35: lets nothing advance while a payment is suspended', async () => {
    const suspended = (await submittedWhere(() => true)).filter(({ types }) =>
      types.includes('suspension.ordered'),
    )
    expect(suspended).toHaveLength(3)
    for (const { types } of suspended) {
      const [from, to] = [types.indexOf('suspension.ordered'), suspensionEnds(types)]
      expect(to).toBeGreaterThan(from)
      const meanwhile = types.slice(from + 1, to).filter((type) => !standsBeside.has(type))
      expect(meanwhile).toEqual([])
    }
  })

  const suspensionEnds = (types: readonly string[]): number =>
    types.findIndex((type) => type === 'suspension.lifted' || type === 'suspension.lapsed')
  const standsBeside = new Set([
    'suspension.renewed',
    'alert.dismissed',
    'request.urged',
    'request.commented',
    'request.copiedIn',
    'question.asked',
    'question.answered',
  ])

  /** Requests of which the form, as first submitted, is such a one, with the types of all their entries. */
  async function submittedWhere(fits: (form: Submission) => boolean) {
    told ??= await allSubmitted()
    return told.filter(({ form }) => fits(form))
  }

  type Told = { readonly form: Submission; readonly types: readonly string[] }
  let told: readonly Told[] | undefined

  async function allSubmitted(): Promise<readonly Told[]> {
    const found: Told[] = []
    for (const { origin } of report.ledgers) {
      for (const { stream } of world.open.ledgers.streams(origin)) {
        if (!stream.startsWith('request/')) continue
        const entries = await world.ports.context.store.read(origin, stream)
        const [first] = entries
        const { body } = submitted.event.parse({ type: first?.type, body: first?.body })
        found.push({ form: body.given, types: entries.map(({ type }) => type) })
      }
    }
    return found
  }

  /** Every entry of a ledger, in order; read once. */
  async function entriesIn(ledger: Origin): Promise<readonly Entry[]> {
    const known = whole.get(ledger)
    if (known !== undefined) return known
    const found: Entry[] = []
    for await (const { entry } of world.ports.context.store.follow(ledger, 0)) found.push(entry)
    whole.set(ledger, found)
    return found
  }
  const whole = new Map<Origin, readonly Entry[]>()
  const villages = () => report.ledgers.slice(1).map(({ origin }) => origin)
  const village = (at: number): Origin => {
    const found = villages()[at]
    if (found === undefined) throw new Error(`no village ${at}`)
    return found
  }

  it('law 7.12, law 7.14, law 2.10: lets deputies act for a head who handles, and for one who is away', async () => {
    const issued: string[] = []
    for (const ledger of villages()) {
      const entries = await entriesIn(ledger)
      const handlers = new Map(
        entries.flatMap(({ stream, type, body }) => {
          if (type !== 'request.submitted') return []
          return [[stream, submitted.event.parse({ type, body }).body.given.handler] as const]
        }),
      )
      const granted = entries.filter(({ type }) => type === 'mandate.granted')
      for (const { stream, type, by, body } of entries) {
        if (type !== 'request.issued' || by?.mandate === undefined) continue
        const terms = granted.find((entry) =>
          JSON.stringify(entry.body).includes(by.mandate ?? '–'),
        )
        expect(body['represented']).toBe(terms?.body['represented'])
        expect(by.person).not.toBe(body['represented'])
        if (handlers.get(stream) !== body['represented']) continue
        issued.push(stream)
        const { route } = routeOf(await world.ports.context.store.read(ledger, stream))
        expect(route.get('boardReview')).toMatch(/^required /)
      }
    }
    expect(issued).toHaveLength(2)
  })

  it('law 1.10, law 1.12: pays nothing while there is no cashier, and goes on with the successor', async () => {
    const entries = await entriesIn(village(0))
    const left = entries.find(({ type }) => type === 'office.vacated')
    const came = entries.filter(
      ({ type, at }) => type === 'office.appointed' && left !== undefined && at > left.at,
    )
    const [first, second] = came
    if (left === undefined || first === undefined || second === undefined)
      throw new Error('nobody left or came')
    const ended = z.object({ given: z.object({ to: localDateSchema }) }).parse(first.body).given.to
    const ordered = entries.filter(({ type }) => type === 'payment.ordered').map(({ at }) => at)
    const between = (from: string, to: string) => ordered.filter((at) => at > from && at < to)
    expect(between(left.at, first.at)).toEqual([])
    expect(between(endOf(ended), second.at)).toEqual([])
    // weeks on either side of both
    expect(between(first.at, endOf(ended)).length).toBeGreaterThan(20)
    expect(between(second.at, '2025-12-31').length).toBeGreaterThan(10)
    expect(first.by?.person).not.toBe(second.body['person'])
  })

  /** Each request as it was submitted: its form, its route, and the rules it is bound to. */
  async function submissions() {
    const found = await Promise.all(
      villages().map(async (ledger) =>
        (await entriesIn(ledger)).flatMap((entry) => {
          const { stream, type, body, at, policy = '' } = entry
          if (type !== 'request.submitted') return []
          const { given, rule } = submitted.event.parse({ type, body }).body
          const { route } = routeOf([entry])
          const { authority, emergency, matter } = given
          const plain = authority === undefined && emergency === undefined && matter === 'ordinary'
          return [{ ledger, stream, at, policy, given, rule, route, plain }]
        }),
      ),
    )
    return found.flat()
  }

  it('law 8.1: submits under the policy and the village rule of the day, each from its date', async () => {
    const all = await submissions()
    const changes = atShanghai(localDateSchema.parse('2025-07-01'), '00:00')
    const ruled = atShanghai(localDateSchema.parse('2025-06-01'), '00:00')
    const isBound = ({ ledger, at, policy, rule }: (typeof all)[number]): boolean =>
      policy.startsWith(at >= changes ? '2@' : '1@') &&
      rule === (ledger === village(2) && at >= ruled ? 1 : undefined)
    expect(all.filter((one) => !isBound(one))).toEqual([])
    const routes = (least: string, below: string, must: 'memberVote' | 'boardReview') =>
      all
        .filter(({ plain, given }) => plain && atLeast(given.amount, yuan(least)))
        .filter(({ given }) => above(yuan(below), given.amount))
        .map(({ ledger, at, route }) => ({ ledger, at, said: route.get(must) ?? '' }))
    // from 50,000 members voted before, from 45,000 since
    const major = routes('45000', '50000', 'memberVote')
    const since = major.filter(({ at }) => at >= changes).map(({ said }) => said)
    const before = major.filter(({ at }) => at < changes).map(({ said }) => said)
    expect(new Set(since)).toEqual(new Set(['required amount.reaches']))
    expect(before).not.toContain('required amount.reaches')
    expect(before.length).toBeGreaterThan(0)
    // the third village's board is asked from 4,000, the others' from 5,000
    const board = routes('4000', '5000', 'boardReview').filter(({ at }) => at >= ruled)
    const own = board.filter(({ ledger }) => ledger === village(2)).map(({ said }) => said)
    const others = board.filter(({ ledger }) => ledger !== village(2)).map(({ said }) => said)
    expect(new Set(own.map((said) => said.split(' ')[0]))).toEqual(new Set(['required']))
    expect(own).toContain('required amount.reaches')
    expect(others).not.toContain('required amount.reaches')
    expect(others.length).toBeGreaterThan(0)
  })

  it('law 8.5: decides each request by the policy it was submitted under, anew after a material change', async () => {
    const bound = new Map(
      (await submissions()).map((one) => [`${one.ledger} ${one.stream}`, one.policy]),
    )
    const strays: string[] = []
    let [checked, later] = [0, 0]
    for (const entry of (await Promise.all(villages().map(entriesIn))).flat()) {
      const name = `${entry.ledger} ${entry.stream}`
      if (entry.type === 'request.resubmitted' && isMaterial(entry))
        bound.set(name, entry.policy ?? '')
      // what a meeting or a round does to a request stands under the policy of its own day
      const own = /^(request|payment|booking|papers|supervisorySignOff|townshipFiling)\./.test(
        entry.type,
      )
      if (!own || entry.policy === undefined || !bound.has(name)) continue
      checked += 1
      if (entry.policy.startsWith('1@') && entry.at >= '2025-07-01') later += 1
      if (entry.policy !== bound.get(name)) strays.push(`${name} ${entry.type} ${entry.policy}`)
    }
    expect(strays).toEqual([])
    expect(checked).toBeGreaterThan(5000)
    expect(later).toBeGreaterThan(30)
  })

  const isMaterial = ({ body: { material } }: Entry): boolean =>
    Array.isArray(material) && material.length > 0

  it('law 5.7, law 5.8: says who took part online and nothing of their choice; no box is left', async () => {
    const kept: string[] = []
    for (const ledger of villages()) {
      for (const { type, body } of await entriesIn(ledger)) {
        if (type === 'ballot.taken') kept.push(JSON.stringify(body))
      }
    }
    expect(kept.length).toBeGreaterThan(30)
    expect(new Set(kept)).toEqual(new Set(['{"given":{}}']))
    expect(await world.ports.context.ballots.boxes()).toEqual([])
  })

  it('law 6.1, law 6.7, law 6.8: notices all but the waived, looks at every red alert, shows what was cancelled', async () => {
    const rounds = new Map<string, Entry[]>()
    for (const ledger of villages()) {
      for (const entry of await entriesIn(ledger)) {
        if (!entry.stream.startsWith('inspection/')) continue
        const name = `${ledger} ${entry.stream}`
        rounds.set(name, [...(rounds.get(name) ?? []), entry])
      }
    }
    const ends = [...rounds.values()].map((entries) => {
      const types = entries.map(({ type }) => type)
      const said = entries.map(({ body }) => JSON.stringify(body)).join('\n')
      const red = entries.flatMap(({ type, body }) =>
        type === 'inspection.redListed' ? z.array(z.string()).parse(body['requests']) : [],
      )
      for (const request of red) expect(said).toMatch(new RegExp(`"request":"${request}","result"`))
      return [
        types.includes('inspection.concluded'),
        types.includes('inspection.cancelled'),
        said.includes('"waiver"'),
      ].join(' ')
    })
    expect(ends.toSorted()).toEqual([
      'false true false',
      ...Array.from({ length: 13 }, () => 'true false false'),
      'true false true',
    ])
  })

  it('law 9.1, law 9.2: shows in the list of tasks how a term that ends climbs the ladder', async () => {
    const reading = readingOf(world.file)
    try {
      const steps: unknown[] = []
      for (const date of ['2026-06-01', '2026-06-30', '2026-07-02', '2026-07-10']) {
        const on = localDateSchema.parse(date)
        const wanted = { ledger: village(0), on, calendar: presentCalendar }
        const found = (await taskViews(reading, wanted)).filter(
          ({ act }) => act === 'office.appoint',
        )
        steps.push(found.map(({ step, goesTo }) => `${step} ${goesTo}`))
      }
      expect(steps).toEqual([
        [],
        ['remind township/centreOfficer'],
        ['supervise township/townshipLeader'],
        ['investigate township/disciplineSecretary'],
      ])
    } finally {
      reading.close()
    }
  })

  it('counts every must of every request, and passes what was paid through each', () => {
    for (const { musts: counts } of report.companies) {
      const { disciplineAudit, supervisorySignOff } = counts
      const all = disciplineAudit.required
      for (const must of musts) {
        const { required, covered, deferred, notRequired, done } = counts[must]
        expect(required + covered + deferred + notRequired).toBe(all)
        expect(done).toBeLessThanOrEqual(required)
      }
      expect(disciplineAudit.done).toBe(all)
      expect(supervisorySignOff.required).toBe(all)
    }
    const paid = report.byOutcome['paid']?.requests ?? 0
    const signed = report.companies.reduce((sum, one) => sum + one.musts.supervisorySignOff.done, 0)
    expect(signed).toBeGreaterThanOrEqual(paid)
    // plans and contracts that the members approved before the year cover what is paid under them
    expect(
      report.companies.filter(({ musts: counts }) => counts.boardReview.covered > 0),
    ).toHaveLength(3)
  })

  it(
    'is found clean by verify: nothing changed, every step lawful, every table refolded',
    async () => {
      const source = openAudit(world.file)
      try {
        const violations: string[] = []
        const summary = await verify({
          source,
          crypto: nodeCrypto,
          workings: lawWorkings,
          pinned: new Map(report.ledgers.map(({ origin }) => [origin, world.keys.vkey(origin)])),
          outside: [],
          onViolation: ({ code, ledger, seq }) => violations.push(`${code} ${ledger} ${seq ?? ''}`),
        })
        expect(violations).toEqual([])
        expect(summary.entries).toBe(report.ledgers.reduce((sum, { entries }) => sum + entries, 0))
        expect(summary.commands).toBeGreaterThan(9000)
      } finally {
        source.close()
      }
    },
    LONG,
  )

  it('names nobody in an entry, list rows included', () => {
    const everything = report.ledgers
      .flatMap(({ origin, entries }) => world.open.ledgers.entries(origin, 0, entries))
      .map((bytes) => Buffer.from(bytes).toString('utf8'))
      .join('\n')
    const held = [...world.vault.held.values()]
    const names = held.flatMap(({ name }) => (name === undefined ? [] : [name]))
    const rows = held.flatMap((values) =>
      Object.entries(values).flatMap(([key, value]) => (key.startsWith('row/') ? [value] : [])),
    )
    expect(names.length).toBeGreaterThan(370)
    expect(rows.length).toBeGreaterThan(300)
    expect([...names, ...rows.slice(0, 30)].filter((text) => everything.includes(text))).toEqual([])
    expect(everything).toContain('菱桑农业发展有限公司')
  })
})
