// The file in which the heads of one ledger are kept outside its database (ledger-format §16): signed notes one after
// another, only ever appended to. Each stands below a line `== <bytes of the note>`, so that a note which a power cut
// left unfinished is told from one that was altered, and what is appended after it is found again.
import { utf8 } from './bytes.ts'

// Empty line included: after an unfinished note the next frame must still begin a line. No note holds such a line.
const MARK = '\n== '
const FRAME = /^\n== ([1-9]\d{0,5})\n/
const FRAME_MAX = 16

const anyBytes = new TextDecoder('latin1')
const lossy = new TextDecoder('utf-8', { ignoreBOM: true })

/** What is appended for one head. */
export const frameHead = (note: string): string => `${MARK}${utf8(note).length}\n${note}`

/**
 * The notes that are whole, in the order in which they were kept; nothing of them is verified. An unfinished one, shorter
 * than its frame says or with the zeros of sectors never written, is left out. `bytes` may begin inside a note.
 */
export function headsIn(bytes: Uint8Array): readonly string[] {
  const text = anyBytes.decode(bytes)
  const notes: string[] = []
  for (let at = text.indexOf(MARK), next = at; at >= 0; at = next) {
    next = text.indexOf(MARK, at + 1)
    const [line, size] = FRAME.exec(text.slice(at, at + FRAME_MAX)) ?? []
    if (line === undefined || size === undefined) continue
    const from = at + line.length
    const to = from + Number(size)
    if (to > (next < 0 ? bytes.length : next)) continue
    const note = lossy.decode(bytes.subarray(from, to))
    if (!note.includes('\0')) notes.push(note)
  }
  return notes
}
