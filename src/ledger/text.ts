// Which characters may stand in an entry's strings (ledger-format §13): those an inspector sees in
// a text editor as they are, in one spelling only.

const textFaults = [
  'loneSurrogate',
  'controlCharacter',
  'byteOrderMark',
  'bidiControl',
  'noncharacter',
  'notNfc',
] as const
export type TextFault = (typeof textFaults)[number]

export const isTextFault = (code: string): code is TextFault =>
  textFaults.some((fault) => fault === code)

/** What is wrong with a UTF-16 unit outside printable ASCII, LF and surrogates; NFC aside. */
export function faultOfUnit(unit: number): TextFault | undefined {
  if (unit < 0xa0) return 'controlCharacter'
  if (unit < 0x61c || (unit > 0x2069 && unit < 0xfdd0)) return undefined
  if (
    unit === 0x61c ||
    unit === 0x200e ||
    unit === 0x200f ||
    (unit >= 0x202a && unit <= 0x202e) ||
    (unit >= 0x2066 && unit <= 0x2069)
  ) {
    return 'bidiControl'
  }
  if (unit === 0xfeff) return 'byteOrderMark'
  if ((unit >= 0xfdd0 && unit <= 0xfdef) || unit >= 0xfffe) return 'noncharacter'
  return undefined
}

/** What is wrong with the code point read where a surrogate stands; NFC aside. */
export function faultOfPair(point: number): TextFault | undefined {
  if (point < 0x10000) return 'loneSurrogate'
  return (point & 0xfffe) === 0xfffe ? 'noncharacter' : undefined
}

/**
 * True for units that no normalisation to NFC touches, whatever stands around them (Quick_Check
 * yes, combining class 0). False only means that the whole string has to be normalised to know.
 */
export function isQuickNfc(unit: number): boolean {
  return (
    unit < 0x300 ||
    (unit >= 0x4e00 && unit <= 0x9fff) || // Han
    (unit >= 0x3001 && unit <= 0x3029) || // CJK punctuation: 、。《》「」
    (unit >= 0x2010 && unit <= 0x2027) || // dashes and quotation marks
    (unit >= 0xff01 && unit <= 0xff60) // full-width forms
  )
}
