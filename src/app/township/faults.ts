// What can be wrong with a township file: a stable code each, the place in the file, and both languages.
import { fill, type Language, type Sentence } from '../../domain/language.ts'

export const townshipFaults = {
  jsonMalformed: {
    zh: '不是有效的JSON：{detail}',
    en: 'Not valid JSON: {detail}',
  },
  required: { zh: '缺少此项', en: 'This is missing' },
  wrongType: { zh: '类型不对，应为{expected}', en: 'Of the wrong type; expected {expected}' },
  unknownField: { zh: '不认识的字段：{fields}', en: 'Unknown field: {fields}' },
  notOneOf: { zh: '只能是：{choices}', en: 'Must be one of: {choices}' },
  valueMalformed: { zh: '格式不对', en: 'Malformed' },
  tooFew: { zh: '太短或太少，至少{least}', en: 'Too short or too few; at least {least}' },
  tooMany: { zh: '太长或太多，至多{most}', en: 'Too long or too many; at most {most}' },
  textUnclean: {
    zh: '含有账本不收的字符（控制字符、方向符，或不是NFC形式）',
    en: 'Holds characters no ledger takes (controls, direction marks, or not in NFC form)',
  },
  personUnknown: { zh: '没有编号为{key}的人', en: 'There is no person with the key {key}' },
  keyTwice: {
    zh: '编号{key}已用于{other}',
    en: 'The key {key} is already used at {other}',
  },
  codeTwice: {
    zh: '区划代码与{other}相同',
    en: 'The division code is the same as at {other}',
  },
  codeOutside: {
    zh: '区划代码应以本镇的{prefix}开头，且不以000结尾',
    en: "The code must begin with the township's {prefix} and not end in 000",
  },
  townshipCode: {
    zh: '镇的区划代码应以000结尾',
    en: "A township's code ends in 000",
  },
  nameTwice: { zh: '名称与{other}相同', en: 'The name is the same as at {other}' },
  officeMisplaced: {
    zh: '{kind}不设在此机构',
    en: '{kind} does not sit in this organisation',
  },
  officeMissing: {
    zh: '缺少由人担任的职务：{kind}',
    en: 'An office must be held here: {kind}',
  },
  birthdayAhead: {
    zh: '生日晚于建账之日',
    en: 'The birthday lies after the founding',
  },
  capacityImpossible: {
    zh: '未满16周岁不能是完全民事行为能力人（民法典第18条）',
    en: 'Nobody under 16 has full civil capacity (Civil Code Art 18)',
  },
  alreadyFounded: {
    zh: '账本{origin}已经存在',
    en: 'The ledger {origin} exists already',
  },
  refused: { zh: '{no}；{remedy}', en: '{no}. {remedy}' },
} as const satisfies Record<string, Sentence>

export type TownshipFaultCode = keyof typeof townshipFaults

export interface TownshipFault {
  readonly code: TownshipFaultCode
  /** As in `villages[0].companies[1].offices[3].holder`; `''` for the file as a whole. */
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  /** Where the two languages do not share their params: what the law said, in each. */
  readonly said?: Sentence
}

export type Path = readonly (string | number)[]

export const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')

export const townshipFault = (
  code: TownshipFaultCode,
  path: Path,
  params: Readonly<Record<string, string>> = {},
): TownshipFault => ({ code, path: pathText(path), params })

/** One line: the place, what is wrong. */
export function sayTownshipFault(
  { code, path, params, said }: TownshipFault,
  language: Language,
): string {
  const what = said?.[language] ?? fill(townshipFaults[code][language], params)
  return path === '' ? what : `${path}: ${what}`
}
