// JSON as a form may bring it: UTF-8, one value a key, not nested without end. JSON.parse takes the last of two equal keys in
// silence, so that a proxy before us and we could read two different forms.
const DEPTH_MAX = 32

/** `malformed`: no JSON, or nested too deep. `repeated`: a key stands twice in one object. */
export type JsonFault = 'malformed' | 'repeated'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function readJson(
  bytes: Uint8Array,
): { readonly value: unknown } | { readonly fault: JsonFault } {
  try {
    const text = decoder.decode(bytes)
    const value: unknown = JSON.parse(text)
    const fault = faultIn(text)
    return fault === undefined ? { value } : { fault }
  } catch {
    return { fault: 'malformed' }
  }
}

/** Looks through a text that is JSON already: only strings and braces need to be told apart. */
function faultIn(text: string): JsonFault | undefined {
  /** Keys of the objects around, undefined for an array. */
  const around: (Set<string> | undefined)[] = []
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '{':
      case '[':
        if (around.length === DEPTH_MAX) return 'malformed'
        around.push(text[at] === '{' ? new Set() : undefined)
        break
      case '}':
      case ']':
        around.pop()
        break
      case '"': {
        const end = endOfString(text, at)
        const keys = around.at(-1)
        const key = isKey(text, end) ? (JSON.parse(text.slice(at, end + 1)) as string) : undefined
        if (key !== undefined && keys?.has(key) === true) return 'repeated'
        if (key !== undefined) keys?.add(key)
        at = end
        break
      }
      default:
    }
  }
  return undefined
}

/** Where the closing quote stands. */
function endOfString(text: string, from: number): number {
  let at = from + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}

/** A colon follows a key and nothing else. */
function isKey(text: string, end: number): boolean {
  let at = end + 1
  while (' \t\n\r'.includes(text[at] ?? '.')) at++
  return text[at] === ':'
}
