// What somebody at a desk has before them, and what they do about it.
import type { Request } from '../../../workflows/request/v1/fold.ts'
import type { By } from '../../domain/entry.ts'
import type { RequestId } from '../../domain/ids.ts'
import type { Act } from './acting.ts'
import type { Task } from './watch.ts'

export interface Case {
  readonly task: Task
  readonly id: RequestId
  readonly request: Request
  readonly by: By
}

export type Answer = Pick<Act, 'type' | 'input' | 'daring'> & { readonly by?: By }

export const act = (type: string, input: unknown = {}): Answer => ({ type, input })

export const back = (reason: string, ...fields: readonly string[]): Answer =>
  act('request.return', { reason, fields })
