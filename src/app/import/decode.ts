// Bytes to text: UTF-8 with or without a mark, else GB18030, which spreadsheets in China write by default.
import type { Fault } from './faults.ts'

const MAX_BYTES = 5 * 1024 * 1024

/** First bytes of workbook files: zip (xlsx, ods) and OLE (xls, et). */
const workbooks = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
]

export type Encoding = 'utf-8' | 'gb18030'
export type Decoded =
  | { readonly text: string; readonly encoding: Encoding }
  | { readonly fault: Fault }

const wholeFile = (
  code: Fault['code'],
  params: Fault['params'] = {},
): { readonly fault: Fault } => ({
  fault: { code, line: 0, params },
})

export function decode(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) return wholeFile('fileEmpty')
  if (bytes.length > MAX_BYTES)
    return wholeFile('fileTooLarge', { limit: `${MAX_BYTES / 1024 / 1024} MB` })
  if (workbooks.some((mark) => mark.every((byte, at) => bytes[at] === byte)))
    return wholeFile('spreadsheetFile')
  if (bytes.includes(0)) return wholeFile('binaryFile')
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const encodings: readonly Encoding[] = marked ? ['utf-8'] : ['utf-8', 'gb18030']
  for (const encoding of encodings) {
    const text = strictly(encoding, bytes)
    if (text === undefined) continue
    return text.trim() === '' ? wholeFile('fileEmpty') : { text, encoding }
  }
  return wholeFile('encodingUnknown')
}

function strictly(encoding: Encoding, bytes: Uint8Array): string | undefined {
  try {
    // the decoder takes the mark away in UTF-8 alone; GB18030 exports may carry one too
    return new TextDecoder(encoding, { fatal: true }).decode(bytes).replace(/^\uFEFF/, '')
  } catch {
    return undefined
  }
}
