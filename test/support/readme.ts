// The commands a README prints, as a reader would copy them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

/** Every line of the plain code blocks, without its comment, in order. */
export function commandsOf(readme: string): readonly string[] {
  const text = readFileSync(join(root, readme), 'utf8')
  return [...text.matchAll(/^```\n([^]*?)^```$/gm)].flatMap(([, block = '']) =>
    block
      .split('\n')
      .map((line) => line.replace(/\s+#.*$/, '').trim())
      .filter((line) => line !== ''),
  )
}
