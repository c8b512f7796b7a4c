// Minting ids. Randomness and time come in: a founding or a whole demonstration year can be run again to the same byte.
import {
  type CommandId,
  commandIdSchema,
  type HouseholdId,
  householdIdSchema,
  type OfficeId,
  officeIdSchema,
  type OrganisationId,
  organisationIdSchema,
  type PersonId,
  personIdSchema,
} from '../../domain/ids.ts'

export interface Mint {
  person(): PersonId
  office(): OfficeId
  organisation(): OrganisationId
  household(): HouseholdId
  command(): CommandId
}

export interface MintSources {
  /** Unpredictable bytes, or seeded ones where a run must be repeatable. */
  readonly random: (bytes: number) => Uint8Array
  /** Milliseconds since 1970. */
  readonly clock: () => number
}

/** Ids with nothing of the person in them: 12 letters and digits, 71 bits, never derived from a name or a number. */
export function mintIds({ random, clock }: MintSources): Mint {
  const id = (prefix: string): string => `${prefix}_${letters(random, ID_LENGTH)}`
  return {
    person: () => personIdSchema.parse(id('p')),
    office: () => officeIdSchema.parse(id('o')),
    organisation: () => organisationIdSchema.parse(id('g')),
    household: () => householdIdSchema.parse(id('h')),
    command: () => commandIdSchema.parse(uuidv7(clock(), random(10))),
  }
}

const ID_LENGTH = 12
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** Bytes from here on would make the first letters likelier than the last. */
const FAIR_BELOW = 256 - (256 % ALPHABET.length)

function letters(random: MintSources['random'], length: number): string {
  let made = ''
  while (made.length < length) {
    for (const byte of random(length)) {
      if (byte < FAIR_BELOW && made.length < length) made += ALPHABET.charAt(byte % ALPHABET.length)
    }
  }
  return made
}

/** RFC 9562 §5.7: 48 bits of milliseconds, version, 74 random bits. */
function uuidv7(ms: number, random: Uint8Array): string {
  const time = ms.toString(16).padStart(12, '0')
  const hex = [...random].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const variant = ((random[2] ?? 0) & 0x3f) | 0x80
  const tail = `${hex.slice(6, 8)}-${hex.slice(8, 20)}`
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(1, 4)}-${variant.toString(16)}${tail}`
}
