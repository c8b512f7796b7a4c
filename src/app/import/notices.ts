// What an import changed or left out without harm: told, and never in the way.
import { fill, type Language, type Sentence } from '../../domain/language.ts'

/** What was changed or left out without harm. */
export const notices = {
  normalised: {
    zh: '文字已转为标准形式（NFC、半角数字）',
    en: 'Text was put into its standard form (NFC, ordinary digits)',
  },
  columnIgnored: { zh: '不认识的列，未导入', en: 'Unknown column, not imported' },
  titleSkipped: { zh: '标题之上的{to}行，未导入', en: '{to} rows above the header, not imported' },
  headerJoined: { zh: '两行标题合并识别', en: 'A header of two rows was read as one' },
  sheetsSkipped: {
    zh: '只导入第一个可见的工作表；未导入：{to}',
    en: 'Only the first visible sheet is imported; left out: {to}',
  },
  totalSkipped: { zh: '合计行，未导入', en: 'A row of totals, not imported' },
  repeated: {
    zh: '与第{to}行完全相同，按两笔导入；如属重复录入，请删去一行',
    en: 'The same as row {to} and imported as a second payment; delete one if it was typed twice',
  },
} as const satisfies Record<string, Sentence>

export interface Notice {
  readonly code: keyof typeof notices
  readonly line: number
  readonly column?: string
  readonly from?: string
  readonly to?: string
}

/** A notice in one language. */
export const sayNotice = ({ code, to = '' }: Notice, language: Language): string =>
  fill(notices[code][language], { to })
