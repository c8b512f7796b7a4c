// One route a command, all from one table: the same way in for every act.
import { z } from 'zod'
import { actingAs, type Unsigned } from '../../app/acting.ts'
import { begin, isNumbered, nextStream, type Numbered } from '../../app/begin.ts'
import { castBallot } from '../../app/cast-ballot.ts'
import { type CommandForm, commandForms } from '../../app/command-forms.ts'
import { countBallots } from '../../app/count-ballots.ts'
import { perform } from '../../app/perform.ts'
import type { KnownLedger } from '../../app/rights.ts'
import type { By } from '../../domain/entry.ts'
import {
  authorityIdSchema,
  commandIdSchema,
  inspectionIdSchema,
  meetingIdSchema,
  type OfficeId,
  personIdSchema,
  requestIdSchema,
  sha256HexSchema,
  type StreamId,
} from '../../domain/ids.ts'
import type { Outcome, Receipt } from '../../domain/store.ts'
import { actingOf, headerOf, seenIn, tagOf } from '../acting.ts'
import type { Api } from '../api.ts'
import { changesSince } from '../changes.ts'
import { fromDraft } from '../from-draft.ts'
import { howOf } from '../looking.ts'
import { attempted, isProblem, type Problem, problem, refusedAs } from '../problem.ts'
import { type Call, type Reply, type Route, route } from '../route.ts'
import { receiptSchema, village } from '../schemas.ts'
import type { Viewer } from '../viewer.ts'
import {
  beginsAt,
  commandPath,
  commandPlaces,
  type Side,
  sidesOf,
  thingPaths,
} from './command-places.ts'

/** The id of a thing as it stands in the path. */
export const thingIds = {
  request: { request: requestIdSchema },
  authority: { authority: authorityIdSchema },
  meeting: { meeting: meetingIdSchema },
  inspection: { inspection: inspectionIdSchema },
} as const

export const commandRoutes = (api: Api): readonly Route[] =>
  [...commandForms.values()].flatMap((form) => {
    const place = commandPlaces[form.type]
    if (place === undefined || place.own === true) return []
    return sidesOf(form.type, form.kind).map((side) => commandRoute(api, form, side))
  })

/** A roster's commands are there twice: the township's own go by another name. */
const idOf = ({ type, kind }: CommandForm, side: Side): string =>
  side === 'township' && kind === 'roster' ? `township.${type}` : type

function commandRoute(api: Api, form: CommandForm, side: Side): Route {
  const { type, kind, title } = form
  const { signature = false } = commandPlaces[type] ?? {}
  const begins = beginsAt(form)
  const params = paramsOf(form, side, begins)
  const common = {
    id: idOf(form, side),
    method: 'post' as const,
    path: commandPath(form, side),
    tag: kind,
    summary: title,
    command: type,
    signature,
    status: 201 as const,
    body: bodies[type] ?? form.input,
    answer: receiptSchema,
    ...(params === undefined ? {} : { params }),
    ...(type === FROM_DRAFTS ? fromDrafts : {}),
  }
  const begun = begins && isNumbered(kind) ? kind : undefined
  const handle = (call: Call & { readonly viewer: Viewer; readonly ledger: KnownLedger }) =>
    carriedOut(api, { type, signature, begun, stream: streamIn(form, call.params) }, call)
  return side === 'township'
    ? route({ ...common, access: 'township', handle })
    : route({ ...common, access: 'village', handle })
}

function paramsOf({ kind }: CommandForm, side: Side, begins: boolean): z.ZodObject | undefined {
  if (side === 'township') return undefined
  return z.object({
    ...village,
    ...(!begins && kind in thingIds ? thingIds[kind as Numbered] : {}),
  })
}

function streamIn({ kind }: CommandForm, params: unknown): StreamId {
  const ids = params as Readonly<Record<string, string | undefined>>
  return isNumbered(kind) ? `${kind}/${ids[kind] ?? ''}` : kind
}

interface Wanted {
  readonly type: string
  readonly signature: boolean
  /** What is to be begun under a number of its own. */
  readonly begun: Numbered | undefined
  readonly stream: StreamId
}
export type Placed = Call & { readonly viewer: Viewer; readonly ledger: KnownLedger }

async function carriedOut(
  api: Api,
  wanted: Wanted,
  call: Placed,
): Promise<Reply<z.infer<typeof receiptSchema>> | Problem> {
  const signed = await signedBy(api, wanted, call)
  if (isProblem(signed)) return signed
  const { command, by } = signed
  const outcome = await submittedOr(api, { wanted, signed, call })
  if (isProblem(outcome)) return outcome
  if ('receipt' in outcome) return told(api, outcome.receipt, wanted)
  const { refused } = outcome
  const attempt = {
    office: by.office,
    ...(by.mandate === undefined ? {} : { mandate: by.mandate }),
  }
  if (refused.code !== 'staleView' || command.seen === undefined)
    return attempted(refusedAs(refused), attempt)
  const changes = changesSince(api, command, { after: command.seen, language: call.language })
  return attempted(refusedAs(refused, { changes }), attempt)
}

interface Doing {
  readonly wanted: Wanted
  readonly signed: Signed
  readonly call: Placed
}

/** A request may say which draft it comes from; all else is just done. */
function submittedOr(api: Api, { wanted, signed, call }: Doing): Promise<Outcome | Problem> {
  const go = () => answered(api, { ...signed, begun: wanted.begun })
  if (wanted.type !== FROM_DRAFTS) return go()
  const { atDesk } = api.desk
  const asked = { ...call, command: signed.command.id }
  return fromDraft({ atDesk, ledgers: api.reading.ledgers }, asked, go)
}

