// What is wrong with a sheet, as it is sent: every fault with its code and in both languages, for the sheet goes back to whoever
// made it.
import { z } from 'zod'
import { explainFault, type Fault } from '../app/import/faults.ts'
import { type Notice, sayNotice } from '../app/import/notices.ts'
import type { Language } from '../domain/language.ts'
import type { FieldFault } from './problem.ts'

const both = z.strictObject({ zh: z.string(), en: z.string() })

export const faultSchema = z.strictObject({
  code: z.string(),
  column: z.string().optional(),
  found: z.string().optional(),
  wrong: both,
  remedy: both,
})

export const noticeSchema = z.strictObject({
  code: z.string(),
  line: z.int(),
  column: z.string().optional(),
  said: both,
})

export function bothFault(fault: Fault): z.infer<typeof faultSchema> {
  const { code, column, found } = fault
  const [zh, en] = [explainFault(fault, 'zh'), explainFault(fault, 'en')]
  return {
    code,
    ...(column === undefined ? {} : { column }),
    ...(found === undefined ? {} : { found }),
    wrong: { zh: zh.wrong, en: en.wrong },
    remedy: { zh: zh.remedy, en: en.remedy },
  }
}

export function bothNotice(notice: Notice): z.infer<typeof noticeSchema> {
  const { code, line, column } = notice
  return {
    code,
    line,
    ...(column === undefined ? {} : { column }),
    said: { zh: sayNotice(notice, 'zh'), en: sayNotice(notice, 'en') },
  }
}

const FIELDS_MAX = 50

/** Of a sheet that cannot be shown at all: row and column in the place of a path. */
export const fieldsOf = (faults: readonly Fault[], language: Language): readonly FieldFault[] =>
  faults.slice(0, FIELDS_MAX).map((fault) => {
    const { wrong, remedy } = explainFault(fault, language)
    const place = [String(fault.line), fault.column ?? fault.params['header'] ?? '']
    return {
      path: place.filter((part) => part !== '').join(' '),
      code: fault.code,
      detail: `${wrong}。${remedy}`,
    }
  })
