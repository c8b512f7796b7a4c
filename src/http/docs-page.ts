// What every page of the documents is made of: no script, nothing from elsewhere, so that they work behind any wall.

export const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0) ?? 0};`)

export const style = `
body {
  font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif;
  max-width: 66rem; margin: 2rem auto; padding: 0 1rem; color: #1d2329; background: #fff
}
h2, h3 { margin-top: 2.5rem; border-bottom: 1px solid #d5dae0 }
code, pre { font: 14px/1.5 ui-monospace, Consolas, monospace; background: #f3f5f7 }
pre { padding: .75rem; overflow-x: auto }
table { border-collapse: collapse; width: 100% }
td, th {
  text-align: left; vertical-align: top; overflow-wrap: anywhere;
  border-bottom: 1px solid #e4e8ec; padding: .3rem .6rem .3rem 0
}
.method { display: inline-block; min-width: 4.2rem; font-weight: 600 }
.contents { columns: 18rem; padding-left: 1.2rem }
:target { background: #fff5d6 }
.demo { padding: .5rem .75rem; background: #fff5d6; border: 1px solid #c9a227 }
@media (prefers-color-scheme: dark) {
  body { color: #dfe4ea; background: #14181c }
  code, pre { background: #20262c }
  td, th, h2, h3 { border-color: #333b43 }
  a { color: #8ab8ff }
  :target, .demo { background: #4a3d12 }
}
`

/** On every page of a demonstration. */
const banner =
  '<p class="demo" role="note"><strong>演示 Demonstration</strong>：没有一个人、一笔钱是真的。' +
  'No person, request or payment is real.</p>'

export interface Telling {
  readonly demo: boolean
}

const ways = [
  ['/api/docs', '目录 contents'],
  ['/api/docs/forms', '表单 forms'],
  ['/api/docs/vocabularies', '词表 vocabularies'],
  ['/api/docs/problems', '编码 codes'],
  ['/api/openapi.json', 'openapi.json'],
] as const

export const page = (title: string, body: string, { demo }: Telling): string =>
  [
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<title>${escaped(title)}</title><link rel="stylesheet" href="/api/docs/style.css">`,
    `</head><body>${demo ? banner : ''}<nav>`,
    ways.map(([href, name]) => `<a href="${href}">${name}</a>`).join(' · '),
    `</nav><h1>${escaped(title)}</h1>${body}</body></html>`,
  ].join('')

/** Text of a value that is text; nothing else is shown. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

export const tableOf = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0
    ? ''
    : `<table><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr>${rows
        .map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
        .join('')}</table>`
