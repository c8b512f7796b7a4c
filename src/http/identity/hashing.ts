// Passwords as they are kept: scrypt at OWASP's measure (N = 2^17, r = 8, p = 1), where better-auth's own asks a fifth of the
// memory and time. Some 0.3 s and 128 MiB each, so only so many run at once: a storm of sign-ins waits, and fills no memory.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import type { Hashing } from './auth.ts'

interface Cost {
  /** N is 2 to this. */
  readonly log2N: number
  readonly r: number
  readonly p: number
}

const COST: Cost = { log2N: 17, r: 8, p: 1 }
const SALT_BYTES = 16
const KEY_BYTES = 32
/** Two cores' worth, and 256 MiB. */
const AT_ONCE = 2

/** `scrypt$17$8$1$<salt>$<key>`, base64url: a hash tells what it cost, so that the cost can be raised one day. */
const FORM = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([A-Za-z0-9_-]{22})\$([A-Za-z0-9_-]{43})$/

export interface HashingPorts {
  readonly random?: (bytes: number) => Uint8Array
  readonly cost?: Cost
}

export function scryptHashing({
  random = (bytes) => randomBytes(bytes),
  cost = COST,
}: HashingPorts = {}): Hashing {
  const slots = new Slots(AT_ONCE)
  const keyOf = (password: string, salt: Uint8Array, measure: Cost): Promise<Buffer> =>
    slots.run(() => derived(password, salt, measure))
  return {
    async hash(password) {
      const salt = random(SALT_BYTES)
      const key = await keyOf(password, salt, cost)
      const { log2N, r, p } = cost
      return ['scrypt', log2N, r, p, text(salt), text(key)].join('$')
    },
    async verify({ hash, password }) {
      const read = readHash(hash)
      // what is no hash takes as long as one: nobody learns that an account was never opened
      const { salt, key, measure } = read ?? { salt: ZERO, key: undefined, measure: cost }
      const found = await keyOf(password, salt, measure)
      return key !== undefined && timingSafeEqual(found, key)
    },
  }
}

const ZERO = new Uint8Array(SALT_BYTES)

/** A hash that no password has: of an account that was never opened. Trying takes as long as at any other. */
export function hashOfNothing(random: (bytes: number) => Uint8Array): string {
  const { log2N, r, p } = COST
  return ['scrypt', log2N, r, p, text(random(SALT_BYTES)), text(random(KEY_BYTES))].join('$')
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

function readHash(hash: string) {
  const [, log2N = '', r = '', p = '', salt = '', key = ''] = FORM.exec(hash) ?? []
  if (key === '') return undefined
  const measure = { log2N: Number(log2N), r: Number(r), p: Number(p) }
  // as a database that was tampered with could ask: no more than eight times ours
  if (measure.log2N > COST.log2N + 3 || measure.r > 16 || measure.p > 5) return undefined
  return { salt: Buffer.from(salt, 'base64url'), key: Buffer.from(key, 'base64url'), measure }
}

/** NFKC, as passwords are taken. */
function derived(password: string, salt: Uint8Array, { log2N, r, p }: Cost): Promise<Buffer> {
  const N = 2 ** log2N
  return new Promise((resolve, reject) => {
    scrypt(
      password.normalize('NFKC'),
      salt,
      KEY_BYTES,
      { N, r, p, maxmem: 129 * N * r },
      (error, key) => {
        if (error === null) resolve(key)
        else reject(error)
      },
    )
  })
}

/** So many at once; the others wait in the order they came. */
class Slots {
  #free: number
  readonly #waiting: (() => void)[] = []

  constructor(most: number) {
    this.#free = most
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1
    else {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve)
      })
    }
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#free += 1
      else next()
    }
  }
}
