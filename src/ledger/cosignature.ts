// A witness's line under a checkpoint (C2SP tlog-cosignature, Ed25519): "as of this time, this is
// the largest consistent tree I have seen for this origin".
import { utf8 } from './bytes.ts'
import type { LedgerCrypto } from './crypto.ts'
import { keyOfLine, NoteError, parseTypedVkey, splitNote, type VerifierKey } from './note.ts'

const COSIGNATURE = 0x04
const TIME_BYTES = 8

/** A verified cosignature; `time` in seconds since 1970, as the witness's clock had it. */
export interface Cosignature {
  readonly name: string
  readonly time: number
}

/** A witness's vkey (type 4; no log key can be taken for one); throws a NoteError. */
export function parseWitnessVkey(c: LedgerCrypto, text: string): VerifierKey {
  return parseTypedVkey(c, text, COSIGNATURE)
}

/**
 * The cosignatures by the given witnesses under a note, none if they did not sign. Throws a
 * NoteError as openNote does when a known witness's line does not verify. Says nothing of the
 * ledger's own signature.
 */
export function openCosignatures(
  c: LedgerCrypto,
  note: string,
  witnesses: readonly VerifierKey[],
): readonly Cosignature[] {
  const { text, signatures } = splitNote(note)
  const verified = new Map<string, Cosignature>()
  for (const line of signatures) {
    const key = keyOfLine(witnesses, line)
    if (key === undefined) continue
    const time = timeOf(line.signature)
    const message = utf8(`cosignature/v1\ntime ${time ?? ''}\n${text}`)
    const signature = line.signature.subarray(TIME_BYTES)
    if (time === undefined || !c.verify(key.publicKey, message, signature)) {
      throw new NoteError('badSignature', `cosignature by ${key.name} does not verify`)
    }
    verified.set(key.name, { name: key.name, time })
  }
  return [...verified.values()]
}

function timeOf(payload: Uint8Array): number | undefined {
  if (payload.length !== TIME_BYTES + 64) return undefined
  const view = new DataView(payload.buffer, payload.byteOffset, TIME_BYTES)
  const time = Number(view.getBigUint64(0))
  return Number.isSafeInteger(time) ? time : undefined
}
