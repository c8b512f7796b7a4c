// ledger show: one ledger with its key and its newest checkpoint, to be kept elsewhere (verify --against).
import { clockText } from '../app/clock-text.ts'
import { mediumHint, onSecondMedium } from './medium.ts'
import { chosenLedgers, type Session } from './session.ts'
import { pairs } from './table.ts'
import { ledgerKind, words } from './words.ts'

export async function ledgerShow(session: Session, name: string): Promise<void> {
  const word = words[session.language]
  await session.reading(async (reading) => {
    const [view] = chosenLedgers(reading, name)
    if (view === undefined) return
    const { origin, kind, size, at, sealed, township, vkey, root } = view
    const checkpoint = reading.ledgers.checkpoint(origin)?.note ?? ''
    const secondMedium = onSecondMedium(session.paths)
    session.print({ ...view, checkpoint, secondMedium }, () => [
      ...pairs([
        [word.name, view.name],
        [word.ledger, origin],
        [word.kind, ledgerKind(kind, session.language)],
        ...(township === undefined ? [] : ([[word.township, township]] as const)),
        [word.entries, String(size)],
        [word.newest, clockText(at)],
        [word.sealed, sealed ? word.yes : word.no],
        [word.root, root],
        [word.vkey, vkey],
      ]),
      ...mediumHint(session),
      '',
      checkpoint.trimEnd(),
    ])
  })
}
