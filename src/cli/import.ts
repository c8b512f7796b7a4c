// import: requests as accountants export them; good rows become drafts, every bad one is told.
import { explainFault, type Fault } from '../app/import/faults.ts'
import { type Notice, sayNotice } from '../app/import/notices.ts'
import { importRequests, type ImportReport } from '../app/import/import-requests.ts'
import { ledgerViews } from '../app/read/ledgers.ts'
import { openDirectory } from '../app/township/directory.ts'
import { readBytes } from './files.ts'
import { openData } from './open-data.ts'
import { withPersons } from './persons.ts'
import { opened, type Session } from './session.ts'

/** Exit 1 when a row was left out. */
export async function importFile(session: Session, file: string): Promise<0 | 1> {
  session.requireData()
  const bytes = await readBytes(session, file)
  const villages = await session.reading((reading) =>
    Promise.resolve(
      ledgerViews(reading)
        .filter(({ kind }) => kind === 'village')
        .map(({ origin }) => origin),
    ),
  )
  const { drafts: draftsFile } = session.paths
  const report = await openData(session, { keys: session.keys() }, ({ store }) =>
    withPersons(session, {}, async (vault) => {
      const directory = await openDirectory(store, vault, villages)
      const drafts = await opened(draftsFile, () => session.world.doors.drafts(draftsFile))
      try {
        return await importRequests(bytes, { directory, drafts })
      } finally {
        await drafts.close()
      }
    }),
  )
  tellReport(session, report)
  return report.faults.length === 0 ? 0 : 1
}

function tellReport(session: Session, report: ImportReport): void {
  const { added, known, faults, notices } = report
  session.print({ ...report, faults: faults.map((one) => ({ ...one, ...both(one) })) }, () => [
    ...faults.map((one) => faultLine(session, one)),
    ...notices.flatMap((one) => noticeLine(session, one)),
    session.say({
      zh: `新增 ${added} 条草稿，${known} 条此前已导入，${faults.length} 处错误，${notices.length} 处提示`,
      en: `${added} drafts added, ${known} known before, ${faults.length} faults, ${notices.length} notices`,
    }),
    session.say({
      zh: '查看草稿：five-musts draft list（哪些待提交、还缺什么）',
      en: 'See the drafts: five-musts draft list (which wait, and what they lack)',
    }),
  ])
}

/** What was only put into standard form is counted, not told cell by cell. */
function noticeLine({ language }: Session, one: Notice): readonly string[] {
  if (one.code === 'normalised') return []
  const line = language === 'zh' ? `第${one.line}行` : `row ${one.line}`
  const column = one.column === undefined ? '' : ` ${one.column}`
  return [`· ${line}${column}: ${sayNotice(one, language)}`]
}

/** In both languages, for programs. */
export const both = (one: Fault) => ({ zh: explainFault(one, 'zh'), en: explainFault(one, 'en') })

/** One fault of a sheet as a line. */
export function faultLine({ language }: Session, one: Fault): string {
  const { wrong, remedy } = explainFault(one, language)
  const line = language === 'zh' ? `第${one.line}行` : `row ${one.line}`
  const column = one.column === undefined ? '' : ` ${one.column}`
  const found = one.found === undefined ? '' : ` [${one.found}]`
  return `✗ ${one.line === 0 ? '' : line}${column}${found}: ${wrong}。${remedy}`
}
