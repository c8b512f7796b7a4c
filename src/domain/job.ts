// Work the server does by itself, by the clock: how it stands, and what it must not forget over a restart.

/** One job, for whoever watches over the process. */
export interface JobState {
  readonly name: string
  /** Milliseconds since 1970, also of earlier processes; absent before the first time. */
  readonly lastSuccess?: number
  /** How often it failed since it last worked. */
  readonly failures: number
}

/** What is remembered of one part of a job. */
export interface JobMark {
  /** The occasion it was last done for: a day, or an instant. */
  readonly occasion: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** What the job itself must know the next time. */
  readonly note: string
}

/** Durable when the promise resolves. A job as a whole is the part `''`. */
export interface JobMemory {
  recall(job: string, part: string): Promise<JobMark | undefined>
  remember(job: string, part: string, mark: JobMark): Promise<void>
}
