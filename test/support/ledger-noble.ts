// The ledger's primitives in pure JavaScript, as a browser has them.
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import type { LedgerCrypto } from '../../src/ledger/crypto.ts'

export const nobleCrypto: LedgerCrypto = {
  sha256: (data) => sha256(data),
  sign: (seed, message) => ed25519.sign(message, seed),
  verify: (publicKey, message, signature) => {
    if (publicKey.length !== 32) throw new RangeError('an Ed25519 key has 32 bytes')
    if (signature.length !== 64) return false
    // RFC 8032, not the laxer ZIP 215 rules: both ports must accept the same signatures.
    return ed25519.verify(signature, message, publicKey, { zip215: false })
  },
  publicKey: (seed) => ed25519.getPublicKey(seed),
}
