// What entries are re-decided by: every workflow and every calendar this release knows.
import { workflows } from '../../../workflows/versions.ts'
import { calendars } from '../calendars.ts'
import type { ReplayWorkings } from '../replay.ts'
import { workings } from '../workings.ts'

export const lawWorkings: Omit<ReplayWorkings, 'rootAt' | 'crypto'> = {
  ...workings,
  workflows,
  calendars,
}
