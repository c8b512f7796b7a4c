// Another process that writes the same file: it carries out the commands it is given as JSON, and ends.
import { randomBytes } from 'node:crypto'
import process from 'node:process'
import { openSqlite } from '../../db/open.ts'
import { presentCalendar } from '../../src/app/calendars.ts'
import { nodeCrypto } from '../../src/app/crypto.ts'
import { perform } from '../../src/app/perform.ts'
import { workings } from '../../src/app/workings.ts'
import type { Command } from '../../src/domain/command.ts'
import { signerOf } from './township-data.ts'

const [file = '', now = '', text = '[]'] = process.argv.slice(2)
const { store } = await openSqlite({
  file,
  workings,
  crypto: nodeCrypto,
  signer: signerOf,
  clock: () => Date.parse(now),
  nonce: () => randomBytes(16).toString('base64url'),
  calendar: presentCalendar,
})
for (const command of JSON.parse(text) as readonly Command[]) {
  const outcome = await perform({ store }, command)
  if ('refused' in outcome) throw new Error(`${command.type}: ${outcome.refused.code}`)
}
await store.close()
