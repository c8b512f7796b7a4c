// The commands a README prints, as a reader would copy them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

/** Every line of the plain code blocks, without its comment, in order. */
export function commandsOf(readme: string): readonly string[] {
  const commands: string[] = []
  let block: string | undefined
  for (const line of readFileSync(join(root, readme), 'utf8').split('\n')) {
    if (line.startsWith('```')) block = block === undefined ? line.slice(3) : undefined
    else if (block === '') commands.push(line.replace(/\s+#.*$/, '').trim())
  }
  return commands.filter((line) => line !== '')
}
