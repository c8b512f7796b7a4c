// What somebody can do with a thing next (`can`): the law's own decide is asked about every act with the smallest form it takes,
// in every office they could act in. Nothing is recorded.
import { folds } from '../../workflows/versions.ts'
import type { RosterState } from '../../workflows/roster/v1/fold.ts'
import type { By, Entry } from '../domain/entry.ts'
import type { Origin, StreamId, StreamKind } from '../domain/ids.ts'
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
      const told = answers.toSorted((a, b) => farness(a) - farness(b))
      return { command, asked: answers.length > 0, refused: told[0] }
    }),
  )
  return all
    .filter(({ asked: was, refused }) => was && !notNow.has(refused?.code ?? ''))
    .map(({ command, refused }) => (refused === undefined ? { command } : { command, refused }))
}

/** The state, or the kind of meeting, does not take it at all. */
const notNow: ReadonlySet<string> = new Set(['notOpen', 'notThisKind'])

/** A probe that has fallen behind its form says nothing; the page it stands on is shown all the same. A test finds it. */
function unasked(error: unknown): readonly [] {
  if (malformedIn(error) === undefined) throw error
  return []
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
): Promise<readonly (Refusal | undefined)[]> {
  const answers = officesToTry(command, acting).flatMap((by) => {
    const input = inputOf(asked, probe, by)
    return input === undefined ? [] : [tried(context, asked, { by, command, input, acting, probe })]
  })
  return Promise.all(answers)
}

function inputOf({ state, roster, clock }: Asked, probe: Probe<never>, by: By): unknown {
  const now = instantOf(clock())
  // the kind chose both the fold and the probe
  return probe.input(state as never, { by, roster, now, today: dateAt(now) })
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
  const aboutContent = probe.open === true && refused !== undefined && farness(refused) === 1
  return aboutContent && !standing.has(refused.code) ? undefined : refused
}

/** About the thing as it stands, whatever is put into the form. */
const standing: ReadonlySet<string> = new Set([
  'notFound',
  'notOpen',
  'suspended',
  'paymentUnderWay',
  'ledgerSealed',
  'rosterUnconfirmed',
  'votingOver',
  'notOnline',
  'alreadyDebited',
])

/** The state of a stream as its own fold gives it. */
export function folded(kind: StreamKind, entries: readonly Entry[]): unknown {
  const fold = folds.get(kind)
  if (fold === undefined) throw new Error(`no fold for ${kind}`)
  let state = fold.initial
  for (const entry of entries) state = fold.apply(state, entry)
  return state
}
