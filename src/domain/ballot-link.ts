// Links and PINs (投票链接、投票口令) by which members without an account vote: what the door keeps of them. Never a token and
// never a PIN, only what either is recognised by; never a choice, and nothing of when somebody voted.
import type { BoxOf } from './ballot-box.ts'
import type { CommandId, PersonId } from './ids.ts'

/** A link as it is kept. */
export interface KeptLink {
  readonly person: PersonId
  /** SHA-256 of the token, hex. */
  readonly digest: string
}

/** A PIN as it is kept: slow to try, and not at all without a key that lies elsewhere. */
export interface KeptPin {
  readonly person: PersonId
  /** Hex, as `hash`. */
  readonly salt: string
  readonly hash: string
}

/** Halves of one issuing, which is a command in the ledger. */
export interface Issue<H> extends BoxOf {
  readonly issue: CommandId
  readonly halves: readonly H[]
}

export interface LinkFound extends BoxOf {
  readonly person: PersonId
}

/** How often a PIN may be wrong. Milliseconds. */
export interface PinPatience {
  /** Attempts until the first wait. */
  readonly free: number
  /** The first wait; every further attempt doubles it. */
  readonly wait: number
  readonly longest: number
  /** After so many attempts it is dead: another one must be handed out. */
  readonly most: number
}

/** An attempt that was counted before it is made, or why there is none. */
export type PinClaim =
  | { readonly claimed: Omit<KeptPin, 'person'>; readonly left: number }
  | { readonly waits: number }
  | 'dead'
  | 'none'

/** Every method is one atomic step. */
export interface BallotLinkStore {
  /**
   * Keeps links in place of those these persons had for the meeting, which are void from then on. `told`: this issuing was
   * kept before, and nothing is changed: its tokens were told once and are not made again.
   */
  putLinks(issue: Issue<KeptLink>): Promise<'put' | 'told'>
  /** The same of PINs; attempts begin anew. */
  putPins(issue: Issue<KeptPin>): Promise<'put' | 'told'>
  /** Whose link it is, of which meeting; undefined for one that never was, or was replaced. */
  find(digest: string): Promise<LinkFound | undefined>
  /** Counts an attempt first, and then tells what to try it against: guesses sent at once count as many. */
  claim(of: LinkFound, patience: PinPatience, now: number): Promise<PinClaim>
  /** The PIN was right: earlier failures are forgiven. */
  forgive(of: LinkFound): Promise<void>
  /** Nothing of the meeting's PINs is left; links still show whose they are. */
  erasePins(of: BoxOf): Promise<void>
  /** Meetings with PINs. */
  meetings(): Promise<readonly BoxOf[]>
}
