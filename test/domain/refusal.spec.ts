// Refusals: whole sentences in both languages, what to do next, and every place filled where the code is refused.
import { parseSync } from 'oxc-parser'
import { describe, expect, test } from 'vitest'
import { fill, fillBoth } from '../../src/domain/language.ts'
import { explain, type RefusalCode, refusals, refuse } from '../../src/domain/refusal.ts'
import { projectFiles } from '../support/sources.ts'

const codes = Object.keys(refusals) as readonly RefusalCode[]
const placesIn = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort()
const textsOf = (code: RefusalCode) => {
  const { en, remedy, zh } = refusals[code]
  return { zh, en, remedyZh: remedy.zh, remedyEn: remedy.en }
}

describe.each(codes)('%s', (code) => {
  const { zh, en, remedyZh, remedyEn } = textsOf(code)

  test('says no and what next, in Chinese and in English', () => {
    for (const text of [zh, remedyZh]) {
      expect(text.replaceAll(/\{\w+\}/g, '')).toMatch(/[\u4e00-\u9fff]/)
      expect(text).not.toMatch(/[,;?!]|^\s|\s$|。$/)
    }
    for (const text of [en, remedyEn]) {
      expect(text).toMatch(/^(?:[A-Z]|\{)[\u0020-\u007e≤]+$/)
      expect(text).not.toMatch(/\.$|\s$|[\u4e00-\u9fff]/)
    }
  })

  test('tells the same in both', () => {
    expect(placesIn(zh)).toEqual(placesIn(en))
    expect(placesIn(remedyZh)).toEqual(placesIn(remedyEn))
  })
})

test('no two say the same', () => {
  for (const language of ['zh', 'en'] as const) {
    const said = codes.map((code) => refusals[code][language])
    expect(said.filter((text, i) => said.indexOf(text) !== i)).toEqual([])
  }
})

interface Node {
  readonly type: string
  readonly [field: string]: unknown
}
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

function* nodesOf(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const item of value) yield* nodesOf(item)
  if (!isNode(value)) return
  yield value
  for (const field of Object.values(value)) yield* nodesOf(field)
}

interface Refusing {
  readonly where: string
  /** Absent where the code is worked out. */
  readonly code?: string
  readonly params: readonly string[]
}

const keyOf = (property: unknown): string => {
  const key = isNode(property) ? property['key'] : undefined
  return isNode(key) && typeof key['name'] === 'string' ? key['name'] : '(computed)'
}

/** What a `const` of this name is made of. */
const named = (nodes: readonly Node[], name: unknown): unknown =>
  nodes.find(
    ({ id, type }) => type === 'VariableDeclarator' && isNode(id) && id['name'] === name,
  )?.['init']

