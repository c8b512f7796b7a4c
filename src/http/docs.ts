// The API as pages to read, made once from its own document: a table of contents, a page a chapter, and the words it uses.
import type { RequestHandler } from 'express'
import { vocabularies } from '../app/terms.ts'
import { codes } from './codes.ts'
import { kept, sendRead } from './conditional.ts'
import { formHtml } from './docs-form.ts'
import { escaped, page, style, tableOf, type Telling, textOf } from './docs-page.ts'
import { inOrder, tagTitle } from './docs-tags.ts'
import { formOf, keyRecipes } from './headers.ts'
import type { Document, Json, Operation } from './openapi.ts'
import { isObject } from './openapi-share.ts'

interface Found {
  readonly path: string
  readonly method: string
  readonly operation: Operation
}

function operationsOf({ paths }: Document): readonly Found[] {
  return Object.entries(paths).flatMap(([path, item]) => {
    const root = 'servers' in item ? '' : '/api/v1'
    return Object.entries(item).flatMap(([method, operation]) =>
      method === 'servers'
        ? []
        : [{ path: `${root}${path}`, method, operation: operation as Operation }],
    )
  })
}

/** What a `$ref` of the document stands for. */
function resolved(document: Document, part: Json): Json {
  const { $ref: ref } = part
  if (typeof ref !== 'string') return part
  const [, , kind = '', name = ''] = ref.split('/')
  const parts = document.components[kind]
  return isObject(parts) && isObject(parts[name]) ? parts[name] : part
}

const code = (text: string): string => `<code>${escaped(text)}</code>`
const headOf = ({ path, method }: Found): string =>
  `<span class="method">${method.toUpperCase()}</span> ${code(path)}`

function operationHtml(document: Document, found: Found): string {
  const { operationId, summary, requestBody } = found.operation
  return [
    `<h3 id="${escaped(operationId)}">${headOf(found)}</h3>`,
    `<p><strong>${escaped(summary)}</strong></p>`,
    aboutHtml(found.operation),
    parametersHtml(document, found.operation),
    requestBody === undefined
      ? ''
      : `<h4>请求 request</h4>${contentHtml(requestBody, (one) => resolved(document, one))}`,
    answersHtml(document, found.operation),
  ].join('')
}

/** Who may call it, and what it needs beside. */
function aboutHtml(operation: Operation): string {
  const told = [
    code(operation.operationId),
    `可用者 for: ${escaped(access[String(operation['x-access'])] ?? '')}`,
  ]
  if (operation['x-signature'] === true)
    told.push('须五分钟内确认过身份 needs a confirmation of the last five minutes')
  return `<p>${told.join(' · ')}</p>`
}

const access: Readonly<Record<string, string>> = {
  anybody: '任何人 anybody',
  account: '登录者 whoever signed in',
  village: '可查看该村的人 whoever may see the village',
  ledger: '可查看该村或该镇的人 whoever may see the village or township',
  township: '镇级职务 offices of a township',
}

/** Headers every command takes are told once, with the contents. */
function parametersHtml(document: Document, { parameters }: Operation): string {
  const all = parameters.map((one) => resolved(document, one))
  const heads = all.filter((one) => one['in'] === 'header').map((one) => String(one['name']))
  const rows = all
    .filter((one) => one['in'] !== 'header')
    .map((one) => [
      `${code(String(one['name']))} <small>${String(one['in'])}${one['required'] === true ? '' : ' 可不填 optional'}</small>`,
      formHtml(one['schema'] as Json),
      escaped(textOf(one['description'])),
    ])
  const told =
    heads.length === 0
      ? ''
      : `<p><a href="/api/docs#headers">请求头 headers</a>: ${heads.map(code).join(' ')}</p>`
  return `${told}${tableOf(['参数 parameter', '类型 type', '说明 meaning'], rows)}`
}

/** A form that is sent is told in full, shared or not, for it is what a reader came for; of an answer its name will do. */
function contentHtml({ content }: Json, full: (schema: Json) => Json = (one) => one): string {
  if (!isObject(content)) return ''
  return Object.entries(content as Readonly<Record<string, Json>>)
    .map(([type, { schema }]) => {
      const form = isObject(schema) ? formHtml(full(schema)) : ''
      return `<p>${code(type)}</p>${form}`
    })
    .join('')
}

function answersHtml(document: Document, { responses }: Operation): string {
  const all = Object.entries(responses).map(([status, one]) => ({
    status,
    answer: resolved(document, one),
  }))
  const works = all.filter(({ status }) => status.startsWith('2'))
  const rows = all
    .filter(({ status }) => !status.startsWith('2'))
    .map(({ status, answer }) => [code(status), escaped(String(answer['description']))])
  const told = works.map(
    ({ status, answer }) => `<h4>应答 answer ${status}</h4>${contentHtml(answer)}`,
  )
  return `${told.join('')}${tableOf(['status', '<a href="/api/docs/problems">编码 codes</a>'], rows)}`
}

