// A process that takes files in until it is killed: `half` stops in the middle of one, `many` says each that is kept.
import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { keep, openFiles, pieces } from './attachment-files.ts'

const [path = '', mode = ''] = process.argv.slice(2)
const opened = await openFiles(path, () => Date.now())
// a line must be out before the next file begins
const say = promisify((line: string, done: () => void) => process.stdout.write(`${line}\n`, done))

async function* halfOfOne(): AsyncGenerator<Uint8Array> {
  yield* pieces(randomBytes(100_000))
  await say('half')
  // what keeps it alive
  process.stdin.resume()
  await new Promise(() => {})
}

if (mode === 'half') await opened.files.receive(halfOfOne(), 1024 * 1024)
else for (;;) await say(await keep(opened, randomBytes(20_000)))
