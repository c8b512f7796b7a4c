// What the API says of itself: every field and value in words, every shared form once, pages that a person can read, and a way
// there from wherever somebody knocks.
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { vocabularies } from '../../src/app/terms.ts'
import { categories, papers } from '../../src/domain/expense.ts'
import { refusals } from '../../src/domain/refusal.ts'
import { keyRecipes } from '../../src/http/headers.ts'
import { problemKinds } from '../../src/http/problem.ts'
import { described } from '../../src/http/openapi-share.ts'
import { expanded } from '../support/openapi/refs.ts'
import { p, village } from '../support/law-cast.ts'
import { code, openTown, type Town } from './town.ts'

type Json = Readonly<Record<string, unknown>>
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>
  readonly components: Readonly<Record<string, Readonly<Record<string, Json>>>>
}

let town: Town
let text: string
let document: Document

beforeAll(async () => {
  town = await openTown()
  text = await (await fetch(`${town.url}/api/openapi.json`)).text()
  document = JSON.parse(text) as Document
})
afterAll(() => town.close())

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

/** Fields without a description, lists of values without names. */
function untold(value: unknown, found: Set<string> = new Set()): ReadonlySet<string> {
  if (!isObject(value)) return found
  const { properties, enum: values } = value
  if (isObject(properties) && !('type' in properties && typeof properties['type'] === 'string')) {
    for (const [name, one] of Object.entries(properties))
      if (isObject(one) && !('description' in one)) found.add(name)
  }
  if (Array.isArray(values) && !('x-names' in value)) found.add(values.join('|'))
  for (const one of Object.values(value)) untold(one, found)
  return found
}

describe('the document', () => {
  test('says what every field and every value is, in both languages', () => {
    expect([...untold(document)]).toEqual([])
    // the walk does find what nobody has named
    const planted = described({
      type: 'object',
      properties: { purpose: { type: 'string' }, nobodyNamedThis: { enum: ['x', 'y'] } },
    })
    expect([...untold(planted)]).toEqual(['nobodyNamedThis', 'x|y'])
    const { Categories } = document.components['schemas'] ?? {}
    expect(Categories?.['x-names']).toMatchObject({ labour: { zh: '劳务费', en: 'labour' } })
  })

  test('has what is shared once, and refers to nothing it has not', () => {
    expect(text.length).toBeLessThan(500_000)
    expect(() => expanded(document)).not.toThrow()
    expect(() => expanded({ ...document, components: {} })).toThrow('which it has not')
    const forms = Object.values(document.components['schemas'] ?? {}).map((one) =>
      JSON.stringify(one),
    )
    expect(forms.length).toBeGreaterThan(40)
    expect(new Set(forms).size).toBe(forms.length)
  })

  test('a form is the same wherever it is put together again', () => {
    const whole = expanded(document)
    const body = whole.paths['/villages/{village}/requests']?.['post']?.['requestBody']
    expect(body).toMatchObject({
      content: {
        'application/json': {
          schema: {
            properties: {
              category: {
                enum: Object.keys(categories),
                description:
                  '支出类别（决定所需资料） · category of the expense: decides the papers',
              },
              evidence: { items: { properties: { paper: { enum: Object.keys(papers) } } } },
            },
          },
        },
      },
    })
  })
})

describe('the vocabularies', () => {
  test('are there for anybody, all of them', async () => {
    const { body } = await town.stranger().get('/terms')
    const told = body as {
      readonly vocabularies: readonly { readonly name: string; readonly values: readonly Json[] }[]
      readonly codes: readonly { readonly code: string }[]
    }
    expect(told.vocabularies.map(({ name }) => name)).toEqual(Object.keys(vocabularies))
    expect(told.vocabularies.find(({ name }) => name === 'offices')?.values).toContainEqual({
      value: 'cashier',
      zh: '出纳',
      en: 'cashier',
    })
    const all = [...Object.keys(problemKinds), ...Object.keys(refusals)]
    expect(told.codes.map((one) => one.code)).toEqual(all)
  })

  test.each(Object.entries(vocabularies))('%s is in both languages', (_name, { title, values }) => {
    expect(Object.keys(values).length).toBeGreaterThan(0)
    expect(title.zh).toMatch(/\p{Script=Han}/u)
    for (const { zh, en } of [title, ...Object.values(values)]) {
      expect(en).not.toMatch(/\p{Script=Han}/u)
      // file types go by the same name everywhere
      expect(zh === en || /\p{Script=Han}/u.test(zh), zh).toBe(true)
    }
  })
})

