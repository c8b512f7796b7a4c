// Encryption of the vault: AES-256-GCM, a fresh nonce each time, and what a ciphertext belongs to
// as associated data, so that one cannot be put in another's place.
import { createCipheriv, createDecipheriv } from 'node:crypto'

const NONCE = 12
const TAG = 16
export const KEY_BYTES = 32

/** `random` gives the nonce: never the same bytes twice under one key. */
export interface Sealing {
  readonly key: Uint8Array
  readonly random: (bytes: number) => Uint8Array
}

/** nonce ‖ ciphertext ‖ tag. */
export function seal(
  { key, random }: Sealing,
  plain: Uint8Array,
  belongsTo: readonly string[],
): Buffer {
  const nonce = random(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG })
  cipher.setAAD(label(belongsTo))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** @throws when the key is another, a byte was changed, or it belongs elsewhere */
export function unseal(key: Uint8Array, sealed: Uint8Array, belongsTo: readonly string[]): Buffer {
  const bytes = Buffer.from(sealed)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), {
    authTagLength: TAG,
  })
  decipher.setAAD(label(belongsTo))
  decipher.setAuthTag(bytes.subarray(-TAG))
  return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()])
}

// JSON keeps ["a","bc"] and ["ab","c"] apart.
const label = (parts: readonly string[]): Buffer => Buffer.from(JSON.stringify(parts))
