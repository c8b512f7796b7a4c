// The paths of the document with their forms described, and what several of them share moved to the components: it is a fifth
// as long.
import { both, capital, described, freeIn, isObject, type Json, Shared } from './openapi-share.ts'
import { wordOf } from './words.ts'

type Schemas = Readonly<Record<string, Json>>
type Place = (schema: Json, name: string) => Json

/** An operation with each of its schemas put through `place`. */
function placed(operation: Json, place: Place): Json {
  const { operationId, parameters, requestBody, responses } = operation
  const id = String(operationId)
  const content = (of: Json, name: string): Json =>
    isObject(of['content'])
      ? {
          ...of,
          content: Object.fromEntries(
            Object.entries(of['content'] as Schemas).map(([type, { schema, ...rest }]) => [
              type,
              isObject(schema) ? { ...rest, schema: place(schema, name) } : rest,
            ]),
          ),
        }
      : of
  return {
    ...operation,
    parameters: (parameters as readonly Json[]).map((one) => ({
      ...parameterTold(one),
      schema: place(one['schema'] as Json, String(one['name'])),
    })),
    ...(isObject(requestBody) ? { requestBody: content(requestBody, `${id} body`) } : {}),
    responses: Object.fromEntries(
      Object.entries(responses as Schemas).map(([status, one]) => [
        status,
        content(one, `${id} answer`),
      ]),
    ),
  }
}

function parameterTold(parameter: Json): Json {
  const word = wordOf(String(parameter['name']), '')
  return 'description' in parameter || word === undefined
    ? parameter
    : { ...parameter, description: both(word) }
}

/** Parameters and answers that come again, each once under a name. */
class Parts {
  readonly #times = new Map<string, number>()
  readonly #names = new Map<string, string>()
  readonly #parts = new Map<string, Json>()
  readonly #kind: 'parameters' | 'responses'

  constructor(kind: 'parameters' | 'responses') {
    this.#kind = kind
  }

  get parts(): Schemas {
    return Object.fromEntries(this.#parts)
  }

  count(part: Json): void {
    const key = JSON.stringify(part)
    this.#times.set(key, (this.#times.get(key) ?? 0) + 1)
  }

  put(part: Json, name: string): Json {
    const key = JSON.stringify(part)
    if ((this.#times.get(key) ?? 0) < 2) return part
    const own = this.#names.get(key) ?? freeIn(this.#parts, capital(name))
    this.#names.set(key, own)
    this.#parts.set(own, part)
    return { $ref: `#/components/${this.#kind}/${own}` }
  }
}

type Paths = Readonly<Record<string, Readonly<Record<string, unknown>>>>

const each = (from: Paths, change: (operation: Json) => Json): Paths =>
  Object.fromEntries(
    Object.entries(from).map(([path, item]) => [
      path,
      Object.fromEntries(
        Object.entries(item).map(([method, one]) => [
          method,
          method === 'servers' ? one : change(one as Json),
        ]),
      ),
    ]),
  )

const partsIn = ({ parameters, responses }: Json) => ({
  parameters: parameters as readonly Json[],
  responses: Object.entries(responses as Schemas),
})

/** What works answers a form of its own. */
const works = (status: string): boolean => status.startsWith('2')

interface Told {
  readonly paths: Paths
  /** As they stand in the document. */
  readonly components: Readonly<Record<'schemas' | 'parameters' | 'responses', Schemas>>
}

/** All paths told in words, with what they share moved to the components. */
export function shared(paths: Paths, taken: Schemas): Told {
  const forms = new Shared(
    Object.fromEntries(Object.entries(taken).map(([name, one]) => [name, described(one)])),
  )
  const told = each(paths, (one) => placed(one, described))
  each(told, (one) =>
    placed(one, (schema) => {
      forms.count(schema)
      return schema
    }),
  )
  const formed = each(told, (one) => placed(one, (schema, name) => forms.put(schema, name)))
  const [parameters, responses] = [new Parts('parameters'), new Parts('responses')]
  each(formed, (one) => {
    const parts = partsIn(one)
    for (const part of parts.parameters) parameters.count(part)
    for (const [status, part] of parts.responses) if (!works(status)) responses.count(part)
    return one
  })
  const put = each(formed, (one) => {
    const parts = partsIn(one)
    return {
      ...one,
      parameters: parts.parameters.map((part) => parameters.put(part, String(part['name']))),
      responses: Object.fromEntries(
        parts.responses.map(([status, part]) => [
          status,
          works(status) ? part : responses.put(part, `no ${status}`),
        ]),
      ),
    }
  })
  const components = {
    schemas: forms.schemas,
    parameters: parameters.parts,
    responses: responses.parts,
  }
  return { paths: put, components }
}
