// A page of text as a PDF, always the same bytes for the same text: what stands behind the digests of a demonstration. The
// letters are the reader's own (every PDF reader knows this Chinese font by name), so a page has some hundred bytes.
const WIDTH = 595
const HEIGHT = 842
const MARGIN = 72
const LINE = 24
const TITLE = 16
const TEXT = 11
const PER_LINE = 40

/** One line of the text a paragraph; long ones are folded, what does not fit the page is left out. */
export function pdfOf(text: string): Uint8Array {
  const lines = text.split('\n').flatMap(foldedAt)
  const rows = lines.slice(0, Math.floor((HEIGHT - 2 * MARGIN) / LINE)).map((line, i) => {
    const size = i === 0 ? TITLE : TEXT
    return `/F ${size} Tf 1 0 0 1 ${MARGIN} ${HEIGHT - MARGIN - i * LINE} Tm <${hexOf(line)}> Tj`
  })
  const content = `BT\n${rows.join('\n')}\nET`
  return Buffer.from(
    fileOf([
      '<</Type/Catalog/Pages 2 0 R>>',
      '<</Type/Pages/Kids[3 0 R]/Count 1>>',
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${WIDTH} ${HEIGHT}]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>`,
      `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
      '<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>',
      '<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 7 0 R>>',
      '<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>',
    ]),
    'latin1',
  )
}

function foldedAt(line: string): readonly string[] {
  const signs = [...line]
  const parts = Math.max(1, Math.ceil(signs.length / PER_LINE))
  return Array.from({ length: parts }, (_, i) =>
    signs.slice(i * PER_LINE, (i + 1) * PER_LINE).join(''),
  )
}

/** UTF-16, as the encoding asks. */
const hexOf = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex')

function fileOf(objects: readonly string[]): string {
  let file = '%PDF-1.4\n'
  const places = objects.map((object, i) => {
    const place = file.length
    file += `${i + 1} 0 obj\n${object}\nendobj\n`
    return place
  })
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`)
  const count = objects.length + 1
  return `${file}xref\n0 ${count}\n0000000000 65535 f \n${rows.join('')}trailer\n<</Size ${count}/Root 1 0 R>>\nstartxref\n${file.length}\n%%EOF\n`
}
