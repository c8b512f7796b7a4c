// Command: a wish, with the id its client minted. What it becomes is decided, never assumed.
import type { By, FileRef } from './entry.ts'
import type { CommandId, Origin, StreamId } from './ids.ts'

export interface Command {
  readonly id: CommandId
  /** `request.submit`: noun.verb; recorded as noun.past. */
  readonly type: string
  readonly ledger: Origin
  readonly stream: StreamId
  readonly by: By
  /** The stream revision the person had before them; moved on since ⇒ refused `staleView`. */
  readonly seen?: number
  /** As parsed at the door by the workflow's schema. */
  readonly input: unknown
  readonly files?: readonly FileRef[]
}
