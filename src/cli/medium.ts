// Where the heads are kept: beside the database they come back with it when the whole folder is restored, and tell nothing.
import { statSync } from 'node:fs'
import type { Sentence } from '../domain/language.ts'
import { systemCode } from './faults.ts'
import type { Paths, Session } from './session.ts'

/** False where database and heads lie on one device, or no head was ever kept. */
export function onSecondMedium({ ledger, heads }: Pick<Paths, 'ledger' | 'heads'>): boolean {
  try {
    return statSync(heads).dev !== statSync(ledger).dev
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false
    throw error
  }
}

const hint: Sentence = {
  zh: '提示：库外检查点与数据库在同一介质，整个目录被回退时看不出来；请用 --heads 放到另一介质',
  en: 'Hint: the heads lie on the medium of the database; a restore of the whole folder would not be seen. Put them on another with --heads',
}

/** A line for people, where there is something to say. */
export const mediumHint = (session: Session): readonly string[] =>
  onSecondMedium(session.paths) ? [] : [session.say(hint)]
