// attachment check: are the files there that the ledgers' entries name?
import { checkAttachments, type Unwell } from '../app/attachments/upkeep.ts'
import type { Sentence } from '../domain/language.ts'
import { withAttachments } from './attachments.ts'
import { chosenLedgers, type Session } from './session.ts'

export interface CheckOptions {
  readonly ledger?: string
  readonly read?: boolean
}

const faults: Readonly<Record<Unwell['fault'], Sentence>> = {
  missing: { zh: '没有存', en: 'not kept' },
  altered: { zh: '被改动', en: 'altered' },
  erased: { zh: '已依法删除', en: 'erased by law' },
}
const SHOWN = 100

/** Exit 1 when a file was altered. One that is missing is told and no more: the ledger stands without it. */
export async function attachmentCheck(session: Session, options: CheckOptions): Promise<0 | 1> {
  session.requireData()
  const { ledger, read = false } = options
  const found = await withAttachments(session, {}, (files) =>
    session.reading(async (reading) => {
      const unwell: Unwell[] = []
      let named = 0
      for (const { origin } of chosenLedgers(reading, ledger)) {
        const ports = { files, ledgers: reading.ledgers }
        for await (const one of checkAttachments(ports, origin, { read })) {
          named += 1
          if ('fault' in one) unwell.push(one)
        }
      }
      return { named, unwell }
    }),
  )
  const { named, unwell } = found
  const counted = (fault: Unwell['fault']) => unwell.filter((one) => one.fault === fault).length
  const totals = {
    named,
    missing: counted('missing'),
    altered: counted('altered'),
    erased: counted('erased'),
  }
  session.print({ ...totals, unwell }, () => [
    session.say({
      zh: `账本记录列附件${named}次：没有存${totals.missing}，被改动${totals.altered}，已依法删除${totals.erased}`,
      en: `Entries name files ${named} times: ${totals.missing} not kept, ${totals.altered} altered, ${totals.erased} erased by law`,
    }),
    ...unwell
      .slice(0, SHOWN)
      .map(
        ({ fault, ledger: of, seq, type, file }) =>
          `${session.say(faults[fault])}  ${of} #${seq} ${type} ${file.paper ?? file.field} ${file.sha256}`,
      ),
  ])
  return totals.altered > 0 ? 1 : 0
}