const FROM_DRAFTS = 'request.submit'
const fromDrafts = {
  heeds: ['From-Draft'],
  problems: ['draftBusy', 'draftSubmitted'],
} as const

interface Signed {
  readonly command: Unsigned
  readonly by: By
}

/** The command and who gives it; sent again, it is given as it first was. */
export async function signedBy(
  api: Api,
  { type, signature, begun, stream }: Wanted,
  call: Placed,
): Promise<Signed | Problem> {
  const { ledger, header, body: input } = call
  const key = headerOf(header, 'Idempotency-Key', commandIdSchema)
  if (isProblem(key)) return key
  if (key.value === undefined) return problem('keyMissing')
  const seen = seenIn(header)
  if (isProblem(seen)) return seen
  const acting = actingOf(api, call, { fresh: signature })
  if (isProblem(acting)) return acting
  const { origin } = ledger
  const id = key.value
  const place = begun === undefined ? stream : nextStream(numbersOf(api), origin, begun)
  const seenAt = seen.value === undefined ? {} : { seen: seen.value }
  const command = { id, type, ledger: origin, stream: place, input, ...seenAt }
  const before = api.reading.ledgers.answerTo(origin, id)?.by
  // sent again under another proof it is still the same act: as far as they are named, office and mandate decide
  if (
    before?.person === acting.person &&
    (acting.office === undefined || acting.office === before.office) &&
    (acting.mandate === undefined || acting.mandate === before.mandate)
  )
    return { command, by: before }
  const by = await actingAs(api.context, { ...command, input: probedAs(type, input) }, acting)
  return 'ambiguous' in by
    ? problem('officeAmbiguous', { offices: officeChoices(api, call, by.ambiguous) })
    : { command, by }
}

/** `o_x1 报账员`: what to name, and what it is. */
export function officeChoices(
  api: Pick<Api, 'reading' | 'rights'>,
  { ledger, language }: Pick<Placed, 'ledger' | 'language'>,
  offices: readonly OfficeId[],
): string {
  const { names } = howOf(api, ledger, language)
  return offices.map((office) => `${office} ${names.office(office)}`).join(', ')
}

const numbersOf = ({ reading, clock }: Api) => ({ ledgers: reading.ledgers, clock })

async function answered(
  api: Api,
  { command, by, begun }: Signed & { readonly begun: Numbered | undefined },
): Promise<Outcome> {
  const special = specials[command.type]
  if (special !== undefined) return special(api, { command, by })
  const { stream: _stream, ...beginning } = command
  return begun === undefined
    ? perform(api.context, { ...command, by })
    : begin(api.context, numbersOf(api), { ...beginning, by }, begun)
}

export function told(
  { rights }: Api,
  { command, ledger, entries, at, size }: Receipt,
  { begun }: Wanted,
): Reply<z.infer<typeof receiptSchema>> {
  const [first] = entries
  if (first === undefined) throw new Error(`${command} was recorded as nothing`)
  const { stream } = first
  const revision = entries.findLast((entry) => entry.stream === stream)?.revision ?? first.revision
  const receipt = { command, ledger, stream, revision, at, size, entries }
  const headers = { ETag: tagOf(revision) }
  if (begun === undefined) return { body: receipt, headers }
  const id = stream.slice(stream.indexOf('/') + 1)
  const code = rights.ledger(ledger)?.code ?? ''
  const path = thingPaths[begun].replace(/\{\w+\}/, id)
  return {
    body: { ...receipt, id },
    headers: { ...headers, Location: `/api/v1/villages/${code}${path}` },
  }
}

export const choicesSchema = z.strictObject({
  choices: z
    .array(
      z.strictObject({ item: z.string().max(10), choice: z.enum(['for', 'against', 'abstain']) }),
    )
    .min(1)
    .max(20),
})
const count = z.int().min(0).max(1_000_000)
const paperSchema = z.strictObject({
  item: z.string().max(10),
  for: count,
  against: count,
  abstain: count,
  tellers: z.tuple([personIdSchema, personIdSchema]),
  sheet: sha256HexSchema,
})

/** What is told to us is not what is recorded: an online choice goes into the box, and the box's totals into the count. */
const bodies: Readonly<Record<string, z.ZodType>> = {
  'ballot.take': choicesSchema,
  'tally.record': paperSchema,
}

/** As far as the law must know it to say who may. */
function probedAs(type: string, input: unknown): unknown {
  if (type !== 'tally.record') return type in bodies ? {} : input
  const { for: yes, against, abstain, ...rest } = paperSchema.parse(input)
  return { ...rest, for: yes, against, abstain, paper: yes + against + abstain, online: 0 }
}

type Special = (api: Api, signed: Signed) => Promise<Outcome>

const specials: Readonly<Record<string, Special>> = {
  'ballot.take': ({ context }, { command, by }) => {
    const meeting = meetingOf(command)
    const { id, ledger, input } = command
    const { choices } = choicesSchema.parse(input)
    return castBallot(context, { id, ledger, meeting, person: by.person, auth: by.auth, choices })
  },
  'tally.record': ({ context }, { command, by }) => {
    const { tellers, sheet, ...paper } = paperSchema.parse(command.input)
    const { id, ledger } = command
    return countBallots(context, {
      id,
      ledger,
      meeting: meetingOf(command),
      by,
      paper,
      tellers,
      sheet,
    })
  },
}

const meetingOf = ({ stream }: Unsigned) => meetingIdSchema.parse(stream.slice('meeting/'.length))
