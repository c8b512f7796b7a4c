// A route as data: who may call it, what it takes and answers. The server, the OpenAPI document and the table of rights are all
// made from the same list, so that none of them can say what the others do not.
import type { z } from 'zod'
import type { KnownLedger } from '../app/rights.ts'
import type { Language, Sentence } from '../domain/language.ts'
import type { Problem, ProblemCode } from './problem.ts'
import type { Viewer } from './viewer.ts'

export type Method = 'get' | 'post' | 'put' | 'delete'

/**
 * Who may call it at all; what they then may do is the law's or the identity's to say.
 * `anybody`: no sign-in. `account`: signed in. `village`: those who may see the village whose code stands in the path; for others
 * it does not exist. `ledger`: the same, and for a township's code who holds an office there. `township`: who holds an office of
 * a township.
 */
export type Access = 'anybody' | 'account' | 'village' | 'ledger' | 'township'

/** Told in the document: what a header means stands there. */
export type HeededHeader = 'Idempotency-Key' | 'If-Match' | 'From-Draft'

type Shape = z.ZodObject
type Read<T> = T extends z.ZodType ? z.infer<T> : undefined

/** One call, parsed. */
export interface Call<P = unknown, Q = unknown, B = unknown> {
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly language: Language
  readonly header: (name: string) => string | undefined
  /** Where it comes from, as it is kept with a session. */
  readonly caller: { readonly address: string; readonly device: string }
  /** What is sent, as it comes, where the route says `uploads`; whoever reads it keeps the limit. */
  readonly incoming: AsyncIterable<Uint8Array>
  /** Aborted when the caller is gone or the server stops: what streams without end must heed it. */
  readonly gone: () => AbortSignal
}

/** What is known of the caller by then. */
interface Known {
  readonly anybody: unknown
  readonly account: { readonly viewer: Viewer }
  readonly village: { readonly viewer: Viewer; readonly ledger: KnownLedger }
  readonly ledger: { readonly viewer: Viewer; readonly ledger: KnownLedger }
  readonly township: { readonly viewer: Viewer; readonly ledger: KnownLedger }
}

/** What goes back: a body that fits the route's schema, bytes, or a stream of them. */
export interface Reply<R = unknown> {
  readonly body?: R
  readonly bytes?: Uint8Array
  /** Sent as it is made; a failure on the way cuts the connection, for the status is already told. */
  readonly stream?: AsyncIterable<Uint8Array>
  /** Aborted when the stream's connection must go at once, sent or not. */
  readonly cut?: AbortSignal
  readonly headers?: Readonly<Record<string, string>>
  /** `Set-Cookie` lines. */
  readonly cookies?: readonly string[]
}

type Answered<R> = Reply<R> | Problem

interface About {
  /** Unique; the operationId. */
  readonly id: string
  readonly method: Method
  /** From `/api/v1`, places in braces: `/villages/{village}/requests/{request}`; `{rest*}` takes all that follows. */
  readonly path: `/${string}`
  /** From the server's root instead. */
  readonly root?: true
  readonly tag: string
  readonly summary: Sentence
  readonly access: Access
  /** What it answers when it works; 200 when left out. */
  readonly status?: 200 | 201 | 204
  readonly params?: Shape
  readonly query?: Shape
  readonly body?: z.ZodType
  /** Takes bytes of these media types instead of JSON, unread until the route reads them. */
  readonly uploads?: readonly string[]
  readonly answer?: z.ZodType
  /** Media type of `bytes` and `stream` where their headers name none; JSON when left out. */
  readonly media?: string | readonly string[]
  /** The command it carries: takes Idempotency-Key, Acting-Office, Acting-Mandate and If-Match. */
  readonly command?: string
  /** The law may refuse it, though it carries no command of the caller's own. */
  readonly lawful?: true
  /** Headers it heeds beside those every command takes. */
  readonly heeds?: readonly HeededHeader[]
  /** Counts as a signature: needs a fresh proof of who acts. */
  readonly signature?: boolean
  /** Asked by whoever watches over the process: no limit may make a healthy server look ill. */
  readonly probe?: true
  /** Dear to answer: so many under way at once for one account. */
  readonly atOnce?: number
  /** Open to sessions that must first mend themselves (set up one-time codes). */
  readonly whileLimited?: true
  /** Codes beside those that follow from the rest. */
  readonly problems?: readonly ProblemCode[]
}

/** A route with its types erased behind the schemas that re-create them. */
export interface Route extends About {
  readonly handle: (call: Call & Known['village']) => Promise<Answered<unknown>> | Answered<unknown>
}

export function route<
  A extends Access,
  P extends Shape | undefined = undefined,
  Q extends Shape | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  R extends z.ZodType | undefined = undefined,
>(
  definition: Omit<About, 'access' | 'params' | 'query' | 'body' | 'answer'> & {
    readonly access: A
    readonly params?: P
    readonly query?: Q
    readonly body?: B
    readonly answer?: R
    readonly handle: (
      call: Call<Read<P>, Read<Q>, Read<B>> & Known[A],
    ) => Promise<Answered<Read<R>>> | Answered<Read<R>>
  },
): Route {
  // the server parses by these very schemas before it calls
  return definition as unknown as Route
}
