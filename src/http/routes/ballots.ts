// Voting without an account: links and PINs handed out, and a ballot cast by both. A token is sent in a body and never stands in
// a path: paths are logged, and browsers hand them on.
import { z } from 'zod'
import {
  linkStates,
  type LinkCast,
  type LinkShown,
  showLink,
  voteByLink,
} from '../../app/ballot-link.ts'
import { issueHalves, type Slip, stillWithout } from '../../app/ballot-links.ts'
import { commandForms } from '../../app/command-forms.ts'
import { meetingState } from '../../app/meeting-state.ts'
import { itemRequest } from '../../app/read/ballot-item.ts'
import { commandIdSchema, meetingIdSchema, personIdSchema } from '../../domain/ids.ts'
import type { Language } from '../../domain/language.ts'
import { meetingKindNames } from '../../domain/places.ts'
import type { Receipt } from '../../domain/store.ts'
import { instantOf } from '../../domain/time.ts'
import { headerOf } from '../acting.ts'
import type { Api } from '../api.ts'
import { attempted, isProblem, type Problem, problem, refusedAs } from '../problem.ts'
import { type Reply, type Route, route } from '../route.ts'
import { amount, list, receiptSchema, text, village } from '../schemas.ts'
import { choicesSchema, type Placed, signedBy, told } from './commands.ts'
import { commandPath } from './command-places.ts'

export const ballotRoutes = (api: Api): readonly Route[] => [
  issuing(api, 'ballotLink.issue'),
  issuing(api, 'ballotPin.issue'),
  showing(api),
  voting(api),
]

const parts = { 'ballotLink.issue': 'links', 'ballotPin.issue': 'pins' } as const

const issueBody = z.strictObject({
  /** Everybody on the roll who has none yet and has not come, when left out. */
  persons: z.array(personIdSchema).min(1).max(400).optional(),
  reason: z.string().trim().min(1).max(500).optional(),
})

const slipSchema = z.strictObject({
  person: text,
  name: text.optional(),
  household: text,
  /** Of links: the token stands behind `#`. */
  url: text.optional(),
  /** Of PINs: six digits. */
  pin: text.optional(),
})

/** Told once, to whoever hands them out: what each slip bears. */
const issuedSchema = receiptSchema.extend({
  slips: list(slipSchema),
  /** So many on the roll are still without. */
  left: z.int(),
})

type Issuing = Placed & { readonly params: { readonly meeting: z.infer<typeof meetingIdSchema> } }

function issuing(api: Api, type: keyof typeof parts): Route {
  const form = commandForms.get(type)
  if (form === undefined) throw new Error(`no form of ${type}`)
  return route({
    id: type,
    method: 'post',
    path: commandPath(form, 'villages'),
    tag: 'meeting',
    summary: form.title,
    access: 'village',
    command: type,
    signature: true,
    status: 201,
    params: z.object({ ...village, meeting: meetingIdSchema }),
    body: issueBody,
    answer: issuedSchema,
    problems: ['slipsTold'],
    handle: (call) => issued(api, type, call),
  })
}

async function issued(
  api: Api,
  type: keyof typeof parts,
  call: Issuing,
): Promise<Reply<z.infer<typeof issuedSchema>> | Problem> {
  const { ledger, params } = call
  const input = await inputOf(api, type, call)
  if (isProblem(input)) return input
  const stream = `meeting/${params.meeting}` as const
  const wanted = { type, signature: true, begun: undefined, stream }
  const signed = await signedBy(api, wanted, { ...call, body: input.value })
  if (isProblem(signed)) return signed
  const outcome = await issueHalves(api.ballotLinks, parts[type], {
    ...signed.command,
    by: signed.by,
  })
  if (outcome === 'told') return problem('slipsTold')
  if ('refused' in outcome) {
    const { office } = signed.by
    return attempted(refusedAs(outcome.refused), { ledger: ledger.origin, stream, office })
  }
  const { body, headers = {} } = told(api, outcome.receipt, wanted)
  if (body === undefined) throw new Error(`${type} without a receipt`)
  const slips = outcome.slips.map((slip) => slipOf(api, type, { slip, ledger }))
  const { left } = await without(api, type, call)
  return { body: { ...body, slips: slips.toSorted(byHousehold), left }, headers }
}

/** What is recorded: the persons named, or all who are without; sent again, those of the first time. */
async function inputOf(
  api: Api,
  type: keyof typeof parts,
  call: Issuing,
): Promise<{ readonly value: unknown } | Problem> {
  const { persons, reason } = issueBody.parse(call.body)
  const why = reason === undefined ? {} : { reason }
  if (persons !== undefined) return { value: { persons, ...why } }
  const key = headerOf(call.header, 'Idempotency-Key', commandIdSchema)
  if (isProblem(key)) return key
  const before =
    key.value === undefined
      ? undefined
      : api.reading.ledgers.answerTo(call.ledger.origin, key.value)?.body['given']
  if (before !== undefined) return { value: before }
  return { value: { persons: (await without(api, type, call)).persons, ...why } }
}

