// Looks for one thing by its id, in the ledger that was named or in all of them.
import type { Origin } from '../domain/ids.ts'
import type { Language } from '../domain/language.ts'
import { type Names, namesOf } from '../app/read/names.ts'
import type { Reading } from '../app/read/port.ts'
import { ledgerViews } from '../app/read/ledgers.ts'
import { fault } from './faults.ts'
import { chosenLedgers, type Session } from './session.ts'

export interface ShowOptions {
  readonly ledger?: string
}

interface How {
  readonly names: Names
  readonly language: Language
}

/**
 * Numbers are unique in their ledger only: where several have one, the ledger must be named.
 * @throws CliFault `notFound`, `idAmbiguous`
 */
export async function found<V>(
  session: Session,
  wanted: { readonly id: string } & ShowOptions,
  look: (reading: Reading, ledger: Origin, how: How) => Promise<V | undefined> | V | undefined,
): Promise<V> {
  const { language } = session
  return session.reading(async (reading) => {
    const views: { readonly ledger: Origin; readonly view: V }[] = []
    for (const { origin } of chosenLedgers(reading, wanted.ledger)) {
      const names = namesOf(reading, origin, { language, persons: reading.person })
      const view = await look(reading, origin, { names, language })
      if (view !== undefined) views.push({ ledger: origin, view })
    }
    const [first, ...more] = views
    if (first === undefined) throw fault('notFound', { what: wanted.id })
    if (more.length > 0) {
      const all = ledgerViews(reading)
      const known = views
        .map(({ ledger }) => all.find(({ origin }) => origin === ledger)?.name ?? ledger)
        .join(language === 'zh' ? '、' : ', ')
      throw fault('idAmbiguous', { found: wanted.id, known })
    }
    return first.view
  })
}
