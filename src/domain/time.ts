// Time as text: instants are ISO-8601 UTC with milliseconds, dates are Asia/Shanghai (no DST since 1991: a fixed +8 h).
import { z } from 'zod'

export const instantSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
  // parse would also read 30 February and 24:00 as days after: one instant, one text
  .refine((text) => {
    const ms = Date.parse(text)
    return !Number.isNaN(ms) && new Date(ms).toISOString() === text
  })
  .brand<'Instant'>()
export type Instant = z.infer<typeof instantSchema>

export const localDateSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => {
    const parsed = Date.parse(`${text}T00:00:00.000Z`)
    return !Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(text)
  })
  .brand<'LocalDate'>()
export type LocalDate = z.infer<typeof localDateSchema>

const SHANGHAI_MS = 8 * 3_600_000
const DAY_MS = 86_400_000

/** Milliseconds since 1970 → instant. */
export const instantOf = (ms: number): Instant => instantSchema.parse(new Date(ms).toISOString())
export const msOf = (at: Instant): number => Date.parse(at)

const HOUR_MS = 3_600_000
export const addHours = (at: Instant, hours: number): Instant =>
  instantOf(msOf(at) + hours * HOUR_MS)

/** The date in Asia/Shanghai at an instant. */
export const dateAt = (at: Instant): LocalDate =>
  new Date(msOf(at) + SHANGHAI_MS).toISOString().slice(0, 10) as LocalDate

/** The instant a Shanghai date ends (24:00), where a limit in days ends (民法典 Art 203). */
export const endOf = (date: LocalDate): Instant =>
  new Date(Date.parse(`${date}T00:00:00.000Z`) + DAY_MS - SHANGHAI_MS).toISOString() as Instant

/** A wall-clock time in Shanghai as an instant; `time` is `HH:mm`. */
export const atShanghai = (date: LocalDate, time: string): Instant =>
  instantSchema.parse(new Date(Date.parse(`${date}T${time}:00.000Z`) - SHANGHAI_MS).toISOString())

export const addDays = (date: LocalDate, days: number): LocalDate =>
  new Date(Date.parse(`${date}T00:00:00.000Z`) + days * DAY_MS)
    .toISOString()
    .slice(0, 10) as LocalDate

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: LocalDate, to: LocalDate): number =>
  (Date.parse(`${to}T00:00:00.000Z`) - Date.parse(`${from}T00:00:00.000Z`)) / DAY_MS
