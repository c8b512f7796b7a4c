// verify --export: a folder of static files, with nothing but the ledger's public key. What anybody else's software can do.
import { resolve } from 'node:path'
import { nodeCrypto } from '../app/crypto.ts'
import { verifyFolder } from '../app/export.ts'
import { remedyOf } from '../app/verify/remedies.ts'
import { type Violation, VIOLATIONS } from '../ledger/violation.ts'
import { vkeyOf } from '../ledger/note.ts'
import { fault } from './faults.ts'
import { readText } from './files.ts'
import { givenKey } from './proof.ts'
import type { Session } from './session.ts'
import { violationLines } from './verify-told.ts'

interface Options {
  readonly vkey?: readonly string[]
  readonly against?: string
}

/** Exit 0 when it is whole, 1 when not. The key must come from elsewhere: a folder that names its own key proves nothing. */
export async function verifyExported(
  session: Session,
  folder: string,
  options: Options,
): Promise<0 | 1> {
  const [text, ...more] = options.vkey ?? []
  if (text === undefined || more.length > 0) throw fault('usage', { detail: '--export --vkey' })
  const key = await givenKey(session, text)
  const vkey = vkeyOf(nodeCrypto, key.name, key.publicKey)
  const outside =
    options.against === undefined ? {} : { against: await readText(session, options.against) }
  const bar = session.bar({ zh: '核验', en: 'verifying' })
  const found: Violation[] = []
  let [verified, size] = [0, 0]
  const path = resolve(session.world.cwd, folder)
  for await (const step of verifyFolder(nodeCrypto, path, { vkey, ...outside })) {
    found.push(...step.violations)
    verified = step.verified
    size = step.size
    bar.show(verified, size)
  }
  bar.clear()
  const clean = found.length === 0
  const spoken = found.map((one) => ({
    ...one,
    sentence: VIOLATIONS[one.code],
    remedy: remedyOf(one.code),
  }))
  session.print({ clean, ledger: key.name, entries: verified, size, violations: spoken }, () => [
    ...violationLines(spoken, session.language),
    session.say(
      clean
        ? { zh: `✓ ${size} 条记录完整无改动`, en: `✓ ${size} entries, whole and unchanged` }
        : { zh: `✗ 发现 ${found.length} 处问题`, en: `✗ ${found.length} violations found` },
    ),
  ])
  return clean ? 0 : 1
}
