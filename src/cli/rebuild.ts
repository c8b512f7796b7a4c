// rebuild: the read tables dropped and folded again from the entries.
import { openData } from './open-data.ts'
import type { Session } from './session.ts'

export async function rebuild(session: Session): Promise<void> {
  session.requireData()
  await openData(session, { keys: session.keys() }, async (opened) => {
    const { streams } = opened.rebuild()
    session.print({ streams }, () => [
      session.say({
        zh: `✓ 已由账本重建读表（${streams} 个流）`,
        en: `✓ Read tables rebuilt from the ledgers (${streams} streams)`,
      }),
    ])
  })
}
