// The two primitives the ledger needs, as arguments: node:crypto on a server, @noble in a browser.

/**
 * SHA-256 and Ed25519 (RFC 8032). Synchronous on purpose: callers hand over buffers they reuse
 * for the next call, so an implementation must not keep `data` or `message` after it returns,
 * and what it returns must be its own memory.
 */
export interface LedgerCrypto {
  /** 32 bytes. */
  sha256(data: Uint8Array): Uint8Array
  /** 64-byte signature by the 32-byte `seed`; throws a RangeError on any other seed length. */
  sign(seed: Uint8Array, message: Uint8Array): Uint8Array
  /** False for anything that is not a valid signature; throws only if the key is not 32 bytes. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
  /** The 32-byte public key of a 32-byte `seed`. */
  publicKey(seed: Uint8Array): Uint8Array
}
