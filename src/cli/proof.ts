// proof: one entry with everything that proves it, in one file; verify-proof: does such a file hold?
import { nodeCrypto } from '../app/crypto.ts'
import { proofOf } from '../app/export.ts'
import { fromUtf8, toHex } from '../ledger/bytes.ts'
import { FormatError } from '../ledger/error.ts'
import { parseVkey, type VerifierKey } from '../ledger/note.ts'
import { type ProvenEntry, verifyProofFile } from '../ledger/proof-file.ts'
import { fault } from './faults.ts'
import { readText, writeText } from './files.ts'
import { chosenLedgers, type Session, wholeNumber } from './session.ts'
import { pairs } from './table.ts'
import { words } from './words.ts'

export interface ProofOptions {
  readonly ledger: string
  readonly seq: string
  readonly out: string
}

export async function writeProofFile(session: Session, options: ProofOptions): Promise<void> {
  const seq = wholeNumber('--seq', options.seq)
  await session.reading(async (reading) => {
    const [view] = chosenLedgers(reading, options.ledger)
    if (view === undefined) return
    const { origin, size, vkey } = view
    if (seq >= size) throw fault('entryBeyond', { size: String(size), seq: options.seq })
    await writeText(session, options.out, proofOf(nodeCrypto, reading.ledgers, { origin, seq }))
    const word = words[session.language]
    session.print({ ledger: origin, seq, size, file: options.out, vkey }, () =>
      pairs([
        [word.ledger, origin],
        [word.entry, `#${seq}`],
        [word.file, options.out],
        [word.vkey, vkey],
      ]),
    )
  })
}

export interface VerifyProofOptions {
  /** The key's text, or a file that holds it. */
  readonly vkey: string
}

/** Exit 0 when it holds, 1 when not. */
export async function verifyProof(
  session: Session,
  file: string,
  options: VerifyProofOptions,
): Promise<void> {
  const text = await readText(session, file)
  const key = await givenKey(session, options.vkey)
  const proven = proved(text, key)
  const { index, checkpoint } = proven
  const entry = fromUtf8(proven.entryBytes)
  const word = words[session.language]
  const found = {
    holds: true,
    ledger: checkpoint.origin,
    seq: index,
    size: checkpoint.size,
    root: toHex(checkpoint.root),
  }
  session.print({ ...found, entry }, () => [
    session.say({ zh: '✓ 证明成立', en: '✓ The proof holds' }),
    ...pairs([
      [word.ledger, checkpoint.origin],
      [word.entry, `#${index}`],
      [word.checkpoint, `${checkpoint.size}  ${toHex(checkpoint.root)}`],
    ]),
    entry,
  ])
}

function proved(text: string, key: VerifierKey): ProvenEntry {
  try {
    return verifyProofFile(nodeCrypto, text, key)
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause
    throw fault('proofInvalid', { detail: cause.code }, { exitCode: 1, cause })
  }
}

/** A verifier key as typed, or from a file. @throws CliFault */
export async function givenKey(session: Session, given: string): Promise<VerifierKey> {
  const text = given.includes('+') ? given : (await readText(session, given)).trim()
  try {
    return parseVkey(nodeCrypto, text)
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause
    throw fault('vkeyMalformed', { detail: cause.code }, { cause })
  }
}
