// An instant as people read it: date and minute in Asia/Shanghai.
import { dateAt, type Instant } from '../domain/time.ts'

const SHANGHAI_MS = 8 * 3_600_000

/** `2025-03-03 09:00`. */
export const clockText = (at: Instant): string =>
  `${dateAt(at)} ${new Date(Date.parse(at) + SHANGHAI_MS).toISOString().slice(11, 16)}`
