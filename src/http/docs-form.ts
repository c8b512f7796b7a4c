// A form as a table to read: its fields by dotted path, what they are, and what may stand there.
import { escaped, tableOf, textOf } from './docs-page.ts'
import { isObject, type Json } from './openapi-share.ts'

interface Line {
  readonly path: string
  readonly needed: boolean
  readonly schema: Json
}

/** So deep a form is told in one table. */
const DEEP = 6

export function formHtml(schema: Json): string {
  const rows = linesOf(schema).map(({ path, needed, schema: one }) => [
    `<code>${escaped(path)}</code>${needed ? '' : ' <small>可不填 optional</small>'}`,
    `${shapeOf(one)}${limitsOf(one)}`,
    escaped(textOf(one['description'])),
  ])
  return rows.length === 0
    ? `<p>${shapeOf(schema)}${limitsOf(schema)}</p>`
    : tableOf(['字段 field', '类型 type', '说明 meaning'], rows)
}

/** Every field below, each kind of a choice after the other. */
function linesOf(schema: Json, before = '', depth = 0): readonly Line[] {
  if (depth > DEEP) return []
  const { properties, required = [], items } = schema
  const own = isObject(properties) ? Object.entries(properties as Fields) : []
  const fields = own.flatMap(([name, one]): readonly Line[] => {
    const path = before === '' ? name : `${before}.${name}`
    const needed = (required as readonly string[]).includes(name)
    return [{ path, needed, schema: one }, ...linesOf(one, path, depth + 1)]
  })
  const listed = isObject(items) ? linesOf(items, `${before}[]`, depth + 1) : []
  const kinds = choicesOf(schema).flatMap((one, at) =>
    linesOf(one, `${before}(${kindOf(one) ?? String(at + 1)})`, depth + 1),
  )
  return [...fields, ...listed, ...kinds]
}

type Fields = Readonly<Record<string, Json>>

const choicesOf = ({ anyOf, oneOf }: Json): readonly Json[] =>
  [anyOf, oneOf].flatMap((one) => (Array.isArray(one) ? (one as readonly Json[]) : []))

/** What a choice is told by: the first constant in it. */
function kindOf({ properties }: Json): string | undefined {
  const fields = isObject(properties) ? Object.entries(properties as Fields) : []
  const [name, one] = fields.find(([, field]) => 'const' in field) ?? []
  return one === undefined ? undefined : `${name}=${String(one['const'])}`
}

/** `array of Evidence`, with a link to what stands among the forms. */
function shapeOf(schema: Json): string {
  const { $ref: ref, type, items, const: only } = schema
  if (typeof ref === 'string') {
    const name = ref.slice(ref.lastIndexOf('/') + 1)
    return `<a href="/api/docs/forms#${escaped(name)}">${escaped(name)}</a>`
  }
  if (only !== undefined) return `<code>${escaped(JSON.stringify(only))}</code>`
  if (isObject(items)) return `${shapeOf(items)}[]`
  const choices = choicesOf(schema)
  if (choices.length > 0) return [...new Set(choices.map(shapeOf))].join(' | ')
  return escaped(Array.isArray(type) ? type.join(' | ') : textOf(type))
}

function limitsOf(schema: Json): string {
  const { enum: values, 'x-names': names, pattern, format } = schema
  if (Array.isArray(values)) return `<br>${valuesHtml(values as readonly string[], names)}`
  const told = ['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems']
    // what a number cannot exceed anyhow is no limit
    .filter((key) => key in schema && Math.abs(Number(schema[key])) < Number.MAX_SAFE_INTEGER)
    .map((key) => `${key} ${String(schema[key])}`)
  if (typeof pattern === 'string') told.unshift(`<code>${escaped(pattern)}</code>`)
  else if (typeof format === 'string') told.unshift(escaped(format))
  return told.length === 0 ? '' : `<br><small>${told.join(' · ')}</small>`
}

const valuesHtml = (values: readonly string[], names: unknown): string =>
  values
    .map((value) => {
      const name = isObject(names) ? names[value] : undefined
      const said = isObject(name) ? ` ${String(name['zh'])} ${String(name['en'])}` : ''
      return `<code>${escaped(value)}</code>${escaped(said)}`
    })
    .join('<br>')
