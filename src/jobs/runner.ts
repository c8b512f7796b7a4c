// The work the server does by itself, by the clock: each job by itself, one turn after another, remembered when it is done. A
// crash before that does the turn again: what a job does must bear being done twice, or be done part by part (`once`).
import type { JobMark, JobMemory, JobState } from '../domain/job.ts'
import { type Due, dueAfter, isDone, type When } from './when.ts'

export interface Turn {
  /** What it is done for: a day, or an instant. */
  readonly occasion: string
  /** Milliseconds since 1970. */
  readonly now: number
  /** Aborted when the server stops: what takes long must heed it. */
  readonly gone: AbortSignal
  /**
   * Does a part of the job unless it was done for this occasion; `work` is given what it returned the time before, '' at
   * first. So a turn that failed half way is taken up where it failed.
   */
  once(part: string, work: (note: string) => Promise<string>): Promise<void>
}

export interface Job {
  /** In metrics and logs, and what it is remembered by. */
  readonly name: string
  readonly when: When
  /** Rejects when it did not work; it is then tried again, later and later, for at most an hour between. */
  run(turn: Turn): Promise<void>
}

/** It did not work, told without secrets: this is what the log says. */
export class JobFailed extends Error {
  readonly told: readonly Readonly<Record<string, string>>[]

  constructor(told: readonly Readonly<Record<string, string>>[]) {
    super(`a job failed in ${told.length} parts`)
    this.told = told
  }
}

export interface JobPorts {
  readonly memory: JobMemory
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** Does something after so many milliseconds; what is returned forgets it. */
  readonly timer: (ms: number, work: () => void) => () => void
  readonly log: {
    info(line: object, message: string): void
    error(line: object, message: string): void
  }
}

/** A part is kept beside the job as a whole, which is `''`. */
const WHOLE = ''
/** The clock may be set, and the machine may sleep: it is looked at anew. */
const LOOK_MS = 600_000
const RETRY_MS = 60_000
const RETRY_MOST_MS = 3_600_000

class Running {
  readonly #job: Job
  readonly #ports: JobPorts
  readonly #gone = new AbortController()
  #last: JobMark | undefined
  #failures = 0
  #retryAt = 0
  #forget: () => void = () => {}
  #turn: Promise<void> = Promise.resolve()

  constructor(job: Job, ports: JobPorts) {
    this.#job = job
    this.#ports = ports
  }

  get state(): JobState {
    const { name } = this.#job
    const done = this.#last === undefined ? {} : { lastSuccess: this.#last.at }
    return { name, failures: this.#failures, ...done }
  }

  async start(): Promise<void> {
    this.#last = await this.#ports.memory.recall(this.#job.name, WHOLE)
    this.#plan()
  }

  /** Lets the turn that is under way end: it is told to hurry. */
  stop(): Promise<void> {
    this.#gone.abort()
    this.#forget()
    return this.#turn
  }

  #due(now: number): Due {
    const due = dueAfter(this.#job.when, this.#last, now)
    return { ...due, wait: Math.max(due.wait, this.#failures > 0 ? this.#retryAt - now : 0) }
  }

  #plan(): void {
    if (this.#gone.signal.aborted) return
    const { wait } = this.#due(this.#ports.clock())
    this.#forget = this.#ports.timer(Math.min(wait, LOOK_MS), () => {
      this.#turn = this.#look()
    })
  }

  async #look(): Promise<void> {
    const now = this.#ports.clock()
    const { occasion, wait } = this.#due(now)
    if (wait === 0) await this.#take(occasion, now)
    this.#plan()
  }

  async #take(occasion: string, now: number): Promise<void> {
    const { memory, clock, log } = this.#ports
    const { name } = this.#job
    try {
      await this.#job.run(this.#turnOf(occasion, now))
      const mark = { occasion, at: clock(), note: '' }
      // a crash before this line does the turn again; its parts know what they did
      await memory.remember(name, WHOLE, mark)
      this.#last = mark
      this.#failures = 0
      log.info({ job: name, occasion }, 'done')
    } catch (error) {
      if (this.#gone.signal.aborted) return
      this.#failures += 1
      const wait = Math.min(RETRY_MOST_MS, RETRY_MS * 2 ** Math.min(this.#failures - 1, 10))
      this.#retryAt = clock() + wait
      const told = error instanceof JobFailed ? { parts: error.told } : { err: error }
      log.error({ job: name, occasion, failures: this.#failures, retryMs: wait, ...told }, 'failed')
    }
  }

  #turnOf(occasion: string, now: number): Turn {
    const { memory, clock } = this.#ports
    const { name } = this.#job
    return {
      occasion,
      now,
      gone: this.#gone.signal,
      async once(part, work) {
        const mark = await memory.recall(name, part)
        if (mark !== undefined && isDone(mark, occasion, now)) return
        const note = await work(mark?.note ?? '')
        // a crash before this line does the part again: better twice than not at all
        await memory.remember(name, part, { occasion, at: clock(), note })
      },
    }
  }
}

export interface Jobs {
  states(): readonly JobState[]
  /** Resolves when nothing runs any more. */
  stop(): Promise<void>
}

/** Starts them all. Names must differ. */
export async function startJobs(jobs: readonly Job[], ports: JobPorts): Promise<Jobs> {
  const running = jobs.map((job) => new Running(job, ports))
  for (const one of running) await one.start()
  return {
    states: () => running.map(({ state }) => state),
    async stop() {
      await Promise.all(running.map((one) => one.stop()))
    },
  }
}