const headersHtml = (): string =>
  '<h2 id="headers">请求头 headers</h2>' +
  tableOf(
    ['header', '形式 form'],
    ['Idempotency-Key', 'Acting-Office', 'Acting-Mandate', 'If-Match', 'From-Draft'].map((name) => [
      code(name),
      escaped(formOf(name)),
    ]),
  ) +
  '<p>每次提交用新的 UUIDv7；重发时用同一个，不会办两次。' +
  'A new UUIDv7 for each command; the same one when it is sent again: nothing is done twice.</p>' +
  `<p>shell</p><pre>${escaped(keyRecipes.shell)}</pre>` +
  `<p>JavaScript</p><pre>${escaped(keyRecipes.javascript)}</pre>`

interface Chapter {
  readonly tag: string
  readonly all: readonly Found[]
}

function contentsHtml(document: Document, chapters: readonly Chapter[]): string {
  const parts = chapters.map(({ tag, all }) => {
    const rows = all.map((found) => {
      const { operationId, summary } = found.operation
      return [
        headOf(found),
        `<a href="/api/docs/${tag}#${escaped(operationId)}">${escaped(summary)}</a>`,
      ]
    })
    return `<h2 id="${tag}"><a href="/api/docs/${tag}">${escaped(tagTitle(tag))}</a></h2>${tableOf([], rows)}`
  })
  const list = chapters.map(
    ({ tag, all }) => `<li><a href="#${tag}">${escaped(tagTitle(tag))}</a> (${all.length})</li>`,
  )
  return (
    `<p>${escaped(String(document.info['description']))}</p>` +
    `<ul class="contents">${list.join('')}<li><a href="#headers">请求头 headers</a></li></ul>` +
    `${headersHtml()}${parts.join('')}`
  )
}

function formsHtml({ components }: Document): string {
  const schemas = components['schemas'] as Readonly<Record<string, Json>>
  return Object.entries(schemas)
    .map(([name, one]) => `<h2 id="${escaped(name)}">${escaped(name)}</h2>${formHtml(one)}`)
    .join('')
}

const termsHtml = (): string =>
  '<p><a href="/api/v1/terms">/api/v1/terms</a></p>' +
  Object.entries(vocabularies)
    .map(([name, { title, values }]) => {
      const rows = Object.entries(values).map(([value, { zh, en }]) => [
        code(value),
        escaped(zh),
        escaped(en),
      ])
      const heading = `<h2 id="${name}">${escaped(`${title.zh} ${title.en}`)}</h2>`
      return `${heading}${tableOf(['value', '中文', 'English'], rows)}`
    })
    .join('')

function problemsHtml(): string {
  const rows = codes().map(
    ({ code: name, status, zh, en, remedy }) =>
      `<tr id="${name}"><td>${code(name)}</td><td>${status}</td>` +
      `<td>${escaped(zh)}<br>${escaped(en)}</td><td>${escaped(remedy.zh)}<br>${escaped(remedy.en)}</td></tr>`,
  )
  return `<table><tr><th>code</th><th>status</th><th></th><th>怎么办 what to do</th></tr>${rows.join('')}</table>`
}

interface Page {
  readonly path: string
  readonly handle: RequestHandler
}

const served =
  (type: string, text: string): RequestHandler =>
  (_request, response) => {
    response.type(type).set('Cache-Control', kept('anybody'))
    sendRead(response, Buffer.from(text))
  }

/** Where whoever knocks at the front finds what there is. */
const pointer = JSON.stringify({
  name: 'five-musts',
  docs: '/api/docs',
  openapi: '/api/openapi.json',
  terms: '/api/v1/terms',
})

/** Addresses of the document and of its pages. */
export function docPages(document: Document, telling: Telling): readonly Page[] {
  const all = operationsOf(document)
  const tags = inOrder([...new Set(all.flatMap(({ operation }) => operation.tags))])
  const chapters = tags.map((tag): Chapter => ({
    tag,
    all: all.filter(({ operation }) => operation.tags.includes(tag)),
  }))
  const html = (path: string, title: string, body: string): Page => ({
    path,
    handle: served('text/html', page(title, body, telling)),
  })
  const pages = chapters.map((chapter) =>
    html(
      `/api/docs/${chapter.tag}`,
      tagTitle(chapter.tag),
      chapter.all.map((found) => operationHtml(document, found)).join(''),
    ),
  )
  const front = ['/', '/api', '/api/v1'].map((path): Page => ({
    path,
    handle: served('application/json', pointer),
  }))
  return [
    ...front,
    { path: '/api/openapi.json', handle: served('application/json', JSON.stringify(document)) },
    { path: '/api/docs/style.css', handle: served('text/css', style) },
    html('/api/docs', String(document.info['title']), contentsHtml(document, chapters)),
    html('/api/docs/forms', '表单 forms', formsHtml(document)),
    html('/api/docs/vocabularies', '词表 vocabularies', termsHtml()),
    html('/api/docs/problems', '编码 codes', problemsHtml()),
    ...pages,
  ]
}