/** Every call of `refuse` in a file. */
function refusingIn(path: string, text: string): readonly Refusing[] {
  const { errors, program } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} does not parse`)
  const nodes = [...nodesOf(program)]
  return nodes.flatMap((node): readonly Refusing[] => {
    const callee = node['callee']
    if (node.type !== 'CallExpression' || !isNode(callee) || callee['name'] !== 'refuse') return []
    const [code, params] = Array.isArray(node['arguments']) ? (node['arguments'] as unknown[]) : []
    const given =
      isNode(params) && params.type === 'Identifier' ? named(nodes, params['name']) : params
    const properties = isNode(given) ? given['properties'] : []
    const literal = isNode(code) ? code['value'] : undefined
    return [
      {
        where: path,
        ...(typeof literal === 'string' ? { code: literal } : {}),
        params: (Array.isArray(properties) ? properties : []).map(keyOf).sort(),
      },
    ]
  })
}

const sources = projectFiles(['src', 'workflows', 'db'], ['.ts'])
const calls = sources.flatMap(({ path, text }) => refusingIn(path, text))
const wanted = (code: RefusalCode): readonly string[] => {
  const { zh, remedyZh } = textsOf(code)
  return [...new Set([...placesIn(zh), ...placesIn(remedyZh)])].sort()
}

describe('where a code is refused', () => {
  test('the calls are read', () => {
    expect(calls.length).toBeGreaterThan(100)
    const planted =
      "refuse('notFound', { what: id, 'x': 1 }); refuse(f.code, {}); const p = { q: 1 }; refuse('a', p)"
    expect(refusingIn('a.ts', planted).map(({ code, params }) => [code, params])).toEqual([
      ['notFound', ['(computed)', 'what']],
      [undefined, []],
      ['a', ['q']],
    ])
  })

  test.each(calls.filter(({ code }) => code !== undefined))(
    '$where fills every place of $code and no other',
    ({ code, params }) => {
      expect(codes).toContain(code)
      expect(params).toEqual(wanted(code as RefusalCode))
    },
  )

  test('where the code is worked out, each it may be has those places', () => {
    const workedOut = calls.filter(({ code }) => code === undefined)
    expect(workedOut.map(({ where, params }) => [where, params])).toEqual([
      ['workflows/authority/v1/fold.ts', ['authority']],
      ['workflows/policy/v1/decide.ts', ['detail', 'key']],
      ['workflows/policy/v1/village.ts', ['detail', 'key']],
      ['workflows/roster/v1/decide.ts', ['holder', 'office']],
      ['workflows/roster/v1/mandates.ts', ['holder', 'office']],
    ])
    for (const code of ['valueMalformed', 'looserThanFloor', 'tiersOutOfOrder'] as const) {
      expect(wanted(code)).toEqual(['detail', 'key'])
    }
    for (const code of ['supervisorIncompatible', 'councilNearRelatives'] as const) {
      expect(wanted(code)).toEqual(['holder', 'office'])
    }
  })

  test('every code is refused somewhere', () => {
    const said = sources
      .filter(({ path }) => path !== 'src/domain/refusal.ts')
      .map(({ text }) => text)
      .join('\n')
    expect(codes.filter((code) => !said.includes(`'${code}'`))).toEqual([])
  })
})

describe('explained', () => {
  test('the sentence and the remedy, filled', () => {
    const { refused } = refuse('cashOverLimit', { limit: '1,000.00', days: '30' })
    expect(explain(refused, 'zh')).toEqual({
      no: '现金支付（含30日内付给同一收款人的）超过上限1,000.00元',
      remedy: '请改为银行转账',
    })
    expect(explain(refused, 'en')).toEqual({
      no: 'Cash, what the same payee got in 30 days included, is over the limit of 1,000.00 yuan',
      remedy: 'Pay by bank transfer',
    })
  })

  test('no half sentence reaches a person', () => {
    expect(() => explain(refuse('cashOverLimit', { days: '30' }).refused, 'zh')).toThrow('{limit}')
    expect(() => fill('{a}', {})).toThrow('{a}')
  })

  test('what fills a place is never filled itself', () => {
    expect(fill('{a} {b} {a}', { a: '{b}', b: '$&' })).toBe('{b} $& {b}')
    expect(fillBoth({ zh: '第{n}版', en: 'version {n}' }, { n: '2' })).toEqual({
      zh: '第2版',
      en: 'version 2',
    })
  })
})

/** What guards a rule of law is protective: verify must name it in a forged ledger (law §10). */
test('of the codes of requests only these merely help the person who asks', () => {
  const requests = codes.slice(0, codes.indexOf('genesisMismatch'))
  const helping = requests.filter((code) => !refusals[code].protective)
  expect([...helping].sort()).toEqual([
    'alreadyExists',
    'alreadySigned',
    'amountTooLarge',
    'attachmentMissing',
    'calendarMissing',
    'commandReused',
    'ledgerSealed',
    'listNotKept',
    'notFound',
    'nothingChanged',
    'staleView',
    'textMalformed',
    'tooLong',
    'tooManyPapers',
  ])
})
