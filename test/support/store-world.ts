// A small world for store tests: toy workflows with real folds and projections, deterministic clock, nonces and command ids.
import { nodeCrypto } from '../../src/app/crypto.ts'
import type { Calendar } from '../../src/domain/calendar.ts'
import type { Command } from '../../src/domain/command.ts'
import type { Entry, JsonObject } from '../../src/domain/entry.ts'
import {
  bySchema,
} from '../../src/domain/entry.ts'
import {
  commandIdSchema,
  organisationIdSchema,
  type Origin,
  originSchema,
  requestIdSchema,
  type StreamId,
  type StreamKind,
  streamKinds,
} from '../../src/domain/ids.ts'
import { money, toFen } from './store-money.ts'
import type { ProjectedRow } from '../../src/domain/projection.ts'
import { refuse } from '../../src/domain/refusal.ts'
import type { Decide, Fold, Needs, Outcome, Receipt, Store, Workings } from '../../src/domain/store.ts'
import { dateAt, instantOf, type LocalDate } from '../../src/domain/time.ts'
