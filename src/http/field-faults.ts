// What is wrong with a field, in words of ours: in the caller's language, and naming a key nobody knows rather than a dash.
import type { z } from 'zod'
import type { Sentence } from '../domain/language.ts'

type Issue = z.core.$ZodIssue

const types: Readonly<Record<string, Sentence>> = {
  string: { zh: '文本', en: 'text' },
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: 'true 或 false', en: 'true or false' },
  array: { zh: '列表', en: 'a list' },
  object: { zh: '对象', en: 'an object' },
}

const VALUES_MAX = 40

/** Dotted path; of a key that is not known, the key itself. */
export function pathOf(issue: Issue): string {
  const path = issue.path.map(String)
  const keys = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 5).join('|') : ''
  return [...path, ...(keys === '' ? [] : [keys])].join('.').slice(0, 200)
}

export function detailOf(issue: Issue): Sentence {
  switch (issue.code) {
    case 'invalid_type': {
      const { zh, en } = types[issue.expected] ?? { zh: issue.expected, en: issue.expected }
      // the issue keeps no input: only its sentence tells what was left out
      return issue.message.endsWith('received undefined')
        ? { zh: `必填：${zh}`, en: `needed: ${en}` }
        : { zh: `应为${zh}`, en: `must be ${en}` }
    }
    case 'invalid_value': {
      const all = issue.values.slice(0, VALUES_MAX).map(String)
      return { zh: `应为其中之一：${all.join('、')}`, en: `must be one of: ${all.join(', ')}` }
    }
    case 'too_small': {
      const least = String(issue.minimum)
      return { zh: `不得少于 ${least}`, en: `must be at least ${least}` }
    }
    case 'too_big': {
      const most = String(issue.maximum)
      return { zh: `不得超过 ${most}`, en: `must be at most ${most}` }
    }
    case 'invalid_format': {
      const form = issue.pattern ?? issue.format
      return { zh: `不合格式 ${form}`, en: `is not of the form ${form}` }
    }
    case 'unrecognized_keys':
      return { zh: '没有这个字段', en: 'there is no such field' }
    case 'invalid_union':
      return { zh: '不合其中任何一种写法', en: 'is of none of the forms it may have' }
    default:
      return { zh: '不合要求', en: 'is not of its form' }
  }
}
