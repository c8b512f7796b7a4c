// Who is of full civil capacity (民法典 Art 17–20), and from which day a minor will be.
import type { LocalDate } from '../../domain/time.ts'
import { localDateSchema } from '../../domain/time.ts'

export interface Capacity {
  readonly capacity: 'full' | 'limited'
  readonly fullFrom?: LocalDate
}

export type CapacityFault = 'birthdayAhead' | 'capacityImpossible'

const OF_AGE = 18
/** From 16 on those who live by their own work count as of full capacity (Art 18); the file says so expressly. */
const WORKING_AGE = 16

/**
 * By age, unless the file says otherwise: an adult may be of limited capacity by a court's finding (Art 24), a minor of 16
 * who works may be of full capacity.
 */
export function capacityOf(
  {
    birthday,
    capacity,
  }: { birthday?: LocalDate | undefined; capacity?: Capacity['capacity'] | undefined },
  on: LocalDate,
): Capacity | { readonly fault: CapacityFault } {
  if (birthday === undefined) return { capacity: capacity ?? 'full' }
  if (birthday > on) return { fault: 'birthdayAhead' }
  if (capacity === 'full') {
    return birthdayNo(birthday, WORKING_AGE) > on ? { fault: 'capacityImpossible' } : { capacity }
  }
  const fullFrom = birthdayNo(birthday, OF_AGE)
  if (fullFrom > on) return { capacity: 'limited', fullFrom }
  return { capacity: capacity ?? 'full' }
}

/** The day an age is reached; born on 29 February, in other years the last day of that month (Art 202). */
export function birthdayNo(birthday: LocalDate, age: number): LocalDate {
  const year = String(Number(birthday.slice(0, 4)) + age).padStart(4, '0')
  const same = localDateSchema.safeParse(`${year}${birthday.slice(4)}`)
  return same.success ? same.data : localDateSchema.parse(`${year}-02-28`)
}
