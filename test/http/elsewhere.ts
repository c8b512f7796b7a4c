// Commands carried out by another process on the same file, while the server runs.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Asking } from '../support/law.ts'
import { commandKey } from './client.ts'
import type { Town } from './town.ts'

const script = join(import.meta.dirname, '..', 'support', 'giving.child.ts')
const run = promisify(execFile)

export async function givenElsewhere(town: Town, ...askings: readonly Asking[]): Promise<void> {
  const commands = askings.map((asking) => ({ ...asking, id: commandKey() }))
  const args = ['--import', import.meta.resolve('tsx'), script]
  await run(process.execPath, [...args, town.file, town.later(0), JSON.stringify(commands)])
}
