// A small world for store tests: toy workflows with real folds and projections; clock, nonces and
// command ids are counted.
import { nodeCrypto } from '../../src/app/crypto.ts'
import type { Calendar } from '../../src/domain/calendar.ts'
import type { Command } from '../../src/domain/command.ts'
import { bySchema, type Entry } from '../../src/domain/entry.ts'
import {
  commandIdSchema,
  organisationIdSchema,
  type Origin,
  originSchema,
  requestIdSchema,
  type StreamId,
  type StreamKind,
  streamKinds,
} from '../../src/domain/ids.ts'
import type { ProjectedRow } from '../../src/domain/projection.ts'
import { refuse } from '../../src/domain/refusal.ts'
import type {
  Decide,
  Decision,
  EventDraft,
  Fold,
  Needs,
  Outcome,
  Receipt,
  Store,
  Workings,
} from '../../src/domain/store.ts'
import { utf8 } from '../../src/ledger/bytes.ts'
import { dateAt, instantSchema, type LocalDate, localDateSchema } from '../../src/domain/time.ts'
import { z } from 'zod'

export const village = originSchema.parse('ledger.example.cn/330106109203')
export const otherVillage = originSchema.parse('ledger.example.cn/330106109204')
export const township = originSchema.parse('ledger.example.cn/330106109000')
export const company = organisationIdSchema.parse('g_Company1')

export const calendar: Calendar = { id: 'cn-2025@0123abcd', years: [] }

/** A ledger nobody here can sign for. */
export const keyless = originSchema.parse('ledger.example.cn/330106109299')

/** One seed a ledger, so that signatures of one never pass for another's. */
export const signer = (origin: Origin) => {
  if (origin === keyless) throw new Error(`no key for ${origin}`)
  return { name: origin, seed: nodeCrypto.sha256(utf8(`test ${origin}`)) }
}

export const startedAt = Date.parse('2025-03-03T01:00:00.000Z')

/** Steps 10 ms at each reading. */
export function countingClock(from = startedAt): () => number {
  let now = from
  return () => (now += 10)
}

/** 22 characters of base64url, different each time. */
export function countingNonce(prefix = 'n'): () => string {
  let count = 0
  return () => `${prefix}${String(count++).padStart(22 - prefix.length, '0')}`
}

/** UUIDv7s in order. `series` keeps those of two processes apart. */
export function commandIds(series = 0): () => Command['id'] {
  let count = 0
  return () => {
    const tail = (count++).toString(16).padStart(12, '0')
    const head = series.toString(16).padStart(3, '0')
    return commandIdSchema.parse(`01955555-5555-7${head}-8000-${tail}`)
  }
}

interface Toy {
  readonly submitted:
    | { readonly payee: string; readonly amountFen: number; readonly on: LocalDate }
    | undefined
  readonly invoices: readonly string[]
  readonly signs: number
  readonly endedOn: LocalDate | ''
}

const bodySchema = z.object({
  given: z
    .object({
      payee: z.string().optional(),
      amountFen: z.int().optional(),
      invoices: z.array(z.string()).optional(),
    })
    .optional(),
})

function applyToy(state: Toy, entry: Entry): Toy {
  const { given = {} } = bodySchema.parse(entry.body)
  const on = dateAt(entry.at)
  switch (entry.type) {
    case 'request.submitted': {
      const { payee = '', amountFen = 0, invoices = [] } = given
      return { ...state, submitted: { payee, amountFen, on }, invoices }
    }
    case 'request.signed':
    case 'request.noted':
      return { ...state, signs: state.signs + 1 }
    case 'request.ended':
      return { ...state, endedOn: on, invoices: [] }
    case 'request.impossible':
      throw new Error('the fold does not take this event')
    default:
      return { ...state, signs: state.signs + 1 }
  }
}

const toyFold = (kind: StreamKind): Fold<Toy> => ({
  kind,
  initial: { submitted: undefined, invoices: [], signs: 0, endedOn: '' },
  apply: applyToy,
})

