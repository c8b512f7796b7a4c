// Damage to files, one place at a time.

/** A copy of `bytes` with the bits of `mask` turned over in one byte. */
export function flipped(bytes: Uint8Array, at: number, mask: number): Uint8Array {
  const copy = bytes.slice()
  copy[at] = (copy[at] ?? 0) ^ mask
  return copy
}

/** All eight single-bit flips of a byte. */
export const EVERY_BIT = [1, 2, 4, 8, 16, 32, 64, 128]
