// Changes as they happen (server-sent events): every listener hears what they may see now, and no longer than they may. One
// follower looks for all of them.
import type { Follower } from '../app/live/follower.ts'
import type { LedgerWatch } from '../app/read/port.ts'
import type { PersonRights, Rights } from '../app/rights.ts'
import type { Session } from '../domain/account.ts'
import type { Origin } from '../domain/ids.ts'
import type { Language } from '../domain/language.ts'
import {
  frame,
  framesOf,
  heard,
  HEARTBEAT,
  type Listening,
  openFrame,
  RETRY,
} from './live-frames.ts'
import { Outbox, OUTBOX_BYTES } from './live-outbox.ts'
import { type Problem, problem } from './problem.ts'
import type { Reply } from './route.ts'
import type { Viewer } from './viewer.ts'

export interface LivePorts {
  readonly follower: Pick<Follower, 'look' | 'join'>
  readonly watch: Pick<LedgerWatch, 'version'>
  readonly rights: Pick<Rights, 'of' | 'ledger' | 'upToDate'>
  readonly sessionOf: (cookie: string | undefined) => Session | undefined
  /** Differs once an account or a session changed, by whichever process. */
  readonly accountsVersion: () => string
  /** Runs `work` again and again; what is returned stops it. */
  readonly every: (milliseconds: number, work: () => void) => () => void
  readonly failed: (error: unknown) => void
  readonly stopping: AbortSignal
  readonly limits?: Partial<LiveLimits>
}

export interface LiveLimits {
  /** Streams of one account. */
  readonly own: number
  /** Of everybody. */
  readonly all: number
  /** Not yet sent, of one stream. */
  readonly bytes: number
}

const LIMITS: LiveLimits = { own: 6, all: 2000, bytes: OUTBOX_BYTES }
/** How soon commits of other processes are seen; our own are looked for at once. */
const LOOK_MS = 250
/** Looks between two signs of life: what stands in between (proxies) closes what is silent. */
const HEARTBEAT_LOOKS = 60

export interface Wanted {
  readonly viewer: Viewer
  readonly cookie: string | undefined
  readonly language: Language
  readonly watched: ReadonlySet<string>
  readonly since: { readonly ledger: Origin; readonly size: number } | undefined
  readonly gone: AbortSignal
}

/** Why a stream ends: told in its last event. */
type Why = 'signedOut' | 'rightsChanged' | 'stopping'

interface Listener {
  readonly account: string
  readonly cookie: string | undefined
  readonly person: Session['person']
  readonly outbox: Outbox
  readonly listening: Listening
  /** As they were when it began: another object is looked at, another content ends it. */
  rights: PersonRights
  leave: () => void
}

export class Live {
  readonly #ports: LivePorts
  readonly #limits: LiveLimits
  readonly #listeners = new Set<Listener>()
  /** Ended, but not all of it is sent; by the second look it is cut. */
  readonly #ending = new Map<Outbox, number>()
  #stop: (() => void) | undefined
  #looks = 0
  #version: number | undefined
  #accounts = ''

