// From zod's issue to a sentence of ours: zod speaks one language and not that of a township clerk.
import type { z } from 'zod'
import { fill, type Sentence } from '../../domain/language.ts'
import {
  pathText,
  townshipFault,
  type TownshipFault,
  type TownshipFaultCode,
  townshipFaults,
} from './faults.ts'

type Issue = z.core.$ZodIssue

/** `raw` tells a field that is missing from one that is wrong. */
export function faultOfIssue(issue: Issue, raw: unknown): TownshipFault {
  const { code, params, said } =
    valueAt(raw, issue.path) === undefined ? missing(issue) : worded(issue)
  const made = { ...townshipFault(code, [], params), path: pathText(issue.path) }
  return said === undefined ? made : { ...made, said }
}

interface Worded {
  readonly code: TownshipFaultCode
  readonly params: Readonly<Record<string, string>>
  readonly said?: Sentence
}

const types: Readonly<Record<string, Sentence>> = {
  string: { zh: '加引号的文字', en: 'a text in quotes' },
  number: { zh: '数字（不加引号）', en: 'a number without quotes' },
  int: { zh: '整数（不加引号）', en: 'a whole number without quotes' },
  boolean: { zh: 'true 或 false', en: 'true or false' },
  array: { zh: '列表 [ … ]', en: 'a list [ … ]' },
  object: { zh: '对象 { … }', en: 'an object { … }' },
  record: { zh: '对象 { … }', en: 'an object { … }' },
}

function wrongType(expected: string): Worded {
  const { zh, en } = types[expected] ?? { zh: expected, en: expected }
  const { wrongType: sentence } = townshipFaults
  return {
    code: 'wrongType',
    params: { expected },
    said: { zh: fill(sentence.zh, { expected: zh }), en: fill(sentence.en, { expected: en }) },
  }
}

const missing = (issue: Issue): Worded =>
  issue.path.length === 0 ? worded(issue) : { code: 'required', params: {} }

function worded(issue: Issue): Worded {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected)
    case 'unrecognized_keys':
      return { code: 'unknownField', params: { fields: issue.keys.join(', ') } }
    case 'invalid_value':
      return { code: 'notOneOf', params: { choices: issue.values.map(String).join(', ') } }
    case 'too_small':
      return { code: 'tooFew', params: { least: String(issue.minimum) } }
    case 'too_big':
      return { code: 'tooMany', params: { most: String(issue.maximum) } }
    case 'invalid_key':
      return { code: 'unknownField', params: { fields: String(issue.path.at(-1) ?? '') } }
    case 'custom':
      return {
        code: issue.params?.['fault'] === 'textUnclean' ? 'textUnclean' : 'valueMalformed',
        params: {},
      }
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_union':
    case 'invalid_element':
      return { code: 'valueMalformed', params: {} }
  }
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  let value = raw
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Readonly<Record<PropertyKey, unknown>>)[part]
  }
  return value
}