export const folds = new Map(streamKinds.map((kind) => [kind, toyFold(kind)]))

export function foldOf(kind: StreamKind): Fold<Toy> {
  const fold = folds.get(kind)
  if (fold === undefined) throw new Error(kind)
  return fold
}

/** Rows of every table a fact reads, one update, one insert and one delete a life. */
function projectToy(
  stream: StreamId,
  { submitted, invoices, signs, endedOn }: Toy,
): ProjectedRow[] {
  if (submitted === undefined) return []
  const request = stream.slice('request/'.length)
  const { payee, amountFen, on: submittedOn } = submitted
  const state = endedOn !== '' ? 'closed' : signs > 0 ? 'boardReview' : 'issuing'
  const at = instantSchema.parse(`${submittedOn}T00:00:00.000Z`)
  const row: ProjectedRow = {
    table: 'request',
    key: '',
    row: {
      request,
      company,
      kind: 'single',
      category: `c${amountFen % 3}`,
      method: 'transfer',
      purpose: '修路',
      budgetLine: '维修',
      contract: '',
      project: '',
      authority: '',
      state,
      outcome: endedOn === '' ? 'open' : 'paid',
      suspended: signs % 2 === 1,
      amountFen,
      payee,
      payeeName: payee,
      handler: 'p_Handler1',
      submittedOn,
      endedOn,
      round: 1,
      route: 'nrrnr',
      openFindings: 0,
    },
  }
  const task: ProjectedRow = {
    table: 'task',
    key: 'sign',
    row: { desk: `${company}/director`, act: 'request.sign', since: at, dueAt: '' },
  }
  const window: ProjectedRow = {
    table: 'payeeWindow',
    key: '',
    row: {
      request,
      company,
      payee,
      submittedOn,
      amountFen,
      category: 'c0',
      cash: false,
      voucherless: false,
    },
  }
  const key: ProjectedRow = {
    table: 'payeeKey',
    key: payee,
    row: { payeeKey: payee, payee },
  }
  const uses = invoices.map((invoice): ProjectedRow => ({
    table: 'invoiceUse',
    key: invoice,
    row: { invoice, request, seller: '', date: '' },
  }))
  return [row, ...(endedOn === '' ? [task] : []), window, key, ...uses]
}

export const workings: Workings = {
  folds,
  project: (_ledger, stream, state) => projectToy(stream, state as Toy),
}

/** A command with what the application would pass beside it. */
export interface Step {
  readonly command: Command
  readonly needs: Needs
  readonly decide: Decide
}

export const by = bySchema.parse({ auth: 'password+totp', office: 'o_Clerk1', person: 'p_Clerk1' })

export const commitStep = (store: Store, { command, needs, decide }: Step): Promise<Outcome> =>
  store.commit(command, needs, decide)

/** @throws when it was refused */
export async function accepted(outcome: Promise<Outcome>): Promise<Receipt> {
  const answer = await outcome
  if ('refused' in answer) throw new Error(`refused: ${answer.refused.code}`)
  return answer.receipt
}

export async function refusalOf(outcome: Promise<Outcome>): Promise<string> {
  const answer = await outcome
  if ('receipt' in answer) throw new Error('was not refused')
  return answer.refused.code
}

export interface Asked {
  readonly ledger?: Origin
  readonly id?: Command['id']
  readonly seen?: number
  readonly payee?: string
  readonly amountFen?: number
  readonly invoices?: readonly string[]
}

const event = (stream: StreamId, type: string, body: EventDraft['body']): EventDraft => ({
  stream,
  workflow: `${stream.split('/')[0] ?? ''}@1`,
  type,
  body,
})

/** Makes the toy steps; one per process or test, for its ids. */
export class ToySteps {
  readonly #id: () => Command['id']

  constructor(series = 0) {
    this.#id = commandIds(series)
  }

