// A route as data: who may call it, what it takes and answers. The server, the OpenAPI document and the table of rights are all
// made from the same list, so that none of them can say what the others do not.
import type { z } from 'zod'
import type { Language, Sentence } from '../domain/language.ts'
import type { Problem, ProblemCode } from './problem.ts'
import type { Viewer } from './viewer.ts'

export type Method = 'get' | 'post' | 'put' | 'delete'

/**
 * Who may call it at all; what they then see or may do is asked of the roster and of the law.
 * `anybody`: no sign-in. `account`: signed in. `village`: those who may see the village named in the path; others find nothing.
 * `township`: who holds an office of the township. `discipline`: who inspects. `administrator`: keeps the accounts.
 */
export type Access = 'anybody' | 'account' | 'village' | 'township' | 'discipline' | 'administrator'

type Shape = z.ZodObject
type Read<T> = T extends z.ZodType ? z.infer<T> : undefined

/** One call, parsed. */
export interface Call<P = unknown, Q = unknown, B = unknown> {
  readonly params: P
  readonly query: Q
  readonly body: B
  /** Absent where nobody signed in; routes other than `anybody` always have one. */
  readonly viewer: Viewer
  readonly language: Language
  readonly header: (name: string) => string | undefined
}

/** What goes back: a body that fits the route's schema, or bytes. */
export interface Reply<R = unknown> {
  readonly status?: 200 | 201 | 202 | 204
  readonly body?: R
  readonly headers?: Readonly<Record<string, string>>
  readonly bytes?: Uint8Array
}

interface Definition<
  P extends Shape | undefined,
  Q extends Shape | undefined,
  B extends z.ZodType | undefined,
  R extends z.ZodType | undefined,
> {
  /** Unique; the operationId. */
  readonly id: string
  readonly method: Method
  /** From `/api/v1`, places in braces: `/villages/{village}/requests/{request}`. */
  readonly path: `/${string}`
  readonly tag: string
  readonly summary: Sentence
  readonly access: Access
  /** What it answers when it works; 200 when left out. */
  readonly status?: 200 | 201 | 202 | 204
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  readonly answer?: R
  /** Media type of `bytes`; JSON when left out. */
  readonly media?: string
  /** Counts as a signature: needs a fresh proof of who acts. */
  readonly signature?: boolean
  /** Carries a command: takes Idempotency-Key, Acting-Office and If-Match. */
  readonly command?: string
  /** Codes beside those every route may answer. */
  readonly problems?: readonly ProblemCode[]
  readonly handle: (
    call: Call<Read<P>, Read<Q>, Read<B>>,
  ) => Promise<Reply<Read<R>> | Problem> | Reply<Read<R>> | Problem
}

/** A route with its types erased behind the schemas that re-create them. */
export interface Route extends Omit<
  Definition<Shape | undefined, Shape | undefined, z.ZodType | undefined, z.ZodType | undefined>,
  'handle'
> {
  readonly handle: (call: Call) => Promise<Reply | Problem> | Reply | Problem
}

export function route<
  P extends Shape | undefined = undefined,
  Q extends Shape | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  R extends z.ZodType | undefined = undefined,
>(definition: Definition<P, Q, B, R>): Route {
  // the server parses by these very schemas before it calls
  return definition as unknown as Route
}
