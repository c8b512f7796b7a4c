// draft attach: the payee list an imported draft speaks of. Rows go to the vault; the draft keeps count, total and digest.
import { attachList, type Attached } from '../app/lists/attach.ts'
import { sha256HexSchema } from '../domain/ids.ts'
import type { KeptDraft } from '../domain/draft.ts'
import { grouped } from '../domain/money.ts'
import { ledgerViews } from '../app/read/ledgers.ts'
import { openDirectory } from '../app/township/directory.ts'
import { fault } from './faults.ts'
import { readBytes } from './files.ts'
import { both, faultLine } from './import.ts'
import { openData } from './open-data.ts'
import { withPersons } from './persons.ts'
import { opened, type Session } from './session.ts'

export interface DraftAttachOptions {
  readonly month?: string
}

interface Wanted extends DraftAttachOptions {
  /** The draft's id, its beginning, or its row in the sheet. */
  readonly id: string
  readonly file: string
}

/** Exit 1 when the list was refused: nothing is kept then. */
export async function draftAttach(session: Session, wanted: Wanted): Promise<0 | 1> {
  session.requireData()
  const { id, file, month } = wanted
  if (month !== undefined && !/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month)) {
    throw fault('valueMalformed', { option: '--month', found: month, expected: 'yyyy-mm' })
  }
  const bytes = await readBytes(session, file)
  const villages = await session.reading((reading) =>
    Promise.resolve(
      ledgerViews(reading)
        .filter(({ kind }) => kind === 'village')
        .map(({ origin }) => origin),
    ),
  )
  const { drafts: draftsFile } = session.paths
  const attached = await openData(session, { keys: session.keys() }, ({ store }) =>
    withPersons(session, {}, async (vault) => {
      const directory = await openDirectory(store, vault, villages)
      const drafts = await opened(draftsFile, () => session.world.doors.drafts(draftsFile))
      try {
        const draft = chosen(await drafts.list({ state: 'waiting', limit: DRAFTS_MAX }), id)
        return await attachList(
          bytes,
          { draft, ...(month === undefined ? {} : { month }) },
          {
            drafts,
            ledgerOf: (company) => directory.ledgerOf(company),
            vault,
            random: session.world.random,
          },
        )
      } finally {
        await drafts.close()
      }
    }),
  )
  return told(session, attached)
}

const DRAFTS_MAX = 1000

/** Among those that wait for a list: by id, by how it begins, or by row. @throws CliFault `notFound`, `draftAmbiguous` */
function chosen(waiting: readonly KeptDraft[], wanted: string): KeptDraft {
  const lacking = waiting.filter(({ draft }) => draft?.needsList === true)
  const fits = lacking.filter(({ id, draft }) =>
    /^\d{1,6}$/.test(wanted) ? String(draft?.line) === wanted : id.startsWith(wanted),
  )
  const [draft, ...more] = fits
  if (draft === undefined) throw fault('notFound', { what: wanted })
  if (more.length > 0) {
    const known = fits.map(({ id }) => sha256HexSchema.parse(id).slice(0, 12)).join(' ')
    throw fault('draftAmbiguous', { found: wanted, known })
  }
  return draft
}

function told(session: Session, attached: Attached): 0 | 1 {
  if ('faults' in attached) {
    const { faults } = attached
    session.print({ faults: faults.map((one) => ({ ...one, ...both(one) })) }, () =>
      faults.map((one) => faultLine(session, one)),
    )
    return 1
  }
  const { list } = attached
  session.print(attached, () => [
    session.say({
      zh: `已附发放表：${list.count}人，${grouped(list.total)}元，摘要${list.digest}`,
      en: `List attached: ${list.count} persons, ${grouped(list.total)} yuan, digest ${list.digest}`,
    }),
  ])
  return 0
}
