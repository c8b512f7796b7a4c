// ledger list: the ledgers here, with the keys by which others verify them.
import { clockText } from '../app/clock-text.ts'
import { ledgerViews } from '../app/read/ledgers.ts'
import type { Session } from './session.ts'
import { table } from './table.ts'
import { words } from './words.ts'

export async function ledgerList(session: Session): Promise<void> {
  const { language } = session
  const word = words[language]
  await session.reading(async (reading) => {
    const ledgers = ledgerViews(reading)
    session.print({ ledgers }, () =>
      table(
        [
          { title: word.name },
          { title: word.ledger },
          { title: word.entries, align: 'right' },
          { title: word.newest },
          { title: word.vkey },
        ],
        ledgers.map(({ name, origin, size, at, sealed, vkey }) => [
          sealed ? `${name}（${word.sealed}）` : name,
          origin,
          String(size),
          clockText(at),
          vkey,
        ]),
      ),
    )
  })
}