describe('the pages', () => {
  const pageAt = async (path: string) => {
    const answer = await fetch(`${town.url}${path}`)
    expect(answer.status, path).toBe(200)
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'")
    return answer.text()
  }

  test('begin with contents, and every link leads somewhere', async () => {
    const contents = await pageAt('/api/docs')
    const pages = new Map([['/api/docs', contents]])
    const links = new Set<string>()
    const look = (html: string, at: string) => {
      expect(html, at).not.toMatch(/<script|style=|https?:\/\//)
      expect(html.length, at).toBeLessThan(160_000)
      for (const [, href = ''] of html.matchAll(/href="(\/api\/docs[^"]*|#[^"]*)"/g))
        links.add(href.startsWith('#') ? `${at}${href}` : href)
    }
    look(contents, '/api/docs')
    for (const href of links) {
      const [path = '', id] = href.split('#')
      const html = pages.get(path) ?? (await pageAt(path))
      if (!pages.has(path) && !path.endsWith('.css')) look(html, path)
      pages.set(path, html)
      expect(id === undefined || html.includes(`id="${id}"`), href).toBe(true)
    }
    const operations = Object.values(document.paths).flatMap((item) =>
      Object.values(item).flatMap(({ operationId }) =>
        typeof operationId === 'string' ? [operationId] : [],
      ),
    )
    const all = [...pages.values()].join('')
    for (const id of operations) expect(all).toContain(`<h3 id="${id}">`)
  })

  test('tell a form as a table, in both languages', async () => {
    const html = await pageAt('/api/docs/request')
    expect(html).toContain('<code>payee(type=person).person</code>')
    expect(html).toContain('事由 · what it is for')
    expect(html).not.toContain('&#34;properties&#34;')
  })

  test.each(['/', '/api', '/api/v1'])('%s points there', async (path) => {
    expect(JSON.parse(await pageAt(path))).toMatchObject({
      docs: '/api/docs',
      openapi: '/api/openapi.json',
    })
  })
})

describe('a header that is not of its form', () => {
  test('is told its form, and where to read how to make one', async () => {
    const clerk = await town.client(p('clerk'))
    const v4 = {
      'idempotency-key': '6e0c7f1e-8a4f-4c5e-9d7c-1f1f1f1f1f1f',
      'accept-language': 'en',
    }
    const { status, body } = await clerk.command(`/villages/${code(village)}/requests`, {}, v4)
    expect([status, body['code']]).not.toEqual([201, undefined])
    const page = `/villages/${code(village)}/drafts`
    const wrong = await clerk.ask('POST', page, { body: { form: {} }, headers: v4 })
    expect([wrong.status, wrong.body['code']]).toEqual([400, 'headerInvalid'])
    expect(wrong.body['detail']).toMatch(/UUIDv7.*\/api\/docs#headers$/)
  })

  test('and the recipe makes a key the API takes', () => {
    const made: unknown = runInNewContext(`${keyRecipes.javascript}; uuidv7()`, { crypto })
    expect(made).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})

describe('fields that are not of their form', () => {
  const body = { company: 5, category: 'boats', nobodyKnowsThis: 1 }
  const asked = async (language: string) => {
    const clerk = await town.client(p('clerk'))
    const path = `/villages/${code(village)}/requests`
    const answer = await clerk.command(path, body, { 'accept-language': language })
    expect(answer.status).toBe(422)
    return answer.body as {
      readonly detail: string
      readonly fields: readonly { readonly path: string; readonly detail: string }[]
    }
  }

  test('are told in Chinese', async () => {
    const { detail, fields } = await asked('zh-CN')
    for (const one of fields) expect(one.detail).toMatch(/\p{Script=Han}/u)
    expect(fields.map(({ path }) => path)).toContain('kind')
    expect(detail).toMatch(/^请核对：company, /)
  })

  test('and in English, a key nobody knows by its name', async () => {
    const { fields } = await asked('en')
    const told = new Map(fields.map(({ path, detail }) => [path, detail]))
    expect(told.get('company')).toBe('must be text')
    expect(told.get('purpose')).toBe('needed: text')
    expect(told.get('category')).toMatch(/^must be one of: office, /)
    expect(told.get('nobodyKnowsThis')).toBe('there is no such field')
    for (const { detail } of fields) expect(detail).not.toMatch(/\p{Script=Han}/u)
  })
})
