// XML that is nothing else: well-formed to its end, no document type (entities), no style sheet, nothing a browser would run.
import { TextDecoder } from 'node:util'
import sax from 'sax'
import type { FileReader } from '../../domain/attachment.ts'
import { chunksOf } from './chunks.ts'

const HEAD = 200
/** What invoices and statements are written in. */
const encodings: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'gbk', 'gb2312', 'gb18030'])
const FOREIGN = /^http:\/\/www\.w3\.org\/(?:1999\/xhtml|2000\/svg|1999\/XSL\/Transform)$/
const ACTIVE: ReadonlySet<string> = new Set(['html', 'script', 'svg', 'iframe'])

/**
 * No paper comes near them. The parser keeps what is open in memory and looks through all attributes of a tag for each of them:
 * without limits one file would take all memory, another the processor for hours.
 */
const DEPTH_MAX = 256
const ATTRIBUTES_MAX = 1000
const TAGS_MAX = 500_000

export async function isPlainXml(reader: FileReader): Promise<boolean> {
  const decoder = decoderFor(await reader.read(0, HEAD))
  if (decoder === undefined) return false
  const parser = sax.parser(true, { xmlns: true })
  const seen = { fault: false, root: false, depth: 0, tags: 0 }
  const fault = (): void => {
    seen.fault = true
  }
  Object.assign(parser, {
    onerror: fault,
    ondoctype: fault,
    onprocessinginstruction({ name }: { readonly name: string }) {
      if (name !== 'xml') fault()
    },
    onopentag(tag: sax.QualifiedTag) {
      // a second root the parser takes for granted
      if (seen.root && seen.depth === 0) fault()
      seen.root = true
      seen.depth += 1
      seen.tags += 1
      if (seen.depth > DEPTH_MAX || seen.tags > TAGS_MAX) fault()
      if (Object.keys(tag.attributes).length > ATTRIBUTES_MAX) fault()
      if (FOREIGN.test(tag.uri) || ACTIVE.has(tag.local.toLowerCase())) fault()
    },
    onclosetag() {
      seen.depth -= 1
    },
  })
  try {
    for await (const bytes of chunksOf(reader)) {
      parser.write(decoder.decode(bytes, { stream: true }))
      // of a tag that is still being read
      if (seen.fault || attributesIn(parser) > ATTRIBUTES_MAX) return false
    }
    parser.write(decoder.decode()).close()
  } catch {
    // bytes that are none of the encoding, or what the parser has said already
    return false
  }
  return seen.root && !seen.fault
}

/** So far, of the tag that is being read. */
function attributesIn(parser: object): number {
  const { attribList } = parser as { readonly attribList?: readonly unknown[] }
  return attribList?.length ?? 0
}

/** By what its first line says, in letters every one of these encodings shares; undefined where it does not begin as XML. */
function decoderFor(head: Uint8Array): TextDecoder | undefined {
  const text = Buffer.from(head)
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
  if (!/^<[?!A-Za-z_\x80-\xff]/.test(text)) return undefined
  const named = /^<\?xml\s[^>]*?encoding\s*=\s*["']([\w-]{1,20})["']/.exec(text)?.[1] ?? 'utf-8'
  const encoding = named.toLowerCase()
  return encodings.has(encoding) ? new TextDecoder(encoding, { fatal: true }) : undefined
}