  constructor(ports: LivePorts) {
    this.#ports = ports
    this.#limits = { ...LIMITS, ...ports.limits }
    ports.stopping.addEventListener('abort', () => this.#endAll('stopping'), { once: true })
  }

  /** A stream for whoever asks, or why there is none. */
  async open(wanted: Wanted): Promise<Reply<never> | Problem> {
    const { viewer, gone } = wanted
    const { account } = viewer.session
    const { own, all } = this.#limits
    if (gone.aborted) return problem('stopping')
    const others = [...this.#listeners].filter((one) => one.account === account).length
    if (others >= own) return problem('streamsTooMany', { most: String(own) })
    if (this.#listeners.size >= all) return problem('busy')
    const listener = this.#made(wanted)
    this.#listeners.add(listener)
    // when the house stops, the stream is told so first
    const left = (): void => {
      if (!this.#ports.stopping.aborted) this.#left(listener)
    }
    gone.addEventListener('abort', left, { once: true })
    this.#run()
    try {
      await this.#joined(listener, wanted)
    } catch (error) {
      this.#left(listener)
      throw error
    }
    const { outbox } = listener
    return { stream: outbox, cut: outbox.cut, headers: streamHeaders }
  }

  /** Something may have been written: whoever listens hears of it now. Nobody does once the house stops. */
  readonly written = (): void => {
    if (this.#listeners.size > 0) this.#look()
  }

  #made({ viewer, cookie, language, watched }: Wanted): Listener {
    const { session, rights } = viewer
    const codeOf = (ledger: Origin): string => this.#ports.rights.ledger(ledger)?.code ?? ''
    return {
      account: session.account,
      person: session.person,
      cookie,
      outbox: new Outbox(this.#limits.bytes),
      listening: { ...heard(session.person, rights), language, watched, codeOf },
      rights,
      leave: () => {},
    }
  }

  async #joined(listener: Listener, { since }: Wanted): Promise<void> {
    const { outbox, listening } = listener
    const leave = await this.#ports.follower.join({
      ledgers: [...listening.sees],
      since,
      begun: ({ places, missed }) => {
        const before = missed === undefined ? frame('reset', {}) : framesOf(missed, listening)
        outbox.push(`${RETRY}${before}${openFrame(places, listening.codeOf)}`)
      },
      moved: (movements) => {
        const told = framesOf(movements, listening)
        if (told !== '' && this.#mayHear(listener)) outbox.push(told)
      },
    })
    // they may have gone, or been sent away, while we looked
    if (this.#listeners.has(listener)) listener.leave = leave
    else leave()
  }

  /** Is it still this person, and may they see what they saw? Asked before anything is told. */
  #mayHear(listener: Listener): boolean {
    const { cookie, account, outbox } = listener
    const session = this.#ports.sessionOf(cookie)
    if (session?.account !== account || session.limit !== undefined)
      this.#end(listener, 'signedOut')
    else this.#checkRights(listener)
    return !outbox.ended
  }

  #checkRights(listener: Listener): void {
    const { person, rights } = listener
    if (person === undefined) return
    const now = this.#ports.rights.of(person)
    // remembered until a roster or the day changes
    if (now === rights) return
    if (printOf(person, now) === printOf(person, rights)) listener.rights = now
    else this.#end(listener, 'rightsChanged')
  }

  #run(): void {
    this.#stop ??= this.#ports.every(LOOK_MS, () => this.#turn())
  }

  #turn(): void {
    this.#looks += 1
    for (const [outbox, looks] of this.#ending) {
      if (looks > 0) outbox.sever()
      this.#ending.set(outbox, looks + 1)
      if (outbox.cut.aborted) this.#ending.delete(outbox)
    }
    if (this.#looks % HEARTBEAT_LOOKS === 0) this.#beat()
    this.written()
    if (this.#listeners.size > 0 || this.#ending.size > 0) return
    this.#stop?.()
    this.#stop = undefined
  }

  /** Sessions also run out by themselves. */
  #beat(): void {
    for (const listener of this.#listeners)
      if (this.#mayHear(listener)) listener.outbox.push(HEARTBEAT)
  }

  #look(): void {
    this.#looked().catch((error: unknown) => {
      this.#ports.failed(error)
      // what was on its way may be lost here: whoever comes back is told it again
      for (const listener of this.#listeners) this.#left(listener, true)
    })
  }

  async #looked(): Promise<void> {
    const { accountsVersion, watch, rights, follower } = this.#ports
    const accounts = accountsVersion()
    if (accounts !== this.#accounts) {
      this.#accounts = accounts
      for (const listener of this.#listeners) this.#mayHear(listener)
    }
    const version = watch.version()
    if (version === this.#version) return
    this.#version = version
    await rights.upToDate()
    for (const listener of this.#listeners) this.#checkRights(listener)
    await follower.look()
  }

  #endAll(why: Why): void {
    for (const listener of this.#listeners) this.#end(listener, why)
  }

  #end(listener: Listener, why: Why): void {
    const { outbox } = listener
    if (outbox.ended) return
    outbox.push(frame('end', { why }))
    this.#ending.set(outbox, 0)
    this.#left(listener)
  }

  #left(listener: Listener, severed = false): void {
    if (!this.#listeners.delete(listener)) {
      // gone for good: nothing of it needs to be cut
      this.#ending.delete(listener.outbox)
      return
    }
    listener.leave()
    if (severed) listener.outbox.sever()
    else listener.outbox.end()
  }
}

/** Nothing in between keeps, packs or holds back what is sent. */
const streamHeaders = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-store, no-transform',
  'X-Accel-Buffering': 'no',
}

/** Two of the same print see the same and sit at the same desks. */
function printOf(person: Session['person'], rights: PersonRights): string {
  const { sees, desks } = heard(person, rights)
  return JSON.stringify([[...sees].sort(), [...desks].sort()])
}
