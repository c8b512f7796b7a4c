// The API as pages to read, made once from its own document: no script, nothing from elsewhere, so they work behind any wall.
import type { RequestHandler } from 'express'
import { type RefusalCode, refusals } from '../domain/refusal.ts'
import type { Document, Json, Operation } from './openapi.ts'
import { problemKinds } from './problem.ts'
import { refusalStatus } from './status.ts'

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0) ?? 0};`)

const style = `
body {
  font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1d2329; background: #fff
}
h2 { margin-top: 2.5rem; border-bottom: 1px solid #d5dae0 }
summary { cursor: pointer; padding: .3rem 0 }
code, pre { font: 14px/1.5 ui-monospace, Consolas, monospace; background: #f3f5f7 }
pre { padding: .75rem; overflow-x: auto }
table { border-collapse: collapse; width: 100% }
td, th {
  text-align: left; vertical-align: top;
  border-bottom: 1px solid #e4e8ec; padding: .3rem .6rem .3rem 0
}
.method { display: inline-block; min-width: 4.2rem; font-weight: 600 }
:target { background: #fff5d6 }
@media (prefers-color-scheme: dark) {
  body { color: #dfe4ea; background: #14181c }
  code, pre { background: #20262c }
  td, th, h2 { border-color: #333b43 }
  a { color: #8ab8ff }
  :target { background: #4a3d12 }
}
`

const page = (title: string, body: string): string =>
  [
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<title>${escaped(title)}</title><link rel="stylesheet" href="/api/docs/style.css">`,
    `</head><body>${body}</body></html>`,
  ].join('')

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

const shown = (json: unknown): string => `<pre>${escaped(JSON.stringify(json, undefined, 2))}</pre>`

function operationHtml({ path, method, operation }: Found): string {
  const { operationId, summary, parameters, requestBody, responses } = operation
  const signs =
    operation['x-signature'] === true ? ' <em>须重新确认身份 fresh confirmation</em>' : ''
  const taken = parameters.length === 0 ? '' : shown(parameters)
  const sent =
    requestBody === undefined ? '' : `<h4>请求 request</h4>${shown(requestBody['content'])}`
  const answers = Object.entries(responses).map(([status, response]) =>
    answerHtml(status, response),
  )
  const access = escaped(String(operation['x-access']))
  return [
    `<details id="${escaped(operationId)}"><summary>`,
    `<span class="method">${method.toUpperCase()}</span> <code>${escaped(path)}</code> `,
    `${escaped(summary)}${signs}</summary><p><code>${escaped(operationId)}</code> · ${access}</p>`,
    `${taken}${sent}<h4>应答 answers</h4><table>${answers.join('')}</table></details>`,
  ].join('')
}

function answerHtml(status: string, response: Json): string {
  const schema = status.startsWith('2') && 'content' in response ? shown(response['content']) : ''
  return `<tr><td><code>${status}</code></td><td>${escaped(String(response['description']))}${schema}</td></tr>`
}

function apiHtml(document: Document): string {
  const all = operationsOf(document)
  const tags = [...new Set(all.flatMap(({ operation }) => operation.tags))]
  const parts = tags.map((tag) => {
    const own = all.filter(({ operation }) => operation.tags.includes(tag))
    return `<h2 id="tag-${escaped(tag)}">${escaped(tag)}</h2>${own.map(operationHtml).join('')}`
  })
  const { title, description } = document.info
  return page(
    String(title),
    `<h1>${escaped(String(title))}</h1><p>${escaped(String(description))}</p>` +
      `<p><a href="/api/openapi.json">openapi.json</a> · <a href="/api/docs/problems">codes 编码</a></p>${parts.join('')}`,
  )
}

interface Code {
  readonly code: string
  readonly status: number
  readonly zh: string
  readonly en: string
  readonly remedy: { readonly zh: string; readonly en: string }
}

const codes = (): readonly Code[] => [
  ...Object.entries(problemKinds).map(([code, kind]) => ({ code, ...kind })),
  ...Object.entries(refusals).map(([code, { zh, en, remedy }]) => ({
    code,
    status: refusalStatus(code as RefusalCode),
    zh,
    en,
    remedy,
  })),
]

function problemsHtml(): string {
  const rows = codes().map(
    ({ code, status, zh, en, remedy }) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td>` +
      `<td>${escaped(zh)}<br>${escaped(en)}</td><td>${escaped(remedy.zh)}<br>${escaped(remedy.en)}</td></tr>`,
  )
  return page(
    'codes 编码',
    `<h1>编码 codes</h1><p><a href="/api/docs">API</a></p><table><tr><th>code</th><th>status</th><th></th><th>怎么办 what to do</th></tr>${rows.join('')}</table>`,
  )
}

/** Addresses of the document and of its pages. */
export function docPages(
  document: Document,
): readonly { readonly path: string; readonly handle: RequestHandler }[] {
  const json = JSON.stringify(document)
  const [api, problems] = [apiHtml(document), problemsHtml()]
  const served =
    (type: string, text: string): RequestHandler =>
    (_request, response) => {
      response.type(type).send(text)
    }
  return [
    { path: '/api/openapi.json', handle: served('application/json', json) },
    { path: '/api/docs', handle: served('text/html', api) },
    { path: '/api/docs/problems', handle: served('text/html', problems) },
    { path: '/api/docs/style.css', handle: served('text/css', style) },
  ]
}
