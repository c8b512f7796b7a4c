// PINs (投票口令): six digits for one meeting, kept so that neither the file nor the file and its backups tell them.
import { createHmac, scrypt, timingSafeEqual } from 'node:crypto'
import type { KeptPin } from '../domain/ballot-link.ts'

type Hashed = Omit<KeptPin, 'person'>

export interface PinHashing {
  readonly make: () => string
  readonly keep: (pin: string) => Promise<Hashed>
  readonly is: (pin: string, kept: Hashed) => Promise<boolean>
}

export interface PinPorts {
  /** Kept with the signing keys: without it a stolen file cannot even be guessed at. */
  readonly secret: string
  readonly random: (bytes: number) => Uint8Array
}

const DIGITS = 6
const RANGE = 10 ** DIGITS
const SALT_BYTES = 16
const HASH_BYTES = 32
/**
 * 4 MiB and some 10 ms a PIN: four hundred are handed out at once, so the cost of a password (128 MiB) would take minutes. Six
 * digits withstand no hash; what keeps them is the secret, that a PIN opens nothing without its link, and ten attempts.
 */
const COST = { N: 2 ** 12, r: 8, p: 1 }

export function pinHashing({ secret, random }: PinPorts): PinHashing {
  const pepper = createHmac('sha256', secret).update('five-musts ballot PINs').digest()
  const hashed = (pin: string, salt: string): Promise<Buffer> => {
    const peppered = createHmac('sha256', pepper).update(pin).digest()
    return new Promise((resolve, reject) => {
      scrypt(peppered, Buffer.from(salt, 'hex'), HASH_BYTES, COST, (error, key) => {
        if (error === null) resolve(key)
        else reject(error)
      })
    })
  }
  return {
    make: () => digitsOf(random),
    async keep(pin) {
      const salt = Buffer.from(random(SALT_BYTES)).toString('hex')
      return { salt, hash: (await hashed(pin, salt)).toString('hex') }
    },
    is: async (pin, { salt, hash }) =>
      timingSafeEqual(await hashed(pin, salt), Buffer.from(hash, 'hex')),
  }
}

/** Each as likely as any other: what lies beyond the last whole multiple is drawn again. */
function digitsOf(random: PinPorts['random']): string {
  const whole = 2 ** 32 - (2 ** 32 % RANGE)
  for (;;) {
    const drawn = Buffer.from(random(4)).readUInt32BE(0)
    if (drawn < whole) return String(drawn % RANGE).padStart(DIGITS, '0')
  }
}