  /** Any step: `decide` as given. */
  step(
    type: string,
    asked: Asked & {
      readonly stream: StreamId
      readonly input?: unknown
      readonly needs?: Partial<Needs>
    },
    decide: Decide,
  ): Step {
    const { ledger = village, id = this.#id(), seen, stream, input = {}, needs } = asked
    const command = { id, type, ledger, stream, by, input, ...(seen === undefined ? {} : { seen }) }
    return { command, needs: { streams: [stream], ...needs }, decide }
  }

  genesis(ledger: Origin = village): Step {
    return this.step(
      'ledger.open',
      { ledger, stream: 'ledger', input: { name: '村' } },
      ({ past }) =>
        past.stream(foldOf('ledger'), 'ledger').revision >= 0
          ? refuse('alreadyExists', { what: ledger })
          : { events: [event('ledger', 'ledger.genesis', { given: { name: '村' } })] },
    )
  }

  event(stream: StreamId, type: string): EventDraft {
    return event(stream, type, { given: {} })
  }

  /** A second genesis, whatever the past says. */
  forcedGenesis(): Decide {
    return () => ({ events: [event('ledger', 'ledger.genesis', { given: {} })] })
  }

  /** One event of any type and body on a request. */
  record(number: number, type: string, body: EventDraft['body']): Step {
    const stream = requestOf(number)
    return this.step('request.record', { stream }, () => ({ events: [event(stream, type, body)] }))
  }

  /** An event its fold throws on. */
  impossible(number: number): Step {
    return this.record(number, 'request.impossible', { given: {} })
  }

  appoint(ledger: Origin): Step {
    return this.step('office.appoint', { ledger, stream: 'roster' }, () => ({
      events: [event('roster', 'office.appointed', { given: {} })],
    }))
  }

  seal(ledger: Origin = village): Step {
    return this.step('ledger.seal', { ledger, stream: 'ledger' }, () => ({
      events: [event('ledger', 'ledger.sealed', { given: {} })],
    }))
  }

  /** Refused when the request exists or one of its invoices is used; records both facts. */
  submit(number: number, asked: Asked = {}): Step {
    const stream = requestOf(number)
    const given = {
      payee: asked.payee ?? 'account:100',
      amountFen: asked.amountFen ?? 12_345,
      invoices: asked.invoices ?? [],
    }
    const from = localDateSchema.parse('2025-01-01')
    const facts: Needs['facts'] = () => ({
      payeeWindow: { company, keys: [given.payee], from, to: localDateSchema.parse('2025-12-31') },
      invoiceUse: { invoices: given.invoices },
    })
    const decide: Decide = ({ past, facts: told }): Decision => {
      if (past.stream(foldOf('request'), stream).revision >= 0) {
        return refuse('alreadyExists', { what: stream })
      }
      const used = [...(told.invoiceUse?.here ?? []), ...(told.invoiceUse?.elsewhere ?? [])][0]
      if (used !== undefined) return refuse('invoiceClaimed', used)
      return { events: [event(stream, 'request.submitted', { given })] }
    }
    return this.step('request.submit', { ...asked, stream, input: given, needs: { facts } }, decide)
  }

  sign(number: number, asked: Asked = {}): Step {
    const stream = requestOf(number)
    return this.step('request.sign', { ...asked, stream }, ({ past }) =>
      past.stream(foldOf('request'), stream).revision < 0
        ? refuse('notFound', { what: stream })
        : { events: [event(stream, 'request.signed', { given: {} })] },
    )
  }

  /** Ends one request and notes it on another: two streams, three events. */
  end(number: number, noteOn: number, asked: Asked = {}): Step {
    const stream = requestOf(number)
    const other = requestOf(noteOn)
    const needs = { streams: [stream], follow: () => [other] }
    return this.step('request.end', { ...asked, stream, needs }, () => ({
      events: [
        event(stream, 'request.ended', { given: {} }),
        event(other, 'request.noted', { about: stream }),
        event(other, 'request.noted', { about: stream }),
      ],
    }))
  }
}

export const requestOf = (number: number): StreamId =>
  `request/${requestIdSchema.parse(`2025-${String(number).padStart(6, '0')}`)}`
