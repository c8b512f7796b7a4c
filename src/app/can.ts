// What somebody can do with a thing next (`can`): the law's own decide is asked about every act with the smallest form it takes,
// in every office they could act in. Nothing is recorded.
import { folds } from '../../workflows/versions.ts'
import type { RosterState } from '../../workflows/roster/v1/fold.ts'
import type { By, Entry } from '../domain/entry.ts'
import type { OfficeId, Origin, StreamId, StreamKind } from '../domain/ids.ts'
import type { Refusal } from '../domain/refusal.ts'
import { dateAt, instantOf } from '../domain/time.ts'
import { type Acting, farness, officesToTry } from './acting.ts'
import { consider } from './consider.ts'
import { type Context, malformedIn } from './perform.ts'
import { inspectionProbes } from './probes/inspection.ts'
import { meetingProbes } from './probes/meeting.ts'
import type { Probe } from './probes/probe.ts'
import { requestProbes } from './probes/request.ts'
import { authorityProbes, policyProbes, rosterProbes } from './probes/township.ts'

/** Each kind's probes take the state its own fold gives. */
const probesOf: Partial<Record<StreamKind, Readonly<Record<string, Probe<never>>>>> = {
  request: requestProbes,
  meeting: meetingProbes,
  inspection: inspectionProbes,
  authority: authorityProbes,
  policy: policyProbes,
  roster: rosterProbes,
}

export const probes: ReadonlyMap<string, Probe<never>> = new Map(
  Object.values(probesOf).flatMap((own) => Object.entries(own)),
)

export interface Possible {
  readonly command: string
  /** Why not; absent where it would be taken now. */
  readonly refused?: Refusal
  /** The caller's that may; more than one: who acts must say in which. */
  readonly offices: readonly OfficeId[]
}

export interface Asked {
  readonly ledger: Origin
  readonly kind: StreamKind
  readonly stream: StreamId
  /** As its fold gives it; undefined where the thing does not exist. */
  readonly state: unknown
  /** Of the same ledger, today. */
  readonly roster: RosterState
  readonly clock: () => number
}

/** What the present state does not take is left out: it would be most of the list, and says nothing about the caller. */
export async function possible(
  context: Context,
  asked: Asked,
  acting: Acting,
): Promise<readonly Possible[]> {
  const { kind, state } = asked
  const own = state === undefined ? {} : (probesOf[kind] ?? {})
  const all = await Promise.all(
    Object.entries(own).map(async ([command, probe]) => {
      const answers = await answersOf(context, asked, { acting, command, probe }).catch(unasked)
      const refused = nearest(answers.map((answer) => answer.refused))
      const may = answers.filter((answer) => answer.refused === undefined)
      return {
        command,
        asked: answers.length > 0,
        refused,
        offices: may.map(({ office }) => office),
      }
    }),
  )
  return all
    .filter(({ asked: was, refused }) => was && !notNow.has(refused?.code ?? ''))
    .map(({ command, refused, offices }) =>
      refused === undefined ? { command, offices } : { command, refused, offices },
    )
}

/** What the office that comes nearest was answered: sorting alone would put the office that may, `undefined`, last. */
function nearest(answers: readonly (Refusal | undefined)[]): Refusal | undefined {
  if (answers.includes(undefined)) return undefined
  return answers.toSorted((a, b) => farness(a) - farness(b))[0]
}

/** The state, or the kind of meeting, does not take it at all. */
const notNow: ReadonlySet<string> = new Set(['notOpen', 'notThisKind', 'ballotsSecret'])

/** A probe that has fallen behind its form says nothing; the page it stands on is shown all the same. A test finds it. */
function unasked(error: unknown): readonly Answer[] {
  if (malformedIn(error) === undefined) throw error
  return []
}

interface Answer {
  readonly office: OfficeId
  readonly refused: Refusal | undefined
}

interface Trying {
  readonly acting: Acting
  readonly command: string
  readonly probe: Probe<never>
}

async function answersOf(
  context: Context,
  asked: Asked,
  { acting, command, probe }: Trying,
): Promise<readonly Answer[]> {
  const answers = officesToTry(command, acting).flatMap((by) => {
    const [first, ...others] = formsOf(asked, probe, by)
    return first === undefined
      ? []
      : [inOffice(context, asked, { by, command, first, others, acting, probe })]
  })
  return Promise.all(answers)
}

/** The first form that would be taken answers for the office; else the one that comes nearest. */
async function inOffice(
  context: Context,
  asked: Asked,
  {
    first,
    others,
    ...trying
  }: Trying & { readonly by: By; readonly first: unknown; readonly others: readonly unknown[] },
): Promise<Answer> {
  const { office } = trying.by
  const answers: (Refusal | undefined)[] = []
  for (const input of [first, ...others]) {
    const refused = await tried(context, asked, { ...trying, input })
    if (refused === undefined) return { office, refused }
    answers.push(refused)
    // of the thing as it stands: no other form changes that
    if (notNow.has(refused.code)) break
  }
  return { office, refused: nearest(answers) }
}

function formsOf({ state, roster, clock }: Asked, probe: Probe<never>, by: By): readonly unknown[] {
  const now = instantOf(clock())
  const ground = { by, roster, now, today: dateAt(now) }
  // the kind chose both the fold and the probe
  const first = probe.input(state as never, ground)
  return first === undefined ? [] : [first, ...(probe.others?.(state as never, ground) ?? [])]
}

async function tried(
  context: Context,
  { ledger, stream }: Asked,
  { by, command, input, acting, probe }: Trying & { readonly by: By; readonly input: unknown },
): Promise<Refusal | undefined> {
  const { freshId } = acting
  const refused = await consider(context, {
    id: freshId(),
    type: command,
    ledger,
    stream,
    by,
    input,
  })
  return refused !== undefined && isAboutContent(refused, probe) ? undefined : refused
}

function isAboutContent(refused: Refusal, { open }: Probe<never>): boolean {
  if (open === undefined) return false
  if (open !== true) return open.includes(refused.code)
  return farness(refused) === 1 && !standing.has(refused.code)
}

/** About the thing as it stands, whatever is put into the form. */
const standing: ReadonlySet<string> = new Set([
  'notFound',
  'notOpen',
  'notThisKind',
  'policyMissing',
  'suspended',
  'paymentUnderWay',
  'ledgerSealed',
  'rosterUnconfirmed',
  'votingOver',
  'notOnline',
  'ballotsSecret',
  'attendanceClosed',
  'recorderPartial',
  'alreadyDebited',
  'drawTooEarly',
  'lotBinds',
])

/** The state of a stream as its own fold gives it. */
export function folded(kind: StreamKind, entries: readonly Entry[]): unknown {
  const fold = folds.get(kind)
  if (fold === undefined) throw new Error(`no fold for ${kind}`)
  let state = fold.initial
  for (const entry of entries) state = fold.apply(state, entry)
  return state
}