async function without(api: Api, type: keyof typeof parts, { ledger, params }: Issuing) {
  const of = { ledger: ledger.origin, meeting: params.meeting }
  const state = await meetingState(api.context.store, of)
  if (state === undefined) return { persons: [], left: 0 }
  const today = api.rights.today()
  const { persons, left } = stillWithout(state, parts[type], { roster: ledger.roster, today })
  return { persons, left: left + persons.length }
}

function slipOf(
  { reading, baseURL }: Api,
  type: keyof typeof parts,
  { slip, ledger }: { readonly slip: Slip; readonly ledger: Placed['ledger'] },
): z.infer<typeof slipSchema> {
  const { person, half } = slip
  const name = reading.person(person)
  return {
    person,
    ...(name === undefined ? {} : { name }),
    household: ledger.roster.members.get(person)?.household ?? '',
    ...(type === 'ballotLink.issue' ? { url: `${baseURL}/ballot#${half}` } : { pin: half }),
  }
}

const byHousehold = (a: { household: string }, b: { household: string }): number =>
  a.household < b.household ? -1 : a.household > b.household ? 1 : 0

const token = z.string().min(1).max(100)

/** That somebody takes part. How they chose stands nowhere, and so not here. */
const participationSchema = z.strictObject({
  ledger: text,
  seq: z.int(),
  leaf: text,
  at: text,
  /** Of the ledger at the checkpoint that first covers the entry. */
  size: z.int(),
  /** That checkpoint, as it was signed. */
  checkpoint: text,
})

const shownSchema = z.strictObject({
  state: z.enum(linkStates),
  village: text,
  name: text.optional(),
  meeting: z.strictObject({ meeting: text, kind: text, title: text, heldAt: text, place: text }),
  /** The link casts nothing after this, even if the voting is still open. */
  until: text,
  items: list(
    z.strictObject({
      item: text,
      title: text,
      request: z
        .strictObject({ request: text, purpose: text, amount, papers: list(text) })
        .optional(),
    }),
  ),
  receipt: participationSchema.optional(),
})

const showing = (api: Api): Route =>
  route({
    id: 'showBallotLink',
    method: 'post',
    path: '/ballot-links/showing',
    tag: 'meeting',
    summary: { zh: '查看投票链接', en: 'what a voting link asks, or that its member takes part' },
    access: 'anybody',
    body: z.strictObject({ token }),
    answer: shownSchema,
    problems: ['ballotLinkInvalid'],
    handle: async ({ body, language }) => {
      const found = await showLink(api.ballotLinks, body.token)
      return found === undefined
        ? problem('ballotLinkInvalid')
        : { body: shown(api, found, language) }
    },
  })

function shown(api: Api, link: LinkShown, language: Language): z.infer<typeof shownSchema> {
  const { ledger, meeting, person, state, meetingState: held, until, receipt } = link
  const { kind, title, notice, agenda } = held
  const name = api.reading.person(person)
  return {
    state,
    village: api.rights.ledger(ledger)?.name ?? '',
    ...(name === undefined ? {} : { name }),
    meeting: {
      meeting,
      kind: meetingKindNames[kind]?.[language] ?? kind,
      title,
      heldAt: notice?.heldAt ?? '',
      place: notice?.place ?? '',
    },
    until: instantOf(until),
    items: agenda.map((item) => {
      const { item: id, title: about } = item
      const request =
        'request' in item ? itemRequest(api.reading, { ledger, ...item }, language) : undefined
      return { item: id, title: about, ...(request === undefined ? {} : { request }) }
    }),
    ...(receipt === undefined ? {} : { receipt: participation(api, receipt) }),
  }
}

function participation(
  { reading }: Api,
  { ledger, entries, at, size }: Receipt,
): z.infer<typeof participationSchema> {
  const [entry] = entries
  if (entry === undefined) throw new Error('a receipt of nothing')
  const { seq, leaf } = entry
  const checkpoint = reading.ledgers.checkpoint(ledger, size)?.note ?? ''
  return { ledger, seq, leaf, at, size, checkpoint }
}

const voting = (api: Api): Route =>
  route({
    id: 'voteByLink',
    method: 'post',
    path: '/ballot-links/ballots',
    tag: 'meeting',
    summary: { zh: '凭链接和口令投票', en: 'cast the ballot of a link, with its PIN' },
    access: 'anybody',
    lawful: true,
    status: 201,
    body: z.strictObject({ token, pin: z.string().regex(/^\d{6}$/), ...choicesSchema.shape }),
    answer: participationSchema,
    problems: ['ballotLinkInvalid', 'ballotPinWrong', 'ballotPinWaits', 'ballotPinDead'],
    handle: async ({ body }) => cast(api, await voteByLink(api.ballotLinks, body)),
  })

function cast(api: Api, done: LinkCast): Reply<z.infer<typeof participationSchema>> | Problem {
  if (done === 'invalid') return problem('ballotLinkInvalid')
  if (done === 'dead') return problem('ballotPinDead')
  if ('wrong' in done) return problem('ballotPinWrong', { left: String(done.wrong) })
  if ('waits' in done) return problem('ballotPinWaits', { until: instantOf(done.waits) })
  return 'refused' in done ? refusedAs(done.refused) : { body: participation(api, done.receipt) }
}
