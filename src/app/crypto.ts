// The ledger's two primitives by node:crypto.
import { createPrivateKey, createPublicKey, hash, sign, verify, type KeyObject } from 'node:crypto'
import type { LedgerCrypto } from '../ledger/crypto.ts'

/**
 * SHA-256 in one shot and Ed25519 with the parsed keys kept: parsing one costs more than signing.
 * A seed stays in memory as long as the process, as the key it came from does.
 */
export const nodeCrypto: LedgerCrypto = {
  sha256(data) {
    const digest = hash('sha256', data, 'buffer')
    // A plain view: Buffer's slice shares memory where Uint8Array's copies.
    return new Uint8Array(digest.buffer, digest.byteOffset, digest.byteLength)
  },
  sign(seed, message) {
    return new Uint8Array(sign(null, message, signers.get(seed).privateKey))
  },
  verify(publicKey, message, signature) {
    return verify(null, message, verifiers.get(publicKey), signature)
  },
  publicKey(seed) {
    return signers.get(seed).publicKey.slice()
  },
}

// DER around the 32 bytes (RFC 8410): the only forms in which node:crypto takes a raw key.
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const KEY_BYTES = 32

function signerOf(seed: Uint8Array): { privateKey: KeyObject; publicKey: Uint8Array } {
  const der = Buffer.concat([PKCS8, seed])
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  return { privateKey, publicKey: new Uint8Array(spki.subarray(SPKI.length)) }
}

function verifierOf(publicKey: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' })
}

/** Parsed keys by their 32 bytes; bounded, because keys to verify with come from outside. */
class KeyCache<T> {
  readonly #parse: (key: Uint8Array) => T
  readonly #parsed = new Map<string, T>()

  constructor(parse: (key: Uint8Array) => T) {
    this.#parse = parse
  }

  get(key: Uint8Array): T {
    if (key.length !== KEY_BYTES) throw new RangeError('an Ed25519 key has 32 bytes')
    const name = Buffer.from(key.buffer, key.byteOffset, KEY_BYTES).toString('latin1')
    const known = this.#parsed.get(name)
    if (known !== undefined) return known
    const parsed = this.#parse(key)
    if (this.#parsed.size >= KEYS_MAX) this.#parsed.clear()
    this.#parsed.set(name, parsed)
    return parsed
  }
}

const KEYS_MAX = 8192
const signers = new KeyCache(signerOf)
const verifiers = new KeyCache(verifierOf)
